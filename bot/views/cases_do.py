"""The forms that ask what becomes of a case, and what is said once it is done."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from bot.domain.cases import LIVE, State
from bot.domain.cases_do import NOTHING_BESIDE, Beside, Verb
from bot.domain.cases_named import CaseNamed
from bot.domain.cases_typed import CUSTOMER, OURS
from bot.views.blocks import Block, Message, button, buttons, message, section
from bot.views.cases import UNDO
from bot.views.cases_assign import assign_button
from bot.views.cases_named import case_spoken, case_words
from bot.views.cases_pick import CASE, case_field
from bot.views.cases_words import state_words
from bot.views.escalations import START as ESCALATE
from bot.views.formats import escape, shorten
from bot.views.forms import MISSING, MOST_OPTIONS, View, entered, field, modal, option, paragraph_input, select

FORM = "case.do"
PICK, FOR, HOW, WHY, THEN, NOTE = (
    f"case.do{CASE}",
    "case.do.for",
    "case.do.how",
    "case.do.why",
    "case.do.then",
    "case.do.note",
)
MISTAKE, BACK = "mistake", "back"
LONGEST = 2000
_TYPED = 60
_MOST_BESIDE = 5
_PROMISES = {
    None: "Solved, they stay until the customer has heard; closed for good, they end.",
    State.SOLVED: "They stay until the customer has heard.",
    State.CLOSED: "They end with the case.",
}
_MOST = MOST_OPTIONS - 2  # departments, beside the customer and others of ours
_TITLES = {
    Verb.WAIT: ("What it waits for", "Save"),
    Verb.CLOSE: ("Close a case", "Close"),
    Verb.REOPEN: ("Reopen a case", "Reopen"),
    Verb.WORKING: ("You are working on it", "Save"),
    Verb.NOTE: ("A note", "Save"),
    Verb.REPLIED: ("You replied", "Save"),
    Verb.WROTE: ("The customer wrote", "Save"),
}


@dataclass(frozen=True, slots=True)
class Doing:
    """What a form is about: the case (None: it asks), and what it begins with."""

    verb: Verb
    nonce: UUID
    case: CaseNamed | None = None
    departments: Sequence[tuple[UUID, str]] = ()
    chosen: str = ""
    note: str = ""
    reply_to: str = ""  # where a card stands that only its reader sees
    mirrored: bool = False
    unclear: str = ""  # what was typed and not understood
    beside: Beside = NOTHING_BESIDE  # what is open, where it is to be closed


@dataclass(frozen=True, slots=True)
class Said:
    """What was entered; the case may be missing, and so may what the form asks for."""

    verb: Verb
    nonce: UUID
    case_id: UUID | None
    chosen: str | None
    note: str
    reply_to: str


def do_form(doing: Doing) -> View:
    """Asks for the case where none is known, and for what has to be said of it."""
    title, submit = _TITLES[doing.verb]
    about = case_field("Case", PICK)
    if doing.case:
        words = case_words(doing.case)
        about = section(f"{words[:1].upper()}{words[1:]}")
    kept = {
        "verb": doing.verb,
        "nonce": str(doing.nonce),
        "case": str(doing.case.id) if doing.case else None,
        "reply_to": doing.reply_to,
    }
    return modal(title, about, *_fields(doing), callback_id=FORM, submit=submit, metadata=json.dumps(kept))


def read_form(view: View) -> tuple[Said, dict[str, str]]:
    """What was entered, and what is missing."""
    kept, said = json.loads(view["private_metadata"]), entered(view)
    case_id = kept["case"] or said.get(PICK)
    chosen = next((said[each] for each in (FOR, HOW, WHY, THEN) if each in said), None)
    found = Said(
        Verb(kept["verb"]),
        UUID(kept["nonce"]),
        UUID(case_id) if case_id else None,
        chosen,
        said.get(NOTE) or "",
        kept["reply_to"],
    )
    wrong = {PICK: MISSING} if found.case_id is None else {}
    asked = next((each for each in (FOR, HOW, WHY, THEN) if each in said), None)
    if asked and not chosen:
        wrong[asked] = MISSING
    if found.verb is Verb.NOTE and not found.note.strip():
        wrong[NOTE] = MISSING
    return found, wrong


def field_of(said: Said) -> str:
    """The field at which it stands that something cannot be done."""
    own = {Verb.WAIT: FOR, Verb.CLOSE: HOW, Verb.REOPEN: WHY, Verb.NOTE: NOTE, Verb.REPLIED: THEN}
    return own.get(said.verb, PICK)


def done_message(
    verb: Verb,
    case: CaseNamed,
    state: State,
    waits_on: str | None,
    *,
    changed: bool,
    undo: UUID | None,
    beside: Beside = NOTHING_BESIDE,
    owned: bool = True,
) -> Message:
    """What came of it, with what is open beside it or still to be done, and the way to take it back."""
    lines = [_done_words(verb, case, state, waits_on, changed=changed)]
    lines += [] if state in LIVE else _still_open(beside, state)
    row = [button("Undo", UNDO, f"{case.id} {undo}", f"Undo, case {case.number}")] if undo else []
    if verb is Verb.WAIT and undo and waits_on and waits_on not in (name for _, name in beside.escalations):
        lines.append(f"Nobody at {escape(shorten(waits_on, _TYPED))} was asked by this: *Escalate…* asks them.")
        row.append(button("Escalate…", ESCALATE, str(case.id), f"Escalate {case_spoken(case)}"))
    if verb is Verb.WORKING and not owned:
        lines.append("It is nobody's yet: *Assign…* gives it to you or to somebody else.")
        row.append(assign_button(case))
    text = "\n".join(lines)
    return message(text, section(text), *([buttons(*row)] if row else []))


def undone_message(case: CaseNamed, state: State, waits_on: str | None) -> Message:
    """How it stands again."""
    text = f"Undone. {_stands(case, state, waits_on)}"
    return message(text, section(text))


def _fields(doing: Doing) -> Iterator[Block]:
    match doing.verb:
        case Verb.WAIT:
            named = [option(name, str(each)) for each, name in doing.departments[:_MOST]]
            ours = [option("The customer", CUSTOMER), *named, option("Somebody else of ours", OURS)]
            hint = "While it waits for the customer some clocks stand still; while it waits for us they run."
            if doing.unclear:
                typed = escape(shorten(doing.unclear, _TYPED))
                yield section(f"I know no department “{typed}”. Choose what it waits for.")
            yield field("It waits for", FOR, select(ours, doing.chosen or None), hint=hint)
        case Verb.CLOSE:
            if lines := list(_still_open(doing.beside)):
                yield section("\n".join(lines))
            how = [
                option("It is solved: the customer may come back", State.SOLVED),
                option("For good: a duplicate, spam, or not for us", State.CLOSED),
            ]
            yield field("How it ends", HOW, select(how, doing.chosen or State.SOLVED))
        case Verb.REOPEN:
            why = [option("The customer came back", BACK), option("It was closed by mistake", MISTAKE)]
            yield field("Why it is open again", WHY, select(why, doing.chosen or None))
        case Verb.REPLIED:
            then = [
                option("It waits for the customer", State.PENDING),
                option("It stays open: there is more to do", State.OPEN),
                option("It is solved", State.SOLVED),
            ]
            hint = "I send nothing to customers. This stops the clock of the reply."
            yield field("How it stands now", THEN, select(then, doing.chosen or State.PENDING), hint=hint)
    if doing.verb in (Verb.WORKING, Verb.WROTE):
        return
    element = paragraph_input(doing.note, longest=LONGEST)
    hint = "Also written to the helpdesk, as an internal note." if doing.mirrored else ""
    yield field("Note", NOTE, element, optional=doing.verb is not Verb.NOTE, hint=hint)


def _still_open(beside: Beside, state: State | None = None) -> Iterator[str]:
    """What is open, and what becomes of it if the case ends in that state (None: nobody has said in which)."""
    if beside == NOTHING_BESIDE:
        return
    yield "*Still open*"
    if beside.promises:
        yield f"• Promises to the customer: {beside.promises}. {_PROMISES[state]}"
    for number, department in beside.escalations[:_MOST_BESIDE]:
        name = escape(shorten(department, _TYPED))
        yield f"• Escalation {number} to {name}. Nobody is asked about it any more; close it with what came of it."
    if (more := len(beside.escalations) - _MOST_BESIDE) > 0:
        yield f"• And {more} more escalations."
    if beside.exceptions:
        yield f"• Exceptions that wait for approval: {beside.exceptions}. They can still be decided."


def _done_words(verb: Verb, case: CaseNamed, state: State, waits_on: str | None, *, changed: bool) -> str:
    stands = _stands(case, state, waits_on)
    if not changed:
        return f"{stands} That was so already."
    match verb:
        case Verb.WORKING:
            return f"Noted: you are working on case {case.number}."
        case Verb.NOTE:
            return f"Noted on case {case.number}."
        case Verb.REPLIED:
            return f"Noted: the customer has a reply. {stands}"
        case Verb.WROTE if state is State.NEW:
            return f"Noted: the customer wrote about case {case.number}."
        case Verb.WROTE:
            return f"Noted: the customer wrote. {stands}"
    return stands


def _stands(case: CaseNamed, state: State, waits_on: str | None) -> str:
    words = state_words(state, waits_on)
    live = words if words.startswith("Waits") else f"is {words.lower()}"
    return f"Case {case.number} {live[:1].lower()}{live[1:]} now."
