"""Where a case belongs: what its card says of that, and the form that sends it elsewhere."""

import json
from collections.abc import Iterator, Sequence
from uuid import UUID

from bot.domain.cases_named import CaseNamed
from bot.domain.routing import Field, Match, Routed, Why
from bot.domain.routing_shown import Belongs, RerouteShown, RoutingPart
from bot.views.blocks import Block, button, section
from bot.views.cases_assign import assign_button
from bot.views.cases_named import case_spoken, case_words
from bot.views.formats import Formats, escape, plain, shorten
from bot.views.forms import MOST_OPTIONS, View, entered, field, modal, option, paragraph_input, select

REROUTE, PLACE = "case.reroute", "case.place"
FORM, QUEUE, WHY, REASON = "case.reroute.form", "case.reroute.queue", "case.reroute.why", "case.reroute.reason"
TITLE = "Reroute a case"
LONGEST_REASON = 500
NO_QUEUE = "It is in this queue already, or the queue is gone. Choose another one."
NO_RULE = "No rule says where it belongs any more, or it is in a queue by now. Nothing was changed."
FIELDS = {
    Field.CATEGORY: "category",
    Field.TAG: "tag",
    Field.CHANNEL: "channel",
    Field.LANGUAGE: "language",
    Field.TIER: "tier",
    Field.WORDS: "title has",
}
_WHY = {Why.MISROUTE: "It never belonged where it is", Why.OTHER: "The rest of it is for others to do"}
_HINT = "What never belonged there counts against the rule that put it there."
_NAME, _LABEL = 60, 30


def routing_lines(shown: RoutingPart, _formats: Formats) -> Sequence[str]:
    """By which rule it is in its queue, or where it belongs and why."""
    if shown.rule:
        return [f"In its queue by the rule “{_short(shown.rule)}”"]
    if shown.belongs:
        return [f"Belongs in {_short(shown.belongs.queue)}: {because_words(shown.belongs.routed)}"]
    return []


def routing_buttons(shown: RoutingPart) -> Sequence[Block]:
    """What can be done about whose it is, and in which queue."""
    spoken = case_spoken(shown.case)
    put = [_put(shown.belongs, shown.case.id, spoken)] if shown.belongs else []
    return [*put, assign_button(shown.case), reroute_button(shown.case)]


def reroute_button(case: CaseNamed) -> Block:
    """Opens the form that sends a case to another queue."""
    return button("Reroute…", REROUTE, str(case.id), f"Reroute {case_spoken(case)}")


def because_words(routed: Routed) -> str:
    """The rule, and what of the case it asked for."""
    rule = f"by the rule “{_short(routed.rule.name)}”"
    if not routed.because:
        return f"{rule}, which takes every case"
    return f"{rule} ({', '.join(map(match_words, routed.because))})"


def match_words(match: Match) -> str:
    """What of a case a rule asked for, and what it was."""
    return f"{FIELDS[match.field]} {_short(match.said)}"


def reroute_form(shown: RerouteShown, nonce: UUID) -> View:
    """Asks to which queue, and why it goes there."""
    stands = f"It is in {_short(shown.queue)} now." if shown.queue else "It is in no queue now."
    queues = [(key, name) for key, name in shown.queues.items() if key != shown.queue_id]
    said = [f"{_capital(case_words(shown.case))}\n{stands}", *_advice(shown)]
    if not queues:
        none = "There is no other queue. Queues come with the schedule."
        return modal(TITLE, section("\n".join([*said, none])), close="Close")
    chosen = str(shown.belongs.queue_id) if shown.belongs else None
    options = [option(plain(shorten(name, _NAME)), str(key)) for key, name in queues[:MOST_OPTIONS]]
    reasons = [option(words, why.value) for why, words in _WHY.items()]
    return modal(
        TITLE,
        section("\n".join(said)),
        field("To which queue", QUEUE, select(options, chosen)),
        field("Why", WHY, select(reasons), hint=_HINT),
        field("For whoever gets it", REASON, paragraph_input(longest=LONGEST_REASON)),
        callback_id=FORM,
        submit="Reroute",
        metadata=json.dumps({"case": str(shown.case.id), "nonce": str(nonce)}),
    )


def read_form(view: View) -> tuple[UUID, UUID, UUID, Why, str]:
    """The case, the nonce, the queue, why, and the reason in words."""
    kept, said = json.loads(view["private_metadata"]), entered(view)
    return UUID(kept["case"]), UUID(kept["nonce"]), UUID(said[QUEUE]), Why(said[WHY]), said[REASON] or ""


def rerouted(shown: RerouteShown) -> str:
    """Where it is now."""
    return f"{_capital(case_words(shown.case))} is in {_short(shown.queue or 'no queue')} now."


def put(found: Belongs) -> str:
    """Where it was put."""
    return f"It is in {_short(found.queue)} now, {because_words(found.routed)}."


def _advice(shown: RerouteShown) -> Iterator[str]:
    if shown.belongs and shown.belongs.queue_id != shown.queue_id:
        yield f"The rules say {_short(shown.belongs.queue)}, {because_words(shown.belongs.routed)}."


def _put(found: Belongs, case_id: UUID, spoken: str) -> Block:
    label = f"Put into {plain(shorten(found.queue, _LABEL))}"
    return button(label, PLACE, str(case_id), f"{label}, {spoken}")


def _short(text: str) -> str:
    return escape(shorten(text, _NAME))


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
