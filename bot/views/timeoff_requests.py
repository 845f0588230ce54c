"""The card of a request for time off in every state, what is said beside it, and lists of requests."""

from collections.abc import Iterator, Mapping

from bot.domain.timeoff import State
from bot.domain.timeoff_seen import DECIDING, Audience, News, RequestList, RequestShown, Seat
from bot.views.blocks import Block, Message, button, buttons, context, message, paragraphs, section
from bot.views.formats import Formats, escape, person, shorten
from bot.views.forms import MOST_OPTIONS, confirmation
from bot.views.requests import doer_words, quote, said, zone_line
from bot.views.timeoff_days import MOST_DAYS, day_lines
from bot.views.timeoff_review import review_blocks
from bot.views.timeoff_words import leave_words

APPROVE, PART, DECLINE, ASK = (f"timeoff.request.{name}" for name in ("approve", "part", "decline", "ask"))
WITHDRAW, CANCEL, CHANGE, ANSWER = (
    f"timeoff.request.{name}" for name in ("withdraw", "cancel", "change", "answer")
)
SHOW, BEGIN = "timeoff.request.show", "timeoff.request.begin"
_NAME, _MOST_SHOWN, _MOST_SAID = 80, 10, 4
# Characters of what somebody wrote; all of it has to fit into one message, and each may take up to five.
_QUOTED = 300
_STATES: Mapping[State, str] = {
    State.NEEDS_APPROVAL: "waiting for approval",
    State.APPROVED: "approved",
    State.PARTLY_APPROVED: "approved in part",
    State.DECLINED: "declined",
    State.EXPIRED: "over: nobody decided in time",
    State.WITHDRAWN: "withdrawn",
    State.CANCELLED: "cancelled",
    State.CHANGED: "changed",
}


def request_card(shown: RequestShown, seat: Seat, formats: Formats) -> Message:
    """A request as it stands, with the buttons that whoever sits there has now."""
    title = title_of(shown, seat)
    stands = state_words(shown)
    text = f"{title} is {stands}: {summary(shown, seat, formats)}"
    blocks = [
        section(f"*{title}* is {stands}."),
        *paragraphs([f"*{summary(shown, seat, formats)}*", *_days(shown, formats)]),
    ]
    if hints := list(_hints(shown, formats)):
        blocks.append(context(" · ".join(hints)))
    blocks += _quotes(shown)
    if seat.audience in DECIDING and shown.review:
        blocks += review_blocks(shown.review, shown, formats, reads_kind=seat.reads_kind)
    blocks.append(zone_line(formats, _until(shown, formats)))
    actions = offered(shown, seat)
    return message(text, *blocks, *([buttons(*actions)] if actions else []))


def request_news(shown: RequestShown, news: News, audience: Audience, formats: Formats) -> Message:
    """What has happened, told to the audience."""
    text = _news(shown, news, audience, formats)
    return message(text, section(text))


def request_list(shown: RequestList, seat: Seat, formats: Formats, command: str) -> Message:
    """Those that wait or are ahead, each with a button that shows it."""
    whose = f"Time off of {person(shown.whose)}" if shown.whose else "Your time off"
    hint = f"By its number: `{command} 12` · ask for some: `{command} dec 24 to jan 2`"
    rows = [row(each, seat, formats) for each in shown.requests]
    rows += [row(each, Seat(Audience.PROXY), formats) for each in shown.entered]
    if not rows:
        text = f"{whose}: nothing is asked for or ahead."
        return message(text, section(text), context(hint))
    more = f"The first {_MOST_SHOWN} are shown. " if len(rows) > _MOST_SHOWN else ""
    title = f"{whose}: {len(rows)}"
    return message(title, section(f"*{title}*"), *rows[:_MOST_SHOWN], context(f"{more}{hint}"))


def row(shown: RequestShown, seat: Seat, formats: Formats) -> Block:
    """A request in one paragraph, with a button that shows it."""
    text = f"*{title_of(shown, seat)}* is {state_words(shown)}.\n{summary(shown, seat, formats)}"
    show = button("Show", SHOW, str(shown.id), f"Show time off {shown.number}")
    return {**section(text), "accessory": show}


def offered(shown: RequestShown, seat: Seat) -> list[Block]:
    """The buttons that whoever sits there has now."""
    value = str(shown.id)
    if seat.audience in DECIDING:
        decides = seat.audience is Audience.NEXT_LEVEL or not shown.needs_manager
        return list(_deciding(shown, value)) if shown.state is State.NEEDS_APPROVAL and decides else []
    found = []
    if shown.can_be_withdrawn:
        if shown.talk and shown.talk[-1].by.member_id != shown.whose.member_id:
            found.append(button("Answer…", ANSWER, value))
        found.append(button("Withdraw", WITHDRAW, value, f"Withdraw time off {shown.number}"))
        found.append(button("Change…", CHANGE, value, f"Change time off {shown.number}"))
    elif shown.can_be_cancelled:
        sure = confirmation(
            "Cancel this time off?", "What has not begun is yours to work again.", "Cancel it", "Keep it"
        )
        found.append(button("Cancel it", CANCEL, value, f"Cancel time off {shown.number}") | {"confirm": sure})
        if shown.can_be_changed:
            found.append(button("Change…", CHANGE, value, f"Change time off {shown.number}"))
    return found


def title_of(shown: RequestShown, seat: Seat) -> str:
    """What it is called: by its number, and for others by whose it is."""
    if seat.audience is Audience.ASKER:
        return f"Time off {shown.number}"
    return f"Time off {shown.number} of {person(shown.whose)}"


def state_words(shown: RequestShown) -> str:
    """Where it stands, and by whom."""
    words = _STATES[shown.state]
    match shown.state:
        case State.APPROVED | State.PARTLY_APPROVED | State.DECLINED if shown.decided_by:
            return f"{words} by {person(shown.decided_by)}"
        case State.WITHDRAWN | State.CANCELLED if shown.ended_by:
            stays = ", what has begun stays" if shown.days else ""
            return f"{words} {doer_words(shown.ended_by, shown.whose)}{stays}"
    return words


def summary(shown: RequestShown, seat: Seat, formats: Formats) -> str:
    """Days, what they take, and the kind for who may read it: "Thu, Dec 24 – Sat, Jan 2, 5 d · paid leave"."""
    taking = [each for each in (shown.days or shown.wanted) if each.minutes]
    first, last = taking[0].day, taking[-1].day
    kind = f" · {escape(shorten(shown.kind, _NAME))}" if seat.reads_kind else ""
    return f"{formats.days(first, last, shown.today)}, {leave_words(shown.minutes, shown.day_minutes)}{kind}"


def _days(shown: RequestShown, formats: Formats) -> Iterator[str]:
    return day_lines(shown.days or shown.wanted, formats, shown.day_minutes)


def _hints(shown: RequestShown, formats: Formats) -> Iterator[str]:
    if shown.needs_manager:
        yield "A manager decides this: a limit asks for it"
    if shown.entered_by:
        yield f"Entered by {person(shown.entered_by)}"
    if shown.replaces is not None:
        before = shown.state is State.NEEDS_APPROVAL
        yield f"Takes the place of time off {shown.replaces}" + (", which stands until then" if before else "")
    if shown.changed_by is not None:
        yield f"Time off {shown.changed_by} waits to take its place"
    left = {each.day for each in shown.wanted if each.minutes} - {each.day for each in shown.days}
    if shown.state is State.PARTLY_APPROVED and left:
        yield "Not approved: " + ", ".join(formats.day(day) for day in sorted(left)[:MOST_DAYS])


def _quotes(shown: RequestShown) -> Iterator[Block]:
    if shown.note:
        yield quote(shown.entered_by or shown.whose, shorten(shown.note, _QUOTED))
    for each in shown.talk[-_MOST_SAID:]:
        yield quote(each.by, shorten(each.text, _QUOTED))
    if shown.reason and shown.decided_by:
        yield quote(shown.decided_by, shorten(shown.reason, _QUOTED))


def _until(shown: RequestShown, formats: Formats) -> str:
    if shown.state is not State.NEEDS_APPROVAL:
        return ""
    return f"Expires {formats.moment(shown.expires_at)} if nobody decides"


def _deciding(shown: RequestShown, value: str) -> Iterator[Block]:
    review = shown.review
    if review is None or review.short is None:
        anyway = review is not None and bool(review.holes or review.hits)
        yield button("Approve anyway" if anyway else "Approve", APPROVE, value) | (
            {} if anyway else {"style": "primary"}
        )
    # A form offers no more days to choose from.
    if 1 < sum(1 for each in shown.wanted if each.minutes) <= MOST_OPTIONS:
        yield button("Approve part…", PART, value)
    yield button("Decline…", DECLINE, value)
    yield button("Ask…", ASK, value)


def _news(shown: RequestShown, news: News, audience: Audience, formats: Formats) -> str:
    seat = Seat(audience, reads_kind=False)
    title = title_of(shown, seat)
    taking = [each for each in (shown.days or shown.wanted) if each.minutes]
    days = formats.days(taking[0].day, taking[-1].day, shown.today)
    match news:
        case News.ENTERED:
            who = f" by {person(shown.entered_by)}" if shown.entered_by else ""
            return f"{title}, {days}, was entered for you{who}. If you do not want it, withdraw it."
        case News.APPROVED:
            who = f" by {person(shown.decided_by)}" if shown.decided_by else ""
            part = " in part" if shown.state is State.PARTLY_APPROVED else ""
            return f"{title} is approved{part}{who}: {days}.{said(shown.reason)}"
        case News.DECLINED:
            who = f" by {person(shown.decided_by)}" if shown.decided_by else ""
            return f"{title}, {days}, was declined{who}.{said(shown.reason)} Ask for other days, or talk to them."
        case News.WITHDRAWN:
            return f"{title}, {days}, was withdrawn {doer_words(shown.ended_by, shown.whose)}."
        case News.CANCELLED:
            stays = " What had begun stays." if shown.days else ""
            return f"{title} was cancelled {doer_words(shown.ended_by, shown.whose)}.{stays}"
        case News.CHANGED:
            return f"{title} is changed."
        case News.EXPIRED:
            if audience in DECIDING:
                return f"{title}, {days}, is over: *nobody decided in time*. {person(shown.whose)} reads so, too."
            hint = "Ask again, or talk to your lead." if audience is Audience.ASKER else ""
            return f"{title}, {days}, is over: *nobody decided in time*, so it is not approved. {hint}".strip()
        case News.WAITS:
            return f"{title}, {days}, still waits. It expires {formats.moment(shown.expires_at)}."
        case News.QUESTION:
            return f"There is a question about {title}:" + _last(shown)
        case News.ANSWER:
            return f"{title} has an answer:{_last(shown)}"


def _last(shown: RequestShown) -> str:
    return said(shown.talk[-1].text) if shown.talk else ""
