// [data-print] prints; [data-copy="text"] copies (its own address when empty); [data-share="title"] opens the device's
// own sharing, or copies the address where there is none. All three are hidden until a script can serve them.
import { showSnack } from "./snacks.js";
import { each, word } from "./words.js";

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    showSnack(word("copied"));
  } catch {
    showSnack(word("uncopied"), "loss");
  }
}

async function share(title) {
  if (!navigator.share) return copy(location.href);
  try {
    await navigator.share({ title, url: location.href });
  } catch (refusal) {
    if (refusal.name !== "AbortError") await copy(location.href);
  }
  return undefined;
}

export function startSharing(root) {
  const wire = (selector, act) => each(root, selector, (button) => {
    button.hidden = false;
    button.addEventListener("click", (event) => {
      event.preventDefault();
      act(button);
    });
  });
  wire("[data-print]", () => window.print());
  wire("[data-copy]", (button) => copy(button.dataset.copy || location.href));
  wire("[data-share]", (button) => share(button.dataset.share));
}
