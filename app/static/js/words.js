// The few sentences that scripts say stand in the base page, where they are translated with everything else.
export function word(key, values = {}) {
  const text = document.getElementById("words")?.content.querySelector(`[data-word="${key}"]`)?.textContent ?? "";
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

// All elements of a part that match, the part itself included.
export function each(root, selector, act) {
  if (root instanceof Element && root.matches(selector)) act(root);
  for (const found of root.querySelectorAll(selector)) act(found);
}
