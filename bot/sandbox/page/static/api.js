// What the page asks of the sandbox.

/** Whom the page acts as, by handle and id: {who, id}. They stand in the document, and change there. */
export const me = document.body.dataset;

/** What a person cannot do, in the words to show them. */
export class Refused extends Error {}

/** Send JSON to the control API; the answer is JSON, too. Throws Refused. */
export async function send(path, body = {}, method = "POST") {
  const asked = { method };
  if (method !== "DELETE") {
    asked.headers = { "Content-Type": "application/json" };
    asked.body = JSON.stringify(body);
  }
  const answer = await reached(`/sandbox/${path}`, asked);
  const said = await answer.json().catch(() => ({ error: "The sandbox could not do that." }));
  if (!answer.ok) throw new Refused(said.error);
  return said;
}

/** Have somebody do a thing, the one whom the page acts as unless it is said; the answer is JSON. Throws Refused. */
export function does(what, body, who = me.who) {
  return send(`people/${who}/${what}`, body);
}

/** The HTML of a fragment. Throws Refused. */
export async function fragment(path) {
  const answer = await reached(path, {});
  if (!answer.ok) throw new Refused("The sandbox could not show that.");
  return answer.text();
}

async function reached(path, asked) {
  try {
    return await fetch(path, asked);
  } catch {
    throw new Refused("The sandbox does not answer. Is it still running?");
  }
}
