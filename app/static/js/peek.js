// List and detail side by side on a wide desk: the first hit's detail is fetched beside the list, pressing another
// card shows that one, pressing it again opens its page. The address keeps which one (#job-12), for reload, Back and
// whoever the address is sent to. Without a script, or on a phone, a card opens its page.
const WIDE = matchMedia("(min-width: 1200px)");
const pathOf = (link) => new URL(link.href).pathname;

async function show(results, link) {
  const pane = results.querySelector("#detail");
  const answer = await fetch(`${pathOf(link)}/detail`, { headers: { "HX-Request": "true" } });
  if (!answer.ok) return false;
  pane.innerHTML = await answer.text();
  pane.scrollTop = 0;
  results.querySelectorAll(".job[aria-current]").forEach((card) => card.removeAttribute("aria-current"));
  link.closest(".job").setAttribute("aria-current", "true");
  pane.dispatchEvent(new CustomEvent("detail:shown", { bubbles: true }));
  return true;
}

function named(results) {
  const number = location.hash.match(/^#job-(\d+)$/)?.[1];
  return [...results.querySelectorAll(".job h3 a")].find((link) => pathOf(link) === `/jobs/${number}`);
}

export function startPeek(root) {
  const results = root.querySelector?.("[data-peek]") ?? root.closest?.("[data-peek]");
  if (!results || !WIDE.matches || results.querySelector("#detail")) return;
  const first = named(results) ?? results.querySelector(".job h3 a");
  if (!first) return;
  const pane = document.createElement("article");
  pane.id = "detail";
  pane.className = "panel detail stack";
  pane.tabIndex = 0;
  pane.setAttribute("aria-live", "polite");
  pane.setAttribute("aria-label", results.dataset.peek);
  results.append(pane);
  show(results, first).then((shown) => shown || pane.remove());
  results.addEventListener("click", (event) => {
    const link = event.target.closest(".job h3 a");
    const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (!link || !isPlain || !WIDE.matches || link.closest(".job").hasAttribute("aria-current")) return;
    event.preventDefault();
    history.replaceState(history.state, "", `#job-${pathOf(link).split("/").pop()}`);
    show(results, link).then((shown) => shown || location.assign(link.href));
  });
}
