// A long list of boxes: <div data-sift> holds a hidden [data-sift-bar] with a search box and a button that ticks all that
// are shown, and the boxes themselves. What is ticked stays ticked when it is not shown.
import { each } from "./words.js";

export function startSifting(root) {
  each(root, "[data-sift]", (part) => {
    const bar = part.querySelector("[data-sift-bar]");
    if (!bar) return;
    const labels = [...part.querySelectorAll(".choices > label")];
    const words = bar.querySelector("[data-sift-words]");
    bar.hidden = false;
    words.addEventListener("input", () => {
      const wanted = words.value.trim().toLowerCase();
      for (const label of labels) label.hidden = !label.textContent.toLowerCase().includes(wanted);
    });
    words.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
    bar.querySelector("[data-sift-all]").addEventListener("click", () => {
      const shown = labels.filter((label) => !label.hidden).map((label) => label.querySelector("input"));
      const isOn = shown.some((box) => !box.checked);
      for (const box of shown) box.checked = isOn;
      part.dispatchEvent(new Event("change", { bubbles: true }));
    });
  });
}
