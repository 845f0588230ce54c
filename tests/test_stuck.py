"""Cases that are stuck between two teams: a coordinator hears of each, once, until it moves."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from bot.actions.cases_assign import assign
from bot.actions.stuck import look, moves
from bot.domain.cases import By, Kind
from bot.domain.permissions import NotPermitted
from bot.domain.stuck import Why
from storage.shifts import queues
from tests.nudge_desk import NudgeDesk


class StuckDesk(NudgeDesk):
    """Where it is looked for them, and where cases go from queue to queue."""

    def looks(self) -> list[str]:
        """What is told after a look."""
        look(self.deps, "T1")
        return self.turns()

    def queue(self, name: str) -> UUID:
        """A queue; there is one once somebody works on it."""
        self.desk.shifts(f"ana@example.com,2026-11-09,09:00,17:00,UTC,{name}")
        with self.deps.sessions.read("T1") as session:
            return next(each.id for each in queues(session) if each.name == name)

    def goes_to(self, case_id: UUID, queue_id: UUID) -> None:
        """It is sent to another queue."""
        self.happens(case_id, Kind.QUEUE, queue=str(queue_id))

    def comes_back(self, case_id: UUID) -> None:
        """It was solved, and the customer does not think so."""
        self.happens(case_id, Kind.STATE, state="solved")
        self.happens(case_id, Kind.STATE, By.CUSTOMER, state="open")


@pytest.fixture
def floor(database_url: str, tmp_path: Path) -> Iterator[StuckDesk]:
    floor = StuckDesk(database_url, tmp_path)
    floor.prefers(sla="normal: resolution 400h")
    yield floor
    floor.deps.sessions.close()


def test_what_nobody_owns_for_half_a_day_of_work_goes_to_the_coordinators_until_somebody_does(
    floor: StuckDesk,
) -> None:
    floor.at(16)
    case_id = floor.opens("Parcel never came", owner=None)
    floor.at(23)
    assert floor.looks() == []  # an hour of that was business time
    floor.at(12, day=3)
    assert floor.looks() == ["C0OPS: *Case 1, “Parcel never came”* · stuck: nobody owns it"]
    assert floor.looks() == []
    assert floor.case(case_id).stuck == Why.UNOWNED
    ana = floor.desk.member("ana").id
    assign(floor.deps, floor.caller("cora"), case_id, ana)
    assert floor.told() == ["C0OPS: Nothing of this needs you any more."]
    floor.at(13, day=3)
    assert floor.looks() == []
    assert floor.case(case_id).stuck is None


def test_what_was_sent_to_another_queue_twice_is_told_of_and_again_only_when_it_is_sent_once_more(
    floor: StuckDesk,
) -> None:
    mail, phones = floor.queue("mail"), floor.queue("phones")
    case_id = floor.opens("Parcel never came", queue_id=mail)
    floor.goes_to(case_id, phones)
    assert floor.looks() == []
    floor.goes_to(case_id, mail)
    (said,) = floor.looks()
    assert said.endswith("· stuck: it was sent to another queue twice or more · in mail · owner <@U0ANA>")
    with pytest.raises(NotPermitted):
        moves(floor.deps, floor.caller("ana"), case_id)
    moves(floor.deps, floor.caller("cora"), case_id)
    floor.at(12)
    assert floor.looks() == []
    assert floor.case(case_id).stuck is None
    floor.goes_to(case_id, phones)
    assert len(floor.looks()) == 1


def test_what_the_customer_comes_back_with_three_times_is_told_of(floor: StuckDesk) -> None:
    case_id = floor.opens("Parcel never came")
    for _ in range(2):
        floor.comes_back(case_id)
    assert floor.looks() == []
    floor.comes_back(case_id)
    assert len(floor.looks()) == 1
    assert floor.case(case_id).stuck == Why.REOPENED


def test_many_that_are_stuck_are_one_message(floor: StuckDesk) -> None:
    for number in range(12):
        floor.opens(f"Parcel {number}", owner=None)
    floor.at(15)
    (said,) = floor.looks()
    assert said.startswith("C0OPS: 12 things need you.")


def test_what_was_taken_from_its_owner_is_nobodys_from_then_on(floor: StuckDesk) -> None:
    case_id = floor.opens("Parcel never came")
    floor.at(10, day=4)
    floor.happens(case_id, Kind.OWNER, owner=None)
    floor.at(13, 59, day=4)
    assert floor.looks() == []
    floor.at(14, day=4)
    assert len(floor.looks()) == 1


def test_hundreds_that_come_from_elsewhere_are_one_message(floor: StuckDesk) -> None:
    for number in range(130):
        floor.opens(f"Parcel {number}", owner=None)
    floor.at(15)
    (said,) = floor.looks()
    assert said.startswith("C0OPS: 130 things need you.")
    floor.at(15, 40)
    assert floor.looks() == []
