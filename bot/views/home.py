"""Somebody's Home: what waits for them, their shifts, their requests and, for who leads it, the floor."""

from collections.abc import Iterator
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.domain.home import Desk, NoDesk, at_most
from bot.domain.home_cases import OwnCases
from bot.domain.permissions import Deed, Reach
from bot.domain.shifts import WorkedShift
from bot.domain.wallclock import ONE_DAY, local_date
from bot.views.absences import START as AWAY
from bot.views.absences import START_LATE as LATE
from bot.views.absences import away_rows
from bot.views.announcements_form import start_button
from bot.views.attendance import here_row
from bot.views.blocks import Block, Message, button, buttons, context, header, message, section
from bot.views.coverage import SHOW, Request
from bot.views.covers_open import BEGIN
from bot.views.escalations_answers import ask_button
from bot.views.fairness import share_line
from bot.views.floor_help import menu_rows
from bot.views.formats import Formats, person, plain, shorten
from bot.views.forms import plain_text
from bot.views.handup import raise_button
from bot.views.home_announcements import the_announcements
from bot.views.home_cases import case_doors, the_cases
from bot.views.home_escalations import the_escalations
from bot.views.home_exceptions import the_exceptions
from bot.views.home_floor import hours_line, people_line, queue_after, queue_name, the_floor, until
from bot.views.home_kpi import figures_door, the_week
from bot.views.home_nudges import the_late
from bot.views.home_promises import the_promises
from bot.views.home_requests import the_decisions, the_requests, the_waiting
from bot.views.home_timeoff import own_rows, rows_to_decide
from bot.views.home_unowned import could_take, needs_owner
from bot.views.kb import menu_button
from bot.views.people import how_to_join
from bot.views.shifts import GIVE, NEW, START, day_line
from bot.views.timeoff_balance import leave_row
from bot.views.timeoff_calendar import calendar_door
from bot.views.timeoff_limits_list import OPEN as LIMITS
from bot.views.timeoff_requests import BEGIN as TIME_OFF

SHIFTS, COLLEAGUE, FLOOR, CALENDAR = "home.shifts", "home.colleague", "home.floor", "home.calendar"
COVERS = "home.covers"
_NAME = 60
_MOST_SHIFTS, _MOST_AWAY = 7, 3
# Slack takes so many blocks; where everything is full at once, there are fewer of each thing.
_ROOM, _AT_MOST = 100, (7, 3, 2, 1)


def home(desk: Desk | NoDesk, formats: Formats, prefix: str = "") -> Message:
    """Everything on it, as far as there is room; Slack shows no text of a Home."""
    if isinstance(desk, NoDesk):
        return not_on_roster(desk, prefix)
    drawn = ([*_blocks(at_most(desk, most), formats, prefix, most)] for most in _AT_MOST)
    return message(
        f"Your desk, {formats.day(local_date(desk.now, formats.zone))}",
        *next(blocks for blocks in drawn if len(blocks) <= _ROOM),
    )


def _blocks(desk: Desk, formats: Formats, prefix: str, most: int) -> Iterator[Block]:
    """All of it, of each kind of thing so many at most."""
    name = plain(shorten(_first_name(desk.reader.name), _NAME))
    works = desk.shifts is not None
    yield header(f"Hello {name} · {formats.day(local_date(desk.now, formats.zone))}")
    yield buttons(*_doors(desk, formats.zone))
    yield from away_rows(desk.away[: min(most, _MOST_AWAY)], formats, desk.now)
    if desk.awaited:
        yield here_row(desk.awaited, formats, desk.now)
    if works or desk.waiting or desk.offered or desk.escalations.waiting:
        yield from the_waiting(desk, formats, prefix, most)
    if desk.decisions and _has_decisions(desk):
        yield from the_decisions(desk.decisions, formats)
    yield from rows_to_decide(desk, formats, prefix)
    yield from the_exceptions(desk.exceptions, formats, prefix)
    yield from the_announcements(desk.to_read, formats, prefix)
    yield from the_late(desk.late, formats)
    yield from the_promises(desk.promises, desk.now, formats)
    yield from the_cases(_others(desk), desk.now, formats)
    yield from the_escalations(desk.escalations, formats)
    yield from _the_shifts(desk, desk.shifts, formats, most) if desk.shifts is not None else _no_shifts(desk)
    yield from leave_row(desk.leave, formats) if desk.leave else ()
    yield from own_rows(desk, formats, prefix, most)
    yield from the_floor(desk.floor, desk.now, formats) if desk.floor else ()
    yield from the_week(desk.week, formats) if desk.week else ()
    yield from could_take(desk.open_shifts, formats, f"/{prefix}cover")
    yield from needs_owner(desk.unowned, formats, most) if desk.unowned is not None else ()
    if works or desk.requests or desk.covers:
        yield from the_requests(desk, formats, prefix, most)
    yield header("The front desk")
    yield from menu_rows(desk.actor)
    yield context(f"Times in {formats.zone.key.replace('_', ' ')}")


def not_on_roster(stranger: NoDesk, prefix: str = "") -> Message:
    """For somebody of the workspace whom no roster names; ``prefix`` precedes the commands."""
    text = "You are not on the roster yet, so there is no desk for you here."
    hint = how_to_join(stranger.ask, stranger.channel, prefix)
    return message(text, header("Hello"), section(text), context(hint))


def from_outside() -> Message:
    """For somebody from another workspace, or a guest."""
    text = "I only work for the people of this workspace's support team, so there is no desk for you here."
    return message(text, header("Hello"), section(text))


def _others(desk: Desk) -> OwnCases:
    """Their cases without those that stand among the late ones already."""
    named = {each.case.id for each in desk.late.first}
    return replace(desk.cases, first=tuple(each for each in desk.cases.first if each.named.id not in named))


def _has_decisions(desk: Desk) -> bool:
    """Whether any waits; where nothing does at all, that is said."""
    return bool(desk.decisions and desk.decisions.total) or not desk.timeoff_to_decide


def _first_name(name: str) -> str:
    return next(iter(name.split()), name)


def _doors(desk: Desk, zone: ZoneInfo) -> Iterator[Block]:
    if desk.shifts is not None:
        yield button("Propose a swap…", START, NEW)
        yield button("Give a shift away…", GIVE, NEW)
        yield button("My shifts", SHIFTS, "mine")
        yield button("Ask for time off…", TIME_OFF, NEW)
        yield button("I am away today…", AWAY, NEW)
        yield button("I come later…", LATE, NEW)
        yield raise_button()
    if desk.actor.reach(Deed.SEE_SHIFTS) is Reach.ANYBODY:
        yield {"type": "users_select", "action_id": COLLEAGUE, "placeholder": plain_text("A colleague's shifts")}
    yield button("Who is on", FLOOR, "now")
    yield from case_doors(desk.actor)
    if desk.actor.may(Deed.ESCALATE):
        yield ask_button()
    if desk.actor.may(Deed.READ_KB):
        yield menu_button()
    if desk.actor.reach(Deed.ANNOUNCE) is not Reach.NOBODY:
        yield start_button()
    if desk.actor.reach(Deed.SEE_COVER) is not Reach.NOBODY:
        yield button("Covers", COVERS, "mine")
    if desk.actor.reach(Deed.OPEN_SHIFT) is not Reach.NOBODY:
        yield button("Open shifts…", BEGIN, NEW)
    if desk.actor.reach(Deed.SEE_COVERAGE) is not Reach.NOBODY:
        today = local_date(desk.now, zone)
        yield button("Coverage", f"{SHOW}.home", Request("look", today, today + 6 * ONE_DAY).value)
    yield from figures_door(desk.actor)
    if desk.actor.reach(Deed.SEE_ABSENCES) is not Reach.NOBODY:
        yield calendar_door(local_date(desk.now, zone))
    if desk.actor.may(Deed.CHANGE_TIMEOFF_LIMITS):
        yield button("Limits of time off…", LIMITS, NEW)
    if desk.shifts is not None:
        yield button("My calendar", CALENDAR, "address")


def _no_shifts(desk: Desk) -> Iterator[Block]:
    """For whose desk there would be nothing else to say."""
    if desk.actor.reach(Deed.PROPOSE_SWAP) is Reach.NOBODY:
        yield section("You work no shifts here. *Who is on* shows whom you can reach in support right now.")
    elif desk.floor is None:
        yield section("No shift is planned for you. As soon as one is, it stands here.")


def _the_shifts(desk: Desk, shifts: tuple[WorkedShift, ...], formats: Formats, most: int) -> Iterator[Block]:
    today = local_date(desk.now, formats.zone)
    yield header("Today")
    yield section("\n".join(_today(desk, shifts, formats)))
    coming = [each for each in shifts if each.interval.start > desk.now]
    if coming:
        yield header("Your next 7 days")
    most = min(most, _MOST_SHIFTS)
    for each in coming[:most]:
        when = f"{formats.day(local_date(each.interval.start, formats.zone))}, {formats.hours(each.interval)}"
        yield section(day_line(each, formats, today))
        offered = (("Swap…", START), ("Give away…", GIVE))
        yield buttons(*(button(label, action, str(each.id), f"{label} {when}") for label, action in offered))
    if len(coming) > most:
        yield context(f"and {len(coming) - most} more: press *My shifts*")
    if desk.share:
        yield context(share_line(desk.share, formats))


def _today(desk: Desk, shifts: tuple[WorkedShift, ...], formats: Formats) -> Iterator[str]:
    today = local_date(desk.now, formats.zone)
    todays = [each for each in shifts if local_date(each.interval.start, formats.zone) <= today]
    for each in todays:
        if each.interval.contains(desk.now):
            yield f"You are on until *{until(each, desk.now, formats)}*{queue_after(each.queue)}"
        else:
            yield f"You work {hours_line(each, formats)}"
    if not shifts:
        yield "You have no shift ahead of you in the next 7 days."
        return
    if not todays:
        yield f"No shift is left today. Your next one is {day_line(shifts[0], formats, today)}"
    if shifts[0].queue:
        others = [f"{person(each.worker)} {formats.hours(each.interval)}" for each in desk.beside if each.worker]
        then = "" if shifts[0].interval.contains(desk.now) else " then"
        where = queue_name(shifts[0].queue)
        yield f"Beside you{then} on {where}: {people_line(others) if others else 'nobody else'}"
