// Brings a live element to the state of freshly drawn HTML, touching only what was drawn differently before. Focus,
// carets, scroll positions, open menus and typed text survive. Children are matched by data-key or id, else by place.

const drawn = new WeakMap(); // each live element, as it was last drawn
const sources = new WeakMap(); // each root, with the HTML it was last drawn from

/** Take what stands in `live` for what was drawn last, before any script changes it. */
export function remember(live) {
  pair(live, live.cloneNode(true));
}

/** Make `live` what the one element in `html` is. */
export function morph(live, html) {
  if (sources.get(live) === html) return;
  sources.set(live, html);
  become(live, parsed(html).firstElementChild);
}

/** Make what is in `live` what stands in `html`. */
export function fill(live, html) {
  if (sources.get(live) === html) return;
  sources.set(live, html);
  const fresh = live.cloneNode(false);
  fresh.append(parsed(html));
  become(live, fresh);
}

function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return document.importNode(template.content, true);
}

function pair(live, fresh) {
  drawn.set(live, fresh);
  [...live.children].forEach((child, nth) => pair(child, fresh.children[nth]));
}

function become(live, fresh) {
  const before = drawn.get(live) ?? live.cloneNode(true);
  if (live.hasAttribute("data-own") || before.isEqualNode(fresh)) return;
  drawn.set(live, fresh);
  copyAttributes(live, before, fresh);
  copyState(live, before, fresh);
  copyChildren(live, fresh);
}

function copyAttributes(live, before, fresh) {
  for (const { name } of before.attributes) {
    if (!fresh.hasAttribute(name)) live.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (before.getAttribute(name) !== value) live.setAttribute(name, value);
  }
}

function copyState(live, before, fresh) {
  if (live === document.activeElement) return;
  if (live.matches("input:not([type=file]), textarea") && before.defaultValue !== fresh.defaultValue) {
    live.value = fresh.defaultValue;
  }
  if (live.matches("input[type=checkbox], input[type=radio]")) live.checked = fresh.defaultChecked;
  if (live.matches("option") && before.defaultSelected !== fresh.defaultSelected) {
    live.selected = fresh.defaultSelected;
  }
}

// Whatever is moved loses the focus and its scroll position, so what is gone goes first.
function copyChildren(live, fresh) {
  const stays = new Set([...fresh.children].map(keyOf));
  for (const child of [...live.children]) if (keyOf(child) && !stays.has(keyOf(child))) child.remove();
  const keyed = new Map([...live.children].filter(keyOf).map((child) => [keyOf(child), child]));
  let here = live.firstChild;
  const removeHere = () => {
    const gone = here;
    here = here.nextSibling;
    gone.remove();
  };
  for (const wanted of fresh.childNodes) {
    const match = keyOf(wanted) ? keyed.get(keyOf(wanted)) : similar(here, wanted);
    while (match && here && here !== match && !keyOf(here)) removeHere();
    if (!match) {
      live.insertBefore(copyOf(wanted), here);
      continue;
    }
    if (match === here) here = here.nextSibling;
    else live.insertBefore(match, here);
    if (match.nodeType === Node.ELEMENT_NODE) become(match, wanted);
    else if (match.data !== wanted.data) match.data = wanted.data;
  }
  while (here) removeHere();
}

function copyOf(wanted) {
  const copy = wanted.cloneNode(true);
  if (copy.nodeType === Node.ELEMENT_NODE) pair(copy, wanted);
  return copy;
}

function similar(here, wanted) {
  return here && here.nodeName === wanted.nodeName && !keyOf(here) ? here : null;
}

function keyOf(node) {
  return node.dataset?.key || node.id || "";
}
