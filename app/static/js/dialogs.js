// A link with data-dialog="id" opens that <dialog> instead of the page that would ask the same question.
export function startDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    const dialog = opener && document.getElementById(opener.dataset.dialog);
    if (dialog?.showModal && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      dialog.showModal();
      return;
    }
    const open = event.target.closest("dialog[open]");
    if (open && (event.target === open || event.target.closest("[data-close]"))) open.close();
  });
}
