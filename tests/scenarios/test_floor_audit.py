"""The front desk: what everybody can do, and who changed what."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.actions.cases_open import open_case
from bot.actions.cases_turn import happen
from bot.actions.imports import undo_import
from bot.actions.record import record
from bot.domain.cases import Happening, Kind
from bot.domain.cases_new import NewCase
from bot.domain.permissions import OPERATOR, SLACK, Actor, Grant, Role
from storage.counters import next_number
from storage.tables import Assignment, Audit, Swap
from tests.workplace import PEOPLE, Workplace

MIA = "mia@example.com,Mia Berg,manager,,,Europe/Berlin\n"
SHIFTS = (
    "ana@example.com,2026-11-03,09:00,17:00,Europe/Berlin",
    "ben@example.com,2026-11-04,12:00,20:00,Europe/London",
    "dev@example.com,2026-11-05,09:00,17:00,Asia/Kolkata",
)
STEPS = (
    ("swap.propose", "ana", None, "open"),
    ("swap.accept", "ben", "open", "accepted"),
    ("swap.approve", "cora", "needs approval", "approved"),
)


@pytest.fixture
def floor(work: Workplace) -> Workplace:
    """Monday noon: people and shifts are there, and Ana and Ben have swapped."""
    prepare(work)
    return work


def prepare(work: Workplace) -> None:
    work.at("2026-11-02 12:00")
    work.sandbox.invite("mia", real_name="Mia Berg", tz="Europe/Berlin")
    work.people(PEOPLE + MIA)
    work.shifts(*SHIFTS)
    swap(work, "ana", "ben")


def swap(work: Workplace, asker: str, colleague: str) -> None:
    """A settled swap with the lines that it leaves."""
    deps, parties = work.deps, [work.member(name).id for name in (asker, colleague)]
    with deps.sessions.write(work.sandbox.team_id) as session:
        shifts = select(Assignment.id).where(Assignment.workspace_id == session.workspace_id)
        given, returned = (session.scalars(shifts.where(Assignment.member_id == each)).first() for each in parties)
        assert given
        assert returned
        row = Swap(
            workspace_id=session.workspace_id,
            id=deps.new_id(),
            number=next_number(session, "swap"),
            asker_id=parties[0],
            colleague_id=parties[1],
            given_id=given,
            returned_id=returned,
            state="approved",
            review={},
            proposed_at=deps.clock(),
            expires_at=deps.clock() + timedelta(days=1),
        )
        session.add(row)
        for action, name, before, after in STEPS:
            actor = Actor(work.member(name).id, (Grant(Role.AGENT),))
            said = [{"state": state} if state else None for state in (before, after)]
            record(session, deps, actor, action, ("swap", row.id), said[0], said[1], row.number)


def lines(text: str) -> list[str]:
    """The lines of an audit, without the day and the time."""
    return [line.split(" · ", 1)[1] for line in text.splitlines() if line.startswith("• ")]


def looks(work: Workplace) -> list[tuple[UUID | None, UUID | None]]:
    """Who looked at whose audit."""
    with work.deps.sessions.read(work.sandbox.team_id) as session:
        statement = select(Audit).where(Audit.workspace_id == session.workspace_id, Audit.action == "audit.read")
        return [(row.actor_id, row.subject_id) for row in session.scalars(statement.order_by(Audit.at))]


def test_a_coordinator_reads_what_was_done_to_a_swap(everywhere: Workplace) -> None:
    prepare(everywhere)
    answer = everywhere.asks("cora", "/floor audit swap 1").text
    assert answer.splitlines()[0] == "What was done to swap 1"
    assert answer.splitlines()[1].startswith("• Mon, Nov 2, 12:00 · @Ana Ruiz · ")
    assert lines(answer) == [
        "@Ana Ruiz · proposed swap 1 · open",
        "@Ben Okafor · accepted swap 1 · open → accepted",
        "@Cora Lind · approved swap 1 · needs approval → settled",
    ]


def test_times_are_those_of_the_reader(floor: Workplace) -> None:
    assert "• Mon, Nov 2, 11:00 · @Ana Ruiz · proposed" in floor.asks("ben", "/floor audit swap 1").text


@pytest.mark.parametrize("typed", ["swap 1", "Swaps 1", "swap #1", "SWAP  1", "swap1"])
def test_a_swap_is_found_however_it_is_typed(floor: Workplace, typed: str) -> None:
    assert floor.asks("cora", f"/floor audit {typed}").text.startswith("What was done to swap 1\n")


def test_an_import_says_who_did_it_and_with_which_files(floor: Workplace) -> None:
    answer = floor.asks("cora", "/floor audit import 2").text
    assert lines(answer) == ["the operator at the command line · imported shifts, import 2 · shifts.csv"]


def test_the_latest_changes_are_newest_last_and_each_in_words(everywhere: Workplace) -> None:
    everywhere.at("2026-11-02 12:00")
    everywhere.people()
    everywhere.prefers(team="Mail", time_zone="America/New_York", hour_cycle="12")
    everywhere.prefers(floor_channel=everywhere.sandbox.channel("#floor"))
    everywhere.changes("ana", tz="Europe/Paris", real_name="Anita Ruiz")
    answer = everywhere.asks("cora", "/floor audit").text
    operator = "the operator at the command line"
    assert lines(answer)[0] == f"{operator} · imported people, import 1 · people.csv"
    assert sorted(lines(answer)[1:4]) == [
        f"{operator} · changed the role of @Carl Holm · no role → contact",
        f"{operator} · changed the role of @Cleo Hart · no role → lead of Phones",
        f"{operator} · changed the role of @Cora Lind · no role → coordinator",
    ]
    mail, floor_channel, profile = lines(answer)[4:]
    assert mail.startswith(f"{operator} · changed the settings of the team Mail · ")
    assert "Time zone of people who have none of their own: as usual → America/New York" in mail
    assert "The clock shows: as usual → 2:30 PM" in mail
    assert floor_channel.endswith("the workspace · Everybody's channel: none → #floor")
    assert profile.startswith("Slack · changed the profile of @Anita Ruiz · ")
    assert {"name", "time zone"} <= set(profile.split(" · ")[2].split(", "))


def test_what_was_changed_about_a_person_is_shown_and_that_somebody_looked_is_noted(everywhere: Workplace) -> None:
    prepare(everywhere)
    everywhere.people(PEOPLE.replace("Ben Okafor,agent", "Ben Okafor,lead") + MIA)
    answer = everywhere.asks("cora", "/floor audit @ben").text
    assert answer.startswith("What was changed about @Ben Okafor\n")
    assert [line.split(" · ")[1] for line in lines(answer)] == [
        "imported people, import 1",
        "imported shifts, import 2",
        "proposed swap 1",
        "accepted swap 1",
        "approved swap 1",
        "changed the role of @Ben Okafor",
    ]
    assert lines(answer)[-1].endswith("agent → lead of Mail")
    assert looks(everywhere) == [(everywhere.member("cora").id, everywhere.member("ben").id)]
    read = everywhere.asks("ben", "/floor audit me").text
    assert lines(read)[-1] == "@Cora Lind · looked at what was changed about @Ben Okafor"


def test_an_import_that_changed_a_person_is_among_what_was_changed_about_them(floor: Workplace) -> None:
    floor.people(PEOPLE.replace("Dev Rao,agent,Phones", "Dev Rao,agent,Mail") + MIA)
    assert "import 3" in floor.asks("dev", "/floor audit me").text
    assert "import 3" not in floor.asks("ana", "/floor audit me").text


def test_an_import_that_changed_shifts_of_somebody_says_how_many_also_once_it_is_undone(
    everywhere: Workplace,
) -> None:
    prepare(everywhere)
    days = [f"dev@example.com,2026-11-{day:02},09:00,17:00,Asia/Kolkata" for day in (10, 11, 12)]
    everywhere.shifts(*days, "ben@example.com,2026-11-10,09:00,17:00,Europe/London")
    undo_import(everywhere.deps, everywhere.sandbox.team_id, OPERATOR, 3)
    operator = "the operator at the command line"
    assert lines(everywhere.asks("dev", "/floor audit me").text) == [
        f"{operator} · imported people, import 1 · people.csv",
        f"{operator} · imported shifts, import 2 · shifts.csv, 1 shift of @Dev Rao",
        f"{operator} · imported shifts, import 3 · shifts.csv, 3 shifts of @Dev Rao",
        f"{operator} · took import 3 back · 3 shifts of @Dev Rao",
    ]
    assert "import 3 · shifts.csv, 1 shift of @Ben Okafor" in everywhere.asks("cora", "/floor audit @ben").text
    assert "import 3" not in everywhere.asks("cora", "/floor audit @ana").text
    assert lines(everywhere.asks("cora", "/floor audit import 3").text) == [
        f"{operator} · imported shifts, import 3 · shifts.csv",
        f"{operator} · took import 3 back",
    ]


def test_looking_again_soon_or_at_oneself_or_at_the_latest_is_not_noted(floor: Workplace) -> None:
    floor.asks("cora", "/floor audit @ana")
    floor.asks("cora", "/floor audit @ana")
    floor.asks("cora", "/floor audit @cora")
    floor.asks("ana", "/floor audit me")
    floor.asks("cora", "/floor audit")
    floor.asks("cora", "/floor audit swap 1")
    assert len(looks(floor)) == 1
    floor.at("2026-11-02 14:00")
    floor.asks("cora", "/floor audit @ana")
    floor.asks("mia", "/floor audit @ana")
    cora, mia, ana = (floor.member(name).id for name in ("cora", "mia", "ana"))
    assert looks(floor) == [(cora, ana), (cora, ana), (mia, ana)]


def test_pages_fit_together_while_things_change_and_a_page_is_no_new_look(everywhere: Workplace) -> None:
    prepare(everywhere)
    for number in range(40):
        everywhere.changes("ana", tz=("Europe/Paris", "Europe/Rome")[number % 2])
    newest = everywhere.asks("cora", "/floor audit @ana")
    everywhere.changes("ana", tz="Europe/Oslo")
    earlier = everywhere.presses("cora", "Earlier", newest)
    assert newest.buttons == ["Earlier"]
    assert earlier.buttons == ["Later"]
    assert "of 45" in newest.text
    assert "1–20 of 45" in earlier.text
    assert [line.split(" · ")[1] for line in lines(earlier.text)][:5] == [
        "imported people, import 1",
        "imported shifts, import 2",
        "proposed swap 1",
        "accepted swap 1",
        "approved swap 1",
    ]
    assert len(lines(newest.text)) == 25
    assert lines(everywhere.presses("cora", "Later", earlier).text) == lines(newest.text)
    assert len(looks(everywhere)) == 1


def test_an_agent_reads_of_their_own_swap_and_no_other(floor: Workplace) -> None:
    assert len(lines(floor.asks("ana", "/floor audit swap 1").text)) == 3
    assert len(lines(floor.asks("ben", "/floor audit swap 1").text)) == 3
    refusal = "You can read what was changed about you, your own swaps and covers, but not this."
    assert floor.asks("dev", "/floor audit swap 1").text.startswith(refusal)
    assert floor.asks("cleo", "/floor audit import 2").text.startswith("What was done to import 2")
    assert floor.asks("carl", "/floor audit import 2").text.startswith("You can read what was changed about you")
    assert floor.asks("ana", "/floor audit @ben").text.startswith(refusal)
    assert looks(floor) == []


def test_the_latest_changes_of_an_agent_are_those_about_them(floor: Workplace) -> None:
    floor.prefers(locale="de")
    floor.prefers(locale="")
    seen = [line.split(" · ")[1] for line in lines(floor.asks("dev", "/floor audit").text)]
    assert seen == ["imported people, import 1", "imported shifts, import 2"]
    assert "approved swap 1" in floor.asks("ana", "/floor audit").text


def test_a_lead_reads_about_their_own_team(floor: Workplace) -> None:
    swap(floor, "ana", "dev")
    assert floor.asks("cleo", "/floor audit @dev").text.startswith("What was changed about @Dev Rao")
    refusal = "You can read what was changed about the people of your team and yourself, but not this."
    assert floor.asks("cleo", "/floor audit @ana").text.startswith(refusal)
    assert floor.asks("cleo", "/floor audit swap 1").text.startswith(refusal)
    assert len(lines(floor.asks("cleo", "/floor audit swap 2").text)) == 3
    assert "swap 1" not in floor.asks("cleo", "/floor audit").text


def test_a_lead_who_is_one_no_more_reads_no_further_page(floor: Workplace) -> None:
    for number in range(30):
        floor.changes("dev", tz=("Europe/Paris", "Europe/Rome")[number % 2])
    page = floor.asks("cleo", "/floor audit @dev")
    floor.people(PEOPLE.replace("Cleo Hart,lead", "Cleo Hart,agent") + MIA)
    assert floor.presses("cleo", "Earlier", page).text.startswith("You can read what was changed about you")


def test_a_department_contact_reads_about_themselves_only(floor: Workplace) -> None:
    answer = floor.asks("carl", "/floor audit").text
    assert "no role → contact" in answer
    assert all("@Carl Holm" in line or "import 1" in line for line in lines(answer))
    assert floor.asks("carl", "/floor audit @ana").text.startswith("You can read what was changed about you")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("swap 99", "There is no swap 99. There is only swap 1.\nTry /floor audit swap 1"),
        ("import 3", "There is no import 3. There are imports 1 to 2.\nTry /floor audit import 2"),
        ("swap 0", "There is no swap 0."),
        ("swap", "Say which swap you mean, by its number. There is only swap 1."),
        ("swap one", "I cannot tell what you mean. There are imports 1 to 2. There is only swap 1."),
        ("swap 99999999999999999999", "I cannot tell what you mean. There are imports"),
        ("1", "I cannot tell what number 1 is of. There are imports 1 to 2. There is only swap 1."),
        ("meeting 1", "I cannot tell what number 1 is of."),
        ("swap -1", "I cannot tell what"),
        ("@nobody", "I cannot tell who @nobody is."),
        ("@ana @ben", "I can show what was changed about one person at a time."),
        ("<!channel>", "I cannot tell what you mean."),
    ],
)
def test_what_is_not_there_is_said_with_what_is(floor: Workplace, typed: str, said: str) -> None:
    assert floor.asks("cora", f"/floor audit {typed}").text.startswith(said)


def test_before_there_is_a_swap_it_is_said_that_there_is_none(work: Workplace) -> None:
    work.people()
    assert work.asks("cora", "/floor audit swap 1").text.startswith("There is no swap 1. There are no swaps yet.")


def test_somebody_who_is_not_on_the_roster_has_no_audit(work: Workplace) -> None:
    work.people()
    work.sandbox.invite("zoe", real_name="Zoe Quinn")
    answer = work.asks("cora", "/floor audit @zoe").text
    assert answer.startswith("@Zoe Quinn is not on the roster, so nothing about them was changed here.")


def test_who_is_gone_from_the_roster_is_not_shown_by_a_raw_id(floor: Workplace) -> None:
    with floor.deps.sessions.write(floor.sandbox.team_id) as session:
        record(
            session, floor.deps, SLACK, "people.link", ("member", floor.deps.new_id()), None, {"slack_id": "U1"}
        )
        stranger = Actor(floor.deps.new_id(), (Grant(Role.COORDINATOR),))
        record(session, floor.deps, stranger, "swap.approve", ("swap", None), None, {"state": "approved"}, 1)
    gone = "somebody who is no longer on the roster"
    assert lines(floor.asks("cora", "/floor audit").text)[-2:] == [
        f"Slack · linked {gone} to their Slack account",
        f"{gone} · approved swap 1 · settled",
    ]


def test_an_action_that_has_no_words_yet_is_still_said_in_words(floor: Workplace) -> None:
    with floor.deps.sessions.write(floor.sandbox.team_id) as session:
        record(session, floor.deps, SLACK, "swap.frobnicate", ("swap", None), None, None, 1)
    assert lines(floor.asks("cora", "/floor audit").text)[-1] == "Slack · changed swap 1"


@pytest.mark.parametrize("typed", ["/floor help commands", "/floor HELP Commands"])
def test_help_lists_what_the_caller_may_do(everywhere: Workplace, typed: str) -> None:
    prepare(everywhere)
    full = everywhere.asks("cora", typed).text
    for command in ("/shifts @colleague", "/shifts who", "/floor audit @person", "/floor audit import 2"):
        assert f"• {command} –" in full
    agent = everywhere.asks("ana", typed).text
    assert "• /shifts @colleague –" in agent
    assert "• /floor audit me –" in agent
    assert "• /swap fri with @colleague –" in agent
    assert "/floor audit @person" not in agent
    assert "/floor audit import" not in agent
    assert "/floor audit @person" in everywhere.asks("cleo", typed).text
    contact = everywhere.asks("carl", typed).text
    assert "• /shifts who –" in contact
    assert "/shifts @colleague" not in contact
    assert "/swap" not in contact


def test_an_unknown_word_leads_to_help(floor: Workplace) -> None:
    answer = floor.asks("ana", "/floor <dance> & <!here>").text
    assert answer.startswith("I do not know “<dance>”.")
    assert "/floor help" in answer


def test_a_case_is_looked_up_by_its_number_also_where_nothing_was_changed_of_it(work: Workplace) -> None:
    work.people()
    assert work.asks("cora", "/floor audit case 1").text.startswith("There is no case 1. There are no cases yet.")
    with work.deps.sessions.write(work.sandbox.team_id) as session:
        row = open_case(session, work.deps, OPERATOR, NewCase("Refund"))
        happen(session, work.deps, OPERATOR, row, Happening(Kind.OWNER, {"owner": str(work.member("dev").id)}))
    text = work.asks("cora", "/floor audit case 1").text
    assert "opened case 1 · new; normal" in text
    assert "changed the owner of case 1 · nobody → Dev Rao" in text
    assert work.asks("cora", "/floor audit handup 3").text.startswith("There is no hand up 3.")
    assert work.asks("dev", "/floor audit case 1").text.startswith("You can read what was changed about you")
