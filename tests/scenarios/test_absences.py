"""Somebody is away: they say so once, and whoever can finds somebody to step in."""

from collections.abc import MutableMapping
from typing import Any

import pytest
from sqlalchemy import select

from bot.actions.own import OwnPreferences, change_own
from bot.domain.permissions import Actor, Grant, Role
from bot.domain.wishes import Asking
from bot.sandbox import Shown
from jobs.absences import TURN
from storage.tables import Absence, Base
from tests.scenarios.covering import Covers
from tests.scenarios.desks import home, opens, presses
from tests.scenarios.swapping import ANA_FRI, BOT, Floor

OPS = "#ops"
WHY = "+8 h that week, never asked before, no last-minute cover in 12 months, one skill beyond what it needs"


class Away(Covers):
    """The floor of the covers on Friday at 06:40; Ben is asked before Dev, and Cleo not at all."""

    def __init__(self, floor: Floor) -> None:
        super().__init__(floor)
        self.work.prefers(time_zone="Europe/Berlin")
        self.work.at("2026-11-06 06:40")
        for name, asking in (("ben", Asking.GLADLY), ("cleo", Asking.NEVER)):
            actor = Actor(self.work.member(name).id, (Grant(Role.AGENT),))
            change_own(self.work.deps, self.work.sandbox.team_id, actor, OwnPreferences(asking=asking))

    def reachable(self, who: str) -> None:
        """They may be asked at any hour from now on."""
        actor = Actor(self.work.member(who).id, (Grant(Role.AGENT),))
        change_own(self.work.deps, self.work.sandbox.team_id, actor, OwnPreferences(at_any_hour=True))

    def types(self, who: str, text: str) -> Shown:
        """Types a command, and reads what only they see."""
        return self.work.asks(who, text)

    def sick(self, who: str = "ana", text: str = "/sick") -> Shown:
        """Says so, and says yes; what is answered."""
        return self.work.presses(who, "Yes", self.types(who, text))

    def passes(self, local: str) -> None:
        """The clock goes on to then."""
        self.work.at(local)
        self.floor.runs(TURN)

    def ops(self, who: str = "cora", where: str = OPS) -> Shown:
        """The newest card of who is away."""
        found = [each for each in self.work.person(who).sees(where) if " away " in each.text.splitlines()[0]]
        assert found, self.work.person(who).sees(where)
        return found[-1]

    def does(self, label: str, who: str = "cora", where: str = OPS) -> Shown:
        """Somebody presses a button of the card; the card afterwards."""
        card, person = self.ops(who, where), self.work.person(who)
        person.presses(label, card)
        assert person.notices == []
        self.floor.settles()
        return person.refreshed(card)

    def absences(self) -> list[tuple[str, str]]:
        """The kind and the state of each."""
        statement = select(Absence).where(Absence.workspace_id == self.work.sandbox.team_id).order_by(Absence.id)
        with self.work.deps.sessions.read(self.work.sandbox.team_id) as session:
            return [(row.kind, row.state) for row in session.scalars(statement)]


@pytest.fixture
def everywhere(floor_everywhere: Floor) -> Away:
    return Away(floor_everywhere)


@pytest.fixture
def away(floor: Floor) -> Away:
    return Away(floor)


def test_one_command_and_one_yes_and_somebody_else_is_found(everywhere: Away) -> None:
    away = everywhere
    asked = away.types("ana", "/sick")
    assert asked.text.splitlines()[0] == "Away Fri, Nov 6, 09:00–17:00?"
    assert asked.buttons == ["Yes", "No"]
    assert away.absences() == []
    done = away.work.presses("ana", "Yes", asked)
    assert done.text.splitlines()[0] == "Done. Nothing else to do."
    assert done.buttons == ["Take it back"]
    assert away.floor.works("ana") == ["Nov 6", "Nov 13"]

    away.passes("2026-11-06 06:43")
    assert away.floor.works("ana") == ["Nov 13"]
    card = away.ops()
    assert card.text.splitlines() == [
        "@Ana Ruiz is away until the end of Fri, Nov 6. One shift is open",
        ANA_FRI,
        "While nobody works it: mail 1 → 0",
        f"1. @Ben Okafor: opted in, {WHY}",
        f"2. @Dev Rao: has not opted in, {WHY}",
        "Times in Europe/Berlin",
    ]
    assert card.buttons == ["Offer to 2", "Split…", "Give to…", "Accept risk"]
    after = away.does("Offer to 2")
    assert "offered as open shift 1" in after.text
    away.presses("ben", "Take all")
    assert "Has an owner" in away.ops().text
    assert "@Ben Okafor" in away.ops().text
    assert "Nothing needs anybody any more" in away.ops().text
    assert away.floor.works("ben") == ["Nov 6", "Nov 7", "Nov 14"]


def test_it_is_taken_back_within_two_minutes(away: Away) -> None:
    done = away.sick()
    back = away.work.presses("ana", "Take it back", done)
    assert back.text == "Taken back. Nothing was changed."
    away.passes("2026-11-06 06:50")
    assert away.floor.works("ana") == ["Nov 6", "Nov 13"]
    assert away.absences() == [("sick", "taken back")]


def test_no_changes_nothing(away: Away) -> None:
    answer = away.work.presses("ana", "No", away.types("ana", "/sick"))
    assert answer.text == "Nothing was changed."
    assert away.absences() == []


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("today", "Away Fri, Nov 6, 09:00–17:00?"),
        ("until fri", "Away Fri, Nov 6, 09:00–17:00?"),
        ("nov 6 to nov 13", "Away Fri, Nov 6, 09:00–17:00; Fri, Nov 13, 09:00–17:00?"),
        ("13-18 fri", "Away Fri, Nov 6, 13:00–17:00?"),
        ("mon", "Away Mon, Nov 9 (no shift is planned then)?"),
    ],
)
def test_what_was_understood_is_asked(away: Away, text: str, question: str) -> None:
    assert away.types("ana", f"/sick {text}").text.splitlines()[0] == question


@pytest.mark.parametrize(
    ("who", "text", "said"),
    [
        ("ana", "/sick gibberish", "Say one stretch of time"),
        ("ana", "/sick nov 1", "Say one stretch of time"),
        ("dev", "/sick", "You have no shift in the next day and a half"),
        ("ana", "/sick @ben", "Only a coordinator, a manager or the lead of their team says that"),
        ("ana", "/sick back", "You are back already, or were not away."),
        ("ana", "/sick help", "you are away today; I ask once before anything happens"),
        ("ana", "/late", "Say how much later you come"),
        ("ana", "/late 9h", "By then that shift is over."),
        ("dev", "/late 30m", "You have no shift in the next day and a half"),
    ],
)
def test_what_cannot_be_is_said_with_what_can(away: Away, who: str, text: str, said: str) -> None:
    answer = away.types(who, text)
    assert said in answer.text
    assert "Yes" not in answer.buttons
    assert away.absences() == []


def test_who_is_late_misses_the_beginning_only(away: Away) -> None:
    asked = away.types("ana", "/late 30m")
    assert asked.text.splitlines()[0] == "Begin 30 min later on Fri, Nov 6: at 09:30 instead of 09:00?"
    away.work.presses("ana", "Yes", asked)
    away.passes("2026-11-06 06:43")
    assert away.absences() == [("late", "in force")]
    assert "Fri, Nov 6, 09:00–09:30 · mail" in away.ops().text
    shifts = away.types("ana", "/shifts today")
    assert "09:30–17:00" in shifts.text


def test_who_is_late_while_enough_are_there_is_one_line_and_nobody_is_asked(away: Away) -> None:
    away.floor.needs("mail", plan="fri 09:00-17:00 1")
    away.work.shifts("ben@example.com,2026-11-06,09:00,17:00,Europe/Berlin,mail")
    done = away.work.presses("ana", "Yes", away.types("ana", "/late 30m"))
    assert "If you are there sooner: /sick back" in done.text
    assert done.buttons == ["Take it back"]
    away.passes("2026-11-06 06:43")
    cora, said = away.work.person("cora"), "@Ana Ruiz comes later on Fri, Nov 6: at 09:30."
    card = cora.reads(said, OPS)
    assert card.text.splitlines() == [f"{said} Enough people are there until then.", "Times in Europe/Berlin"]
    assert card.buttons == []
    away.passes("2026-11-06 08:31")
    assert cora.thread(card)[1:] == []

    away.sick("ben")
    away.passes("2026-11-06 08:34")
    assert "worst 09:00–09:30: 1 → 0 of 1" in away.ops().text
    missed = "@Ana Ruiz is away Fri, Nov 6, 09:00–09:30. One shift is open"
    assert cora.refreshed(card).text.splitlines()[0] == missed
    away.work.presses("ana", "Take it back", done)
    away.floor.settles()
    assert cora.refreshed(card).text.splitlines()[0] == "@Ana Ruiz is not away after all."


@pytest.mark.parametrize(
    "text", ["I'm sick today", "bin krank", "je suis malade aujourd'hui", "estoy enferma hoy", "sick"]
)
def test_a_direct_message_does_as_well(away: Away, text: str) -> None:
    ana = away.work.person("ana")
    ana.types(text, BOT)
    away.floor.settles()
    asked = ana.reads("Away Fri, Nov 6, 09:00–17:00?", BOT)
    ana.presses("Yes", asked)
    assert ana.refreshed(asked).text.splitlines()[0] == "Done. Nothing else to do."
    assert away.absences() == [("sick", "reported")]


@pytest.mark.parametrize("text", ["is ben sick?", "sick until june", "sick yesterday", "9 hours late"])
def test_whoever_says_anything_else_reads_what_can_be_typed(away: Away, text: str) -> None:
    away.work.person("ana").types(text, BOT)
    away.floor.settles()
    assert "I do not read what is written here" in away.work.person("ana").last(BOT).text


def test_of_what_was_said_nothing_is_kept_but_when(
    away: Away, logged: list[MutableMapping[str, Any]], caplog: pytest.LogCaptureFixture
) -> None:
    ana = away.work.person("ana")
    ana.types("sorry, I'm sick today, a rotten xylophoneflu", BOT)
    away.floor.settles()
    ana.presses("Yes", ana.reads("Away Fri, Nov 6", BOT))
    away.passes("2026-11-06 06:43")
    with away.work.deps.sessions.read(away.work.sandbox.team_id) as session:
        rows = {
            table.name: [
                *map(str, session.execute(select(table).where(table.c.workspace_id == away.work.sandbox.team_id)))
            ]
            for table in Base.metadata.sorted_tables
            if "workspace_id" in table.c
        }
    everything = str(rows)
    assert "sick" in str(rows["absence"])
    assert "xylophoneflu" not in everything
    assert "rotten" not in everything
    assert "xylophoneflu" not in str(logged) + caplog.text
    assert away.absences() == [("sick", "in force")]


def test_others_read_away_and_never_why(away: Away) -> None:
    away.sick()
    away.passes("2026-11-06 06:43")
    away.does("Offer to 2")
    for reader, where in (("cora", OPS), ("cleo", BOT), ("ben", BOT), ("dev", "#floor")):
        read = " ".join(each.text.lower() for each in away.work.person(reader).sees(where))
        assert "sick" not in read
        assert "ill" not in read.split()
    who = away.work.asks("cora", "/shifts who")
    assert "Away: @Ana Ruiz until the end of Fri, Nov 6" in who.text
    assert "Away" not in away.work.asks("ben", "/shifts who").text
    audit = away.work.asks("cora", "/floor audit")
    assert "noted that @Ana Ruiz is away" in audit.text
    assert "sick" not in audit.text


def test_who_is_back_early_has_again_what_nobody_took(away: Away) -> None:
    away.sick()
    away.passes("2026-11-06 06:43")
    opens(away.floor, "ana")
    assert "You are away until the end of Fri, Nov 6." in home(away.floor, "ana").text
    presses(away.floor, "ana", "I am back")
    assert away.floor.works("ana") == ["Nov 6", "Nov 13"]
    assert away.ops().text.splitlines()[0] == "@Ana Ruiz was away and is back."
    assert "You are away" not in home(away.floor, "ana").text


def test_who_is_away_already_reads_until_when(away: Away) -> None:
    away.sick()
    away.passes("2026-11-06 06:43")
    answer = away.types("ana", "/sick")
    known = "That is known already: away until the end of Fri, Nov 6. Nothing was changed."
    assert answer.text.splitlines()[0] == known
    away.work.shifts("ana@example.com,2026-11-07,09:00,17:00,Europe/Berlin,mail")
    assert away.types("ana", "/sick").text.splitlines()[0] == known
    assert away.types("ana", "/sick tomorrow").buttons == ["Yes", "No"]


def test_who_writes_that_they_are_late_for_no_shift_reads_so(away: Away) -> None:
    away.work.person("dev").types("20 min late", BOT)
    away.floor.settles()
    away.work.person("dev").reads("You have no shift in the next day and a half that you could be late for.", BOT)


def test_coming_back_by_command_and_once_more(away: Away) -> None:
    away.sick()
    away.passes("2026-11-06 06:43")
    answer = away.types("ana", "/sick back")
    assert answer.text == "You are back. One shift is yours again; whatever others took stays with them."
    assert "You are back already" in away.types("ana", "/sick back").text


def test_a_coordinator_says_it_for_somebody_who_reads_so(away: Away) -> None:
    asked = away.types("cora", "/sick @ana")
    assert asked.text.splitlines()[0] == "@Ana Ruiz away Fri, Nov 6, 09:00–17:00?"
    done = away.work.presses("cora", "Yes", asked)
    assert "For two minutes nobody is asked yet" in done.text
    away.floor.settles()
    told = away.work.person("ana").reads("You are put down as away", BOT)
    away.work.person("ana").presses("I am back", told)
    away.floor.settles()
    assert away.absences() == [("sick", "taken back")]
    cora = away.work.presses("cora", "Take it back", done)
    assert cora.text == "They are back already, or were not away. Nothing was changed."


def test_under_an_hour_it_goes_out_at_once_and_again_half_an_hour_before(away: Away) -> None:
    away.work.at("2026-11-06 08:10")
    away.sick()
    away.passes("2026-11-06 08:13")
    assert "One shift is open" in away.ops().text
    away.passes("2026-11-06 08:31")
    told = [each.text for each in away.work.person("cora").thread(away.ops())[1:]]
    assert told == [
        "Still nobody works Fri, Nov 6, 09:00–17:00 · mail, which begins soon. @Ana Ruiz is away.\n"
        "While nobody works it: mail 1 → 0"
    ]


def test_the_card_says_what_the_hole_does_until_it_is_filled_and_within_the_hour_what_helps(away: Away) -> None:
    away.floor.needs("mail", plan="fri 09:00-17:00 2; fri 14:00-15:00 3")
    away.work.at("2026-11-06 08:10")
    away.reachable("dev")
    away.sick()
    away.passes("2026-11-06 08:13")
    card = away.ops()
    assert card.text.splitlines()[2] == (
        "While nobody works it: mail 1 → 0 of 2 needed; worst 14:00–15:00: 1 → 0 of 3"
    )
    assert card.buttons == ["What helps now", "Ask the emergency list", "Give to…", "Accept risk"]
    card = away.does("Ask the emergency list")
    assert "offered as open shift 1" in card.text
    assert card.buttons == ["What helps now", "Give to…", "Accept risk"]
    away.does("Give to…")
    cora = away.work.person("cora")
    cora.picks("Who works it", "1. Ben Okafor")
    cora.submits()
    away.floor.settles()
    assert "While nobody works it" not in away.ops().text
    assert "Has an owner" in away.ops().text


def test_where_nobody_may_be_asked_at_any_hour_nothing_is_offered_and_the_rest_is_given(away: Away) -> None:
    away.work.at("2026-11-06 09:20")
    away.sick()
    away.passes("2026-11-06 09:23")
    card = away.ops()
    assert "Nobody who can work it has said that they may be asked at any hour (/floor me)" in card.text
    assert card.buttons == ["What helps now", "Give to…", "Accept risk"]
    away.does("Give to…")
    cora = away.work.person("cora")
    assert "Fri, Nov 6, 09:30–17:00 · mail. Nobody works it." in cora.sees_modal().text
    cora.picks("Who works it", "1. Ben Okafor")
    cora.submits()
    away.floor.settles()
    assert "Fri, Nov 6, 09:30–17:00 · mail · @Ben Okafor" in away.ops().text


def test_the_risk_is_accepted_and_nobody_hears_of_it_again(away: Away) -> None:
    away.sick()
    away.passes("2026-11-06 06:43")
    card = away.does("Accept risk")
    assert "Left open by @Cora" in card.text
    assert card.buttons == []
    away.passes("2026-11-06 08:31")
    assert away.work.person("cora").thread(away.ops())[1:] == []


def test_it_is_offered_in_two_parts(away: Away) -> None:
    away.sick()
    away.passes("2026-11-06 06:43")
    away.does("Split…")
    cora = away.work.person("cora")
    cora.sees_modal("Offer it in two parts")
    cora.submits()
    away.floor.settles()
    assert away.states() == ["open", "open"]
    assert "2 people are asked now." in cora.sees_modal().text
    told = [each.text for each in cora.sees(BOT) if "open shift" in each.text]
    assert [each.splitlines()[0] for each in told] == ["You offered 2 open shifts to others: 2 still open."]


def test_an_agent_who_presses_reads_who_may(away: Away) -> None:
    away.sick()
    away.passes("2026-11-06 06:43")
    away.does("Offer to 2", "ana")
    assert "Leads, coordinators and managers find somebody to step in." in away.floor.only_to("ana", OPS)


def test_home_asks_the_same(away: Away) -> None:
    opens(away.floor, "ana")
    presses(away.floor, "ana", "I am away today…")
    ana = away.work.person("ana")
    modal = ana.sees_modal()
    assert "Away Fri, Nov 6, 09:00–17:00?" in modal.text
    ana.presses("Yes")
    assert "Done. Nothing else to do." in ana.sees_modal().text
    assert away.absences() == [("sick", "reported")]


def test_home_asks_how_late(away: Away) -> None:
    opens(away.floor, "ana")
    presses(away.floor, "ana", "I come later…")
    ana = away.work.person("ana")
    ana.sees_modal("I come later")
    ana.picks("How much later than your shift begins", "45\u00a0min")
    ana.submits()
    assert "at 09:45 instead of 09:00?" in ana.sees_modal().text
    ana.presses("Yes")
    assert away.absences() == [("late", "reported")]


def test_the_lead_of_the_team_has_the_card_and_while_none_is_on_who_answers_for_the_hour(away: Away) -> None:
    away.work.at("2026-11-10 04:00")
    away.sick("dev")
    away.work.prefers(responsible="mon-fri 0-6 ben@example.com; mon-fri 6-23 carl@example.com")
    away.passes("2026-11-10 04:03")
    assert "@Dev Rao is away" in away.ops("cleo", BOT).text
    assert "@Dev Rao is away" in away.ops("ben", BOT).text
    assert not any("away" in each.text for each in away.work.person("carl").sees(BOT))


def test_the_days_are_those_of_who_is_away(away: Away) -> None:
    away.work.at("2026-11-09 22:00")
    asked = away.types("cora", "/sick @dev nov 10")
    assert asked.text.splitlines()[0] == "@Dev Rao away Tue, Nov 10, 04:30–12:30?"
    away.work.presses("cora", "Yes", asked)
    with away.work.deps.sessions.read(away.work.sandbox.team_id) as session:
        [row] = session.scalars(select(Absence).where(Absence.workspace_id == away.work.sandbox.team_id))
    assert row.end == away.work.instant("2026-11-11 00:00", "Asia/Kolkata")


def test_a_lead_says_it_for_their_team_and_for_no_other(away: Away) -> None:
    away.work.at("2026-11-10 04:00")
    assert "Only a coordinator" in away.types("cleo", "/sick @ana").text
    asked = away.types("cleo", "/sick @dev")
    assert asked.buttons == ["Yes", "No"]


def test_who_leads_reads_on_home_what_nobody_works_and_whose_it_is(away: Away) -> None:
    away.sick()
    away.passes("2026-11-06 06:43")
    opens(away.floor, "cora")
    assert "of @Ana Ruiz, who is away" in home(away.floor, "cora").text
    away.does("Accept risk")
    assert "who is away" not in home(away.floor, "cora").text
