// Short notices in the corner: what was refused, and the warnings that Slack flashes up.

import { Refused } from "./api.js";

const SHOWN = 10_000; // milliseconds

/** Show a notice for a while, or until it is dismissed. */
export function notify(text) {
  const toast = document.createElement("div");
  toast.className = "toast";
  const words = document.createElement("span");
  words.textContent = text;
  const dismiss = document.createElement("button");
  dismiss.type = "button";
  dismiss.textContent = "✕";
  dismiss.setAttribute("aria-label", "Dismiss");
  dismiss.addEventListener("click", () => toast.remove());
  toast.append(words, dismiss);
  document.getElementById("toasts").append(toast);
  setTimeout(() => toast.remove(), SHOWN);
}

/** Have a screen reader say what others see anyway. */
export function announce(text) {
  document.getElementById("announced").textContent = text;
}

/** Do what may be refused, and then say so; true if it was done. */
export async function attempt(doing) {
  try {
    await doing();
    return true;
  } catch (refusal) {
    if (!(refusal instanceof Refused)) throw refusal;
    notify(refusal.message);
    return false;
  }
}
