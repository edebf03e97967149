// Everything here only makes quicker what already works without a script.
import { startCharts } from "./charts.js";
import { startComponents } from "./components.js";
import { startDialogs } from "./dialogs.js";
import { startDrafts } from "./drafts.js";
import { startForms } from "./forms.js";
import { startMenus } from "./menus.js";
import { startPeek } from "./peek.js";
import { startRequests } from "./requests.js";
import { startRows } from "./rows.js";
import { startSharing } from "./sharing.js";
import { startSifting } from "./sifting.js";
import { startSnacks } from "./snacks.js";
import { startSuggestions } from "./suggestions.js";

// Each of these is called once for the page and once for every part that htmx brings in.
const PARTS = [startRows, startForms, startSnacks, startSuggestions, startSharing, startDrafts, startCharts, startComponents, startPeek, startSifting];

function enhance(root) {
  for (const start of PARTS) start(root);
}

document.documentElement.classList.add("has-script");
startDialogs();
startMenus();
startRequests();
enhance(document);
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) enhance(event.detail.elt);
});
