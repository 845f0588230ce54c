// The bar on top: notifications, the business clock, the faults, and the drawer of a narrow screen.

import { does, send } from "./api.js";
import { attempt } from "./toasts.js";

const TICK = 5_000; // milliseconds
let ahead = 0; // of the business clock, in milliseconds

/** Serve the bar. */
export function serveBar() {
  const bar = document.getElementById("bar");
  bar.addEventListener("click", onClick);
  bar.addEventListener("submit", onSubmit);
  bar.addEventListener("keydown", onKey);
  document.addEventListener("pointerdown", (event) => {
    for (const panel of openPanels()) if (!panel.contains(event.target)) panel.open = false;
  });
  setInterval(tick, TICK);
  setClock();
}

/** Take the business time over from the bar, which was just drawn. */
export function setClock() {
  ahead = Date.parse(clock().dateTime) - Date.now();
  tick();
}

/** Open or close the drawer with the conversations. */
export function showDrawer(open) {
  document.body.classList.toggle("drawer-open", open);
  document.getElementById("drawer-button").setAttribute("aria-expanded", String(open));
}

function tick() {
  const { zone, hour24 } = clock().dataset;
  clock().textContent = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    weekday: "short",
    month: "short",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
    hourCycle: hour24 ? "h23" : "h12",
  }).format(Date.now() + ahead);
}

function clock() {
  return document.getElementById("clock");
}

function openPanels() {
  return document.querySelectorAll("#bar details[open]");
}

function onClick(event) {
  const button = event.target.closest("button");
  if (!button) return;
  const { pause, move, fault } = button.dataset;
  if (button.id === "drawer-button") showDrawer(button.getAttribute("aria-expanded") !== "true");
  else if (pause) attempt(() => does("pauses", { seconds: Number(pause) }));
  else if (move) attempt(() => send("clock", move === "now" ? {} : { seconds: Number(move) }));
  else if (fault) attempt(() => switchFault(button));
  else if (button.id === "clear-faults") attempt(() => send("faults", {}, "DELETE"));
  else if (button.id === "drop-sockets") attempt(() => send("sockets", { do: "drop" }));
}

function switchFault(button) {
  const { fault, value } = button.dataset;
  if (button.getAttribute("aria-checked") === "true") return send(`faults?kind=${fault}`, {}, "DELETE");
  const times = button.closest("[data-times]") ? document.getElementById("fault-times").value : "";
  return send("faults", { kind: fault, value: Number(value), times: times ? Number(times) : null });
}

function onSubmit(event) {
  event.preventDefault();
  const now = new FormData(event.target).get("now");
  attempt(() => send("clock", { now, tz: clock().dataset.zone }));
}

function onKey(event) {
  const panel = event.target.closest("details[open]");
  if (event.key !== "Escape" || !panel) return;
  panel.open = false;
  panel.querySelector("summary").focus();
}
