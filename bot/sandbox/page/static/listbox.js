// A list of options beside a text field: which are shown, and which one is active while the field keeps the focus.

/** Show the options that `matches` accepts, `most` at once, and make the first one active. Returns how many. */
export function narrow(field, list, matches, most = 8) {
  let shown = 0;
  for (const option of list.children) {
    option.hidden = shown >= most || !matches(option);
    if (!option.hidden) shown += 1;
  }
  activate(field, list, visible(list)[0]);
  return shown;
}

/** The active option, if any. */
export function active(list) {
  return list.querySelector("[aria-selected=true]:not([hidden])");
}

/** Move to the next option, or with -1 to the one before; after the last comes the first. */
export function step(field, list, by) {
  const all = visible(list);
  activate(field, list, all[(all.indexOf(active(list)) + by + all.length) % all.length]);
}

/** Nothing is offered any more. */
export function clear(field, list) {
  field.removeAttribute("aria-activedescendant");
  for (const option of list.children) option.removeAttribute("aria-selected");
}

/** Make this option the active one; none if there is none. */
export function activate(field, list, option) {
  clear(field, list);
  if (!option) return;
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", option.id);
}

function visible(list) {
  return [...list.children].filter((option) => !option.hidden);
}
