"""What is stored of the chase and of the matrix: by replicas and people at once, and as many questions as few."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, select

from bot.actions.chase import ASK, LIST, MISSED, UP
from bot.actions.chase_turn import turn_all
from bot.actions.departments import change_desk, hours_of, lead_of
from bot.actions.escalations_answer import answer, give_eta, inform, need_info
from bot.actions.escalations_list import list_escalations
from bot.actions.escalations_route import reroute
from bot.actions.matrix import route
from bot.actions.matrix_change import approve, propose_rows
from bot.actions.people import UnknownPerson
from bot.actions.settings_change import change_settings
from bot.domain.availability import read_availability
from bot.domain.desks import DeskWanted
from bot.domain.matrix import Row, Severity, Times
from bot.domain.matrix_change import NotProposed, Proposed, put
from bot.domain.permissions import OPERATOR
from storage.people import departments
from storage.tables import Escalation, EscalationMatrix, Member, Nudge
from tests.escalation_desk import BILLING, NOW, EscalationDesk
from tests.races import at_once

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


class ChaseDesk(EscalationDesk):
    """Billing works from nine to five; Monday the 2nd at noon. Dev leads it."""

    def __init__(self, database_url: str, folder: Path) -> None:
        super().__init__(database_url, folder)
        billing = self.departments["Billing"]
        wanted = DeskWanted(billing, None, read_availability("mon-fri 9-17", "en"), None, "U0DEV")
        change_desk(self.deps, self.caller("cora"), wanted)
        # Slack is not there to be asked whether the bot can write to a channel.
        with self.deps.sessions.write("T1") as session:
            next(row for row in departments(session) if row.id == billing).channel = BILLING

    def ticks(self, at: datetime, replicas: int = 2) -> None:
        """Replicas at once do what is due."""
        self.now = at
        assert at_once(*[lambda: turn_all(self.deps, "T1")] * replicas) == [None] * replicas

    def waiting(self) -> list[str]:
        """Who was told of what went up, and is not done with it."""
        with self.deps.sessions.read("T1") as session:
            rows = session.scalars(select(Nudge).where(Nudge.workspace_id == "T1", Nudge.ended_at.is_(None)))
            ids = [row.member_id for row in rows if row.kind == "escalation"]
        return [name for name in ("cora", "dev", "carl") if self.desk.member(name).id in ids]

    def nudged(self) -> list[tuple[str, str]]:
        """Who was told of what went up, and why."""
        names = {self.desk.member(name).id: name for name in ("ana", "cora", "ben", "dev", "carl")}
        with self.deps.sessions.read("T1") as session:
            rows = session.scalars(select(Nudge).where(Nudge.workspace_id == "T1", Nudge.kind == "escalation"))
            return [(names[each.member_id] if each.member_id else "desk", each.data["why"]) for each in rows]


@pytest.fixture
def both(database_url: str, tmp_path: Path) -> Iterator[ChaseDesk]:
    desk = ChaseDesk(database_url, tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def desk(sqlite_url: str, tmp_path: Path) -> Iterator[ChaseDesk]:
    desk = ChaseDesk(sqlite_url, tmp_path)
    yield desk
    desk.close()


def test_whatever_is_due_is_done_once_by_however_many_replicas(both: ChaseDesk) -> None:
    asked, ben = both.asks(), both.caller("ben")
    give_eta(both.deps, ben, asked, NOW + 3 * HOUR)
    for at in (NOW + 2 * HOUR, NOW + 2 * HOUR, NOW + 3 * HOUR + MINUTE, NOW + 3 * HOUR + MINUTE):
        both.ticks(at)
    assert [len(both.messages(card, BILLING)) for card in (ASK, MISSED, UP)] == [1, 1, 0]
    assert (both.row(asked).misses, both.row(asked).chased, both.etas()) == (1, 2, ["missed"])
    # Four hours of theirs later, on the next day.
    both.ticks(NOW + 23 * HOUR)
    both.ticks(NOW + 23 * HOUR + 2 * MINUTE)
    assert len(both.messages(UP, BILLING)) == 1
    assert both.nudged() == [("dev", "silent")]
    assert both.audited("escalation.up") == 1


def test_the_second_miss_is_told_to_the_lead_although_the_clock_never_saw_it(desk: ChaseDesk) -> None:
    asked, ben = desk.asks(), desk.caller("ben")
    for hours in (1, 2):
        give_eta(desk.deps, ben, asked, NOW + hours * HOUR)
        desk.now = NOW + hours * HOUR + timedelta(seconds=5)
    answer(desk.deps, ben, asked, uuid4(), "Late, but here")
    assert desk.row(asked).misses == 2
    assert desk.nudged() == [("dev", "missed")]
    assert desk.row(asked).next_at is None
    desk.ticks(NOW + 48 * HOUR)
    assert desk.messages(ASK, BILLING) == []


def test_what_they_cannot_answer_before_they_know_more_is_not_held_against_them(desk: ChaseDesk) -> None:
    asked, ben = desk.asks(), desk.caller("ben")
    give_eta(desk.deps, ben, asked, NOW + 2 * HOUR)
    need_info(desk.deps, ben, asked, uuid4(), "Which order?")
    assert desk.etas() == ["taken back"]
    desk.ticks(NOW + 48 * HOUR)
    assert (desk.row(asked).misses, desk.row(asked).rung, desk.row(asked).next_at) == (0, 0, None)
    inform(desk.deps, desk.caller("ana"), asked, uuid4(), "The second")
    # From now on they have their time again, and are asked for a new promise an hour before it is over.
    assert desk.row(asked).next_at == NOW + 51 * HOUR


def test_another_department_begins_anew(desk: ChaseDesk) -> None:
    asked, ben = desk.asks(), desk.caller("ben")
    for hours in (1, 2):
        give_eta(desk.deps, ben, asked, NOW + hours * HOUR)
        desk.ticks(NOW + hours * HOUR + MINUTE)
    assert desk.row(asked).rung == 1
    assert desk.waiting() == ["dev"]
    reroute(desk.deps, ben, asked, desk.departments["Logistics"], uuid4(), "A parcel")
    row = desk.row(asked)
    assert (row.rung, row.misses, row.missed_at, row.eta_at) == (0, 0, None, None)
    assert row.next_at == row.own_by
    # It is no matter of billing's lead any more.
    assert desk.waiting() == []


def test_who_is_no_longer_here_is_asked_nothing(desk: ChaseDesk) -> None:
    for _ in range(2):
        give_eta(desk.deps, desk.caller("ben"), desk.asks(), NOW + 3 * HOUR)
    with desk.deps.sessions.write("T1") as session:
        session.get_one(Member, ("T1", desk.desk.member("ben").id)).deactivated_at = NOW
    desk.ticks(NOW + 2 * HOUR)
    assert desk.messages(LIST, "U0BEN") == []
    assert len(desk.messages(ASK, BILLING)) == 2


def test_only_somebody_of_a_department_leads_it(desk: ChaseDesk) -> None:
    billing, cora = desk.departments["Billing"], desk.caller("cora")
    with pytest.raises(UnknownPerson):
        change_desk(desk.deps, cora, DeskWanted(billing, None, None, None, "U0CARL"))
    desk.desk.people("email,name,role,team,timezone\ndev@example.com,Dev,contact,Logistics,UTC\n")
    with desk.deps.sessions.read("T1") as session:
        assert lead_of(session, billing) is None


def test_a_contact_without_a_channel_is_asked_in_a_message_of_their_own(desk: ChaseDesk) -> None:
    asked, carl = desk.asks("Logistics"), desk.caller("carl")
    give_eta(desk.deps, carl, asked, NOW + 3 * HOUR)
    desk.ticks(NOW + 2 * HOUR)
    assert len(desk.messages(LIST, "U0CARL")) == 1
    assert desk.messages(ASK, "U0CARL") == []


def test_it_is_asked_by_the_clocks_and_holidays_of_the_department(desk: ChaseDesk) -> None:
    billing, cora = desk.departments["Billing"], desk.caller("cora")
    change_settings(desk.deps, "T1", OPERATOR, "workspace", {"own_holidays": "2026-11-03 Anniversary"})
    asked, ben = desk.asks(), desk.caller("ben")
    give_eta(desk.deps, ben, asked, NOW + 45 * HOUR + 30 * MINUTE)  # Wednesday at half past nine
    assert desk.row(asked).next_at == NOW + 4 * HOUR + 30 * MINUTE
    change_desk(desk.deps, cora, DeskWanted(billing, None, None, "Asia/Kolkata", None))
    with desk.deps.sessions.read("T1") as session:
        opens = hours_of(session, billing).after(NOW + 24 * HOUR, timedelta(seconds=1))
    # Nine o'clock in Kolkata, on Wednesday.
    assert opens == NOW + 39 * HOUR + 30 * MINUTE + timedelta(seconds=1)


def test_of_two_who_change_the_matrix_at_once_one_waits_for_the_other(both: ChaseDesk) -> None:
    billing = both.departments["Billing"]
    row = Row(billing, "refunds", times=Times(HOUR, 4 * HOUR, HOUR))
    both.desk.people("email,name,role,team,timezone\nlea@example.com,Lea,coordinator,,UTC\n")

    def proposes(name: str) -> Callable[[], object]:
        return lambda: propose_rows(both.deps, both.caller(name), uuid4(), "Faster", partial(put, row=row))

    came = at_once(proposes("cora"), proposes("lea"))
    assert sorted(type(each).__name__ for each in came) == ["EscalationMatrix", "Proposed"]
    (version,) = [each for each in came if isinstance(each, EscalationMatrix)]
    assert [each.number for each in came if isinstance(each, Proposed)] == [version.number]
    other = "lea" if version.proposed_by_id == both.desk.member("cora").id else "cora"
    decided = at_once(*[lambda: approve(both.deps, both.caller(other), version.id)] * 2)
    assert sorted(type(each).__name__ for each in decided) == ["EscalationMatrix", "NotProposed"]
    assert any(isinstance(each, NotProposed) for each in decided)
    with both.deps.sessions.read("T1") as session:
        found = route(session, NOW, "Refunds", Severity.LOW, None)
        elsewhere = route(session, NOW, "parcels", Severity.LOW, None)
    assert found
    assert (found.department_id, found.matrix_number) == (billing, 1)
    assert (found.own_by, found.answer_by) == (NOW + HOUR, NOW + 4 * HOUR)
    assert elsewhere is None


def questions(desk: ChaseDesk, deed: Callable[[], object]) -> int:
    """How often the database is asked."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(desk.deps.sessions.engine, "before_cursor_execute", note)
    deed()
    event.remove(desk.deps.sessions.engine, "before_cursor_execute", note)
    return len([each for each in statements if each.lstrip().startswith("SELECT")])


def test_a_list_of_four_hundred_asks_the_database_as_often_as_one_of_four(desk: ChaseDesk) -> None:
    first = desk.row(desk.asks())

    def more(upto: int) -> None:
        kept = {column.name: getattr(first, column.name) for column in Escalation.__table__.columns}
        with desk.deps.sessions.write("T1") as session:
            known = len(list(session.scalars(select(Escalation).where(Escalation.workspace_id == "T1"))))
            for number in range(known + 1, upto + 1):
                session.add(Escalation(**kept | {"id": UUID(int=number), "number": number}))

    def reads() -> int:
        return questions(desk, lambda: list_escalations(desk.deps, desk.caller("cora")))

    more(4)
    few = reads()
    more(400)
    assert reads() == few
    assert questions(desk, lambda: turn_all(desk.deps, "T1")) == 1


def test_a_department_is_asked_where_it_is_reached_now(desk: ChaseDesk) -> None:
    give_eta(desk.deps, desk.caller("ben"), desk.asks(), NOW + 3 * HOUR)
    with desk.deps.sessions.write("T1") as session:
        next(row for row in departments(session) if row.name == "Billing").channel = "C0MONEY"
    desk.ticks(NOW + 2 * HOUR)
    assert [len(desk.messages(ASK, channel)) for channel in (BILLING, "C0MONEY")] == [0, 1]
