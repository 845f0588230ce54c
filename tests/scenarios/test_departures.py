"""Somebody leaves, and what they were to work needs an owner."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from bot.actions.imports import ImportInUse, undo_import
from bot.actions.own import OwnPreferences, change_own
from bot.domain.permissions import OPERATOR, Actor, Grant, Role
from bot.domain.wishes import Asking
from bot.sandbox import Shown
from bot.views.imports import in_the_way
from jobs.people import SYNC
from storage.tables import Departure
from tests.scenarios.covering import Covers
from tests.scenarios.swapping import ANA_FRI, BEN_SAT, BOT, SHIFTS, Floor
from tests.workplace import PEOPLE

NEXT = "Fri, Nov 13, 09:00–17:00 · mail"
OPS = "#ops"


class Leaving(Covers):
    """The floor of the covers, where people leave and come back; Ben is asked before Dev, and Cleo not at all."""

    def __init__(self, floor: Floor) -> None:
        super().__init__(floor)
        self.work.prefers(time_zone="Europe/Berlin")
        for name, asking in (("ben", Asking.GLADLY), ("cleo", Asking.NEVER)):
            actor = Actor(self.work.member(name).id, (Grant(Role.AGENT),))
            change_own(self.work.deps, self.work.sandbox.team_id, actor, OwnPreferences(asking=asking))

    def leaves(self, who: str = "ana") -> None:
        """Their account is deactivated."""
        self.work.changes(who, deleted=True)
        self.floor.settles()

    def returns(self, who: str = "ana") -> None:
        """It is there again."""
        self.work.changes(who, deleted=False)
        self.floor.settles()

    def needed(self) -> Shown:
        """The card of what needs an owner."""
        found = [each for each in self.work.person("cora").sees(OPS) if " has left." in each.text]
        assert len(found) == 1, found
        return found[0]

    def does(self, label: str, who: str = "cora", beside: str = "", confirm: bool | None = None) -> None:
        """Somebody presses a button of the card; ``confirm`` answers one that asks first."""
        person = self.work.person(who)
        person.presses(label, self.needed(), beside=beside, confirm=confirm)
        assert person.notices == []
        self.floor.settles()

    def gives_to(self, name: str, beside: str = ANA_FRI) -> None:
        """Cora gives a shift to somebody of the list."""
        self.does("Give to…", beside=beside)
        cora = self.work.person("cora")
        cora.picks("Who works it", name)
        cora.submits()
        assert cora.modal is None, cora.modal
        self.floor.settles()

    def departures(self) -> int:
        """How many are stored."""
        statement = select(func.count()).where(Departure.workspace_id == self.work.sandbox.team_id)
        with self.work.deps.sessions.read(self.work.sandbox.team_id) as session:
            return session.scalar(statement) or 0


@pytest.fixture
def leaving_everywhere(floor_everywhere: Floor) -> Leaving:
    return Leaving(floor_everywhere)


@pytest.fixture
def leaving(floor: Floor) -> Leaving:
    return Leaving(floor)


def test_the_shifts_of_who_leaves_find_an_owner_from_one_card(leaving_everywhere: Leaving) -> None:
    leaving = leaving_everywhere
    leaving.leaves()
    card = leaving.needed()
    assert card.text.splitlines() == [
        "@Ana Ruiz has left. 2 shifts need an owner",
        ANA_FRI,
        "1. @Ben Okafor: opted in, +8 h that week, never asked before, one skill beyond what it needs",
        "2. @Dev Rao: has not opted in, +8 h that week, never asked before, one skill beyond what it needs",
        NEXT,
        "1. @Ben Okafor: opted in, +8 h that week, never asked before, one skill beyond what it needs",
        "2. @Dev Rao: has not opted in, +8 h that week, never asked before, one skill beyond what it needs",
        "Times in Europe/Berlin",
    ]
    assert card.buttons == ["Offer to others", "Give to…"] * 2 + ["Offer all to others"]
    assert leaving.floor.works("ana") == []

    leaving.gives_to("1. Ben Okafor")
    card = leaving.needed()
    assert card.edited
    assert card.text.splitlines()[0] == "@Ana Ruiz has left. One shift needs an owner"
    assert "Has an owner" in card.text
    assert f"• {ANA_FRI} · @Ben Okafor" in card.text
    assert leaving.floor.works("ben") == ["Nov 6", "Nov 7", "Nov 14"]
    assert leaving.told("ben")[-1].startswith("Open shift 1 was taken by @Cora Lind for @Ben Okafor")

    leaving.does("Offer to others", beside=NEXT)
    assert "offered as open shift 2" in leaving.needed().text
    leaving.presses("dev", "Take all")
    assert leaving.needed().text.splitlines() == [
        "@Ana Ruiz has left. Nothing needs an owner any more.",
        "Has an owner",
        f"• {ANA_FRI} · @Ben Okafor",
        f"• {NEXT} · @Dev Rao",
        "Times in Europe/Berlin",
    ]
    assert leaving.needed().buttons == []


def test_all_are_offered_with_one_press_that_asks_first(leaving: Leaving) -> None:
    leaving.leaves()
    leaving.does("Offer all to others", confirm=False)
    assert leaving.states() == []
    leaving.does("Offer all to others", confirm=True)
    card = leaving.needed()
    assert [f"offered as open shift {number}" in card.text for number in (1, 2)] == [True, True]
    assert card.buttons == ["Give to…", "Give to…"]
    assert leaving.states() == ["open", "open"]
    assert leaving.floor.only_to("cora", OPS) == "2 shifts are offered to others now, a few at a time."


def test_what_is_offered_already_can_still_be_given(leaving: Leaving) -> None:
    leaving.leaves()
    leaving.does("Offer all to others", confirm=True)
    leaving.gives_to("1. Ben Okafor", NEXT)
    assert leaving.floor.works("ben") == ["Nov 7", "Nov 13", "Nov 14"]
    assert leaving.states() == ["open", "covered"]


def test_what_needs_approval_waits_on_the_card_for_somebody_else_to_decide(leaving: Leaving) -> None:
    leaving.floor.review()
    leaving.leaves()
    leaving.gives_to("2. Dev Rao")
    card = leaving.needed()
    assert "@Dev Rao took it, and it waits for approval" in card.text
    assert card.text.startswith("@Ana Ruiz has left. 2 shifts need an owner")
    assert leaving.floor.works("dev") == ["Nov 10"]


def test_what_giving_it_means_is_read_before(leaving: Leaving) -> None:
    leaving.floor.review()
    leaving.leaves()
    leaving.does("Give to…", beside=ANA_FRI)
    cora = leaving.work.person("cora")
    assert "For them" not in cora.sees_modal().text
    cora.picks("Who works it", "2. Dev Rao")
    form = cora.sees_modal()
    assert "For them\nWeek of Mon, Nov 2: 0 min → 8 h\nSomebody else has to approve it first." in form.text
    assert form.fields["Who works it"] == "2. Dev Rao"
    cora.submits()
    assert cora.modal is None
    leaving.floor.settles()
    assert "@Dev Rao took it, and it waits for approval" in leaving.needed().text


def test_what_waited_for_them_ends_with_news(leaving: Leaving) -> None:
    leaving.floor.proposes(returned=BEN_SAT)
    leaving.gives(text="nov 13")
    leaving.leaves()
    assert leaving.floor.card("ben", text="Swap 1").text.startswith("Swap 1 is void, because @Ana Ruiz has left.")
    assert leaving.states() == ["superseded"]
    assert leaving.card("dev").text.startswith("Cover 1 is void, because @Ana Ruiz has left.")
    assert leaving.card("dev").buttons == []


def test_what_they_took_and_nobody_approved_is_offered_to_others_again(leaving: Leaving) -> None:
    leaving.floor.review()
    leaving.gives("ana", "fri")
    leaving.presses("ben", "Take all")
    assert "waits for approval" in leaving.card("ana").text
    leaving.leaves("ben")
    assert leaving.card("ana").text.startswith("Cover 1 is open: nobody has taken it yet.")
    assert leaving.told("ana")[-1].startswith("Cover 1")
    assert leaving.floor.works("ana") == ["Nov 6", "Nov 13"]


def test_who_comes_back_gets_back_what_nobody_took(leaving_everywhere: Leaving) -> None:
    leaving = leaving_everywhere
    leaving.leaves()
    leaving.gives_to("1. Ben Okafor")
    leaving.does("Offer to others", beside=NEXT)
    leaving.returns()
    assert leaving.floor.works("ana") == ["Nov 13"]
    assert leaving.states() == ["covered", "superseded"]
    cora = leaving.work.person("cora")
    card = next(each for each in cora.sees(OPS) if each.text.startswith("@Ana Ruiz had left and is back."))
    assert card.buttons == []
    assert [each.text for each in cora.thread(card)[1:]] == [
        "@Ana Ruiz is back: one shift is theirs again. One shift stays with who took over."
    ]
    assert leaving.work.person("ana").last(BOT).text == "You are back, and one shift is yours again."


def test_the_nightly_look_at_slack_does_nothing_twice(leaving: Leaving) -> None:
    leaving.leaves()
    leaving.floor.runs(SYNC)
    leaving.leaves()
    assert leaving.departures() == 1
    assert leaving.needed().text.startswith("@Ana Ruiz has left. 2 shifts need an owner")


def test_what_has_begun_stays_as_it_is_and_who_has_nothing_ahead_leaves_no_card(leaving: Leaving) -> None:
    leaving.work.at("2026-11-13 12:00")
    leaving.leaves()
    assert leaving.floor.works("ana") == ["Nov 6", "Nov 13"]
    assert leaving.departures() == 0


def test_a_file_that_plans_anew_leaves_no_owner_to_be_found(leaving: Leaving) -> None:
    leaving.leaves()
    leaving.does("Offer all to others", confirm=True)
    others = [line for line in SHIFTS if not line.startswith("ana@")]
    moved = "ben@example.com,2026-11-06,09:00,17:00,Europe/Berlin,mail"
    leaving.work.shifts(*others, moved, replaced=(date(2026, 11, 6), date(2026, 11, 14)))
    leaving.floor.settles()
    assert leaving.needed().text.startswith("@Ana Ruiz has left. Nothing needs an owner any more.")
    assert leaving.states() == ["superseded", "superseded"]
    assert leaving.floor.works("ben") == ["Nov 6", "Nov 7", "Nov 14"]


def test_the_same_file_again_changes_nothing(leaving: Leaving) -> None:
    leaving.leaves()
    leaving.work.shifts(*SHIFTS, replaced=(date(2026, 11, 6), date(2026, 11, 14)))
    leaving.floor.settles()
    assert leaving.floor.works("ana") == []
    assert leaving.needed().text.startswith("@Ana Ruiz has left. 2 shifts need an owner")


def test_the_file_that_brought_the_shifts_can_not_be_undone_meanwhile(leaving: Leaving) -> None:
    leaving.leaves()
    with pytest.raises(ImportInUse) as refused:
        undo_import(leaving.work.deps, leaving.work.sandbox.team_id, OPERATOR, 2)
    assert "2 shifts" in in_the_way(2, refused.value.dependents)


def test_an_agent_finds_no_owner_for_others(leaving: Leaving) -> None:
    leaving.leaves("dev")
    leaving.does("Offer to others", who="ana")
    assert leaving.floor.only_to("ana", OPS).startswith("Leads, coordinators and managers find an owner")
    assert leaving.states() == []


def test_a_people_file_that_names_an_account_that_is_gone_makes_somebody_leave(leaving: Leaving) -> None:
    leaving.work.sandbox.invite("old", real_name="Old Ana", tz="Europe/Berlin")
    leaving.work.changes("old", deleted=True)
    file = PEOPLE.replace("timezone\n", "timezone,slack_id\n")
    old = leaving.work.sandbox.user_id("old")
    lines = [f"{line},{old}" if line.startswith("ana@") else line for line in file.splitlines()]
    leaving.work.people("\n".join(lines))
    leaving.floor.settles()
    assert leaving.floor.works("ana") == []
    assert "2 shifts need an owner" in leaving.work.person("cora").last(OPS).text


def test_a_shift_that_is_edited_after_its_owner_has_left_stays_without_one(leaving: Leaving) -> None:
    leaving.leaves()
    cora = leaving.work.person("cora")
    cora.types("/shifts edit @ana fri")
    cora.chooses("⋯", "Change…", beside="Fri, Nov 6")
    cora.picks("Start", "11:00")
    cora.picks("End", "19:00")
    cora.submits()
    said = "@Ana Ruiz has left Slack: nobody works what is planned for them until it is given"
    assert said in cora.sees_modal("Change").text
    cora.submits()
    leaving.floor.settles()
    assert leaving.floor.works("ana") == []
    card = leaving.needed()
    assert "Fri, Nov 6, 11:00–19:00 · mail" in card.text
    assert [each.text for each in cora.thread(card)[1:]] == [
        "The schedule has changed: one shift planned for @Ana Ruiz, who has left, needs an owner."
    ]


def test_whoever_it_was_given_to_declines_with_one_press_and_the_card_is_alive_again(
    leaving_everywhere: Leaving,
) -> None:
    leaving = leaving_everywhere
    leaving.leaves()
    leaving.gives_to("1. Ben Okafor")
    assert leaving.card("ben").text.startswith("Open shift 1 is covered by you.")
    leaving.presses("ben", "Undo")
    leaving.turns()
    assert leaving.card("ben").text.startswith("Open shift 1 is undone by @Ben Okafor.")
    card = leaving.needed()
    assert card.text.splitlines()[:4] == [
        "@Ana Ruiz has left. 2 shifts need an owner",
        ANA_FRI,
        "Declined by @Ben Okafor",
        "1. @Dev Rao: has not opted in, +8 h that week, never asked before, one skill beyond what it needs",
    ]
    assert card.buttons == ["Offer to others", "Give to…"] * 2 + ["Offer all to others"]
    assert [each.text for each in leaving.work.person("cora").thread(card)[1:]] == [
        f"@Ben Okafor declined: {ANA_FRI} needs an owner again. Nobody else is asked."
    ]
    assert [each for each in leaving.work.person("dev").sees(BOT) if "Open shift" in each.text] == []


def test_what_waits_for_approval_and_is_given_back_is_offered_to_nobody_by_itself(leaving: Leaving) -> None:
    leaving.floor.review()
    leaving.leaves()
    leaving.gives_to("1. Ben Okafor")
    leaving.presses("ben", "Give back")
    leaving.turns()
    assert leaving.card("ben").text.startswith("Open shift 1 is given back by @Ben Okafor.")
    assert leaving.told("cora")[-1] == "Open shift 1 was given back by @Ben Okafor. Nobody works it."
    assert "Declined by @Ben Okafor" in leaving.needed().text
    assert leaving.states() == ["withdrawn"]


def test_who_waits_for_approval_reads_that_the_owner_is_back(leaving: Leaving) -> None:
    leaving.floor.review()
    leaving.leaves()
    leaving.gives_to("1. Ben Okafor")
    leaving.returns()
    assert leaving.floor.works("ana") == ["Nov 6", "Nov 13"]
    assert leaving.card("ben").text.startswith("Open shift 1 is void")
    assert leaving.card("ben").buttons == []
    assert "Open shift 1" in leaving.told("ben")[-1]


def test_many_shifts_that_are_offered_at_once_are_no_pile_of_messages_for_anybody(leaving: Leaving) -> None:
    days = (16, 17, 18, 19, 20)
    leaving.work.shifts(*(f"ana@example.com,2026-11-{day},09:00,17:00,Europe/Berlin,mail" for day in days))
    leaving.floor.settles()
    leaving.leaves()
    leaving.does("Offer all to others", confirm=True)
    assert leaving.states() == ["open"] * 7
    assert [len(leaving.cards(who)) for who in ("cora", "ben", "dev")] == [0, 3, 3]
    assert leaving.needed().text.count("offered as open shift") == 7
    leaving.presses("dev", "Take all")
    assert "Has an owner" in leaving.needed().text
    assert leaving.cards("cora") == []
    leaving.work.sandbox.clock.set(leaving.work.deps.clock() + timedelta(minutes=31))
    leaving.turns()
    assert [len(leaving.cards(who)) for who in ("cora", "ben", "dev")] == [0, 6, 6]
