// Forms: count characters, name the chosen files, send once, submit a filter as it changes, bring errors into view.
import { each, word } from "./words.js";

const RETRY_AFTER = 8_000;

function countCharacters(control) {
  const most = Number(control.dataset.count);
  const note = document.createElement("p");
  note.className = "counted";
  control.closest(".field")?.append(note);
  const tell = () => {
    const length = [...control.value].length;
    note.textContent = `${length} / ${most}`;
    note.classList.toggle("is-loss", length > most);
  };
  control.addEventListener("input", tell);
  tell();
}

function size(bytes) {
  return bytes >= 1 << 20 ? `${(bytes / (1 << 20)).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1024))} KB`;
}

function acceptDrops(area) {
  const input = area.querySelector("input[type=file]");
  const names = area.querySelector("[data-drop-names]");
  const tell = () => {
    names.hidden = !input.files.length;
    names.textContent = [...input.files].map((file) => `${file.name}（${size(file.size)}）`).join("、");
  };
  const over = (isOver) => (event) => {
    event.preventDefault();
    area.classList.toggle("is-over", isOver);
  };
  area.addEventListener("dragover", over(true));
  area.addEventListener("dragleave", over(false));
  area.addEventListener("drop", (event) => {
    over(false)(event);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  input.addEventListener("change", tell);
  tell();
}

// The second press within eight seconds is dropped. A return to the page, an answer by htmx or the time lets it through
// again, so that a lost connection never locks anybody out. form[data-often] is sent by its own script, one entry after
// the other.
function sendOnce(form) {
  if (form.method !== "post" || form.dataset.guarded || "often" in form.dataset) return;
  form.dataset.guarded = "true";
  const free = () => {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("button[aria-disabled]")) button.removeAttribute("aria-disabled");
  };
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.sent = "true";
    event.submitter?.setAttribute("aria-disabled", "true");
    setTimeout(free, RETRY_AFTER);
  }, true);
  window.addEventListener("pageshow", free);
  form.addEventListener("htmx:afterRequest", free);
}

// form[data-auto]: a ticked box submits at once; typed text waits for Enter or the button.
function submitOnChange(form) {
  form.addEventListener("change", (event) => {
    const isDrawer = getComputedStyle(form).position === "fixed";
    if (!isDrawer && event.target.matches("input[type=checkbox], input[type=radio], select")) form.requestSubmit();
  });
}

export function startForms(root) {
  each(root, "[data-count]", countCharacters);
  each(root, "[data-drop]", acceptDrops);
  each(root, "form", sendOnce);
  each(root, "form[data-auto]", submitOnChange);
  each(root, "[data-focus]", (element) => element.focus({ preventScroll: false }));
  each(root, "input[type=password]", offerToShow);
}

function offerToShow(input) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-quiet";
  button.textContent = word("show");
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", () => {
    const isShown = input.type === "text";
    input.type = isShown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!isShown));
    button.textContent = word(isShown ? "show" : "hide");
  });
  const row = document.createElement("span");
  row.className = "with-unit with-button";
  input.replaceWith(row);
  row.append(input, button);
}
