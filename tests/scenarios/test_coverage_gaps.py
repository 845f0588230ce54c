"""Times in which people are missing, as the coordinators' channel reads of them."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.actions.own import OwnPreferences, change_own
from bot.domain.permissions import Actor, Grant, Role
from bot.domain.wishes import Asking
from bot.sandbox import Shown
from jobs.absences import TURN as AWAY
from jobs.coverage_gaps import FOLLOW, LOOK
from tests.coverage_desk import Planner, weeks_of
from tests.scenarios.covering import Covers
from tests.scenarios.swapping import BOT, Floor

OPS = "#ops"
# Ana works on Friday the 6th, 9 to 17; three are wanted from 14 to 16.
PLAN = (
    "2026-11-06,09:00,14:00,mail,1,,Europe/Berlin",
    "2026-11-06,14:00,16:00,mail,2,,Europe/Berlin",
    "2026-11-06,16:00,17:00,mail,1,,Europe/Berlin",
)
GAP = "Fri, Nov 6, 14:00–16:00 · mail: 1 short (1 of 2 there)"


class Short(Covers):
    """The floor of the covers on Monday noon, in Berlin, where a file says how many are needed on Friday."""

    def __init__(self, floor: Floor, folder: Path) -> None:
        super().__init__(floor)
        self.work.prefers(time_zone="Europe/Berlin")
        self.planner = Planner(self.work.deps, self.work.sandbox.team_id, folder)

    def plans(self, *lines: str) -> None:
        self.planner.plan(*(lines or PLAN))

    def looks(self, local: str = "2026-11-02 12:00") -> None:
        """The clock looks ahead then."""
        self.work.at(local)
        self.floor.runs(LOOK)

    def follows(self) -> None:
        """What was done changes the gaps, a minute later."""
        self.work.sandbox.clock.set(self.work.deps.clock() + timedelta(minutes=1))
        self.floor.runs(FOLLOW)

    def gaps(self, who: str = "cora", where: str = OPS) -> list[Shown]:
        """The cards of gaps that somebody sees."""
        seen = self.work.person(who).sees(where)
        return [each for each in seen if each.text.startswith(("People are missing", "Risk", "Filled", "Over"))]

    def beside(self, who: str = "cora", where: str = OPS) -> list[str]:
        """What is said beside the newest card."""
        return [each.text for each in self.work.person(who).thread(self.gaps(who, where)[-1])[1:]]

    def is_sick(self, local: str = "2026-11-05 20:00", when: str = "fri") -> None:
        """Ana says so then, and three minutes later it is in force."""
        self.work.at(local)
        self.work.presses("ana", "Yes", self.work.asks("ana", f"/sick {when}".strip()))
        self.work.sandbox.clock.set(self.work.deps.clock() + timedelta(minutes=3))
        self.floor.runs(AWAY)

    def absence(self) -> Shown:
        """The card of it."""
        return next(each for each in self.work.person("cora").sees(OPS) if " away " in each.text)

    def does(self, label: str, who: str = "cora", where: str = OPS) -> list[str]:
        """Somebody presses a button of the newest card; what only they read."""
        person, card = self.work.person(who), self.gaps(who, where)[-1]
        before = [each.text for each in person.sees(where) if each.only_you]
        person.presses(label, card)
        assert person.notices == []
        self.floor.settles()
        return [each.text for each in person.sees(where) if each.only_you][len(before) :]

    def asks_after(self, *names: str) -> None:
        """These are asked by nobody, so that the others are."""
        for name in names:
            actor = Actor(self.work.member(name).id, (Grant(Role.AGENT),))
            change_own(self.work.deps, self.work.sandbox.team_id, actor, OwnPreferences(asking=Asking.NEVER))


@pytest.fixture
def everywhere(floor_everywhere: Floor, tmp_path: Path) -> Short:
    return Short(floor_everywhere, tmp_path)


@pytest.fixture
def short(floor: Floor, tmp_path: Path) -> Short:
    return Short(floor, tmp_path)


def test_a_gap_is_told_of_ahead_filled_from_its_card_and_says_so(everywhere: Short) -> None:
    short = everywhere
    short.looks()
    assert short.gaps() == []
    short.plans()
    short.follows()
    (card,) = short.gaps()
    assert card.text.splitlines() == [f"People are missing: {GAP}", "Times in Europe/Berlin"]
    assert card.buttons == ["Find cover", "Ask overtime", "Accept risk"]
    short.asks_after("cleo")

    (said,) = short.does("Find cover")
    assert said == "2 people are asked now: one open shift."
    (card,) = short.gaps()
    assert card.text.splitlines()[1] == (
        "• Open shift 1, Fri, Nov 6, 14:00–16:00, is open: nobody has taken it yet · 2 asked"
    )
    assert short.does("Find cover") == ["All that is missing is offered already: one open shift."]

    short.presses("ben", "Take all")
    (card,) = short.gaps()
    assert "Open shift 1, Fri, Nov 6, 14:00–16:00, is covered by @Ben Okafor" in card.text
    short.follows()
    (card,) = short.gaps()
    assert card.text.splitlines()[0] == "Filled: Fri, Nov 6, 14:00–16:00 · mail."
    assert card.buttons == []
    assert short.beside() == []


def test_who_is_told_hears_of_it_again_at_each_rung_and_never_between(short: Short) -> None:
    short.plans()
    short.looks()
    short.looks("2026-11-02 12:15")
    assert len(short.gaps()) == 1
    assert short.beside() == []
    short.looks("2026-11-04 14:00")
    short.looks("2026-11-05 14:00")
    assert short.beside() == [f"Still nobody fills this. {GAP}"]
    assert short.gaps("cleo", BOT) == []
    short.work.shifts("cleo@example.com,2026-11-06,09:00,17:00,Europe/Berlin,chat")
    short.looks("2026-11-06 10:00")
    assert len(short.beside()) == 2
    (near,) = short.gaps("cleo", BOT)
    assert near.buttons == ["What helps now", "Find cover", "Ask overtime", "Accept risk"]
    short.looks("2026-11-06 15:00")
    assert len(short.beside()) == 2
    short.looks("2026-11-06 16:00")
    assert short.gaps()[0].text.splitlines()[0] == "Over: Fri, Nov 6, 14:00–16:00 · mail."


def test_near_its_beginning_leads_read_of_a_gap_who_lead_somebody_that_could_fill_it(short: Short) -> None:
    short.floor.needs("mail", required_skills="refunds")
    short.work.people("email,name,role,team,skills\ndev@example.com,Dev Rao,lead,Mail,hindi\n")
    short.work.shifts(
        *(f"{name}@example.com,2026-11-06,09:00,17:00,Europe/Berlin,chat" for name in ("cleo", "dev"))
    )
    short.plans()
    short.looks("2026-11-06 10:00")
    assert [len(short.gaps(*seen)) for seen in (("cora",), ("dev", BOT), ("cleo", BOT))] == [1, 1, 0]
    short.plans("2026-11-06,11:00,12:00,chat,3,,Europe/Berlin", *PLAN)
    short.follows()
    assert "chat" in short.gaps("cleo", BOT)[-1].text


def test_where_no_lead_is_on_who_could_fill_a_gap_whoever_is_responsible_reads_of_it(short: Short) -> None:
    short.floor.needs("mail", required_skills="refunds")
    short.work.prefers(responsible="mon-fri 09:00-17:00 ben@example.com")
    short.work.shifts("cleo@example.com,2026-11-06,09:00,17:00,Europe/Berlin,chat")
    short.plans()
    short.looks("2026-11-06 10:00")
    assert [len(short.gaps(name, BOT)) for name in ("ben", "cleo")] == [1, 0]


def test_shifts_that_meet_and_shortages_below_what_is_worth_a_word_are_no_gap(short: Short) -> None:
    short.work.prefers(gap_least_heads="1", gap_least_minutes="30")
    short.work.shifts(
        "ben@example.com,2026-11-06,14:00,15:00,Europe/Berlin,mail",
        "dev@example.com,2026-11-06,15:00,15:45,Europe/Berlin,mail",
    )
    short.plans("2026-11-06,14:00,16:00,mail,2,,Europe/Berlin", "2026-11-06,16:00,17:00,mail,1.9,,Europe/Berlin")
    short.looks()
    assert short.gaps() == []
    assert "Enough people are there." in short.work.asks("cora", "/coverage fri mail").text
    short.work.prefers(gap_least_heads="0.5")
    short.looks("2026-11-02 12:15")
    (card,) = short.gaps()
    assert "Fri, Nov 6, 15:45–17:00 · mail: 1 short (worst 15:45: 1 of 2 there)" in card.text


def test_a_gap_that_gets_worse_is_said_beside_its_card_and_one_that_shrinks_is_only_shown(short: Short) -> None:
    short.plans()
    short.looks()
    short.plans("2026-11-06,14:00,16:00,mail,3,,Europe/Berlin")
    short.follows()
    (card,) = short.gaps()
    worse = "Fri, Nov 6, 14:00–16:00 · mail: 2 short (1 of 3 there)"
    assert card.text.splitlines()[0] == f"People are missing: {worse}"
    assert short.beside() == [f"This has become worse. {worse}"]
    short.plans("2026-11-06,14:00,15:00,mail,3,,Europe/Berlin", "2026-11-06,15:00,16:00,mail,2,,Europe/Berlin")
    short.follows()
    assert short.gaps()[0].text.splitlines()[0] == (
        "People are missing: Fri, Nov 6, 14:00–16:00 · mail: 2 short (worst 14:00: 1 of 3 there)"
    )
    assert len(short.beside()) == 1


def test_an_accepted_risk_is_silent_until_it_expires(short: Short) -> None:
    short.plans()
    short.looks()
    short.does("Accept risk", "cleo")
    cleo = short.work.person("cleo")
    cleo.submits()
    assert "Please complete this required field" in str(cleo.sees_modal().errors) or cleo.sees_modal().errors
    cleo.fills("Why it can stay so", "Quiet <!channel> day")
    cleo.picks("Warn again", "Fri, Nov 6, 04:00")
    cleo.submits()
    short.floor.settles()
    (card,) = short.gaps()
    assert card.text.splitlines()[1] == ("By @Cleo Hart until Fri, Nov 6, 10:00: “Quiet <!channel> day”")
    assert card.buttons == ["Find cover", "Ask overtime", "Warn again"]
    short.looks("2026-11-05 14:00")
    assert short.beside() == []
    short.looks("2026-11-06 10:00")
    assert short.beside() == [f"The risk was accepted up to now, and people are still missing. {GAP}"]
    assert short.gaps()[0].buttons[-3:] == ["Find cover", "Ask overtime", "Accept risk"]


def test_a_risk_can_be_warned_of_again(short: Short) -> None:
    short.plans()
    short.looks()
    short.does("Accept risk")
    cora = short.work.person("cora")
    cora.fills("Why it can stay so", "Quiet day")
    cora.submits()
    short.floor.settles()
    looked = short.work.asks("cora", "/coverage fri mail")
    assert looked.text.splitlines()[1] == "• Fri, Nov 6, 14:00–16:00 · mail −1 (1 of 2) · risk accepted"
    assert looked.buttons[:3] == ["Find cover", "Ask overtime", "Warn again"]
    short.does("Warn again")
    assert short.gaps()[0].buttons == ["Find cover", "Ask overtime", "Accept risk"]
    assert "accepted the risk of the gap" in short.work.asks("cora", "/floor audit").text


def test_overtime_is_asked_of_those_whose_shift_touches_the_gap(short: Short) -> None:
    short.work.shifts("ben@example.com,2026-11-06,08:00,13:00,Europe/London,mail")
    short.plans()
    short.looks()
    (said,) = short.does("Ask overtime")
    assert said == "One person is asked now whether they can work longer: one open shift."
    assert [each for each in short.cards("ben") if each.startswith("Open shift")]
    assert short.cards("dev") == []
    assert "nobody else can be asked" in short.gaps()[0].text
    (said,) = short.does("Find cover")
    assert said.endswith("one open shift.")
    assert [each for each in short.cards("dev") if each.startswith("Open shift")]


def test_where_several_are_missing_each_is_asked_to_stay_for_one_shift(short: Short) -> None:
    names = ("ben", "cleo", "dev")
    short.work.shifts(*(f"{name}@example.com,2026-11-06,08:00,14:00,Europe/Berlin,mail" for name in names))
    short.plans("2026-11-06,14:00,16:00,mail,3,,Europe/Berlin")
    short.looks()
    assert short.does("Ask overtime") == ["3 people are asked now whether they can work longer: 2 open shifts."]
    assert sorted(len(short.cards(name)) for name in names) == [1, 1, 1]
    short.work.at("2026-11-02 12:45")
    short.turns()
    assert sorted(len(short.cards(name)) for name in names) == [1, 1, 1]


def test_what_waits_for_approval_is_not_offered_again(short: Short) -> None:
    short.floor.review()
    short.asks_after("cleo")
    short.plans()
    short.looks()
    short.does("Find cover")
    short.presses("ben", "Take all")
    assert "waits for approval" in short.gaps()[0].text
    assert short.does("Find cover") == ["All that is missing is offered already: one open shift."]
    assert short.states() == ["open"]


def test_whoever_would_work_overtime_reads_so_before_they_take_it(short: Short) -> None:
    short.work.people("email,name,weekly_hours\nben@example.com,Ben Okafor,13\n")
    short.work.prefers(jurisdiction="eu")
    short.work.shifts("ben@example.com,2026-11-06,08:00,13:00,Europe/London,mail")
    short.plans()
    short.looks()
    short.does("Ask overtime")
    form = short.form("ben", "Take all")
    assert "overtime +2 h" in form.text
    short.work.person("ben").submits()
    short.floor.settles()
    assert "is taken by @Ben Okafor and waits for approval" in short.gaps()[0].text
    short.follows()
    assert short.gaps()[0].text.startswith("People are missing")


def test_where_nobody_near_can_work_longer_nothing_is_opened(short: Short) -> None:
    short.plans()
    short.looks()
    (said,) = short.does("Ask overtime")
    assert said.startswith("Nobody whose shift touches it can work longer by the rules.")
    assert short.states() == []


def test_what_was_taken_this_very_minute_is_not_offered_once_more(short: Short) -> None:
    short.asks_after("cleo")
    short.plans()
    short.looks()
    short.does("Find cover")
    short.presses("ben", "Take all")
    assert short.gaps()[0].text.startswith("People are missing")
    assert short.does("Find cover") == ["This gap is filled or over by now. Nothing was changed."]
    assert short.states() == ["covered"]


def test_what_is_left_of_a_shift_that_has_begun_is_offered_and_nothing_is_opened_beside_it(short: Short) -> None:
    short.plans("2026-11-06,09:00,17:00,mail,1,,Europe/Berlin")
    short.is_sick("2026-11-06 09:20", "")
    short.follows()
    assert short.gaps()[0].text.startswith("People are missing: Fri, Nov 6, 09:15–17:00 · mail: 1 short (0 of 1")
    (said,) = short.does("Find cover")
    assert said.startswith("Offered as one open shift, but nobody can be asked now.")
    assert "• Open shift 1, Fri, Nov 6, 09:30–17:00, is open" in short.gaps()[0].text
    assert "offered as open shift 1" in short.absence().text
    assert short.does("Find cover")[0].startswith("All that is missing is offered already")
    assert len(short.states()) == 1


def test_what_is_left_of_a_shift_on_both_sides_of_what_was_taken_is_one_that_is_offered(short: Short) -> None:
    short.plans("2026-11-06,09:00,17:00,mail,1,,Europe/Berlin")
    short.is_sick()
    short.follows()
    short.does("Find cover")
    short.takes("ben", "11:00", "13:00")
    short.plans("2026-11-06,09:00,17:00,mail,2,,Europe/Berlin")
    short.follows()
    (said,) = short.does("Find cover")
    assert said.endswith("2 open shifts.")
    assert len(short.states()) == 2


def test_what_is_offered_for_a_gap_that_was_filled_otherwise_can_be_withdrawn(short: Short) -> None:
    short.plans()
    short.looks()
    short.does("Find cover")
    short.plans("2026-11-06,14:00,16:00,mail,1,,Europe/Berlin")
    short.follows()
    lines = short.gaps()[0].text.splitlines()
    assert lines[0].startswith("Filled: Fri, Nov 6")
    assert lines[2] == "Still offered. Where it is not needed any more, withdraw it: /cover 1"
    short.work.presses("cora", "Withdraw", short.work.asks("cora", "/cover 1"))
    short.floor.settles()
    assert "Still offered" not in short.gaps()[0].text


def test_who_accepts_what_an_absence_leaves_open_accepts_the_gap_too(short: Short) -> None:
    short.plans("2026-11-06,09:00,17:00,mail,1,,Europe/Berlin")
    short.is_sick()
    short.follows()
    short.work.person("cora").presses("Accept risk", short.absence())
    short.floor.settles()
    (card,) = short.gaps()
    assert card.text.splitlines() == [
        "Risk accepted: Fri, Nov 6, 09:00–17:00 · mail: 1 short (0 of 1 there)",
        "By @Cora Lind, with the absence that leaves it",
        "Times in Europe/Berlin",
    ]
    short.looks("2026-11-06 06:00")
    assert short.beside() == []
    short.plans("2026-11-06,09:00,17:00,mail,2,,Europe/Berlin")
    short.follows()
    (said,) = short.beside()
    assert said.startswith("This has become worse.")


def test_of_a_gap_that_was_accepted_with_an_absence_before_it_was_found_nobody_is_told(short: Short) -> None:
    short.plans("2026-11-06,09:00,17:00,mail,1,,Europe/Berlin")
    short.is_sick()
    short.floor.settles()
    short.work.person("cora").presses("Accept risk", short.absence())
    short.follows()
    short.looks("2026-11-06 06:00")
    assert short.gaps() == []
    answer = short.work.asks("cora", "/coverage fri mail")
    assert answer.text.splitlines()[1].endswith("risk accepted")


def test_who_looks_at_the_days_can_do_the_same_there(short: Short) -> None:
    short.plans()
    answer = short.work.asks("cora", "/coverage fri mail")
    assert answer.buttons[:3] == ["Find cover", "Ask overtime", "Accept risk"]
    cora = short.work.person("cora")
    cora.presses("Find cover", answer)
    short.floor.settles()
    assert len(short.gaps()) == 1
    assert short.states() == ["open"]
    short.looks("2026-11-02 12:15")
    assert len(short.gaps()) == 1


def test_what_is_filled_meanwhile_cannot_be_offered_or_accepted_any_more(short: Short) -> None:
    short.plans()
    answer = short.work.asks("cora", "/coverage fri mail")
    short.work.shifts("ben@example.com,2026-11-06,14:00,16:00,Europe/Berlin,mail")
    for label in ("Find cover", "Accept risk"):
        short.work.person("cora").presses(label, answer)
        seen = short.work.person("cora").sees()
        assert seen[-1].text == "This gap is filled or over by now. Nothing was changed."
    assert short.gaps() == []
    assert short.states() == []


def test_agents_who_see_the_card_cannot_do_anything_about_it(short: Short) -> None:
    short.plans()
    short.looks()
    assert short.does("Find cover", "ana") == [
        "Leads, coordinators and managers see to gaps. Nothing was changed."
    ]
    assert short.states() == []


def test_what_nobody_works_because_somebody_is_away_is_offered_and_nothing_is_opened_beside_it(
    short: Short,
) -> None:
    short.plans()
    short.asks_after("cleo")
    short.is_sick()
    short.looks("2026-11-05 20:15")
    (card,) = short.gaps()
    hole = "Fri, Nov 6, 09:00–17:00 · mail: 2 short (worst 14:00: 0 of 2 there)"
    assert card.text.splitlines()[0] == f"People are missing: {hole}"
    (said,) = short.does("Find cover")
    assert said == "2 people are asked now: 2 open shifts."
    lines = short.gaps()[0].text.splitlines()
    assert [line.partition(", is ")[0] for line in lines[1:3]] == [
        "• Open shift 1, Fri, Nov 6, 09:00–17:00",
        "• Open shift 2, Fri, Nov 6, 14:00–16:00",
    ]
    assert short.floor.works("ana") == ["Nov 13"]
    assert "offered as open shift 1" in short.absence().text


def test_the_service_level_to_expect_stands_beside_the_one_that_is_wanted(short: Short) -> None:
    # 10 contacts of 3 minutes in half an hour are 1 Erlang: 3 on contacts, which are 3 / 0.82 = 4 people.
    short.planner.volume(*weeks_of("mail", date(2026, 11, 2), 9, 10))
    short.work.shifts(
        *(f"{name}@example.com,2026-11-06,09:00,17:00,Europe/Berlin,mail" for name in ("ben", "cleo")),
    )
    short.looks()
    card = next(each for each in short.gaps() if "Nov 6" in each.text)
    assert card.text.splitlines()[0] == (
        "People are missing: Fri, Nov 6, 09:00–17:00 · mail: 1 short (3 of 4 there) · "
        "service level about 70 %, 80 % wanted"
    )


def test_work_for_as_many_as_are_missing_is_offered_each_to_others_first(short: Short) -> None:
    short.plans("2026-11-06,14:00,16:00,mail,3,,Europe/Berlin", "2026-11-06,16:00,17:00,mail,2,,Europe/Berlin")
    short.work.prefers(cover_wave_size="1")
    short.asks_after("cleo")
    short.looks()
    (said,) = short.does("Find cover")
    assert said == "2 people are asked now: 2 open shifts."
    assert sorted(len(short.cards(name)) for name in ("ben", "dev")) == [1, 1]


def test_many_gaps_that_are_found_at_once_are_one_message(short: Short) -> None:
    short.plans(*(f"2026-11-{day:02},12:00,14:00,chat,1,,Europe/Berlin" for day in range(3, 10)))
    short.looks()
    assert short.gaps() == []
    seen = [each for each in short.work.person("cora").sees(OPS) if "gaps were found" in each.text]
    lines = seen[-1].text.splitlines()
    assert lines[0] == "7 gaps were found in the days ahead, 7 are left."
    assert lines[1] == "• Tue, Nov 3, 12:00–14:00 · chat: 1 short (0 of 1 there)"
    short.work.shifts("dev@example.com,2026-11-03,12:00,14:00,Europe/Berlin,chat")
    short.follows()
    lines = short.work.person("cora").refreshed(seen[-1]).text.splitlines()
    assert lines[0] == "7 gaps were found in the days ahead, 6 are left."
    assert lines[1] == "• Filled: Tue, Nov 3, 12:00–14:00 · chat"

    cleo = short.work.person("cleo")
    cleo.presses("Accept risk", short.work.asks("cleo", "/coverage nov 5"))
    cleo.fills("Why it can stay so", "Quiet day")
    cleo.submits()
    short.floor.settles()
    assert "By @Cleo Hart: “Quiet day”" in short.gaps()[-1].text
