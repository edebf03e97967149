// A menu is <details data-menu>: it closes on Escape, on a press outside and when the focus leaves it.
export function startMenus() {
  markStage();
  window.addEventListener("hashchange", markStage);
  const open = () => document.querySelectorAll("details[data-menu][open]");
  document.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("focusin", (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    // the filter drawer of a phone is opened by its address, so its address closes it
    if (location.hash && document.querySelector(".facets:target")) location.hash = "results";
  });
}

// Stages of a board are links to its columns; on a phone the address says which one is shown.
function markStage() {
  for (const tabs of document.querySelectorAll(".stage-tabs:not(.tabs)")) {
    const links = [...tabs.querySelectorAll('a[href^="#"]')];
    const now = links.find((link) => link.hash === location.hash);
    if (!now) continue;
    for (const link of links) link.toggleAttribute("aria-current", link === now);
    now.setAttribute("aria-current", "true");
  }
}
