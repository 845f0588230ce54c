"""Time off on somebody's Home: what they have asked for, and what they decide."""

from collections.abc import Iterator

from bot.domain.home import Desk
from bot.domain.timeoff_seen import Audience, Seat
from bot.views.blocks import Block, context, header
from bot.views.formats import Formats
from bot.views.timeoff_requests import row

_MOST = 4


def own_rows(desk: Desk, formats: Formats, prefix: str, most: int = _MOST) -> Iterator[Block]:
    """What they have asked for that waits or is ahead; nothing where there is none."""
    if desk.timeoff:
        yield header("Your time off")
    most = min(most, _MOST)
    for each in desk.timeoff[:most]:
        is_own = each.whose.member_id == desk.reader.member_id
        yield row(each, Seat(Audience.ASKER if is_own else Audience.PROXY), formats)
    if len(desk.timeoff) > most:
        yield context(f"and {len(desk.timeoff) - most} more: `/{prefix}timeoff list`")


def rows_to_decide(desk: Desk, formats: Formats, prefix: str) -> Iterator[Block]:
    """What waits for their decision, the oldest first; nothing where nothing does."""
    found = desk.timeoff_to_decide
    if found:
        yield header(f"Time off to decide · {desk.timeoff_undecided}")
    for each in found:
        # The kind stands on the card, for who may read it.
        yield row(each, Seat(Audience.APPROVERS, reads_kind=False), formats)
    if desk.timeoff_undecided > len(found):
        yield context(f"and {desk.timeoff_undecided - len(found)} more, by number: `/{prefix}timeoff 12`")
