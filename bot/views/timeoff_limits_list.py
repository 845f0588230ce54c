"""All limits of time off, as coordinators look them through, each to be changed and removed."""

from collections.abc import Iterator, Mapping, Sequence

from bot.domain.timeoff_limits import LimitKind, Policy
from bot.domain.timeoff_limits_shown import LimitsShown
from bot.views.blocks import Block, Message, button, buttons, context, message, section
from bot.views.formats import Formats
from bot.views.forms import View, modal, option
from bot.views.regions import region_name
from bot.views.timeoff_limits import holiday_words, limit_words

TITLE = "Limits of time off"
OPEN, ADD, DO, UNDO, TURN = (f"timeoff_limit.{name}" for name in ("open", "add", "do", "undo", "turn"))
CHANGE, REMOVE = "change", "remove"
HOLIDAY = "holiday"
# Limits and holidays of one page.
PAGE = 25
POLICIES: Mapping[Policy, str] = {
    Policy.WARN: "is only warned of",
    Policy.APPROVAL: "is approved by the next level",
    Policy.BLOCK: "cannot be asked for",
}
_ADDS = {
    LimitKind.CAP.value: "Add a cap",
    LimitKind.BLACKOUT.value: "Add a blackout",
    LimitKind.APART.value: "Keep people apart",
    HOLIDAY: "Add a public holiday",
}


def limits_list(
    shown: LimitsShown, formats: Formats, command: str, page: int = 0, result: Sequence[Block] = ()
) -> View:
    """Limits and own holidays; ``result`` is what was just done."""
    rows = list(_rows(shown, formats))
    page = max(0, min(page, (len(rows) - 1) // PAGE))
    none = section("There is no limit yet: whoever approves time off decides alone.")
    whence = f"those of {region_name(shown.region)}" if shown.region else "none, as they name no country"
    return modal(
        TITLE,
        *result,
        *(rows[page * PAGE : (page + 1) * PAGE] or [none]),
        *_pager(page, len(rows)),
        buttons(*(button(label, f"{ADD}.{what}", what) for what, label in _ADDS.items())),
        context(
            "What was approved before a limit was made stays approved. Public holidays besides these are, by the "
            f"settings, {whence}. Who is away when: `{command} calendar`"
        ),
        close="Close",
        metadata=str(page),
    )


def removed(words: str, undo: str) -> list[Block]:
    """Something is gone, and can be brought back."""
    return [{**section(f"Removed: {words}"), "accessory": button("Undo", UNDO, undo, "Undo the removal")}]


def brought_back(words: str) -> list[Block]:
    """What was removed is there again."""
    return [section(f"Back again: {words}")]


def saved(words: str) -> list[Block]:
    """What holds from now on."""
    return [section(f"Saved: {words}")]


def gone() -> list[Block]:
    """Somebody else was faster."""
    return [section("Somebody has removed or changed that meanwhile. This is what there is now.")]


def not_for_you(command: str) -> Message:
    """Who may not change them asks whoever does."""
    text = "Coordinators and managers say how many may be away at once, and on which days nobody."
    hint = f"Which days are full or closed: `{command} calendar`"
    return message(text, section(text), context(hint))


def _rows(shown: LimitsShown, formats: Formats) -> Iterator[Block]:
    for each in shown.limits:
        words = limit_words(each, formats, shown.today)
        yield _row(f"{words}\nLeave that breaks it {POLICIES[each.limit.policy]}.", f"limit {each.limit.id}")
    for holiday in shown.holidays:
        words = f"Public holiday · {holiday_words(holiday, formats, shown.today)}"
        yield _row(words, f"{HOLIDAY} {holiday.line}")


def _row(text: str, which: str) -> Block:
    options = [option("Change…", f"{CHANGE} {which}"), option("Remove", f"{REMOVE} {which}")]
    return {**section(text), "accessory": {"type": "overflow", "action_id": DO, "options": options}}


def _pager(page: int, total: int) -> Iterator[Block]:
    turns = [("Earlier", page - 1)] if page else []
    turns += [("More", page + 1)] if (page + 1) * PAGE < total else []
    if turns:
        yield buttons(*(button(label, f"{TURN}.{to}", str(to)) for label, to in turns))
