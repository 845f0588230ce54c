// Ctrl+K or ⌘K: go to a channel or a person by typing a part of the name.

import { fragment } from "./api.js";
import { active, narrow, step } from "./listbox.js";
import { attempt } from "./toasts.js";

/** Serve the switcher; `go` is called with the place that was chosen. */
export function serveSwitcher(who, go) {
  const dialog = document.getElementById("switcher");
  const open = () => attempt(() => show(dialog, who));
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (!document.querySelector("dialog[open]")) open();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("#jump, #new-message")) open();
  });
  const choose = (option) => {
    if (!option) return;
    dialog.close();
    go(option.dataset.in);
  };
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close(); // beside it
    else choose(event.target.closest("[role=option]"));
  });
  dialog.addEventListener("input", () => search(dialog));
  dialog.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) step(fieldOf(dialog), listOf(dialog), by);
    else if (event.key === "Enter") choose(active(listOf(dialog)));
    else return;
    event.preventDefault();
  });
}

async function show(dialog, who) {
  dialog.showModal();
  fieldOf(dialog).value = "";
  fieldOf(dialog).focus();
  search(dialog);
  listOf(dialog).innerHTML = await fragment(`/page/${who}/places`);
  search(dialog);
}

function search(dialog) {
  const [, sign, wanted] = /^([@#]?)(.*)$/.exec(fieldOf(dialog).value.toLowerCase());
  const matches = ({ textContent }) => textContent.startsWith(sign) && textContent.toLowerCase().includes(wanted);
  const found = narrow(fieldOf(dialog), listOf(dialog), matches, Infinity);
  dialog.querySelector("p").hidden = found > 0;
}

function fieldOf(dialog) {
  return dialog.querySelector("input");
}

function listOf(dialog) {
  return dialog.querySelector("[role=listbox]");
}
