// Dialogs to choose from by typing a part of the name: where to go, and as whom to act.

import { fragment, me } from "./api.js";
import { activate, active, narrow, step } from "./listbox.js";
import { fill } from "./morph.js";
import { attempt } from "./toasts.js";

/**
 * Serve the dialog of this id: the buttons that match `openers` open it, and so does Ctrl or ⌘ with `key`. Its list is
 * the fragment of the same name, and `choose` is called with the option that was chosen.
 */
export function serveChooser(id, { openers, key, choose }) {
  const dialog = document.getElementById(id);
  document.addEventListener("click", (event) => {
    if (event.target.closest(openers)) attempt(() => show(dialog));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== key || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (!document.querySelector("dialog[open]")) attempt(() => show(dialog));
  });
  const done = (option) => {
    if (!option) return;
    dialog.close();
    choose(option);
  };
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close(); // beside it
    else done(event.target.closest("[role=option]"));
  });
  dialog.addEventListener("input", () => search(dialog));
  dialog.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) step(fieldOf(dialog), listOf(dialog), by);
    else if (event.key === "Enter") done(active(listOf(dialog)));
    else return;
    event.preventDefault();
  });
}

async function show(dialog) {
  dialog.showModal();
  fieldOf(dialog).value = "";
  fieldOf(dialog).focus();
  search(dialog);
  const html = await fragment(`/page/${me.who}/${dialog.id}`);
  const chosen = active(listOf(dialog)); // by somebody who is quicker
  fill(listOf(dialog), html);
  search(dialog);
  if (chosen?.isConnected && !chosen.hidden) activate(fieldOf(dialog), listOf(dialog), chosen);
}

function search(dialog) {
  const [, sign, wanted] = /^([@#]?)(.*)$/.exec(folded(fieldOf(dialog).value));
  const matches = ({ textContent }) => textContent.startsWith(sign) && folded(textContent).includes(wanted);
  const found = narrow(fieldOf(dialog), listOf(dialog), matches, Infinity);
  dialog.querySelector("p").hidden = found > 0;
}

/** Small letters without accents: whoever types "lucia" means Lucía. */
function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function fieldOf(dialog) {
  return dialog.querySelector("input");
}

function listOf(dialog) {
  return dialog.querySelector("[role=listbox]");
}
