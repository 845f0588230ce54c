// Where people write: sending, completion of commands, people and channels, usage hints, files, drafts.

import { does } from "./api.js";
import { encoded } from "./entries.js";
import { active, clear, narrow, step } from "./listbox.js";
import { attempt, notify } from "./toasts.js";

const LARGEST_FILE = 20_000_000; // bytes
const MOST_FILES = 10; // in a message
const drafts = new Map(); // what was not sent yet, by the key of its composer: {text, files}

/** Serve every composer of the page, now and later. */
export function serveComposers() {
  document.addEventListener("submit", (event) => {
    const form = event.target.closest(".composer");
    if (!form) return;
    event.preventDefault();
    say(form);
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
    if (event.target.closest("[data-drop-file]")) dropFile(form, event.target.closest("li"));
  });
  for (const kind of ["dragover", "dragleave", "drop"]) document.addEventListener(kind, onDrag);
  document.addEventListener("paste", (event) => {
    const form = event.target.closest(".composer");
    if (!form || !event.clipboardData.files.length) return;
    event.preventDefault();
    takeFiles(form, event.clipboardData.files);
  });
}

/** Put what was not sent back into composers that were just drawn. */
export function restoreDrafts(root) {
  for (const form of root.querySelectorAll(".composer")) {
    const { text, files } = draftOf(form);
    if (text && !areaOf(form).value) setText(form, text);
    if (files.length && form.querySelector(".picked").hidden) showFiles(form);
  }
}

async function say(form) {
  const { text, files } = draftOf(form);
  if (!text.trim() && !files.length) return;
  setText(form, "");
  setFiles(form, []);
  const { who, where, ts } = form.dataset;
  const place = { where, thread_ts: ts || null };
  const sent = await attempt(async () => {
    if (files.length) await does("uploads", { ...place, text, files: await Promise.all(files.map(encoded)) }, who);
    else await does("types", { ...place, text }, who);
  });
  if (sent) return;
  if (!areaOf(form).value) setText(form, text);
  takeFiles(form, files);
}

function onInput(event) {
  const form = event.target.closest(".composer");
  if (!form) return;
  if (event.target.type === "file") {
    takeFiles(form, event.target.files);
    event.target.value = "";
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

/** Files that are dragged in go to the conversation they are dropped on; elsewhere they would replace the page. */
function onDrag(event) {
  if (!event.dataTransfer.types.includes("Files") || event.target.closest("input[type=file]")) return;
  event.preventDefault();
  const place = event.target.closest(".conversation, .thread");
  const form = place?.querySelector(".composer");
  if (!form) event.dataTransfer.dropEffect = "none";
  else if (event.type === "dragover") form.dataset.dropping = "";
  else if (event.type === "drop" || !place.contains(event.relatedTarget)) delete form.dataset.dropping;
  if (form && event.type === "drop") takeFiles(form, event.dataTransfer.files);
}

function takeFiles(form, added) {
  const files = [...draftOf(form).files];
  for (const file of added) {
    if (file.size > LARGEST_FILE) notify(`${file.name} is too large: 20 MB is the most.`);
    else files.push(file);
  }
  if (files.length > MOST_FILES) notify(`No more than ${MOST_FILES} files can be shared at once.`);
  setFiles(form, files.slice(0, MOST_FILES));
  areaOf(form).focus();
}

function dropFile(form, item) {
  const at = [...item.parentElement.children].indexOf(item);
  setFiles(form, draftOf(form).files.toSpliced(at, 1));
  areaOf(form).focus();
}

function setFiles(form, files) {
  drafts.set(form.dataset.key, { ...draftOf(form), files });
  showFiles(form);
}

function showFiles(form) {
  const picked = form.querySelector(".picked");
  picked.replaceChildren(...draftOf(form).files.map(({ name }) => itemFor(name)));
  picked.hidden = !picked.children.length;
}

function itemFor(name) {
  const item = document.createElement("li");
  const remove = document.createElement("button");
  remove.type = "button";
  remove.dataset.dropFile = "";
  remove.textContent = "✕";
  remove.setAttribute("aria-label", `Remove ${name}`);
  item.append(name, remove);
  return item;
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
  drafts.set(form.dataset.key, { ...draftOf(form), text: area.value });
}

function draftOf(form) {
  return drafts.get(form.dataset.key) ?? { text: "", files: [] };
}

function areaOf(form) {
  return form.querySelector("textarea");
}

function listOf(form) {
  return form.querySelector("[role=listbox]");
}
