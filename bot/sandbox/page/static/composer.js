// Where people write: sending, completion of commands, people and channels, usage hints, files, drafts.

import { send } from "./api.js";
import { active, clear, narrow, step } from "./listbox.js";
import { attempt, notify } from "./toasts.js";

const LARGEST_FILE = 20_000_000; // bytes
const drafts = new Map();
const files = new WeakMap();

/** Serve every composer of the page, now and later, in the name of `who`. */
export function serveComposers(who) {
  document.addEventListener("submit", (event) => {
    const form = event.target.closest(".composer");
    if (!form) return;
    event.preventDefault();
    say(form, who);
  });
  document.addEventListener("input", onInput);
  document.addEventListener("keydown", onKey);
  document.addEventListener("pointerdown", onPoint);
  document.addEventListener("focusout", (event) => {
    if (event.target.matches(".composer textarea")) close(event.target.form);
  });
  document.addEventListener("click", (event) => {
    const form = event.target.closest(".composer");
    if (event.target.closest("[data-pick-file]")) form.querySelector("input[type=file]").click();
    if (event.target.closest("[data-drop-file]")) dropFile(form);
  });
}

/** Put what was not sent back into composers that were just drawn. */
export function restoreDrafts(root) {
  for (const form of root.querySelectorAll(".composer")) {
    const area = areaOf(form);
    if (!area.value && drafts.has(form.dataset.key)) setText(form, drafts.get(form.dataset.key));
  }
}

async function say(form, who) {
  const text = areaOf(form).value;
  const file = files.get(form);
  if (!text.trim() && !file) return;
  setText(form, "");
  dropFile(form);
  const place = { where: form.dataset.where, thread_ts: form.dataset.ts || null };
  const sent = await attempt(async () => {
    if (file) await send(`people/${who}/uploads`, { ...place, text, name: file.name, content: await base64(file) });
    else await send(`people/${who}/types`, { ...place, text });
  });
  if (sent) return;
  if (!areaOf(form).value) setText(form, text);
  if (file) takeFile(form, file);
}

function onInput(event) {
  const form = event.target.closest(".composer");
  if (!form) return;
  if (event.target.type === "file") {
    const [file] = event.target.files;
    event.target.value = "";
    if (file) takeFile(form, file);
    return;
  }
  keep(form);
  suggest(form);
}

function onKey(event) {
  if (!event.target.matches(".composer textarea") || event.isComposing) return;
  const form = event.target.form;
  if (isOpen(form) && onListKey(event, form)) return event.preventDefault();
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    form.requestSubmit();
  }
}

function onListKey(event, form) {
  const list = listOf(form);
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by) return step(areaOf(form), list, by), true;
  if (event.key === "Escape") return close(form), true;
  const whole = event.key === "Enter" && active(list)?.dataset.value === tokenBefore(areaOf(form));
  if (["Enter", "Tab"].includes(event.key) && !event.shiftKey && !whole) return accept(form, active(list)), true;
  return false;
}

function onPoint(event) {
  const option = event.target.closest(".completion [role=option]");
  if (!option) return;
  event.preventDefault(); // the text keeps the focus
  accept(option.closest(".composer"), option);
}

function suggest(form) {
  const area = areaOf(form);
  const token = tokenBefore(area);
  const wanted = token?.toLowerCase();
  const matches = ({ dataset }) =>
    dataset.value.toLowerCase().startsWith(wanted) ||
    (dataset.words && wanted[0] === "@" && dataset.words.toLowerCase().includes(wanted.slice(1)));
  const count = token ? narrow(area, listOf(form), matches) : 0;
  form.querySelector(".completion").hidden = count === 0;
  if (count === 0) clear(area, listOf(form));
  showUsage(form);
}

function showUsage(form) {
  const [name, rest] = areaOf(form).value.split(/\s/, 2);
  const command = name.startsWith("/") && rest !== undefined && optionFor(form, name);
  const usage = form.querySelector(".usage");
  const words = command && command.dataset.hint ? `${name} ${command.dataset.hint}` : "";
  usage.hidden = !words;
  if (usage.textContent !== words) usage.textContent = words;
}

function optionFor(form, name) {
  return [...listOf(form).children].find((option) => option.dataset.value === name);
}

/** What is being typed that can be completed: a command at the beginning, or a name after @ or #. */
function tokenBefore(area) {
  const before = area.value.slice(0, area.selectionStart);
  return /^\/\S*$/.exec(before)?.[0] ?? /(?:^|\s)([@#][\p{L}\d._-]*)$/u.exec(before)?.[1];
}

function accept(form, option) {
  const area = areaOf(form);
  const end = area.selectionStart;
  area.setRangeText(`${option.dataset.value} `, end - tokenBefore(area).length, end, "end");
  close(form);
  keep(form);
  showUsage(form);
}

function close(form) {
  if (!form) return;
  form.querySelector(".completion").hidden = true;
  clear(areaOf(form), listOf(form));
}

function isOpen(form) {
  return !form.querySelector(".completion").hidden;
}

function takeFile(form, file) {
  if (file.size > LARGEST_FILE) return notify(`${file.name} is too large: 20 MB is the most.`);
  files.set(form, file);
  const item = document.createElement("li");
  const remove = document.createElement("button");
  remove.type = "button";
  remove.dataset.dropFile = "";
  remove.textContent = "✕";
  remove.setAttribute("aria-label", `Remove ${file.name}`);
  item.append(file.name, remove);
  const picked = form.querySelector(".picked");
  picked.replaceChildren(item);
  picked.hidden = false;
  areaOf(form).focus();
}

function dropFile(form) {
  files.delete(form);
  const picked = form.querySelector(".picked");
  picked.replaceChildren();
  picked.hidden = true;
}

function setText(form, text) {
  areaOf(form).value = text;
  close(form);
  keep(form);
  showUsage(form);
}

function keep(form) {
  const area = areaOf(form);
  area.rows = Math.min(area.value.split("\n").length, 8);
  if (area.value) drafts.set(form.dataset.key, area.value);
  else drafts.delete(form.dataset.key);
}

async function base64(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return btoa(text);
}

function areaOf(form) {
  return form.querySelector("textarea");
}

function listOf(form) {
  return form.querySelector("[role=listbox]");
}
