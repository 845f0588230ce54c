"""The message in which somebody reads what needs them: one thing, a few, or a list of many."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.nudges import Ended
from bot.views.blocks import Block, Message, buttons, context, message, paragraphs, section
from bot.views.formats import Formats
from bot.views.requests import zone_line

# So many have buttons of their own, and so many are named.
_WITH_BUTTONS, _LISTED = 5, 15
# Characters of each list, of the 12,000 that Slack takes in a message.
_ROOM = 2400
_ENDED = {
    Ended.SEEN: "Seen to",
    Ended.SNOOZED: "Put off",
    Ended.AGAIN: "Asked again",
    Ended.OVERTAKEN: "Overtaken",
    Ended.OVER: "Over",
}
NOTHING_LEFT = "Nothing of this needs you any more."
ASKED_AGAIN = "What of this still needs you is asked again below."


@dataclass(frozen=True, slots=True)
class Line:
    """One thing, with what can be done about it; ``ended``: nothing needs to be done any more."""

    text: str
    buttons: tuple[Block, ...] = ()
    ended: Ended | None = None
    late: bool = False


def nudges(lines: Sequence[Line], formats: Formats, command: str = "/case") -> Message:
    """Those that need somebody first, with their buttons; then those that do not any more.

    ``command`` shows a case.
    """
    left = [each for each in lines if each.ended is None]
    done = [f"~{each.text}~ · {_ENDED[each.ended]}" for each in lines if each.ended]
    ended = _ended(lines)
    return message(
        _headline(left, ended),
        *_the_first(left),
        *_the_rest(left, command),
        *(paragraphs(_cut(done)) if left else paragraphs([ended, *_cut(done)])),
        zone_line(formats),
    )


def _ended(lines: Sequence[Line]) -> str:
    """What stands on top where nothing is left."""
    return ASKED_AGAIN if any(each.ended is Ended.AGAIN for each in lines) else NOTHING_LEFT


def _headline(left: Sequence[Line], ended: str) -> str:
    match len(left):
        case 0:
            return ended
        case 1:
            return left[0].text
    return f"{_many(left)}. First: {left[0].text}"


def _many(left: Sequence[Line]) -> str:
    late = sum(each.late for each in left)
    of_them = "all" if late == len(left) else late
    return f"{len(left)} things need you{f', {of_them} of them late' if late else ''}"


def _the_first(left: Sequence[Line]) -> Iterator[Block]:
    if len(left) > 1:
        yield section(f"*{_many(left)}*")
    for each in left[:_WITH_BUTTONS]:
        yield section(each.text)
        if each.buttons:
            yield buttons(*each.buttons)


def _the_rest(left: Sequence[Line], command: str) -> Iterator[Block]:
    rest = [f"• {each.text}" for each in left[_WITH_BUTTONS:]]
    if rest:
        yield from paragraphs(_cut(rest))
        yield context(
            f"As you see to the first, these get their buttons. One of them now: `{command}` and its number"
        )


def _cut(lines: Sequence[str]) -> list[str]:
    """As many as there is room for, then how many there are besides."""
    said: list[str] = []
    for line in lines[:_LISTED]:
        if sum(map(len, said)) + len(line) > _ROOM:
            break
        said.append(line)
    more = len(lines) - len(said)
    return [*said, *([f"and {more} more"] if more else [])]
