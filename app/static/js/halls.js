// Drawing the map: click or arrow keys and Enter on a free cell place a booth; a booth opens its line in the list;
// an enterprise is dragged from one booth to another. The forms beside the map do the same without a script.
const map = document.querySelector('[data-map]');

function cellAt(happened) {
  const point = new DOMPoint(happened.clientX, happened.clientY).matrixTransform(map.getScreenCTM().inverse());
  return { x: Math.floor(point.x / 10) + 1, y: Math.floor(point.y / 10) + 1 };
}

function boothAt({ x, y }) {
  return [...map.querySelectorAll('[data-booth]')].find((booth) => {
    const { x: bx, y: by, w, h } = booth.dataset;
    return x >= +bx && x < +bx + +w && y >= +by && y < +by + +h;
  });
}

function open(booth) {
  const line = document.querySelector(`#b${booth.dataset.booth} details`);
  line.open = true;
  line.querySelector('input:not([type=hidden])').focus();
}

function place({ x, y }) {
  const form = document.querySelector('[data-place]');
  form.x.value = x;
  form.y.value = y;
  form.requestSubmit();
}

function choose(cell) {
  if (cell.x < 1 || cell.y < 1 || cell.x > +map.dataset.width || cell.y > +map.dataset.height) return;
  const booth = boothAt(cell);
  if (booth) open(booth);
  else place(cell);
}

function move(exhibitor, booth) {
  const form = document.querySelector('[data-move-form]');
  form.action = document.querySelector('[data-move-url]').content.textContent.replace('/0/', `/${exhibitor}/`);
  form.booth.value = booth;
  form.submit();
}

if (map) {
  const cursor = map.querySelector('[data-cursor]');
  const here = { x: 1, y: 1 };
  const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  let dragged = null;
  let isDragged = false;

  map.addEventListener('keydown', (pressed) => {
    if (pressed.key === 'Enter' || pressed.key === ' ') {
      pressed.preventDefault();
      choose(here);
    }
    const step = STEPS[pressed.key];
    if (!step) return;
    pressed.preventDefault();
    here.x = Math.min(+map.dataset.width, Math.max(1, here.x + step[0]));
    here.y = Math.min(+map.dataset.height, Math.max(1, here.y + step[1]));
    cursor.setAttribute('x', (here.x - 1) * 10);
    cursor.setAttribute('y', (here.y - 1) * 10);
  });
  map.addEventListener('focus', () => cursor.setAttribute('visibility', 'visible'));
  map.addEventListener('blur', () => cursor.setAttribute('visibility', 'hidden'));

  map.addEventListener('pointerdown', (pressed) => {
    const booth = boothAt(cellAt(pressed));
    dragged = booth?.dataset.exhibitor ? booth : null;
    isDragged = false;
    if (dragged) map.setPointerCapture(pressed.pointerId);
  });
  map.addEventListener('pointermove', (moved) => {
    if (!dragged) return;
    const over = boothAt(cellAt(moved));
    if (over && over !== dragged) isDragged = true;
    for (const booth of map.querySelectorAll('.is-over')) booth.classList.remove('is-over');
    if (over && over !== dragged) over.classList.add('is-over');
  });
  map.addEventListener('pointerup', (released) => {
    const cell = cellAt(released);
    const over = boothAt(cell);
    if (dragged && isDragged && over && over !== dragged) move(dragged.dataset.exhibitor, over.dataset.booth);
    else if (!isDragged) choose(cell);
    dragged = null;
  });
}
