// At the booth: a ticket read by the camera is handed in by the same form as a typed code.
import { scan } from './scanner.js';

const root = document.querySelector('[data-booth]');
const form = root.querySelector('[data-typed]');
const start = root.querySelector('[data-start]');
const cam = root.querySelector('[data-cam]');
start.hidden = !navigator.mediaDevices;
start.addEventListener('click', async () => {
  cam.hidden = false;
  try {
    await scan(root.querySelector('[data-video]'), root.dataset.decoder, (text) => {
      form.shown.value = text;
      form.requestSubmit();
    });
    start.hidden = true;
  } catch {
    cam.hidden = true;
  }
});
