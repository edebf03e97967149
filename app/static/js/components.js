// Alpine components. Alpine itself is fetched only by a page that has an x-data.
//
// reveal  <div x-data="reveal" data-when="choice"> <select x-on:change="read"> … <div x-show="isShown"> </div>
//         shows a part while the control's value is one of data-when (words apart by spaces).
// bulk    <form x-data="bulk" x-on:change="count"> … <span x-text="chosen"></span> <button x-bind:disabled="isEmpty">
//         counts the ticked boxes named `id`; a box with data-all ticks or unticks them.
let isLoaded = false;

const reveal = () => ({
  isShown: false,
  init() {
    const control = this.$root.querySelector("[data-by]");
    if (control) this.show(control);
  },
  read(event) {
    this.show(event.target);
  },
  show(control) {
    const value = control.type === "checkbox" ? (control.checked ? "yes" : "no") : control.value;
    this.isShown = this.$root.dataset.when.split(" ").includes(value);
  },
});

const bulk = () => ({
  chosen: 0,
  get isEmpty() {
    return this.chosen === 0;
  },
  init() {
    this.count();
  },
  count(event) {
    const boxes = [...this.$root.querySelectorAll('input[type=checkbox][name="id"]')];
    if (event?.target.matches("[data-all]")) for (const box of boxes) box.checked = event.target.checked;
    this.chosen = boxes.filter((box) => box.checked).length;
  },
});

export async function startComponents(root) {
  if (isLoaded || !root.querySelector("[x-data]")) return;
  isLoaded = true;
  const { default: Alpine } = await import("../vendor/alpine-csp.esm.min.js");
  Alpine.data("reveal", reveal);
  Alpine.data("bulk", bulk);
  Alpine.start();
}
