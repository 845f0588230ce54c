// What stands in a field, as the app is to be told of it.

/** The value of a text field or picker, or null while it is empty. */
export function entered(field) {
  const text = field.value;
  if (!text) return null;
  if (field.dataset.zone) return instant(text, field.dataset.zone);
  return field.closest(".control").dataset.kind === "rich_text_input" ? richText(text) : text;
}

/** A file with its bytes in base64. */
export async function encoded(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return { name: file.name, content: btoa(text) };
}

/** Seconds since 1970 at which the wall clock of a zone shows "2026-11-27T09:00". */
function instant(local, zone) {
  const wanted = Date.parse(`${local}Z`);
  const guess = wanted - ahead(wanted, zone);
  return (wanted - ahead(guess, zone)) / 1000;
}

/** By how many milliseconds the wall clock of a zone is ahead of UTC at an instant. */
function ahead(at, zone) {
  const form = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  return Date.parse(`${form.format(at).replace(" ", "T")}Z`) - at;
}

function richText(text) {
  const section = { type: "rich_text_section", elements: [{ type: "text", text }] };
  return { type: "rich_text", elements: [section] };
}
