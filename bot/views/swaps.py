"""The card of a swap in every state, for whoever looks at it, and what is said beside it."""

from collections.abc import Iterator

from bot.domain.approval import REGRET
from bot.domain.swaps import PENDING, State
from bot.domain.swaps_shown import Audience, News, Seat, SwapShown
from bot.views.blocks import Block, Message, button, buttons, context, message, section
from bot.views.formats import Formats, person, plain, shorten
from bot.views.requests import anyway_line, doer_words, quote, review_blocks, said, zone_line
from bot.views.swaps_words import exchange_lines, people_of, shift_words, state_words, undone_words

ACCEPT, DECLINE, WITHDRAW, UNDO = "swap.accept", "swap.decline", "swap.withdraw", "swap.undo"
APPROVE, APPROVE_ANYWAY, REFUSE = "swap.approve", "swap.approve_anyway", "swap.refuse"
REVIEW = "swap.review"
_WANTED = (ACCEPT, APPROVE)  # the answer that a card asks for
_IN_FORCE = frozenset({State.APPROVED})
_PARTIES = frozenset({Audience.ASKER, Audience.COLLEAGUE})
_NAME = 40


def swap_card(shown: SwapShown, seat: Seat, formats: Formats) -> Message:
    """A swap as it stands, with the buttons that whoever sits there has now.

    The floor's channel reads no note; of its readers only the two whose swap it is can undo it.
    """
    title, audience, pressable = f"Swap {shown.number}", seat.audience, offered(shown, seat)
    actions = [buttons(*pressable)] if pressable else []
    if audience is Audience.FLOOR:
        stands = f"is {_outcome(shown)}"
        exchange = section(f"*{title}* {stands}."), _exchange(shown, formats), zone_line(formats)
        return message(f"{title} {stands}: {_schedule(shown, formats)}", *exchange, *actions)
    stands = "waiting for your answer" if _is_asked(shown, audience) else state_words(shown)
    blocks = [section(f"*{title}* is {stands}."), _exchange(shown, formats), *_quotes(shown)]
    if by_proxy := list(_by_proxy(shown)):
        blocks.append(context(" · ".join(by_proxy)))
    if audience is Audience.APPROVERS:
        blocks += _reviewed(shown, formats)
    blocks.append(zone_line(formats, _until(shown, audience, formats)))
    return message(f"{title} is {stands}: {_schedule(shown, formats)}", *blocks, *actions)


def swap_review(shown: SwapShown, formats: Formats) -> Message:
    """A swap as it stands and all that approvers look at, to be read beside their buttons."""
    card = swap_card(shown, Seat(Audience.APPROVERS), formats)
    return {**card, "blocks": [block for block in card["blocks"] if block["type"] != "actions"]}


def offered(shown: SwapShown, seat: Seat) -> list[Block]:
    """The buttons that whoever sits there has now."""
    return [
        button(label, action, str(shown.id)) | ({"style": "primary"} if action in _WANTED else {})
        for label, action in _offered(shown, seat)
    ]


def swap_news(shown: SwapShown, news: News, audience: Audience, formats: Formats) -> Message:
    """What has happened, told to the audience."""
    text = f"Swap {shown.number} {_news(shown, news, audience, formats)}"
    return message(text, section(text))


def _news(shown: SwapShown, news: News, audience: Audience, formats: Formats) -> str:
    asker, colleague = person(shown.asker), person(shown.colleague)
    match news:
        case News.ENTERED:
            who = f" by {person(shown.entered_by)}" if shown.entered_by else ""
            return f"was entered for you{who}. If you do not want it, withdraw it."
        case News.ACCEPTED:
            unwanted = " If you do not want it, decline it." if audience is Audience.COLLEAGUE else ""
            by = doer_words(shown.answered_by, shown.colleague)
            return f"was accepted {by}. It needs approval; you will hear of it.{unwanted}"
        case News.SETTLED:
            by = f", accepted {doer_words(shown.answered_by, shown.colleague)}" if shown.answered_by else ""
            return f"is settled{by}. {_schedule(shown, formats, swapped=True)}"
        case News.DECLINED:
            by = doer_words(shown.ended_by, shown.colleague)
            return f"was declined {by}.{said(shown.answer)} Nothing changes."
        case News.REFUSED:
            who = f" by {person(shown.decided_by)}" if shown.decided_by else ""
            return f"was not approved{who}.{said(shown.reason)} Nothing changes."
        case News.WITHDRAWN:
            return f"was withdrawn {doer_words(shown.ended_by, shown.asker)}. Nothing changes."
        case News.EXPIRED:
            return "is over: it was not settled in time. Nothing changes."
        case News.SUPERSEDED:
            return f"is {state_words(shown)}. Nothing else changes."
        case News.UNDO_WANTED:
            other = colleague if audience is Audience.ASKER else asker
            return f"is to be undone, if you agree: {other} asks for it. Without you nothing changes."
    return f"was {undone_words(shown)}. {_schedule(shown, formats, swapped=False)}"


def _outcome(shown: SwapShown) -> str:
    return "settled" if shown.state is State.APPROVED else state_words(shown)


def _schedule(shown: SwapShown, formats: Formats, *, swapped: bool | None = None) -> str:
    """Who works what, or, while it waits or where it came to nothing, who would give what."""
    if swapped is None and shown.state not in (*_IN_FORCE, State.UNDONE):
        given, returned = (shift_words(each, formats) for each in (shown.given, shown.returned))
        gives = "gives" if shown.state in PENDING else "would have given"
        return f"{person(shown.asker)} {gives} {given} for {returned} of {person(shown.colleague)}"
    settled = shown.state in _IN_FORCE if swapped is None else swapped
    shifts = (shown.returned, shown.given) if settled else (shown.given, shown.returned)
    mine, theirs = (shift_words(each, formats) for each in shifts)
    return f"{person(shown.asker)} works {mine}; {person(shown.colleague)} works {theirs}."


def _exchange(shown: SwapShown, formats: Formats) -> Block:
    return section("\n".join(exchange_lines(shown, formats)))


def _reviewed(shown: SwapShown, formats: Formats) -> Iterator[Block]:
    """All that approvers look at, as long as there is something to decide."""
    if shown.state in PENDING:
        yield from review_blocks(shown.review, people_of(shown), formats)
    elif shown.decided_by and shown.state is not State.DECLINED:
        yield from anyway_line(shown.review)


def _quotes(shown: SwapShown) -> Iterator[Block]:
    quoted = (
        (shown.entered_by or shown.asker, shown.note),
        (shown.ended_by or shown.colleague, shown.answer),
        (shown.decided_by, shown.reason),
    )
    for author, text in quoted:
        if author and text:
            yield quote(author, text)


def _by_proxy(shown: SwapShown) -> Iterator[str]:
    """What somebody did for one of the two."""
    if shown.entered_by:
        yield f"Entered {doer_words(shown.entered_by, shown.asker)}"
    if shown.answered_by:
        yield f"Accepted {doer_words(shown.answered_by, shown.colleague)}"


def _until(shown: SwapShown, audience: Audience, formats: Formats) -> str:
    """What time there still is, and what is to come."""
    if shown.state in PENDING:
        until = f"Open until {formats.moment(shown.expires_at)}"
        hears = shown.state is State.OPEN and audience is Audience.ASKER
        return f"{until} · you hear here when {person(shown.colleague)} answers" if hears else until
    if shown.state is State.APPROVED and shown.settled_at and audience in _PARTIES:
        if shown.undo_wanted_by:
            first = shown.asker if shown.undo_wanted_by == shown.asker.member_id else shown.colleague
            return f"{person(first)} wants to undo it; it takes both"
        return f"Either of you can undo it until {formats.moment(shown.settled_at + REGRET)}, later it takes both"
    return ""


def _is_asked(shown: SwapShown, audience: Audience) -> bool:
    return shown.state is State.OPEN and audience is Audience.COLLEAGUE


def _offered(shown: SwapShown, seat: Seat) -> Iterator[tuple[str, str]]:
    """The buttons of who sits there, by label and action; then those of the two for whom they may act."""
    yield from _own(shown, seat.audience)
    for side, somebody in ((Audience.ASKER, shown.asker), (Audience.COLLEAGUE, shown.colleague)):
        if side in seat.sides and shown.state in PENDING:
            name = plain(shorten(somebody.name, _NAME))
            yield from ((_label_for(label, name), action) for label, action in _own(shown, side))


def _label_for(label: str, name: str) -> str:
    """What opens a form still ends as such."""
    return f"{label[:-1]} for {name}…" if label.endswith("…") else f"{label} for {name}"


def _own(shown: SwapShown, audience: Audience) -> Iterator[tuple[str, str]]:
    match shown.state, audience:
        case State.OPEN | State.NEEDS_APPROVAL, Audience.ASKER:
            yield "Withdraw", WITHDRAW
        case State.OPEN, Audience.COLLEAGUE:
            yield "Accept", ACCEPT
            yield "Decline…", DECLINE
        case State.NEEDS_APPROVAL, Audience.COLLEAGUE:
            yield "Decline after all…", DECLINE
        case State.NEEDS_APPROVAL, Audience.APPROVERS:
            if not shown.review.denials:
                yield "Approve", APPROVE
            elif not shown.review.firm:
                yield "Approve anyway…", APPROVE_ANYWAY
            yield "Decline…", REFUSE
        case State.APPROVED, Audience.FLOOR:
            yield "Undo", UNDO
        case State.APPROVED, Audience.ASKER | Audience.COLLEAGUE:
            own = shown.asker if audience is Audience.ASKER else shown.colleague
            if shown.undo_wanted_by is None:
                yield "Undo", UNDO
            elif shown.undo_wanted_by != own.member_id:
                yield "Agree to undo", UNDO
