"""What somebody reads at once whose press on the card of a cover could not be, or is not all there is to it."""

from collections.abc import Iterable, Sequence

from bot.domain.covers_shown import CoverShown, PartShown
from bot.domain.intervals import Interval
from bot.domain.rules import Finding
from bot.domain.rules_swaps import Reading
from bot.domain.shifts import Somebody
from bot.views.covers_words import names, part_words, state_words, title, title_of
from bot.views.findings import finding_words, listed, own_words, reading_words, standing
from bot.views.formats import Formats, person

NOTHING = "Nothing was changed."
NOT_YOURS = f"This is not for you to decide. {NOTHING}"
NOT_TO_TAKE = f"Those who work shifts here take them. If you do, ask a coordinator to make you an agent. {NOTHING}"
NOT_TO_UNDO = f"Only who gave it and who took it can undo it. If you know why they should, tell them. {NOTHING}"
NO_APPROVER = f"A coordinator decides this; a lead or manager may where there is no other. {NOTHING}"
_SOMEBODY_ELSE = "Another coordinator can, or where there is none a manager or the lead of the team."
OWN_REQUEST = f"Nobody decides what is their own. {_SOMEBODY_ELSE} {NOTHING}"
ENTERED = f"Nobody decides what they did for somebody else. {_SOMEBODY_ELSE} {NOTHING}"
OTHER_SIDE = f"You gave this away for somebody, so somebody else has to take it. {NOTHING}"
TAKES_IT = (
    f"You take a part of this yourself. Give that back first, then you can withdraw the rest for them. {NOTHING}"
)
OWN_SHIFT = f"This is your own shift. You work it unless somebody takes it; to keep it, withdraw it. {NOTHING}"
REASON_WANTED = "Please say why: both read it."
GONE = f"I know no such cover. {NOTHING}"
NOT_OFFERED = "That is not a part of what is to be taken. Choose a time within it."
NOT_ON_ROSTER = "This person is not on the roster. Pick somebody else."
NOT_FOR_THEM = "They work no shifts here, or are not of your team. Pick somebody else."
NOT_WITH_THEM = "The rules do not let them work this. Pick somebody else, or a shorter time."
THEIRS_ALREADY = "It is their own shift. Pick somebody else."
TOO_LATE_TO_UNDO = f"The ten minutes are over. Offer it to others instead. {NOTHING}"


def too_late(shown: CoverShown, taken_by: Sequence[Somebody], left: Iterable[Interval], formats: Formats) -> str:
    """Somebody was quicker, or its time is over; and what can still be taken."""
    still = [formats.hours(each) for each in left]
    if not taken_by:
        return f"{title(shown)} is {state_words(shown)}. {NOTHING}"
    rest = f"Still open: {', '.join(still)}." if still else NOTHING
    return f"{title(shown)}: {names(taken_by)} came first. {rest}"


def part_too_late(shown: CoverShown, part: PartShown) -> str:
    """The same of a part."""
    return f"{title_of(shown, part)} is {part_words(shown, part)}. {NOTHING}"


def not_legal(reading: Reading, other: Somebody, formats: Formats, since: Iterable[Finding] = ()) -> str:
    """All that the reader may know of what stands in the way."""
    lines = reading_words(reading, other, formats)
    new = [own_words(finding, formats) for finding in since]
    return "\n".join([*lines, *(["New since it was offered:", *listed(new)] if new else []), NOTHING])


def review_changed(shown: CoverShown, part: PartShown, since: Iterable[Finding], formats: Formats) -> str:
    """An approver pressed on a card that was behind."""
    people = {each.member_id: each for each in (shown.owner, part.taker) if each}
    lines = listed(f"{finding_words(each, people, formats)} · {standing(each)}" for each in since)
    return "\n".join([f"{title(shown)} has changed since the card was drawn:", *lines, "Please look again."])


def not_possible(shown: CoverShown, part: PartShown, findings: Iterable[Finding], formats: Formats) -> str:
    """An approver wants what nobody may approve, or not without a reason."""
    people = {each.member_id: each for each in (shown.owner, part.taker) if each}
    lines = listed(finding_words(finding, people, formats) for finding in findings)
    return "\n".join([f"{title(shown)} cannot be approved like that:", *lines, NOTHING])


def built_on(shown: CoverShown, part: PartShown) -> str:
    """Some of what was taken is worked by somebody else by now."""
    name = title_of(shown, part)
    return f"{name} cannot be undone, because some of it has changed hands since. Undo that first. {NOTHING}"


def undo_asked(shown: CoverShown, other: Somebody) -> str:
    """One of the two wants it undone after the ten minutes."""
    return f"{title(shown)} is undone as soon as {person(other)} agrees. Until then nothing changes."


def decision_hint(shown: CoverShown, part: PartShown) -> str:
    """Who reads why an approver decides as they do."""
    both = [person(each) for each in (shown.owner, part.taker) if each]
    who = f"{' and '.join(both)}, who both read" if len(both) > 1 else f"{both[0]}, who reads"
    return f"{title(shown)} of {who} what you write."


def cannot_hint(shown: CoverShown) -> str:
    """Who reads why somebody cannot."""
    return f"{title(shown)}: only whoever approves it reads what you write."
