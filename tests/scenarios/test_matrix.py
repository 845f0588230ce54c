"""The escalation matrix: a change says why, a second person approves it, and what held before comes back."""

import pytest

from bot.domain.cases import Priority
from bot.domain.cases_new import NewCase
from bot.sandbox import Modal, Shown
from tests.scenarios.asking import BILLING, Asking
from tests.scenarios.swapping import BOT, Floor

OPS, TITLE = "#ops", "Escalation matrix"


class Desk(Asking):
    """Cora coordinates, and so does Cleo; Ben is the contact whom billing's refunds go to."""

    def __init__(self, floor: Floor) -> None:
        super().__init__(floor)
        self.work.people(
            "email,name,role,team,skills,timezone\ncleo@example.com,Cleo Hart,coordinator,,,America/New_York\n"
        )

    def opens(self, who: str = "cora") -> Modal:
        person = self.work.person(who)
        person.types("/floor matrix")
        return person.sees_modal(TITLE)

    def adds(self, who: str = "cora", why: str = "Ben knows refunds best", **picked: str) -> Modal:
        """Proposes a row for refunds."""
        person = self.work.person(who)
        person.presses("Add a row…")
        person.sees_modal(TITLE)
        person.picks("Department", "Billing")
        person.fills("Cases of the category", "refunds")
        for label, option in picked.items():
            person.picks(label, option)
        person.fills("Why", why)
        person.submits()
        return person.sees_modal(TITLE)

    def card(self, who: str = "cleo", where: str = OPS) -> Shown:
        return self.work.person(who).reads("of the escalation matrix", where)


@pytest.fixture
def desk(floor: Floor) -> Desk:
    return Desk(floor)


def test_a_change_is_proposed_approved_by_a_second_person_and_brought_back(floor_everywhere: Floor) -> None:
    desk = Desk(floor_everywhere)
    cora, cleo = desk.work.person("cora"), desk.work.person("cleo")
    listed = desk.opens()
    assert "nobody has made a matrix" in listed.text
    assert "Billing → Billing · usual times" in listed.text
    after = desk.adds(Contact="Ben Okafor", Severity="2 · high")
    assert "Change 1 is proposed. A second person approves it" in after.text
    assert "Somebody else approves it." in after.text
    cora.closes(everything=True)
    desk.floor.settles()

    card = desk.card()
    assert card.text.splitlines()[:3] == [
        "Change 1 of the escalation matrix by @Cora Lind waits for a second person",
        "Why: “Ben knows refunds best”",
        "• New: refunds, severity 2 (high) → Billing (@Ben Okafor first) · owned within 1 h, answered within 8 h, "
        "goes up after 2 h of silence",
    ]
    cora.presses("Approve", card)
    assert "You proposed this change, so somebody else approves it." in cora.sees(OPS)[-1].text
    cleo.presses("Approve", card)
    desk.floor.settles()
    assert "is in force · @Cleo Hart" in desk.card().text
    assert "@Cleo Hart approved your change 1" in cora.reads("approved your change", BOT).text

    # What is asked from now on goes by it.
    owner = desk.work.member("ana").id
    desk.cases.opens(NewCase("Paid twice", category="Refunds", priority=Priority.HIGH, owner_id=owner))
    ana = desk.work.person("ana")
    ana.types("/escalate 2")
    ana.sees_modal("Escalate")
    ana.fills("Question", "Who pays it back?")
    ana.submits()
    assert "Escalation 1 is with Billing." in ana.sees_modal("Escalate").text
    ana.closes()
    desk.floor.settles()
    assert (
        "own it by Mon, Nov 2, 12:00, answer by Tue, Nov 3, 11:00"
        in desk.work.person("ben").reads("Paid twice", BILLING).text
    )

    desk.opens()
    cora.chooses("⋯", "Remove…", beside="refunds")
    cora.sees_modal(TITLE)
    cora.fills("Why", "It was a mistake")
    cora.submits()
    cora.closes(everything=True)
    desk.opens("cleo")
    cleo.presses("Approve")
    assert "Change 2 holds from now on." in cleo.sees_modal(TITLE).text
    cleo.presses("Bring back…", beside="Change 1")
    cleo.sees_modal(TITLE)
    cleo.fills("Why", "It was none")
    cleo.submits()
    cleo.closes(everything=True)
    desk.floor.settles()
    back = cora.reads("which brings back version 1", OPS)
    cora.presses("Decline…", back)
    cora.sees_modal(TITLE)
    cora.fills("Why", "Wait for Ben")
    cora.submits()
    assert "Change 3 is declined." in cora.sees_modal(TITLE).text
    cora.closes()
    desk.floor.settles()
    assert "@Cora Lind declined your change 3" in cleo.reads("declined your change", BOT).text
    assert "“Wait for Ben”" in cora.reads("which brings back version 1", OPS).text


def test_one_change_waits_at_a_time_and_its_author_goes_on_with_it(desk: Desk) -> None:
    cora, cleo = desk.work.person("cora"), desk.work.person("cleo")
    desk.opens()
    desk.adds()
    desk.adds(why="Parcels, too", Severity="1 · critical")
    assert "Change 2" in cora.sees_modal(TITLE).text
    cora.closes(everything=True)
    desk.opens("cleo")
    assert "Change 1 of somebody else" not in cleo.sees_modal(TITLE).text
    after = desk.adds("cleo")
    assert "Change 2 of somebody else waits for approval." in after.text
    cleo.closes(everything=True)
    desk.opens()
    cora.presses("Take back")
    assert "Change 2 is taken back." in cora.sees_modal(TITLE).text


def test_a_row_needs_all_three_times_or_none_and_a_contact_of_its_department(desk: Desk) -> None:
    cora = desk.work.person("cora")
    desk.opens()
    cora.presses("Add a row…")
    cora.sees_modal(TITLE)
    cora.picks("Department", "Billing")
    cora.fills("Hours until somebody owns it", "2")
    cora.fills("Why", "Sooner")
    cora.submits()
    assert "Fill in all three, or none of them." in str(cora.sees_modal(TITLE))
    cora.fills("Hours until it is answered", "1")
    cora.fills("Hours of silence until the next hears of it", "1")
    cora.submits()
    assert "It cannot be answered before somebody owns it." in str(cora.sees_modal(TITLE))
    cora.fills("Hours until it is answered", "8")
    cora.picks("Contact", "Carl Holm")
    cora.submits()
    assert "This person is not of the department above." in str(cora.sees_modal(TITLE))
    cora.picks("Contact", "Ben Okafor")
    cora.submits()
    assert "owned within 2 h, answered within 8 h, goes up after 1 h" in cora.sees_modal(TITLE).text


def test_only_who_runs_the_desk_changes_it(desk: Desk) -> None:
    ana = desk.work.person("ana")
    ana.types("/floor matrix")
    assert ana.modal is None
    assert "say where questions to departments go" in ana.sees("#general")[-1].text
