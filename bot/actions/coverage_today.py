"""Watches whether as many contacts come today as were expected, and says once where they do not."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions.approvers import approver_lanes
from bot.actions.cards import Cards, Facts
from bot.actions.coverage import coverage_of
from bot.actions.coverage_gaps_cards import leads_on
from bot.actions.coverage_needs import QueueNeeds, foretold, measured, needs, reckoned, threshold_of
from bot.actions.outbox import tell
from bot.actions.record import record
from bot.actions.settings import preferences
from bot.deps import Deps
from bot.domain.coverage_documents import levels_to_document, read_gap, read_levels, to_documents
from bot.domain.coverage_shown import GapShown, Source
from bot.domain.coverage_today_shown import Unexpected
from bot.domain.forecast_today import Deviation, deviation, is_news, so_far
from bot.domain.intervals import Interval
from bot.domain.permissions import CLOCK, Deed
from bot.domain.wallclock import ONE_DAY, days, local_date
from bot.views import coverage_today as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.db import WorkspaceSession
from storage.outbox import last_facts
from storage.shifts import queues
from storage.tables import Queue

CARD = "coverage_today"


def register_cards(cards: Cards, deps: Deps) -> None:
    """What is told."""
    command = f"/{deps.settings.command_prefix}coverage"

    def draw(_subject: UUID | None, _audience: str, formats: Formats, facts: Facts) -> Message:
        return views.unexpected(_read(facts), formats, command, datetime.fromisoformat(facts["at"]))

    cards.register(CARD, lambda _session, subject: subject, draw)


def watch(deps: Deps, workspace_id: str) -> None:
    """Tells the coordinators, and the leads who are on, of each queue once, and again if it turns or doubles."""
    CLOCK.require(Deed.WATCH_GAPS)
    with deps.sessions.read(workspace_id) as session:
        if not any(_news(session, deps.clock())):
            return
    with deps.sessions.write(workspace_id) as session:
        now = deps.clock()
        for queue, found, today in list(_news(session, now)):
            _tell(session, deps, queue, _unexpected(session, queue, found, today), now)


def _news(session: WorkspaceSession, now: datetime) -> Iterator[tuple[Queue, Deviation, Interval]]:
    """The queues to which otherwise comes than expected, and than people were told today; with their day."""
    around = Interval(now - ONE_DAY, now + ONE_DAY)
    reckoned_of, measured_of = reckoned(session, around), measured(session, around)
    for queue in queues(session):
        expected, counts = reckoned_of(queue), measured_of(queue)
        if not (expected and counts):
            continue
        preferred = preferences(session, f"queue:{queue.id}")
        zone = ZoneInfo(preferred.time_zone)
        day = local_date(now, zone)
        today = days(day, day, zone)
        expected = [each for each in expected if today.contains(each.start)]
        came = so_far({each.start: counts[each.start] for each in expected if each.start in counts})
        found = deviation(expected, came, *threshold_of(preferred))
        if found and is_news(found, _told(session, queue, today)):
            yield queue, found, today


def _told(session: WorkspaceSession, queue: Queue, today: Interval) -> float | None:
    """How much more or less people were told of today."""
    facts = last_facts(session, CARD, queue.id)
    if facts is None or not today.contains(datetime.fromisoformat(facts["at"])):
        return None
    return _read(facts).deviation.share


def _unexpected(session: WorkspaceSession, queue: Queue, found: Deviation, today: Interval) -> Unexpected:
    """What becomes of the rest of the day."""
    if found.end >= today.end:
        return Unexpected(queue.name, found, None, None, ())
    rest = Interval(found.end, today.end)
    coverage = coverage_of(session, rest)
    short = tuple(
        GapShown(each, coverage.levels(each))
        for each in coverage.gaps
        if any(post.queue == queue.name for post in each.posts)
    )
    before, then = (_most(queue, needs(session, rest, partial(each, session))) for each in (reckoned, foretold))
    return Unexpected(queue.name, found, rest, (before, then) if before and then else None, short)


def _most(queue: Queue, every: Iterable[QueueNeeds]) -> float | None:
    """The most people that are needed at once; None where that does not go by what is expected to come."""
    own = next((each for each in every if each.queue == queue.name), None)
    if own is None or Source.FORECAST not in own.sources:
        return None
    return max((heads for each in own.requirements for heads in each.heads if heads), default=None)


def _tell(session: WorkspaceSession, deps: Deps, queue: Queue, shown: Unexpected, now: datetime) -> None:
    facts = _document(shown, now)
    for lane in dict.fromkeys([*approver_lanes(session, None, ()), *leads_on(session, now)]):
        key = f"{CARD}:{queue.id}:{now.isoformat()}:{lane}"
        tell(session, deps, to=lane, card=CARD, subject=queue.id, key=key, facts=facts)
    said = {"percent": round(100 * shown.deviation.share)}
    record(session, deps, CLOCK, "coverage.deviation", ("queue", queue.id), None, said)


def _document(shown: Unexpected, now: datetime) -> dict[str, Any]:
    """What was true then."""
    found, rest = shown.deviation, shown.rest
    return {
        "at": now.isoformat(),
        "queue": shown.queue,
        "during": [found.start.isoformat(), found.end.isoformat()],
        "offered": found.offered,
        "expected": found.expected,
        "rest": [rest.start.isoformat(), rest.end.isoformat()] if rest else None,
        "needed": shown.needed,
        "gaps": [
            {"parts": to_documents(each.gap), "levels": levels_to_document(each.levels)} for each in shown.gaps
        ],
    }


def _read(facts: Facts) -> Unexpected:
    start, end = map(datetime.fromisoformat, facts["during"])
    rest = Interval(*map(datetime.fromisoformat, facts["rest"])) if facts["rest"] else None
    return Unexpected(
        facts["queue"],
        Deviation(start, end, facts["offered"], facts["expected"]),
        rest,
        tuple(facts["needed"]) if facts["needed"] else None,
        tuple(GapShown(read_gap(each["parts"]), read_levels(each["levels"])) for each in facts["gaps"]),
    )
