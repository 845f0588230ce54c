// The question that a control asks before it does anything.

/** Whether the person agrees; at once if the control asks nothing. */
export function agreed(control) {
  const question = control.querySelector(":scope > .question");
  return question ? answered(question) : Promise.resolve(true);
}

function answered(question) {
  const dialog = document.createElement("dialog");
  dialog.className = "confirm";
  dialog.setAttribute("role", "alertdialog");
  dialog.setAttribute("aria-labelledby", "confirm-title");
  dialog.setAttribute("aria-describedby", "confirm-text");
  dialog.append(...question.cloneNode(true).children, choices(dialog, question.dataset));
  dialog.querySelector("h2").id = "confirm-title";
  dialog.querySelector(".text").id = "confirm-text";
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}

function choices(dialog, { confirm, deny, style }) {
  const footer = document.createElement("footer");
  footer.append(choice(dialog, deny, "", "no"), choice(dialog, confirm, style, "yes"));
  return footer;
}

function choice(dialog, label, style, answer) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = `button ${style}`;
  button.textContent = label;
  button.addEventListener("click", () => dialog.close(answer));
  return button;
}
