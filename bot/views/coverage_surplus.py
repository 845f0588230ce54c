"""Time off that is offered because more people are there than are needed."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from bot.domain.coverage_patterns import Spare
from bot.domain.coverage_surplus import Answer, OfferShown, State, key_of
from bot.domain.intervals import Interval
from bot.domain.shifts import Somebody
from bot.domain.wallclock import local_date
from bot.views.blocks import Message, button, buttons, context, message, paragraphs, section
from bot.views.coverage import heads, name, post_name
from bot.views.formats import Formats, duration, person
from bot.views.requests import zone_line

OFFER, WITHDRAW = "surplus.offer", "surplus.withdraw"
TAKE, PAID, STAY = "surplus.take", "surplus.paid", "surplus.stay"
MAY_NOT = "Leads, coordinators and managers offer time off. Nothing was changed."
NOT_NEEDED = "Everybody is needed by now. Nothing was changed."
NOBODY = "Nobody’s work begins or ends then who could be asked. Nothing was changed."
NOT_OFFERED = "This is not offered any more, or you do not work then any more. Nothing was changed."
NEEDED = "Too few people would be left by now. Nothing was changed; thank you for offering to go."
TOO_LITTLE = "You have too little leave left for it. Nothing was changed; you can still go unpaid."
SENT = "It is offered now, to those first who went home early least of late. A message says who goes."
_STATES = {
    State.FILLED: "As many go as can.",
    State.WITHDRAWN: "It was withdrawn.",
    State.OVER: "It is over.",
}
_MOST, _MOST_GONE, _MOST_POSTS = 10, 15, 4


def surplus(found: Sequence[Spare], formats: Formats, at: datetime, nonce: UUID) -> Message:
    """When more people are there than are needed, with a button that offers time off."""
    if not found:
        text = "Nobody is more than needed, today and tomorrow, for long enough."
        return message(text, section(text), zone_line(formats))
    text = "More people are there than are needed"
    blocks = [section(f"*{text}*")]
    for number, each in enumerate(found[:_MOST]):
        words = _spare_words(each, formats, at)
        pressed = button("Offer time off", f"{OFFER}.{number}", _write(each, nonce), f"Offer time off, {words}")
        blocks.append({**section(words), "accessory": pressed})
    if len(found) > _MOST:
        blocks.append(context(f"and {len(found) - _MOST} more later"))
    hint = "Nobody has to go, and nobody may whose going would leave too few"
    return message(f"{text}: {_spare_words(found[0], formats, at)}", *blocks, zone_line(formats, hint))


def read_offer(value: str) -> tuple[UUID, Interval, UUID]:
    """The key of the posts, the time and the nonce of a button."""
    key, start, end, nonce = value.split()
    return UUID(key), Interval(datetime.fromisoformat(start), datetime.fromisoformat(end)), UUID(nonce)


def offered_already(by: Somebody) -> Message:
    """Those who could go are being asked."""
    return message(f"{person(by)} has offered it already, and reads who goes. Nothing was changed.")


def offer_card(shown: OfferShown, formats: Formats) -> Message:
    """Who was asked, and who goes when; for whoever offered it."""
    text = f"Time off is offered: {_words(shown, formats)}"
    took = [each for each in shown.asked if each.answer is Answer.TOOK]
    silent = sum(each.answer is None for each in shown.asked)
    lines = [f"*{text}*"]
    lines += [f"• {person(each.who)} goes: {formats.hours(each.interval)}" for each in took[:_MOST_GONE]]
    lines += [f"and {len(took) - _MOST_GONE} more"] if len(took) > _MOST_GONE else []
    lines.append(f"Asked: {len(shown.asked)}, not answered yet: {silent}, places left: {max(0, shown.left)}")
    if shown.state in _STATES:
        lines.append(_STATES[shown.state])
        return message(text, *paragraphs(lines), zone_line(formats))
    pressed = button("Withdraw", WITHDRAW, str(shown.id))
    return message(text, *paragraphs(lines), buttons(pressed), zone_line(formats))


def ask_card(shown: OfferShown, member_id: UUID, formats: Formats) -> Message | None:
    """Asks somebody, or says what came of it."""
    mine = next((each for each in shown.asked if each.who.member_id == member_id), None)
    if mine is None:
        return None
    day, hours = formats.day(local_date(mine.interval.start, formats.zone)), formats.hours(mine.interval)
    when = f"{day}, {hours} ({duration(mine.interval.length)})"
    if mine.answer is Answer.TOOK:
        text = f"You are off: {when}."
    elif mine.answer is Answer.DECLINED:
        text = f"You stay: {when}."
    elif shown.state is not State.OPEN or shown.left <= 0:
        text = f"Time off, {when}, is not offered any more."
    else:
        text = f"More people are there than are needed. Would you like to have {when} off?"
        row = [
            button("Yes, unpaid", TAKE, str(shown.id)),
            button("Yes, from my leave", PAID, str(shown.id)),
            button("No, thanks", STAY, str(shown.id)),
        ]
        hint = context("Nobody has to, and a No is no matter. Whoever says yes first goes, while enough are left.")
        return message(text, section(text), buttons(*row), hint, zone_line(formats))
    return message(text, section(text), zone_line(formats))


def _words(shown: OfferShown, formats: Formats) -> str:
    day = formats.day(local_date(shown.interval.start, formats.zone))
    places = "one person" if shown.places == 1 else f"{shown.places} people"
    return f"{day}, {formats.hours(shown.interval)} · {_named(map(name, shown.queues))}, for {places}"


def _spare_words(found: Spare, formats: Formats, at: datetime) -> str:
    today = local_date(at, formats.zone)
    day = formats.day(local_date(found.interval.start, formats.zone), today)
    posts = _named(map(post_name, sorted(found.posts)))
    return f"{day}, {formats.hours(found.interval)} · {posts} +{heads(found.heads)}"


def _named(names: Iterable[str]) -> str:
    every = list(names)
    every[_MOST_POSTS:] = [f"{len(every) - _MOST_POSTS} more"] if len(every) > _MOST_POSTS else []
    return " and ".join(every)


def _write(found: Spare, nonce: UUID) -> str:
    interval = found.interval
    return f"{key_of(found.posts)} {interval.start.isoformat()} {interval.end.isoformat()} {nonce}"
