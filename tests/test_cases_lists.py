"""Lists of cases, who should have one, where it belongs, and its record: what is found, and what is stored."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.actions.cases_assign import assign, to_assign
from bot.actions.cases_lists import aging_report, cases_of, every_queue, listed, queue_of
from bot.actions.hygiene import done, hygiene, hygiene_page
from bot.actions.people import UnknownPerson
from bot.actions.routing_do import NoSuchQueue, place_all, place_one, reroute, to_reroute
from bot.actions.routing_rules import Draft, NameTaken, end_rule, routing_shown, save_rule
from bot.actions.settings_change import change_settings
from bot.deps import new_id
from bot.domain.cases import CaseIsOver, Kind, Priority, UnknownCase
from bot.domain.cases_aging import Age
from bot.domain.cases_lists import By, CasePage, Scope
from bot.domain.hygiene import What
from bot.domain.periods import Period
from bot.domain.permissions import OPERATOR, NotPermitted
from bot.domain.routing import Field, Score, Wants, Why
from jobs.hygiene import POST
from storage.tables import Activity, Member, Message, Note
from tests.case_desk import CaseDesk


@pytest.fixture
def desk(sqlite_url: str, tmp_path: Path) -> Iterator[CaseDesk]:
    desk = CaseDesk(sqlite_url, tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def any_desk(database_url: str, tmp_path: Path) -> Iterator[CaseDesk]:
    desk = CaseDesk(database_url, tmp_path)
    yield desk
    desk.close()


def numbers(page: CasePage) -> list[int]:
    return [line.number for line in page.lines]


def rule(desk: CaseDesk, name: str, queue: UUID, place: int | None = None, **wants: tuple[str, ...]) -> None:
    asked: Wants = {Field(each): values for each, values in wants.items()}
    save_rule(desk.deps, desk.caller("cora"), None, Draft(name, queue, asked, None, place), new_id())


def test_a_list_has_what_is_due_first_first_and_what_is_never_due_last(any_desk: CaseDesk) -> None:
    desk = any_desk
    mail, billing = desk.queue("mail"), desk.department("Billing")
    for due in (16, None, 12, 14):
        desk.opens_case("Refund", "ana", due, queue_id=mail)
    other = desk.opens_case("Other", None, 7.5)
    desk.happens(other, Kind.STATE, state="on hold", waits_on=str(billing))
    mine = cases_of(desk.deps, desk.caller("ana"))
    assert (numbers(mine), mine.total, mine.late, mine.own) == ([3, 4, 1, 2], 4, 0, True)
    his = cases_of(desk.deps, desk.caller("ben"), "U0ANA")
    assert (his.name, his.own, his.total) == ("Ana", False, 4)
    nobodys = listed(desk.deps, desk.caller("ben"), Scope(By.OWNER))
    assert (numbers(nobodys), nobodys.late) == ([other], 1)
    assert numbers(listed(desk.deps, desk.caller("ben"), Scope(By.DEPARTMENT, billing))) == [other]
    assert numbers(listed(desk.deps, desk.caller("ben"), queue_of(desk.deps, desk.caller("ben"), "MA"))) == [
        3,
        4,
        1,
        2,
    ]
    found = [
        (each.name, each.total, each.late, each.unowned) for each in every_queue(desk.deps, desk.caller("ben"))
    ]
    assert found == [(None, 1, 1, 1), ("mail", 4, 0, 0)]
    desk.happens(3, Kind.STATE, state="closed")
    desk.happens(4, Kind.GONE)
    assert numbers(cases_of(desk.deps, desk.caller("ana"))) == [1, 2]


def test_pages_of_a_list_hold_every_case_once(desk: CaseDesk) -> None:
    made = [desk.opens_case("Refund", "ana", 10 + number / 10) for number in range(23)]
    pages = [
        listed(desk.deps, desk.caller("ana"), cases_of(desk.deps, desk.caller("ana")).scope, at) for at in range(4)
    ]
    assert [number for page in pages[:3] for number in numbers(page)] == made
    assert (len(pages[2].lines), pages[3].page, numbers(pages[3])) == (3, 2, numbers(pages[2]))


def test_the_report_counts_by_age_and_owner_and_names_the_oldest(any_desk: CaseDesk) -> None:
    desk = any_desk
    billing = desk.department("Billing")
    for days, owner in ((0, "ana"), (2, "ana"), (8, "ben"), (31, None), (40, "ben")):
        desk.opens_case("Refund", owner, opened_at=desk.now - timedelta(days=days))
    desk.happens(3, Kind.STATE, state="on hold", waits_on=str(billing))
    shown = aging_report(desk.deps, desk.caller("cora"))
    ids = {name: desk.desk.member(name).id for name in ("ana", "ben")} | {"nobody": None}
    by = {row.of: {age: number for age, number in row.by_age.items() if number} for row in shown.aging.owners}
    assert by == {
        ids["ana"]: {Age.DAY: 1, Age.DAYS: 1},
        ids["ben"]: {Age.WEEKS: 1, Age.OLDER: 1},
        ids["nobody"]: {Age.OLDER: 1},
    }
    assert [(shown.departments[row.of], row.total) for row in shown.aging.departments if row.of] == [
        ("Billing", 1)
    ]
    assert [line.number for line in shown.oldest] == [5, 4, 3, 2, 1]
    assert numbers(listed(desk.deps, desk.caller("cora"), Scope(By.AGE, age=Age.OLDER))) == [5, 4]


def test_the_best_for_a_case_are_suggested_with_why_and_get_it_once(any_desk: CaseDesk) -> None:
    desk = any_desk
    for _ in range(2):
        desk.opens_case("Other", "ben")
    case = desk.opens_case("Refund", "ana", 15)
    desk.now = desk.at(11)
    shown = to_assign(desk.deps, desk.caller("ana"), str(case))
    found = [(each.person.name, each.why.open, each.why.now, each.why.leaves) for each in shown.people]
    assert found == [("Dev", 0, True, False), ("Ben", 2, True, False)]
    desk.now = desk.at(16.5)
    shown = to_assign(desk.deps, desk.caller("ana"), str(case))
    assert [(each.person.name, each.why.leaves) for each in shown.people] == [("Dev", False), ("Ben", True)]
    nonce, dev = new_id(), desk.desk.member("dev").id
    for _ in range(2):
        assign(desk.deps, desk.caller("ana"), str(case), dev, nonce=nonce, reason="He knows the bank")
    assert desk.owner(case) == "dev"
    with desk.deps.sessions.read("T1") as session:
        told = session.scalars(select(Message).where(Message.workspace_id == "T1", Message.card == "case")).all()
        notes = session.scalars(select(Note.text).where(Note.workspace_id == "T1")).all()
    assert ([each.lane for each in told], notes.count("He knows the bank")) == (["U0DEV"], 1)
    with pytest.raises(UnknownCase):
        to_assign(desk.deps, desk.caller("ana"), "99")
    with pytest.raises(UnknownPerson):
        assign(desk.deps, desk.caller("ana"), str(case), new_id())
    desk.happens(case, Kind.STATE, state="closed")
    with pytest.raises(CaseIsOver):
        to_assign(desk.deps, desk.caller("ana"), str(case))


def test_a_language_and_the_skills_of_a_queue_say_who_is_able(desk: CaseDesk) -> None:
    people = "email,name,role,team,skills,timezone\n" + "".join(
        f"{name}@example.com,{name.title()},{role},{team},{skills},UTC\n"
        for name, role, team, skills in (
            ("ana", "agent", "Mail", ""),
            ("ben", "agent", "Mail", "German;mail"),
            ("dev", "agent", "Mail", "mail"),
            ("cora", "coordinator", "", ""),
        )
    )
    desk.desk.people(people)
    for _ in range(3):
        desk.opens_case("Other", "ben")
    case = desk.opens_case("Erstattung", None, 15, language="de-AT", queue_id=desk.queue("mail"))
    desk.now = desk.at(11)
    found = to_assign(desk.deps, desk.caller("cora"), str(case)).people
    assert [(each.person.name, sorted(each.why.lacking)) for each in found] == [
        ("Ben", []),
        ("Dev", ["German"]),
        ("Ana", ["German", "mail"]),
    ]


def test_who_is_new_or_in_training_counts_for_what_coverage_counts_them(any_desk: CaseDesk) -> None:
    desk = any_desk
    change_settings(desk.deps, "T1", OPERATOR, "workspace", {"ramp": "30, 60, 80"})
    ben, dev = desk.desk.member("ben").id, desk.desk.member("dev").id
    with desk.deps.sessions.write("T1") as session:
        session.get_one(Member, ("T1", ben)).hired_on = date(2026, 11, 2)
        times = {"start": desk.at(10), "end": desk.at(13)}
        session.add(Activity(workspace_id="T1", id=new_id(), member_id=dev, kind="training", **times))
    case = desk.opens_case("Refund", "ana", 13.5)
    desk.now = desk.at(11)
    shown = to_assign(desk.deps, desk.caller("cora"), str(case))
    found = [(each.person.name, each.why.capacity, each.why.busy_until) for each in shown.people]
    assert found == [("Ben", 0.3, None), ("Dev", 1.0, desk.at(13))]


def test_rules_put_new_cases_into_queues_and_misroutes_count_against_them(any_desk: CaseDesk) -> None:
    desk, cora = any_desk, any_desk.caller("cora")
    money, mail = desk.queue("money"), desk.queue("mail")
    early = desk.opens_case("Where is my refund?", category="Refund")
    rule(desk, "Money", money, category=("refund", "invoice"))
    rule(desk, "Parcels", mail, 1, words=("parcel",))
    new = desk.opens_case("My parcel", category="refund")
    assert desk.case(new).queue_id == mail
    by_money = desk.opens_case("Bill", category="invoice")
    assert (desk.case(early).queue_id, desk.case(by_money).queue_id) == (None, money)

    found = place_one(desk.deps, cora, desk.case(early).id)
    assert found is not None
    assert (found.queue, found.routed.rule.name, desk.case(early).queue_id) == ("money", "Money", money)
    shown = to_reroute(desk.deps, cora, str(by_money))
    assert (shown.queue, shown.belongs and shown.belongs.queue) == ("money", "money")
    nonce, case_id = new_id(), desk.case(by_money).id
    for _ in range(2):
        reroute(desk.deps, cora, case_id, mail, Why.MISROUTE, nonce=nonce, reason="A parcel after all")
    assert (desk.case(by_money).queue_id, desk.case(by_money).rerouted) == (mail, 1)
    with pytest.raises(NoSuchQueue):
        reroute(desk.deps, cora, case_id, mail, Why.OTHER, nonce=new_id(), reason="Again")
    reroute(desk.deps, cora, desk.case(new).id, money, Why.OTHER, nonce=new_id(), reason="The rest is theirs")
    # That it went wrong after that is not the rule's doing.
    reroute(desk.deps, cora, desk.case(new).id, mail, Why.MISROUTE, nonce=new_id(), reason="It was right before")
    scores = {each.rule.name: each.score for each in routing_shown(desk.deps, cora).rules}
    assert scores == {"Parcels": Score(1, 0), "Money": Score(2, 1)}


def test_nobody_of_another_department_can_have_a_case(desk: CaseDesk) -> None:
    desk.department("Billing")
    desk.desk.people(
        "email,name,role,team,department,timezone\nana@example.com,Ana,agent,Mail,,UTC\n"
        "cora@example.com,Cora,coordinator,,,UTC\nlars@example.com,Lars,contact,,Billing,UTC\n"
    )
    case, lars = desk.opens_case("Refund", "ana"), desk.desk.member("lars").id
    with pytest.raises(UnknownPerson):
        assign(desk.deps, desk.caller("cora"), str(case), lars)
    assert desk.owner(case) == "ana"


def test_many_cases_without_a_queue_are_put_into_theirs_at_once(desk: CaseDesk) -> None:
    cora, queue = desk.caller("cora"), desk.queue("money")
    for title in ("Refund", "Parcel", "Refund"):
        desk.opens_case(title)
    rule(desk, "Refunds", queue, words=("refund",))
    unplaced = listed(desk.deps, desk.caller("ana"), Scope(By.QUEUE))
    assert (unplaced.total, set(unplaced.suggested.values())) == (3, {("money", "Refunds")})
    placed = place_all(desk.deps, desk.caller("ana"))
    assert (placed.number, placed.left, placed.more) == (2, 1, 0)
    assert [desk.case(number).queue_id for number in (1, 2, 3)] == [queue, None, queue]
    assert routing_shown(desk.deps, cora).unplaced == 1


def test_rules_have_an_order_and_a_name_of_their_own_and_end(desk: CaseDesk) -> None:
    cora, money, mail = desk.caller("cora"), desk.queue("money"), desk.queue("mail")
    for name in ("One", "Two", "Three"):
        rule(desk, name, money)
    first = routing_shown(desk.deps, cora).rules[0].rule
    with pytest.raises(NameTaken):
        rule(desk, "two", mail)
    save_rule(desk.deps, cora, first.id, Draft("Uno", mail, {Field.TIER: ("gold",)}, Priority.HIGH, 3), new_id())
    shown = routing_shown(desk.deps, cora).rules
    assert [each.rule.name for each in shown] == ["Two", "Three", "Uno"]
    assert (shown[2].queue, shown[2].rule.wants, shown[2].rule.priority) == (
        "mail",
        {Field.TIER: ("gold",)},
        "high",
    )
    end_rule(desk.deps, cora, shown[0].rule.id)
    assert [each.rule.name for each in routing_shown(desk.deps, cora).rules] == ["Three", "Uno"]
    rule(desk, "Two", mail, 1)
    assert [each.rule.name for each in routing_shown(desk.deps, cora).rules] == ["Two", "Three", "Uno"]
    with pytest.raises(NotPermitted):
        routing_shown(desk.deps, desk.caller("ana"))


def test_records_that_lack_something_are_listed_until_they_are_put_right_or_done(any_desk: CaseDesk) -> None:
    desk = any_desk
    desk.opens_case("Refund order 12", "ana", customer="Acme", tags=("refund",))
    desk.opens_case("Re: refund order 12", None, customer="ACME", tags=("refund",))
    desk.opens_case("Parcel", "ana")
    desk.now += timedelta(hours=2)
    cora = desk.caller("cora")
    assert hygiene(desk.deps, cora).counts == {What.TAG: 1, What.OWNER: 1, What.CONTACT: 1, What.DUPLICATE: 1}
    [twice] = hygiene_page(desk.deps, cora, What.DUPLICATE).suspects
    assert (twice.line.number, twice.same_as) == (2, 1)
    done(desk.deps, cora, twice.line.id, What.DUPLICATE)
    done(desk.deps, cora, desk.case(3).id, What.TAG)
    done(desk.deps, cora, desk.case(3).id, What.TAG)
    desk.happens(2, Kind.OWNER, owner=str(desk.desk.member("ben").id))
    assert hygiene(desk.deps, cora).counts == {What.TAG: 0, What.OWNER: 0, What.CONTACT: 1, What.DUPLICATE: 0}
    fresh = desk.opens_case("Just now")
    assert fresh not in {each.line.number for each in hygiene_page(desk.deps, cora, What.TAG).suspects}


def test_the_coordinators_read_once_a_week_what_is_to_be_put_right(desk: CaseDesk) -> None:
    desk.opens_case("Parcel", "ana")
    for day in (9, 9, 10, 17, 18):  # the 9th is a Monday; on the 16th all was down
        desk.now = desk.at(24 * (day - 6) + 8)
        POST.run(desk.deps, "T1", Period(date(2026, 11, day).isoformat(), desk.now))
    assert [lines[0] for lines in desk.posted("hygiene.week")] == ["*Without a tag*: 1"] * 2
