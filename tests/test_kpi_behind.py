"""The cases behind a key figure: which they are, of whose, and of when."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.actions.kpi_behind import look_behind
from bot.domain.cases import By, Kind
from bot.domain.kpi import Cut, Figure
from bot.domain.kpi_asked import EVERYTHING, Question
from bot.domain.kpi_periods import Span
from bot.domain.permissions import NotPermitted
from tests.case_desk import CaseDesk

FRIDAY = Span(date(2026, 11, 6), date(2026, 11, 7))


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[CaseDesk]:
    desk = CaseDesk(database_url, tmp_path)
    yield desk
    desk.close()


def behind(desk: CaseDesk, figure: Figure, cut: Cut = EVERYTHING, who: str = "cora") -> list[int]:
    found = look_behind(desk.deps, desk.caller(who), Question(FRIDAY, (figure,), cut), desk.now)
    assert found.total == len(found.first)
    return [each.number for each in found.first]


def test_each_figure_leads_to_its_cases(desk: CaseDesk) -> None:
    mail = desk.queue("mail")
    late = desk.opens_case("Late", "ana", 9, queue_id=mail)
    desk.now = desk.at(8.5)
    kept = desk.opens_case("Kept", "ben", 12)
    desk.now = desk.at(10)
    desk.happens(kept, Kind.STATE, By.MEMBER, state="solved")
    desk.happens(kept, Kind.SATISFACTION, satisfaction="bad")
    after = desk.opens_case("Solved on Saturday", None, 40)
    desk.now = desk.at(30)
    desk.happens(after, Kind.STATE, By.MEMBER, state="solved")

    assert behind(desk, Figure.OPENED) == [after, kept, late]
    assert behind(desk, Figure.SOLVED) == [kept]
    assert behind(desk, Figure.CSAT) == [kept]
    assert behind(desk, Figure.SLA_RESOLUTION) == [late]
    assert behind(desk, Figure.BACKLOG) == [late, after]
    assert behind(desk, Figure.OPENED, Cut(queue_id=mail)) == [late]
    ben = desk.desk.member("ben")
    assert behind(desk, Figure.OPENED, Cut(team_id=ben.team_id, member_id=ben.id), "ben") == [kept]
    with pytest.raises(NotPermitted):
        behind(desk, Figure.OPENED, who="ben")
