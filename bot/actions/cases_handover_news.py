"""Who is told that cases are theirs while somebody is away, and that they are not any more."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from bot.actions.cards import Cards, Facts
from bot.actions.cases_lists import lines_of
from bot.actions.outbox import tell
from bot.actions.people import somebody
from bot.deps import Deps
from bot.domain.absences import State
from bot.domain.cases_handover_shown import HandedNews
from bot.domain.cases_lists import CaseLine
from bot.domain.shifts import Somebody
from bot.views import cases_handover as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.absences import absence
from storage.cases import cases_by_id
from storage.cases_handover import handovers_of
from storage.db import WorkspaceSession
from storage.people import member
from storage.tables import Absence, Case

TAKEN, GIVEN_BACK = "cases.handover", "cases.handover.back"
_Shown = tuple[Somebody, bool, Mapping[UUID, CaseLine]]


def register_cards(cards: Cards, deps: Deps) -> None:
    """What those read who have the cases meanwhile."""

    def draw_taken(shown: _Shown, _audience: str, formats: Formats, facts: Facts) -> Message:
        return views.taken(_news(shown, facts), formats, deps.clock())

    cards.register(TAKEN, _load, draw_taken)
    cards.register(GIVEN_BACK, _load, _draw_back)


def tell_taken(
    session: WorkspaceSession,
    deps: Deps,
    row: Absence,
    taken: Mapping[UUID, Sequence[Case]],
    *,
    but: UUID | None,
) -> None:
    """Everybody reads once what is theirs by one press; whoever pressed knows."""
    for member_id, cases in taken.items():
        if member_id != but:
            _tell(session, deps, row, TAKEN, member_id, cases)


def tell_back(session: WorkspaceSession, deps: Deps, row: Absence, again: Mapping[UUID, Sequence[Case]]) -> None:
    """Those who had them read which are not theirs any more; whose they are again, that they are."""
    for member_id, cases in again.items():
        _tell(session, deps, row, GIVEN_BACK, member_id, cases)
    if again:
        _tell(session, deps, row, GIVEN_BACK, row.member_id, [each for cases in again.values() for each in cases])


def _tell(
    session: WorkspaceSession, deps: Deps, row: Absence, card: str, member_id: UUID, cases: Sequence[Case]
) -> None:
    person = member(session, member_id)
    if person and person.slack_id and not person.deactivated_at:
        facts = {"cases": [str(each.id) for each in cases], "own": member_id == row.member_id}
        key = f"{card}:{row.id}:{deps.new_id()}"
        tell(session, deps, to=person.slack_id, card=card, subject=row.id, key=key, facts=facts)


def _load(session: WorkspaceSession, subject: UUID | None) -> _Shown | None:
    row = absence(session, subject) if subject else None
    if row is None:
        return None
    cases = cases_by_id(session, [each.case_id for each in handovers_of(session, row.id)])
    lines = {each.id: each for each in lines_of(session, list(cases.values()))}
    return somebody(session, row.member_id), row.state == State.TAKEN_BACK, lines


def _draw_back(shown: _Shown, _audience: str, _formats: Formats, facts: Facts) -> Message:
    return views.given_back(_news(shown, facts))


def _news(shown: _Shown, facts: Facts) -> HandedNews:
    away, never, lines = shown
    wanted = [lines[case_id] for each in facts["cases"] if (case_id := UUID(each)) in lines]
    return HandedNews(away, tuple(wanted), facts["own"], never)
