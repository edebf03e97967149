// A tablet that stands by itself goes back to its first page when nobody touches it: the next one sees no names.
const page = document.querySelector('[data-back]');
let leaving = null;

function wait() {
  clearTimeout(leaving);
  leaving = setTimeout(() => location.replace(page.dataset.back), page.dataset.after * 1000);
}

for (const touch of ['input', 'pointerdown', 'keydown']) addEventListener(touch, wait);
wait();
