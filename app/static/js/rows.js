// Repeated parts of a form. <div data-rows="education"> holds [data-row] parts and a <template> whose __n__ becomes the
// next number; a button[data-add="education"] adds one, a button[data-remove] takes its own away. Without a script the
// same buttons submit the form and the server adds or removes the part.
import { each, word } from "./words.js";

export function addRow(rows) {
  const used = [...rows.querySelectorAll("[data-row]")].map((row) => Number(row.dataset.row));
  const number = Math.max(-1, ...used) + 1;
  const holder = document.createElement("div");
  holder.innerHTML = rows.querySelector("template").innerHTML.replaceAll("__n__", String(number));
  const row = holder.firstElementChild;
  row.dataset.row = String(number);
  rows.append(row);
  return row;
}

export function startRows(root) {
  each(root, "[data-add]", (button) => {
    button.addEventListener("click", (event) => {
      const rows = document.querySelector(`[data-rows="${CSS.escape(button.dataset.add)}"]`);
      if (!rows?.querySelector("template")) return;
      event.preventDefault();
      const row = addRow(rows);
      row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
      row.dispatchEvent(new Event("change", { bubbles: true }));
    });
  });
  each(root, "[data-rows]", (rows) => {
    rows.addEventListener("click", (event) => {
      const row = event.target.closest("[data-remove]")?.closest("[data-row]");
      if (!row) return;
      event.preventDefault();
      const isEmpty = [...row.querySelectorAll("input:not([type=hidden]):not([type=checkbox]), textarea")].every((control) => !control.value);
      if (!isEmpty && !row.dataset.sure) {
        row.dataset.sure = "true";
        event.target.closest("[data-remove]").textContent = word("remove");
        return;
      }
      const form = row.closest("form");
      row.remove();
      form?.dispatchEvent(new Event("change", { bubbles: true }));
    });
  });
}
