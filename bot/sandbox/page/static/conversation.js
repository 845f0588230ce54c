// What people do to messages and conversations, other than writing and using the app's controls.

import { does } from "./api.js";
import { attempt } from "./toasts.js";

/** Serve the buttons of conversations and threads; `go` changes what is open. */
export function serveConversations(go) {
  const post = (what, body) => attempt(() => does(what, body));
  document.addEventListener("click", (event) => {
    const target = event.target.closest("a, button");
    if (!target || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const { dataset } = target;
    const surface = JSON.parse(target.closest("[data-surface]")?.dataset.surface ?? "{}");
    if (dataset.in) go({ where: dataset.in });
    else if (dataset.thread) go({ thread: dataset.thread });
    else if ("closeThread" in dataset) closeThread(go);
    else if (dataset.react) post("reacts", { ...surface, name: dataset.react });
    else if (dataset.shortcut) post("shortcuts", { ...surface, name: dataset.shortcut });
    else if (dataset.join) post("joins", { where: dataset.join });
    else if (dataset.leave) post("leaves", { where: dataset.leave });
    else if (dataset.most) go({ most: dataset.most });
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.matches(".message")) walk(event);
    if (event.key === "Escape" && event.target.closest("aside.thread") && !event.defaultPrevented) closeThread(go);
  });
}

function closeThread(go) {
  const { ts } = document.querySelector("aside.thread").dataset;
  go({ thread: "" });
  const message = document.querySelector(`main .message[data-ts="${ts}"]`);
  (message?.querySelector("a[data-thread]") ?? message)?.focus();
}

/** Arrows move between messages; Tab goes on to what can be done to one. */
function walk(event) {
  const all = [...event.target.parentElement.querySelectorAll(".message")];
  const at = all.indexOf(event.target);
  const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: all.length - 1 }[event.key];
  if (!all[to]) return;
  event.preventDefault();
  for (const message of all) message.tabIndex = message === all[to] ? 0 : -1;
  all[to].focus();
}
