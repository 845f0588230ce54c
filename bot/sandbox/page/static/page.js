// Starts the page: what is open, its parts, and which of them a change concerns.

import { does, fragment, me } from "./api.js";
import { serveBar, setClock, showDrawer } from "./bar.js";
import { serveChooser } from "./chooser.js";
import { restoreDrafts, serveComposers } from "./composer.js";
import { attach, settled } from "./controls.js";
import { serveConversations } from "./conversation.js";
import { watch } from "./feed.js";
import { serveMenus } from "./menus.js";
import { showModal } from "./modal.js";
import { fill, morph, remember } from "./morph.js";
import { announce, attempt, notify } from "./toasts.js";

const FIRST = 100; // messages that are shown at first
const GATHERED = 16; // milliseconds in which changes are gathered
const open = { where: me.where, thread: me.thread, most: FIRST };
const main = document.getElementById("main");
const aside = document.getElementById("aside");
const readUpTo = new Map(); // by conversation, of the one whom the page acts as
let becoming = 0;

const parts = {
  bar: {
    path: () => "bar",
    show: (html) => {
      morph(document.getElementById("bar"), html);
      setClock();
    },
  },
  sidebar: {
    path: () => `sidebar?in=${encodeURIComponent(open.where)}`,
    show: (html) => {
      morph(document.getElementById("sidebar"), html);
      setTitle();
    },
  },
  main: {
    path: () => (open.where === "home" ? "app" : `conversation/${encodeURIComponent(open.where)}?most=${open.most}`),
    show: (html) => {
      keepingPlace(main, () => fill(main, html));
      afterMain();
    },
  },
  thread: {
    path: () => (open.thread ? `thread/${encodeURIComponent(open.where)}/${open.thread}` : ""),
    show: (html) => {
      keepingPlace(aside, () => fill(aside, html));
      restoreDrafts(aside);
      if (aside.dataset.arriving) focusComposer(aside);
      delete aside.dataset.arriving;
    },
  },
  modal: { path: () => "modal", show: (html) => showModal(html.trim() || null) },
};
const EVERYTHING = Object.keys(parts);

/** Which parts a change concerns, by its kind. */
function concerned(change) {
  const mine = change.user === me.id;
  // What is open may be a conversation that began just now, and has no id here yet.
  const { id } = main.firstElementChild.dataset;
  const here = id ? change.channel === id : open.where !== "home";
  switch (change.kind) {
    case "message":
      return here ? ["sidebar", "main", "thread"] : ["sidebar"];
    case "typed":
      return mine ? ["main", "thread", "modal"] : [];
    case "read":
      return mine ? ["sidebar"] : [];
    case "modal":
      return mine ? ["modal"] : [];
    case "home":
      return mine && open.where === "home" ? ["main"] : [];
    case "faults":
    case "connections":
      return ["bar"];
    case "notice":
      return mine ? ["modal"] : [];
    default:
      return EVERYTHING;
  }
}

/** Draw these parts anew; each is fetched once at a time, and again if it changed meanwhile. */
function refresh(...names) {
  for (const name of names) {
    const part = parts[name];
    if (part.underWay) part.again = true;
    else if (!part.due) {
      part.due = true;
      setTimeout(draw, GATHERED, name);
    }
  }
}

async function draw(name) {
  const part = parts[name];
  Object.assign(part, { due: false, again: false, underWay: true });
  try {
    await attempt(async () => {
      const path = pathOf(part);
      const html = path && (await fragment(path));
      if (path === pathOf(part)) part.show(html);
      else part.again = true;
    });
  } finally {
    part.underWay = false;
  }
  if (part.again) refresh(name);
}

function pathOf(part) {
  const path = part.path();
  return path && `/page/${me.who}/${path}`;
}

/** Act as somebody else, in the same place if that is theirs, too. */
async function become(who) {
  if (await arriveAs({ as: who, in: open.where, thread: open.thread })) history.pushState(null, "", address());
}

/** Take over who acts, and where, from the page that is asked for; false if something else was asked meanwhile. */
async function arriveAs(asked) {
  const mine = ++becoming;
  await settled();
  const page = new DOMParser().parseFromString(await fragment(`/?${new URLSearchParams(asked)}`), "text/html");
  if (mine !== becoming) return false;
  const { who, id, where, thread } = page.body.dataset;
  Object.assign(me, { who, id });
  Object.assign(open, { where, thread, most: FIRST });
  readUpTo.clear();
  refresh(...EVERYTHING);
  if (open.where === "home") tellApp("home");
  const [name, place] = ["#acting strong", "h1"].map((each) => page.querySelector(each).textContent);
  announce(`Acting as ${name}, in ${place}.`);
  return true;
}

/** Go somewhere: `where`, `thread` and `most` change as far as they are given. */
function go(change) {
  const moved = change.where !== undefined && change.where !== open.where;
  if (moved) Object.assign(open, { thread: "", most: FIRST });
  Object.assign(open, change);
  if (change.most === undefined) history.pushState(null, "", address());
  if (change.thread) aside.dataset.arriving = "true";
  arrive({ moved: change.where !== undefined });
}

function arrive({ moved }) {
  showDrawer(false);
  if (moved) main.dataset.arriving = "true";
  refresh("sidebar", "main", "thread");
  if (moved && open.where === "home") tellApp("home");
}

function address() {
  const asked = new URLSearchParams({ as: me.who, in: open.where });
  if (open.thread) asked.set("thread", open.thread);
  return `/?${asked}`;
}

function tellApp(tab) {
  attempt(() => does("opens_home", { tab }));
}

function afterMain() {
  const section = main.firstElementChild;
  if (section.dataset.where && section.dataset.where !== open.where) {
    open.where = section.dataset.where;
    history.replaceState(null, "", address());
    refresh("sidebar");
  }
  restoreDrafts(main);
  markRead();
  setTitle();
  if (main.dataset.arriving) {
    delete main.dataset.arriving;
    focusComposer(main);
    if (section.dataset.app) tellApp("messages");
  }
}

/** Whoever comes to a place may write there at once; on a touch screen that would bring the keyboard up. */
function focusComposer(root) {
  const area = matchMedia("(pointer: fine)").matches && root.querySelector(".composer textarea");
  (area || root.querySelector(".composer button, button, a") || main).focus();
}

function markRead() {
  const { id, last } = main.firstElementChild.dataset;
  if (!id || !last || document.hidden || readUpTo.get(id) === last) return;
  readUpTo.set(id, last);
  attempt(() => does("reads", { where: id }));
}

function setTitle() {
  const badges = [...document.querySelectorAll("#sidebar [data-mentions]")];
  const meant = badges.reduce((sum, badge) => sum + Number(badge.dataset.mentions), 0);
  const name = main.querySelector("h1").textContent;
  document.title = `${meant ? `(${meant}) ` : ""}${name} – ${document.body.dataset.workspace}`;
}

/** Whoever reads the newest messages goes on doing so; whoever reads older ones stays there. */
function keepingPlace(root, change) {
  const before = root.querySelector("[data-scroll]");
  const key = root.firstElementChild?.dataset.key;
  const atEnd = !before || before.scrollHeight - before.scrollTop - before.clientHeight < 60;
  change();
  const after = root.querySelector("[data-scroll]");
  if (after && (atEnd || root.firstElementChild.dataset.key !== key)) after.scrollTop = after.scrollHeight;
}

function start() {
  remember(document.body);
  serveBar();
  serveComposers();
  serveMenus(document);
  serveConversations(go);
  serveChooser("places", { openers: "#jump, #new-message", key: "k", choose: ({ dataset }) => go({ where: dataset.in }) });
  serveChooser("people", { openers: "#acting", choose: ({ dataset }) => attempt(() => become(dataset.who)) });
  const suggest = async (body) => (await does("searches", body)).options;
  attach(document.body, { post: does, suggest, notify });
  for (const list of document.querySelectorAll("[data-scroll]")) list.scrollTop = list.scrollHeight;
  afterMain();
  if (open.where === "home") tellApp("home");
  addEventListener("popstate", () => {
    const { as, in: where = open.where, thread = "" } = Object.fromEntries(new URLSearchParams(location.search));
    if (as && as !== me.who) return attempt(() => arriveAs({ as, in: where, thread }));
    Object.assign(open, { where, thread, most: FIRST });
    arrive({ moved: true });
  });
  document.addEventListener("visibilitychange", markRead);
  watch({
    changed: (change) => {
      if (change.kind === "notice" && change.user === me.id) notify(change.text);
      refresh(...concerned(change));
    },
    opened: () => {
      document.body.dataset.feed = "live";
      refresh(...EVERYTHING);
    },
    lost: () => (document.body.dataset.feed = "lost"),
  });
}

start();
