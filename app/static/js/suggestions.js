// input[data-suggest="/address"]: suggestions while typing, as an ARIA combobox. The address answers
// GET ?q=text with JSON: a list of texts or of {value, note, href}; href opens at once.
import { each, word } from "./words.js";

const WAIT = 150;
let counter = 0;

function build(input) {
  const wrap = document.createElement("span");
  wrap.className = "suggest";
  const list = document.createElement("ul");
  list.className = "suggest-list";
  list.id = `suggest-${(counter += 1)}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", word("suggestions"));
  list.hidden = true;
  const isFocused = document.activeElement === input;
  input.replaceWith(wrap);
  wrap.append(input, list);
  if (isFocused) input.focus();
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, autocomplete: "off",
  })) input.setAttribute(name, value);
  return list;
}

function option(item, at, list) {
  const entry = document.createElement("li");
  entry.id = `${list.id}-${at}`;
  entry.setAttribute("role", "option");
  entry.setAttribute("aria-selected", "false");
  const { value, note, href } = typeof item === "string" ? { value: item } : item;
  entry.dataset.value = value;
  if (href) entry.dataset.href = href;
  entry.append(value);
  if (note) {
    const small = document.createElement("small");
    small.textContent = note;
    entry.append(small);
  }
  return entry;
}

class Suggestions {
  constructor(input) {
    this.input = input;
    this.list = build(input);
    this.at = -1;
    this.asked = 0;
    input.addEventListener("input", () => this.later());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const entry = event.target.closest("[role=option]");
      if (entry) this.choose(entry);
    });
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    const text = this.input.value.trim();
    const number = (this.asked += 1);
    if (!text) return this.close();
    const address = new URL(this.input.dataset.suggest, location.href);
    address.searchParams.set("q", text);
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      const items = answer.ok ? await answer.json() : [];
      if (number === this.asked && document.activeElement === this.input) this.show(items);
    } catch {
      this.close(); // no connection: the field is still a field
    }
    return undefined;
  }

  show(items) {
    this.list.replaceChildren(...items.slice(0, 10).map((item, at) => option(item, at, this.list)));
    this.at = -1;
    this.list.hidden = !items.length;
    this.input.setAttribute("aria-expanded", String(items.length > 0));
    this.input.removeAttribute("aria-activedescendant");
  }

  close() {
    clearTimeout(this.timer);
    this.asked += 1;
    this.show([]);
  }

  move(by) {
    const entries = [...this.list.children];
    entries[this.at]?.setAttribute("aria-selected", "false");
    this.at = (this.at + by + entries.length + (this.at < 0 && by < 0 ? 1 : 0)) % entries.length;
    entries[this.at].setAttribute("aria-selected", "true");
    entries[this.at].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", entries[this.at].id);
  }

  choose(entry) {
    if (entry.dataset.href) {
      location.assign(entry.dataset.href);
      return;
    }
    this.input.value = entry.dataset.value;
    this.close();
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
    if (this.input.form?.getAttribute("role") === "search") this.input.form.requestSubmit();
  }

  key(event) {
    if (event.isComposing) return; // pinyin under way: the keys belong to the input method
    const isOpen = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (isOpen) this.move(event.key === "ArrowDown" ? 1 : -1);
      else this.later();
    } else if (event.key === "Enter" && isOpen && this.at >= 0) {
      event.preventDefault();
      this.choose(this.list.children[this.at]);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
  }
}

export function startSuggestions(root) {
  each(root, "input[data-suggest]:not([role=combobox])", (input) => new Suggestions(input));
}
