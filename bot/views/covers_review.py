"""The card of a part that somebody took, for those who approve it or decline it."""

from collections.abc import Iterator
from uuid import UUID

from bot.domain.covers import PartState
from bot.domain.covers_shown import CoverShown, PartShown
from bot.domain.shifts import Somebody
from bot.views.blocks import Block, Message, button, buttons, context, message, paragraphs, section
from bot.views.covers_words import part_line, part_words, place_words, title_of
from bot.views.findings import listed
from bot.views.formats import Formats, person
from bot.views.requests import anyway_line, doer_words, quote, review_blocks, said, zone_line

APPROVE, APPROVE_ANYWAY, REFUSE = "cover.approve", "cover.approve_anyway", "cover.refuse"
REVIEW = "cover.review"
_MOST = 5


def part_card(shown: CoverShown, part: PartShown, formats: Formats) -> Message:
    """All that approvers look at and their buttons, as long as it waits for them; then what was decided."""
    card = part_review(shown, part, formats)
    pressable = decisions(part)
    return {**card, "blocks": [*card["blocks"], *([buttons(*pressable)] if pressable else [])]}


def part_review(shown: CoverShown, part: PartShown, formats: Formats) -> Message:
    """The same to be read beside the buttons."""
    name, stands, line = title_of(shown, part), part_words(shown, part), part_line(shown, part, formats)
    waits = part.state is PartState.NEEDS_APPROVAL
    return message(
        f"{name} is {stands}: {line}",
        section(f"*{name}* is {stands}."),
        section(line),
        *_quotes(shown, part),
        *_by_proxy(shown, part),
        *(_to_decide(shown, part, formats) if waits else _decided(part)),
        zone_line(formats, f"Open until {formats.moment(shown.expires_at)}" if waits else ""),
    )


def decisions(part: PartShown) -> list[Block]:
    """The buttons of who may decide it."""
    if part.state is not PartState.NEEDS_APPROVAL:
        return []
    found = []
    if not part.review.denials:
        found.append(button("Approve", APPROVE, str(part.id)) | {"style": "primary"})
    elif not part.review.firm:
        found.append(button("Approve anyway…", APPROVE_ANYWAY, str(part.id)))
    return [*found, button("Decline…", REFUSE, str(part.id))]


def _to_decide(shown: CoverShown, part: PartShown, formats: Formats) -> Iterator[Block]:
    yield from review_blocks(part.review, _people(shown, part), formats)
    yield from _why(shown, part)


def _decided(part: PartShown) -> Iterator[Block]:
    if part.decided_by and part.state is not PartState.DECLINED:
        yield from anyway_line(part.review)


def _quotes(shown: CoverShown, part: PartShown) -> Iterator[Block]:
    for author, text in ((shown.entered_by or shown.owner, shown.note), (part.decided_by, part.reason)):
        if author and text:
            yield quote(author, text)


def _by_proxy(shown: CoverShown, part: PartShown) -> Iterator[Block]:
    """What somebody did for one of the two."""
    done = [f"Offered {doer_words(shown.entered_by, shown.owner)}"] if shown.owner and shown.entered_by else []
    done += [f"Taken {doer_words(part.entered_by, part.taker)}"] if part.entered_by else []
    if done:
        yield context(" · ".join(done))


def _why(shown: CoverShown, part: PartShown) -> Iterator[Block]:
    why = place_words(shown, part.taker.member_id, part.taken_at)
    yield from paragraphs([f"*Why {person(part.taker)}*", f"Asked {why}" if why else "Was not asked."])
    cannot = [each for each in shown.asked if each.cannot]
    if cannot:
        lines = listed(f"{person(each.member)}{said(each.reason)}" for each in cannot[:_MOST])
        more = [f"and {len(cannot) - _MOST} more"] if len(cannot) > _MOST else []
        yield from paragraphs(["*Cannot*", *lines, *more])


def _people(shown: CoverShown, part: PartShown) -> dict[UUID, Somebody]:
    return {each.member_id: each for each in (shown.owner, part.taker) if each}
