// form[data-draft="key"]: what is typed is kept on this device until it has been sent, and put back when the page opens
// again. Passwords, files and hidden values are never kept. Signing out forgets everything (data-forget-drafts).
import { addRow } from "./rows.js";
import { each, word } from "./words.js";

const PREFIX = "draft:";
const SENT = "draft-sent";
const SAVED = "#snacks .snack:not(.is-loss), [data-saved]";
const KEEPS_DAYS = 14;

const store = {
  read: (key) => { try { return JSON.parse(localStorage.getItem(PREFIX + key)); } catch { return null; } },
  write: (key, value) => { try { localStorage.setItem(PREFIX + key, JSON.stringify(value)); } catch { /* full or forbidden: do without */ } },
  drop: (key) => { try { localStorage.removeItem(PREFIX + key); } catch { /* same */ } },
  keys: () => { try { return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length)); } catch { return []; } },
};

const controls = (form) => [...form.elements].filter((control) =>
  control.name && control.type !== "hidden" && control.type !== "password" && control.type !== "file" && control.tagName !== "BUTTON");

function values(form) {
  return controls(form)
    .filter((control) => !["checkbox", "radio"].includes(control.type) || control.checked)
    .map((control) => [control.name, control.value]);
}

function putBack(form, pairs) {
  for (const rows of form.querySelectorAll("[data-rows]")) {
    const names = pairs.map(([name]) => name).filter((name) => name.startsWith(`${rows.dataset.rows}-`));
    const wanted = new Set(names.map((name) => name.split("-")[1])).size;
    while (rows.querySelectorAll("[data-row]").length < wanted) addRow(rows);
  }
  const left = new Map();
  for (const [name, value] of pairs) left.set(name, [...(left.get(name) ?? []), value]);
  for (const control of controls(form)) {
    const kept = left.get(control.name) ?? [];
    if (["checkbox", "radio"].includes(control.type)) control.checked = kept.includes(control.value);
    else if (control.multiple) for (const option of control.options) option.selected = kept.includes(option.value);
    else if (kept.length) control.value = kept[0];
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function offerReturn(form, original, key) {
  const note = document.createElement("p");
  note.className = "draft-note";
  note.setAttribute("role", "status");
  note.append(word("restored"));
  const back = document.createElement("button");
  back.type = "button";
  back.textContent = word("discard");
  back.addEventListener("click", () => {
    putBack(form, original);
    store.drop(key);
    note.remove();
  });
  note.append(back);
  form.prepend(note);
}

function keep(form) {
  const key = form.dataset.draft;
  const original = values(form);
  const same = (pairs) => JSON.stringify(pairs) === JSON.stringify(original);
  const draft = store.read(key);
  const wasSent = sessionStorage.getItem(SENT) === key;
  const isSaved = wasSent && document.querySelector(SAVED) !== null;
  const hasErrors = form.querySelector(".has-error") !== null || document.querySelector("main [data-focus]") !== null;
  if (wasSent) sessionStorage.removeItem(SENT);
  if (draft && (isSaved || same(draft.values) || Date.now() - draft.at > KEEPS_DAYS * 86_400_000)) store.drop(key);
  else if (draft && !hasErrors) {
    putBack(form, draft.values);
    offerReturn(form, original, key);
  }
  let timer;
  const save = () => {
    clearTimeout(timer);
    timer = setTimeout(() => (same(values(form)) ? store.drop(key) : store.write(key, { at: Date.now(), values: values(form) })), 400);
  };
  form.addEventListener("input", save);
  form.addEventListener("change", save);
  form.addEventListener("submit", () => {
    store.write(key, { at: Date.now(), values: values(form) });
    sessionStorage.setItem(SENT, key);
  });
}

export function startDrafts(root) {
  if (root === document) {
    const sent = sessionStorage.getItem(SENT);
    // only a page that says so proves that the form arrived; until then the draft stays
    if (sent && document.querySelector(SAVED)) {
      store.drop(sent);
      sessionStorage.removeItem(SENT);
    }
    document.addEventListener("submit", (event) => {
      if (event.target.matches("[data-forget-drafts]")) store.keys().forEach(store.drop);
    });
  }
  each(root, "form[data-draft]", keep);
}
