// Brings what people do with the app's controls to the sandbox. What they entered is sent in the order in which they
// did so, and before any button that they press afterwards.

import { serveComboboxes } from "./combobox.js";
import { agreed } from "./confirm.js";
import { encoded, entered } from "./entries.js";
import { serveModal } from "./modal.js";

const TEXT_REST = 200; // milliseconds without a further change, after which a text is sent
const PICKER_REST = 600; // the same for a date that tells the app, of which people type one part after the other

const resting = new Map(); // each control that was changed but not sent yet, with its timer and how to send it
let sandbox;
let sent = Promise.resolve(); // once everything that was entered has arrived

/** Serve every control inside `root`, now and later. `sandbox` is {post, suggest, notify}. */
export function attach(root, given) {
  sandbox = given;
  root.addEventListener("click", onClick);
  root.addEventListener("input", onInput);
  root.addEventListener("change", onChange);
  root.addEventListener("keydown", onKey);
  root.addEventListener("focusout", (event) => flush(event.target.closest(".control")));
  serveComboboxes(root, {
    enter,
    agreed,
    search: async (control, text) => {
      await settled();
      return sandbox.suggest({ ...addressOf(control), text });
    },
  });
  serveModal({ post: sandbox.post, notify: sandbox.notify, settled });
}

/** Once everything that was entered has arrived. */
export async function settled() {
  for (const control of [...resting.keys()]) flush(control);
  await sent;
}

function addressOf(control) {
  const { surface } = control.closest("[data-surface]").dataset;
  return { surface: JSON.parse(surface), ...JSON.parse(control.dataset.control) };
}

/**
 * Send what was entered, after everything before it; false if it was refused or the control is gone.
 * A `quiet` one does not tell the app.
 */
function enter(control, value, { quiet = false, what = "acts", ...rest } = {}) {
  if (!control.isConnected) return Promise.resolve(false);
  const body = { ...addressOf(control), value, ...(quiet && { dispatch: false }), ...rest };
  const tells = "tells" in control.dataset && !quiet;
  const done = sent.then(() => asked(tells ? control : null, what, body));
  sent = done;
  return done;
}

async function press(control, value) {
  const body = { ...addressOf(control), value };
  if (control.ariaBusy || !(await agreed(control))) return false;
  control.ariaBusy = "true";
  await settled();
  return asked(control, "acts", body);
}

/** Ask the sandbox for it and show the control as busy meanwhile; false, with a notice, if it was refused. */
async function asked(control, what, body) {
  if (control) control.ariaBusy = "true";
  try {
    await sandbox.post(what, body);
    return true;
  } catch (refusal) {
    sandbox.notify(refusal.message);
    return false;
  } finally {
    if (control) control.ariaBusy = null;
  }
}

async function onClick(event) {
  const control = event.target.closest(".control");
  if (!control) return;
  const button = event.target.closest("[data-press]");
  const item = event.target.closest("[role=menuitem]");
  const remove = control.dataset.kind === "file_input" && event.target.closest("[data-remove]");
  if (remove) removeFile(control, remove.closest("li"));
  else if (button?.href && !control.querySelector(".question")) press(control, null);
  else if (button || item) {
    event.preventDefault();
    const url = button?.href ?? item?.dataset.url;
    const done = await press(control, item ? JSON.parse(item.dataset.value) : null);
    if (done && url) window.open(url, "_blank", "noopener");
  }
}

function onInput(event) {
  const field = event.target;
  if (!field.dataset.triggers) return;
  const control = field.closest(".control");
  const quiet = "tells" in control.dataset && !field.dataset.triggers.includes("on_character_entered");
  rest(control, TEXT_REST, () => enter(control, entered(field), { quiet }));
}

async function onChange(event) {
  const field = event.target;
  const control = field.closest(".control");
  if (!control || field.dataset.triggers) return;
  if (field.type === "file") attachFiles(control, field);
  else if (field.matches("[type=checkbox], [type=radio]")) tick(control, field);
  else if (field.matches("[type=date], [type=time], [type=datetime-local]")) {
    const pause = "tells" in control.dataset ? PICKER_REST : 0;
    rest(control, pause, () => pick(control, field));
  }
}

function onKey(event) {
  const field = event.target;
  if (event.key !== "Enter" || !field.dataset.triggers?.includes("on_enter_pressed")) return;
  const control = field.closest("[data-tells]");
  if (!control || (field.matches("textarea") && !event.ctrlKey && !event.metaKey)) return;
  event.preventDefault();
  forget(control);
  enter(control, entered(field));
}

async function pick(control, field) {
  if (await agreed(control)) enter(control, entered(field));
  else field.value = field.defaultValue;
}

async function tick(control, field) {
  const before = [...control.querySelectorAll("[data-value]")].map((each) => [each, each.defaultChecked]);
  const ticked = [...control.querySelectorAll(":checked")].map((each) => JSON.parse(each.dataset.value));
  const done = (await agreed(control)) && (await enter(control, field.type === "radio" ? ticked[0] : ticked));
  if (!done) for (const [each, was] of before) each.checked = was;
}

async function attachFiles(control, field) {
  if (field.files.length > Number(field.dataset.most)) {
    sandbox.notify(`No more than ${field.dataset.most} files can be chosen.`);
  } else if (field.files.length) {
    const files = await Promise.all([...field.files].map(encoded));
    await enter(control, undefined, { what: "attaches", files });
  }
  field.value = "";
}

function removeFile(control, gone) {
  const left = [...gone.parentElement.children].filter((each) => each !== gone);
  control.querySelector("input").focus();
  enter(control, left.map((each) => JSON.parse(each.dataset.value)));
}

/** Send a change once no other has come for a while, or before something else is done. */
function rest(control, pause, send) {
  forget(control);
  resting.set(control, { send, timer: setTimeout(() => flush(control), pause) });
}

function flush(control) {
  const change = resting.get(control);
  forget(control);
  change?.send();
}

function forget(control) {
  clearTimeout(resting.get(control)?.timer);
  resting.delete(control);
}
