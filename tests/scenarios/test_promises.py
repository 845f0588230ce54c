"""Following up what a customer was promised: the promise, the draft that a person sends, what is left to do."""

import pytest

from bot.domain.cases_new import NewCase
from tests.scenarios.casework import Cases
from tests.scenarios.swapping import Floor


@pytest.fixture
def cases(floor: Floor) -> Cases:
    return Cases(floor)


def test_a_customer_is_promised_to_hear_and_hears_from_a_person(cases: Cases) -> None:
    work, ana = cases.work, cases.work.person("ana")
    owner = work.member("ana").id
    cases.opens(NewCase("Refund is late", customer="ACME Ltd", owner_id=owner))

    ana.types("/case followup 1 The refund, or why not")
    form = ana.sees_modal("Follow up")
    assert form.text.startswith("Case 1, “Refund is late”")
    assert form.fields["What the customer was promised"] == "The refund, or why not"
    assert form.fields["Who sees to it"] == work.sandbox.user_id("ana")
    ana.picks("By when: day", "2026-11-01")
    ana.submits()
    assert "This is over already" in ana.sees_modal("Follow up").errors["By when: day"]
    ana.picks("By when: day", "2026-11-03")
    ana.picks("By when: time", "15:00")
    ana.submits()
    said = ana.sees_modal("Follow up").text
    assert "Promised for Tue, Nov 3, 15:00 · @Ana Ruiz: “The refund, or why not”" in said
    ana.closes()

    listed = work.asks("ana", "/case followup")
    assert listed.text.startswith("You see to 1 promise to a customer")
    assert listed.buttons == ["Write to customer…", "Move…", "Take back", "Follow up…"]
    card = work.asks("ana", "/case 1")
    assert "• Promised for Tue, Nov 3, 15:00 · @Ana Ruiz: “The refund, or why not”" in card.text

    ana.presses("Write to customer…", listed)
    draft = ana.sees_modal("Write to the customer")
    assert "I send customers nothing" in draft.text
    assert draft.fields["To the customer"].startswith("Hello ACME Ltd,\n\nwe promised to get back to you by Tue")
    ana.picks("Begin with", "It is solved")
    assert "“Refund is late” is solved" in ana.sees_modal("Write to the customer").fields["To the customer"]
    ana.fills("To the customer", "Hello ACME, your money is on its way.")
    ana.submits()
    assert "The draft for case 1, “Refund is late” is kept. Nothing was sent" in ana.sees_modal().text
    ana.closes()
    ana.presses("Write to customer…", listed)
    again = ana.sees_modal("Write to the customer")
    assert again.fields["To the customer"] == "Hello ACME, your money is on its way."
    ana.picks("Now", "I have sent it")
    ana.submits()
    assert "The customer has heard, Mon, Nov 2" in ana.sees_modal().text
    assert "not confirmed yet" in ana.sees_modal().text
    ana.closes()
    assert "First reply: 0 min used of 4 h; in time" in work.asks("ana", "/case 1").text.replace("\xa0", " ")

    assert "@Ana Ruiz told the customer what was promised, in time" in work.asks("ana", "/case 1").text
    listed = work.asks("ana", "/case followup")
    assert listed.buttons == ["Customer confirmed", "Follow up…"]
    ana.presses("Customer confirmed", listed)
    assert "; confirmed · @Ana Ruiz: “The refund, or why not”" in ana.last().text
    assert work.asks("ana", "/case followup").text.startswith("You owe no customer an answer")


def test_a_promise_is_moved_given_away_and_taken_back(cases: Cases) -> None:
    work, ana = cases.work, cases.work.person("ana")
    cases.opens(NewCase("Refund is late"))
    ana.types("/case followup 1")
    ana.fills("What the customer was promised", "An answer of billing")
    ana.submits()
    ana.closes()
    listed = work.asks("ana", "/case followup")
    ana.presses("Move…", listed)
    ana.picks("By when: day", "2026-11-05")
    ana.picks("Who sees to it", "ben")
    ana.submits()
    assert "Promised for Thu, Nov 5" in ana.sees_modal("Move a promise").text
    assert "@Ben Okafor" in ana.sees_modal("Move a promise").text
    ana.closes()
    assert work.asks("ana", "/case followup").text.startswith("You owe no customer")
    theirs = work.asks("ben", "/case followup")
    ben = work.person("ben")
    ben.presses("Take back", theirs)
    assert "The promise for Thu, Nov 5" in ben.last().text
    assert "was taken back" in ben.last().text
    ben.presses("Write to customer…", theirs)
    assert ben.last().text.startswith("This promise is settled already")


def test_a_case_that_there_is_not_is_said_and_who_is_not_of_the_floor_promises_nothing(cases: Cases) -> None:
    assert "77" in cases.work.asks("ana", "/case followup 77").text
    cases.work.people("email,name,role,team\ncarl@example.com,Carl Holm,contact,Logistics\n")
    assert "followup" not in cases.work.asks("carl", "/case followup").text
