// Menu buttons: <button aria-haspopup="menu" aria-expanded="false"> directly followed by a hidden element with
// role="menu". Arrows move, Escape closes, and the focus returns to the button.

/** Serve every menu button inside `root`, now and later. */
export function serveMenus(root) {
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[aria-haspopup=menu]");
    if (!button) return closeAll(root);
    const open = button.getAttribute("aria-expanded") === "true";
    closeAll(root);
    if (!open) show(button);
  });
  root.addEventListener("keydown", onKey);
}

function show(button) {
  const menu = button.nextElementSibling;
  button.setAttribute("aria-expanded", "true");
  menu.hidden = false;
  items(menu)[0]?.focus();
}

function closeAll(root) {
  for (const button of root.querySelectorAll("[aria-haspopup=menu][aria-expanded=true]")) close(button);
}

function close(button) {
  const menu = button.nextElementSibling;
  if (menu.contains(document.activeElement)) button.focus();
  button.setAttribute("aria-expanded", "false");
  menu.hidden = true;
}

function onKey(event) {
  const menu = event.target.closest("[role=menu]");
  if (!menu) return openByArrow(event);
  const all = items(menu);
  const at = all.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 + all.length, Home: 0, End: all.length - 1 }[event.key];
  if (to !== undefined) all[to % all.length].focus();
  else if (event.key === "Escape" || event.key === "Tab") close(menu.previousElementSibling);
  if (to === undefined && event.key !== "Escape") return;
  event.preventDefault();
  event.stopPropagation();
}

function openByArrow(event) {
  const button = event.target.closest("[aria-haspopup=menu]");
  if (!button || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
  event.preventDefault();
  closeAll(event.currentTarget);
  show(button);
}

function items(menu) {
  return [...menu.querySelectorAll("[role^=menuitem]:not([disabled])")];
}
