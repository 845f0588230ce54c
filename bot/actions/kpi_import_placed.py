"""The lines of a file of key figures as facts: of which queues, and of which people on which shifts."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions.settings import preferences
from bot.deps import Deps
from bot.domain.imports import BadFile, Problem
from bot.domain.intervals import Interval
from bot.domain.kpi import UNNAMED_SOURCE, Cut, Measure
from bot.domain.kpi_facts import Fact
from bot.domain.kpi_import import KpiLine
from bot.domain.kpi_reckon import kept
from bot.domain.wallclock import days, local_date, resolve, span
from storage.coverage import on_shift
from storage.db import WorkspaceSession
from storage.people import members
from storage.shifts import queues
from storage.tables import Member, Queue

Rosters = Mapping[tuple[date, UUID], Sequence[Interval]]


@dataclass(frozen=True, slots=True)
class KpiFile:
    """What a file says, by which mapping (None: as its headings are); some of its queues may be new."""

    name: str | None
    columns: Mapping[str, str]
    new_queues: tuple[Queue, ...]
    facts: tuple[Fact, ...]

    @property
    def source(self) -> str:
        """Under which name its facts are stored."""
        return self.name or UNNAMED_SOURCE


class KpiSaid(NamedTuple):
    """The lines of a file, by which mapping."""

    name: str | None
    columns: Mapping[str, str]
    lines: Sequence[KpiLine]


def placed(session: WorkspaceSession, deps: Deps, said: KpiSaid) -> KpiFile:
    """The facts of the lines.

    Raises ``BadFile`` where nobody, or several people, are called so, or nobody has a shift who came and went.
    """
    lines, zone = said.lines, ZoneInfo(preferences(session).time_zone)
    known = {row.name.casefold(): row for row in queues(session)}
    named = {line.place.queue.casefold(): line.place.queue for line in lines if line.place.queue}
    made = {
        folded: Queue(workspace_id=session.workspace_id, id=deps.new_id(), name=each)
        for folded, each in named.items()
        if folded not in known
    }
    agents, rosters = _agents(session, lines), _rosters(session, lines, zone)
    there = known | made
    facts = tuple(fact for line in lines for fact in _facts(line, there, agents, rosters, zone))
    if lines and not facts:
        raise BadFile([_stranger(lines[0], "somebody with a shift on that day: nobody in this file has one")])
    return KpiFile(said.name, said.columns, tuple(made.values()), facts)


def _agents(session: WorkspaceSession, lines: Sequence[KpiLine]) -> Mapping[str, Member]:
    """Who is meant by what the lines call them; raises ``BadFile``."""
    people = members(session)
    called = Counter(each.name.casefold() for each in people)
    known = {each.name.casefold(): each for each in people if called[each.name.casefold()] == 1}
    known |= {each.email: each for each in people}
    problems = []
    spoken: dict[tuple[object, ...], KpiLine] = {}
    for line in lines:
        if line.place.agent:
            folded = line.place.agent.casefold()
            who = known.get(folded)
            if who is None:
                several = f"an address: {called[folded]} people are called so"
                problems.append(_stranger(line, several if called[folded] else "somebody on the roster"))
                continue
            place = line.place
            first = spoken.setdefault((place.day, place.queue.casefold(), place.channel.casefold(), who.id), line)
            if first is not line:
                expected = f"somebody else: {first.row.place} says the same day and place of them, too"
                problems.append(_stranger(line, expected))
    if problems:
        raise BadFile(problems)
    return known


def _stranger(line: KpiLine, expected: str) -> Problem:
    return Problem(line.row.file, line.row.line, line.row.heading("agent"), line.place.agent, expected)


def _rosters(session: WorkspaceSession, lines: Sequence[KpiLine], zone: ZoneInfo) -> Rosters:
    """What everybody works that begins on a day of which the file says who came and went."""
    spoken = [line.place.day for line in lines if line.there]
    found: defaultdict[tuple[date, UUID], list[Interval]] = defaultdict(list)
    if spoken:
        within = days(min(spoken), max(spoken), zone)
        for row in on_shift(session, within.start, within.end):
            found[local_date(row.start, zone), row.member_id].append(Interval(row.start, row.end))
    return found


def _facts(
    line: KpiLine, known: Mapping[str, Queue], agents: Mapping[str, Member], rosters: Rosters, zone: ZoneInfo
) -> Iterator[Fact]:
    place = line.place
    who = agents[place.agent.casefold()] if place.agent else None
    cut = Cut(
        known[place.queue.casefold()].id if place.queue else None,
        who.team_id if who else None,
        place.channel.casefold() or None,
        who.id if who else None,
    )
    said = dict(line.said)
    roster = rosters.get((place.day, who.id)) if who else None
    # Clocks may skip all of the time that somebody was there.
    if line.there and roster and resolve(line.there[0], zone) < resolve(line.there[1], zone):
        right, worked, rostered = kept(roster, span(*line.there, zone))
        said |= {Measure.ADHERENCE: (right, rostered), Measure.CONFORMANCE: (worked, rostered)}
    return (Fact(place.day, measure, cut, *each) for measure, each in said.items())
