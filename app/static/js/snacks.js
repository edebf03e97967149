// Short messages. A plain one goes by itself after ten seconds unless somebody points at it; a failure stays.
import { each } from "./words.js";

const STAYS = 10_000;

function leave(snack) {
  snack.remove();
}

export function startSnacks(root) {
  each(root, "[data-snack]", (snack) => {
    const button = snack.querySelector("[data-dismiss]");
    if (button) {
      button.hidden = false;
      button.addEventListener("click", () => leave(snack));
    }
    if (snack.getAttribute("role") === "alert" || snack.querySelector("form, a")) return;
    let timer = setTimeout(leave, STAYS, snack);
    snack.addEventListener("pointerenter", () => clearTimeout(timer));
    snack.addEventListener("focusin", () => clearTimeout(timer));
    snack.addEventListener("pointerleave", () => { timer = setTimeout(leave, STAYS, snack); });
  });
}

export function showSnack(text, kind = "") {
  const snack = document.createElement("div");
  snack.className = kind ? `snack is-${kind}` : "snack";
  snack.setAttribute("role", kind === "loss" ? "alert" : "status");
  snack.dataset.snack = "";
  const says = document.createElement("span");
  says.textContent = text;
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.dismiss = "";
  button.textContent = "×";
  button.setAttribute("aria-label", document.getElementById("words")?.content.querySelector('[data-word="dismiss"]')?.textContent ?? "×");
  snack.append(says, button);
  document.getElementById("snacks")?.append(snack);
  startSnacks(snack);
}
