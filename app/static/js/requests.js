// htmx: the token that proves a request comes from our page, a line on top while one is under way, and plain words
// when the network fails.
import { showSnack } from "./snacks.js";
import { word } from "./words.js";

let running = 0;

function changeRunning(by) {
  running = Math.max(0, running + by);
  document.documentElement.classList.toggle("is-working", running > 0);
}

export function startRequests() {
  const line = document.createElement("div");
  line.className = "working";
  document.body.append(line);
  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.querySelector('meta[name="csrf-token"]')?.content;
    if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token;
  });
  document.addEventListener("htmx:beforeRequest", () => changeRunning(1));
  document.addEventListener("htmx:afterRequest", () => changeRunning(-1));
  document.addEventListener("htmx:sendError", () => showSnack(word("offline"), "loss"));
  document.addEventListener("htmx:responseError", (event) => {
    showSnack(word(event.detail.xhr.status === 400 ? "stale" : "failed"), "loss");
  });
}
