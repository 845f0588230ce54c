// Menus to search in: a text field with choices below it, for one choice or, with chips, for several. While they are
// open the control is marked data-own, so that nobody draws it anew; several choices are sent when it closes.

const SEARCH_REST = 200; // milliseconds without typing, after which the app is asked

let sandbox;
let open = null; // the menu whose choices are shown: {control, field, offer, list, before}
let searches = 0;

/** Serve every menu inside `root`, now and later. `sandbox` is {enter, agreed, search}. */
export function serveComboboxes(root, given) {
  sandbox = given;
  root.addEventListener("mousedown", (event) => {
    if (event.target.closest(".offer")) event.preventDefault(); // the field keeps the focus
  });
  root.addEventListener("click", onClick);
  root.addEventListener("input", (event) => {
    if (isField(event.target)) show(event.target, event.target.value);
  });
  root.addEventListener("keydown", onKey);
  root.addEventListener("focusout", (event) => {
    if (event.target === open?.field) close();
  });
  addEventListener("scroll", place, { capture: true, passive: true });
  addEventListener("resize", place);
}

function isField(node) {
  return node.matches(".control [role=combobox]");
}

function onClick(event) {
  const control = event.target.closest(".control");
  const option = event.target.closest(".offer [role=option]");
  const chip = event.target.closest(".entries [data-remove]")?.closest("li");
  if (option) choose(option);
  else if (chip) removeChip(control, chip);
  else if (event.target.closest("[data-clear]")) clear(control);
  else if (isField(event.target) && open?.field !== event.target) show(event.target, "");
}

function onKey(event) {
  const field = event.target;
  if (!isField(field) || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key;
  const by = { ArrowDown: 1, ArrowUp: -1 }[key];
  const here = open?.field === field;
  const lastChip = field.parentElement.querySelector(".chips li:last-child");
  if (by && here) activate(next(by));
  else if (by || (key === "Enter" && !here)) show(field, "");
  else if (key === "Enter") choose(active());
  else if (key === "Escape" && here) close();
  else if (key === "Backspace" && !field.value && lastChip) removeChip(field.closest(".control"), lastChip);
  else return;
  event.preventDefault();
}

function show(field, text) {
  if (open?.field !== field) {
    const control = field.closest(".control");
    const offer = control.querySelector(".offer");
    open = { control, field, offer, list: offer.querySelector("[role=listbox]"), before: chips(control) };
    control.dataset.own = "";
    field.setAttribute("aria-expanded", "true");
    offer.showPopover();
    if (!text) field.select();
  }
  if ("least" in field.dataset) search(text);
  else filter(text);
}

function close() {
  const { control, field, offer, before } = open;
  open = null;
  delete control.dataset.own;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
  field.value = field.defaultValue;
  offer.hidePopover();
  const now = chips(control);
  if (now.length !== before.length || now.some((chip, nth) => chip !== before[nth])) tellAll(control, before);
}

/** Right below the field, or above it where there is more room. */
function place() {
  if (!open) return;
  const { top, bottom, left, width } = open.field.getBoundingClientRect();
  const { style } = open.offer;
  const above = innerHeight - bottom < 200 && top > innerHeight - bottom;
  style.minWidth = `${width}px`;
  style.maxHeight = `${Math.min(320, (above ? top : innerHeight - bottom) - 12)}px`;
  style.left = `${Math.max(8, Math.min(left, innerWidth - open.offer.offsetWidth - 8))}px`;
  style.top = above ? "auto" : `${bottom + 4}px`;
  style.bottom = above ? `${innerHeight - top + 4}px` : "auto";
}

function filter(text) {
  const wanted = text.trim().toLowerCase();
  let heading = null;
  for (const row of open.list.children) {
    if (row.matches(".group")) heading = row;
    row.hidden = row === heading || !row.textContent.toLowerCase().includes(wanted);
    if (!row.hidden && heading) heading.hidden = false;
  }
  const selected = text ? null : options().find((option) => option.ariaSelected === "true");
  present(options().length ? "" : "No results", selected);
}

async function search(text) {
  const asked = open;
  const mine = ++searches;
  const least = Number(open.field.dataset.least);
  open.list.replaceChildren();
  if (text.length < least) return present(least > 1 ? `Type at least ${least} letters.` : "Type to search.");
  present("Searching…");
  await new Promise((done) => setTimeout(done, SEARCH_REST));
  if (mine !== searches || open !== asked) return;
  let finding = "";
  let found = [];
  try {
    found = await sandbox.search(open.control, text);
    if (!found.length) finding = "No results";
  } catch (refusal) {
    finding = refusal.message;
  }
  if (mine !== searches || open !== asked) return;
  open.list.append(...found.map(row));
  present(finding);
}

/** Say what was found, and make an option the active one: this, or else the first. */
function present(finding, option) {
  open.offer.querySelector(".finding").textContent = finding;
  place();
  activate(option ?? options()[0]);
}

function row(option) {
  const item = document.createElement("li");
  item.setAttribute("role", "option");
  item.dataset.value = JSON.stringify(option);
  item.dataset.text = item.textContent = option.text.text;
  item.ariaSelected = chips(open.control).some((chip) => same(chip, item)) ? "true" : "false";
  if (option.description) {
    const about = document.createElement("small");
    about.textContent = option.description.text;
    item.append(about);
  }
  return item;
}

function options() {
  return [...open.list.querySelectorAll("[role=option]:not([hidden])")];
}

function active() {
  return open.list.querySelector(".active");
}

function next(by) {
  const all = options();
  return all[(all.indexOf(active()) + by + all.length) % all.length];
}

function activate(option) {
  active()?.classList.remove("active");
  open.field.removeAttribute("aria-activedescendant");
  if (!option) return;
  option.id ||= `${open.list.id}-${[...open.list.children].indexOf(option)}`;
  option.classList.add("active");
  option.scrollIntoView({ block: "nearest" });
  open.field.setAttribute("aria-activedescendant", option.id);
}

async function choose(option) {
  if (!option) return;
  if (open.control.querySelector(".entries")) return toggle(option);
  const { control, field, list } = open;
  close();
  if (option.ariaSelected === "true" || !(await sandbox.agreed(control))) return;
  const before = field.defaultValue;
  field.value = field.defaultValue = option.dataset.text;
  for (const each of list.querySelectorAll("[role=option]")) each.ariaSelected = String(each === option);
  if (!(await sandbox.enter(control, JSON.parse(option.dataset.value)))) field.value = field.defaultValue = before;
}

async function clear(control) {
  const field = control.querySelector("[role=combobox]");
  field.focus();
  if (!(await sandbox.agreed(control)) || !(await sandbox.enter(control, null))) return;
  field.value = field.defaultValue = "";
}

function toggle(option) {
  const { control, field } = open;
  const most = Number(control.querySelector(".entries").dataset.most ?? Infinity);
  const chosen = chips(control).find((chip) => same(chip, option));
  if (!chosen && chips(control).length >= most) return present(`No more than ${most} can be chosen.`, option);
  if (chosen) chosen.remove();
  else control.querySelector(".chips").append(chipFor(option));
  option.ariaSelected = String(!chosen);
  field.value = "";
  if ("least" in field.dataset) present("", option);
  else {
    filter("");
    activate(option);
  }
}

function chips(control) {
  return [...control.querySelectorAll(".entries .chips li")];
}

function chipFor({ dataset: { value, text } }) {
  const chip = document.createElement("li");
  const remove = document.createElement("button");
  remove.type = "button";
  remove.dataset.remove = "";
  remove.textContent = "×";
  remove.setAttribute("aria-label", `Remove ${text}`);
  chip.dataset.value = value;
  chip.append(text, remove);
  return chip;
}

function same(one, other) {
  const [a, b] = [one, other].map((each) => JSON.parse(each.dataset.value));
  return (a.value ?? a) === (b.value ?? b);
}

function removeChip(control, chip) {
  const before = chips(control);
  for (const option of control.querySelectorAll("[role=option]")) {
    if (same(option, chip)) option.ariaSelected = "false";
  }
  chip.remove();
  control.querySelector("[role=combobox]").focus();
  if (open?.control !== control) tellAll(control, before);
}

/** Send everything that is chosen; put back what was there `before` if that is not to be. */
async function tellAll(control, before) {
  const values = chips(control).map((chip) => JSON.parse(chip.dataset.value));
  if ((await sandbox.agreed(control)) && (await sandbox.enter(control, values))) return;
  control.querySelector(".chips").replaceChildren(...before);
}
