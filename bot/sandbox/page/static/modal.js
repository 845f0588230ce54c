// The modal on top: a dialog that keeps the focus, and the stack below it.

import { fill } from "./morph.js";

let sandbox;
let dialog;
let opener; // where the focus returns to
let submitted = false; // whether what comes next answers a submission

/** Serve the modals. `sandbox` is {post, notify, settled}. */
export function serveModal(given) {
  sandbox = given;
  dialog = document.createElement("dialog");
  dialog.className = "modal-frame";
  dialog.setAttribute("aria-labelledby", "modal-title");
  document.body.append(dialog);
  dialog.append(document.createElement("div"));
  dialog.addEventListener("click", (event) => {
    const how = event.target.closest("[data-modal]")?.dataset.modal;
    if (how) close(how.includes("everything"));
  });
  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  dialog.addEventListener("input", () => (submitted = false));
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.form?.requestSubmit();
  });
  dialog.addEventListener("cancel", (event) => {
    if (event.target !== dialog) return;
    event.preventDefault();
    close(false);
  });
}

/** Show the modal on top as its fragment draws it, or with null none. */
export function showModal(html) {
  const before = shown()?.dataset.key;
  const had = dialog.contains(document.activeElement);
  fill(dialog.firstElementChild, html ?? "");
  if (!html) return putAway();
  if (!dialog.open) {
    opener = document.activeElement;
    dialog.showModal();
  }
  if (shown().dataset.key !== before) {
    submitted = false;
    start();
  } else if (submitted) focusOnError();
  if (had && !dialog.contains(document.activeElement)) start(); // what had the focus is gone
}

function shown() {
  return dialog.querySelector("form.modal");
}

function putAway() {
  if (!dialog.open) return;
  dialog.close();
  const composer = document.querySelector("main .composer textarea");
  (opener?.isConnected ? opener : composer)?.focus();
}

function start() {
  const first = shown().querySelector(".body :is(.entry, .button, .ticks)");
  focusOn(shown().querySelector("[data-focus]") ?? first ?? shown().querySelector("footer .button:last-child"));
}

function focusOnError() {
  const wrong = shown().querySelector("[aria-invalid=true]");
  if (!wrong) return;
  submitted = false;
  focusOn(wrong);
}

function focusOn(control) {
  const one = control.querySelector("input:checked") ?? control.querySelector("input") ?? control;
  one.focus();
}

async function submit() {
  await busy(async () => {
    await sandbox.settled();
    submitted = true;
    await sandbox.post("submits", {});
  });
}

function close(everything) {
  return busy(() => sandbox.post("closes", { everything }));
}

/** Do it unless something is being done already. */
async function busy(doing) {
  const form = shown();
  if (form.ariaBusy) return;
  form.ariaBusy = "true";
  try {
    await doing();
  } catch (refusal) {
    sandbox.notify(refusal.message);
  } finally {
    form.ariaBusy = null;
  }
}
