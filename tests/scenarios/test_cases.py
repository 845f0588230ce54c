"""Cases: opened, looked at, waited with, closed, opened again; and what everybody reads of it."""

import pytest

from bot.domain.cases import By, Happening, Kind, Priority, State
from bot.domain.cases_new import NewCase
from tests.scenarios.casework import Cases
from tests.scenarios.swapping import BOT, Floor


@pytest.fixture
def cases(floor: Floor) -> Cases:
    return Cases(floor)


def test_a_case_is_opened_by_the_form_and_worked_to_its_end(floor_everywhere: Floor) -> None:
    cases = Cases(floor_everywhere)
    work, ana, cora = cases.work, cases.work.person("ana"), cases.work.person("cora")
    cora.types("/case new Refund is 12 days late")
    form = cora.sees_modal("A new case")
    assert form.fields["What is it about"] == "Refund is 12 days late"
    cora.fills("Customer", "ACME Ltd")
    cora.picks("Priority", "High")
    cora.picks("Queue", "mail")
    cora.picks("Owner", "ana")
    cora.fills("Tags", "refund, vip, refund")
    cora.fills("Note", "Their bank asked twice.")
    cora.submits()
    assert cora.sees_modal("A new case").text == "Case 1 is open."
    cora.closes()
    cases.floor.settles()

    card = cases.card("ana")
    assert card.text.splitlines()[:2] == [
        "Opened for you: case 1, “Refund is 12 days late”",
        "New · high priority · mail · owner @Ana Ruiz",
    ]
    assert "Customer ACME Ltd · tags refund, vip" in card.text
    assert card.labels == ["I replied…", "Wait…", "Assign…", "Escalate…", "Close…", "More…"]
    assert "First reply: 0 min used of 2 h; due Mon, Nov 2, 14:00" in card.text
    assert "@Cora Lind noted: “Their bank asked twice.”" in card.text
    assert card.notification.startswith("Opened for you: case 1, “Refund is 12 days late” · due Mon, Nov 2, 14:00")

    ana.presses("I replied…", card)
    reply = ana.sees_modal("You replied")
    assert reply.fields["How it stands now"] == "It waits for the customer"
    ana.submits()
    assert "Noted: the customer has a reply. Case 1 waits for the customer now." in ana.sees_modal().text
    ana.closes()
    cases.floor.settles()
    assert "First reply: 0 min used of 2 h; in time, Mon, Nov 2, 12:00" in ana.refreshed(card).text
    assert "Waits for the customer" in ana.refreshed(card).text

    said = work.asks("ana", "/case wait 1 bill")
    assert said.text.splitlines() == [
        "Case 1 waits for Billing now.",
        "Nobody at Billing was asked by this: Escalate… asks them.",
    ]
    assert said.buttons == ["Undo", "Escalate…"]
    cases.floor.settles()
    assert "Waits for Billing" in ana.refreshed(card).text
    assert work.presses("ana", "Undo", said).text == "Undone. Case 1 waits for the customer now."
    cases.floor.settles()
    ana.chooses("More…", "Customer wrote", ana.refreshed(card))
    cases.floor.settles()
    assert "Open · high priority" in ana.refreshed(card).text

    ana.presses("Close…", ana.refreshed(card))
    ana.sees_modal("Close a case")
    ana.fills("Note", "Refunded by hand")
    ana.submits()
    assert ana.sees_modal().text.startswith("Case 1 is solved now.")
    ana.closes()
    cases.floor.settles()
    closed = ana.refreshed(card)
    assert "Solved" in closed.text
    assert closed.buttons == ["Reopen…", "Log"]
    ana.presses("Log", closed)
    log = cases.floor.only_to("ana").splitlines()
    assert log[1:4] == [
        "• Mon, Nov 2, 12:00 · @Ana Ruiz solved it",
        "• Mon, Nov 2, 12:00 · @Ana Ruiz noted: “Refunded by hand”",
        "• Mon, Nov 2, 12:00 · The customer wrote, so it is the team’s turn",
    ]
    assert "• Mon, Nov 2, 12:00 · @Ana Ruiz took that back: it waits for the customer" in log
    ana.presses("Reopen…", closed)
    ana.sees_modal("Reopen a case")
    ana.picks("Why it is open again", "The customer came back")
    ana.submits()
    ana.closes()
    cases.floor.settles()
    assert "came back once" in ana.refreshed(card).text

    audit = work.asks("cora", "/floor audit case 1").text
    assert "@Cora Lind · opened case 1 · new" in audit
    assert "@Ana Ruiz · said how case 1 stands · open → solved" in audit
    assert "@Ana Ruiz · wrote a note on case 1" in audit
    assert "Refunded by hand" not in audit


def test_what_is_said_about_a_case_stands_below_its_owners_card(cases: Cases) -> None:
    work, ben = cases.work, cases.work.person("ben")
    ana = work.member("ana")
    cases.opens(NewCase("Where is it?", owner_id=ana.id))
    said = work.asks("ben", "/case note 1 The parcel is in Leipzig & safe")
    assert said.text == "Noted on case 1."
    shown = work.asks("ben", "/case 1")
    assert "@Ben Okafor noted: “The parcel is in Leipzig & safe”" in shown.text
    assert "Wait…" in shown.buttons

    ben.presses("Wait…", shown)
    ben.sees_modal("What it waits for")
    ben.picks("It waits for", "The customer")
    ben.fills("Note", "Asked for the address")
    ben.submits()
    ben.closes()
    assert "Waits for the customer" in ben.refreshed(shown).text  # the card that was looked up is drawn anew
    assert cases.stands().state is State.PENDING


def test_a_case_is_found_by_its_own_number_and_by_the_helpdesks(cases: Cases) -> None:
    cases.mirrors()
    theirs = NewCase(
        "Login fails",
        customer="Globex",
        source="zendesk",
        external_id="35436",
        external_url="https://acme.zendesk.com/agent/tickets/35436",
    )
    cases.opens(theirs)
    for typed in ("1", "#1", "35436", "zendesk 35436", "Zendesk #35436"):
        assert "Case 1, “Login fails” (Zendesk 35436)" in cases.work.asks("dev", f"/case {typed}").text, typed
    assert cases.work.asks("dev", "/case freshdesk 35436").text.startswith("There is no case “freshdesk 35436”")
    assert cases.work.asks("dev", "/case 2").text.startswith(
        "There is no case “2”, by my number or by a helpdesk's."
    )

    shown = cases.work.asks("dev", "/case 1")
    assert "I replied…" not in shown.buttons
    assert cases.work.asks("dev", "/case wrote 1").text.startswith("I read the messages of this case from Zendesk")
    gone = Happening(Kind.GONE, {"gone": True}, By.HELPDESK, external_id="7")
    cases.happens(1, gone)
    deleted = cases.work.asks("dev", "/case 1")
    assert "Deleted in the helpdesk" in deleted.text
    assert "Close…" not in deleted.buttons
    assert cases.work.asks("dev", "/case working 1").text.startswith("It is closed, or deleted in the helpdesk")


def test_a_message_becomes_a_case_with_its_first_line_and_its_link(cases: Cases) -> None:
    ana, dev = cases.work.person("ana"), cases.work.person("dev")
    dev.types("The printer at ACME & Sons burns\nplease hurry", "#floor")
    ana.shortcut("Make a case", ana.sees("#floor")[-1])
    form = ana.sees_modal("A new case")
    assert form.fields["What is it about"] == "The printer at ACME & Sons burns"
    assert "Made of this message" in form.text
    ana.submits()
    assert ana.sees_modal().text == "Case 1 is open, and nobody has it yet."
    ts = ana.sees("#floor")[-1].ts.replace(".", "")
    assert (cases.stands().named.url or "").endswith(f"/archives/{cases.work.sandbox.channel_id('#floor')}/p{ts}")
    assert cases.stands().log[-1].who is not None

    dev.types("```\n- ask @ben <!channel> *again*\n```", "#floor")
    ana.closes(everything=True)
    ana.shortcut("Make a case", ana.sees("#floor")[-1])
    assert ana.sees_modal("A new case").fields["What is it about"] == "ask @Ben Okafor <!channel> again"
    ana.closes(everything=True)

    carl = cases.work.person("carl")
    carl.types("help me", BOT)
    cases.floor.settles()
    carl.shortcut("Make a case", carl.sees(BOT)[0])
    assert carl.modal is None


def test_where_no_case_is_named_it_is_the_only_one_or_it_is_searched(cases: Cases) -> None:
    ana, mine = cases.work.person("ana"), cases.work.member("ana").id
    cases.opens(NewCase("Where is my parcel?", customer="ACME", owner_id=mine))
    ana.types("/case wait customer")
    form = ana.sees_modal("What it waits for")
    assert "Case 1, “Where is my parcel?”" in form.text
    assert form.fields["It waits for"] == "The customer"
    ana.closes()
    ana.types("/case wait 1 the moon")
    assert "I know no department “the moon”. Choose what it waits for." in ana.sees_modal().text
    ana.closes()

    cases.opens(NewCase("Invoice twice", customer="Globex", owner_id=mine, priority=Priority.URGENT))
    ana.types("/case close")
    ana.sees_modal("Close a case")
    ana.submits()
    assert ana.sees_modal().errors == {"Case": "Please complete this required field."}
    assert ana.searches("Case", "glob") == ["2 Invoice twice"]
    assert ana.searches("Case", "PARCEL") == ["1 Where is my parcel?"]
    assert ana.searches("Case", "") == ["2 Invoice twice", "1 Where is my parcel?"]  # what is due first
    assert ana.searches("Case", "100%") == []
    ana.picks("Case", "2 Invoice twice")
    ana.submits()
    assert ana.sees_modal().text.startswith("Case 2 is solved now.")
    assert cases.stands(2).state is State.SOLVED


def test_the_record_is_put_right_and_what_others_changed_meanwhile_stays(cases: Cases) -> None:
    ana = cases.work.person("ana")
    cases.opens(NewCase("Typo", customer="ACME", tags=("a",)))
    shown = cases.work.asks("ana", "/case 1")
    ana.chooses("More…", "Edit…", shown)
    form = ana.sees_modal("Edit case 1")
    assert form.fields["Tags"] == "a"
    cases.amends(1, category="refund")
    ana.fills("What is it about", "Refund is late")
    ana.picks("Priority", "Urgent")
    ana.fills("Customer", "")
    ana.submits()
    assert ana.sees_modal().text == "The record of case 1 is saved."
    ana.closes()
    now = cases.stands()
    assert (now.named.title, now.priority, now.customer, now.category) == (
        "Refund is late",
        Priority.URGENT,
        None,
        "refund",
    )
    assert "urgent priority" in ana.refreshed(shown).text
    assert "changed its record: customer, title" in ana.refreshed(shown).text


def test_home_shows_the_cases_that_are_due_first_and_the_way_to_all(cases: Cases) -> None:
    ana, mine = cases.work.person("ana"), cases.work.member("ana").id
    for number in range(1, 5):
        priority = Priority.URGENT if number == 4 else Priority.NORMAL
        cases.opens(NewCase(f"Matter {number}", owner_id=mine, priority=priority))
    ana.opens_home()
    cases.floor.settles()
    home = ana.home()
    text = home.text[home.text.index("My cases · 4") :]
    assert text.index("Case 4, “Matter 4”") < text.index("Case 1, “Matter 1”")
    assert "Matter 3" not in text
    ana.presses("All my cases", home)
    assert "Matter 3" in ana.sees_modal("My cases").text
    ana.closes()
    ana.presses("Show", ana.home(), beside="Matter 4")
    assert "First reply: 0 min used" in ana.sees_modal().text


def test_who_works_no_cases_and_what_makes_no_sense_is_answered(cases: Cases) -> None:
    work = cases.work
    assert work.asks("carl", "/case 1").text.startswith("Cases are for those who work in support here.")
    assert work.asks("ana", "/case blurb").text.splitlines()[0] == "I did not understand “blurb”."
    said = work.asks("ana", "/case help").text
    for form in ("new", "12", "wait 12 billing", "close 12", "mine", "aging", "assign 12", "followup 12"):
        assert f"/case {form} – " in said, form
    assert work.asks("ana", "/case log").text == "Which case? /case log 12"
    assert work.asks("ana", "/case").text.startswith("Your open cases: none.")


def test_who_closes_a_case_reads_first_what_is_still_open_about_it(cases: Cases) -> None:
    ana, work = cases.work.person("ana"), cases.work
    cases.opens(NewCase("Refund is late", owner_id=work.member("ana").id))
    ana.types("/case close 1")
    assert "Still open" not in ana.sees_modal("Close a case").text
    ana.closes()

    ana.types("/case followup 1")
    ana.fills("What the customer was promised", "The money by Friday")
    ana.submits()
    ana.closes(everything=True)
    ana.types("/escalate 1")
    ana.picks("Department", "Billing")
    ana.fills("Question", "When is it paid?")
    ana.submits()
    ana.closes(everything=True)
    ana.types("/case close 1")
    asked = ana.sees_modal("Close a case").text
    assert "Promises to the customer: 1. Solved, they stay until the customer has heard; closed for good" in asked
    assert "Escalation 1 to Billing. Nobody is asked about it any more" in asked
    ana.submits()
    assert "They stay until the customer has heard." in ana.sees_modal("Close a case").text


def test_who_says_something_of_a_case_reads_what_is_still_to_be_done(cases: Cases) -> None:
    work, ana = cases.work, cases.work.person("ana")
    ana.types("/case new The invoice is missing")
    ana.sees_modal("A new case")
    ana.submits()
    made = ana.sees_modal("A new case")
    assert made.text == "Case 1 is open, and nobody has it yet."
    assert made.buttons == ["Show", "Assign…"]
    ana.closes()
    nobodys = work.asks("ana", "/case working 1")
    assert nobodys.text.splitlines() == [
        "Noted: you are working on case 1.",
        "It is nobody's yet: Assign… gives it to you or to somebody else.",
    ]
    assert work.asks("ana", "/case wrote 1").text == "Noted: the customer wrote about case 1."
    ana.presses("Assign…", nobodys)
    ana.picks("To whom", "ana")
    ana.submits()
    ana.closes()
    assert work.asks("ana", "/case working 1").text == "Noted: you are working on case 1."


def test_what_is_solved_is_opened_again_before_more_is_done_about_it(cases: Cases) -> None:
    cases.opens(NewCase("Refund is late"))
    assert cases.work.asks("ana", "/case reopen 1").text == "Case 1 is open, so there is nothing to reopen."
    cases.happens(1, Happening(Kind.STATE, {"state": State.SOLVED}))
    for typed in ("/case wait billing 1", "/case working 1"):
        said = cases.work.asks("ana", typed).text
        assert said == "Case 1 is solved. If there is more to do, open it again first: Reopen… on its card.", typed
    assert cases.stands().reopened == 0
    assert cases.work.asks("ana", "/case log 7").text.startswith("There is no case “7”")


def test_a_message_that_was_noted_by_mistake_is_taken_back_with_its_clock(cases: Cases) -> None:
    def clocks() -> dict[str, str]:
        return {each.metric.value: each.mode.value for each in cases.stands().clocks}

    cases.opens(NewCase("Refund is late"))
    before = clocks()
    ana = cases.work.person("ana")
    ana.types("/case replied 1")
    ana.submits()
    assert clocks()["first reply"] == "met"
    ana.presses("Undo")
    assert ana.sees_modal().text == "Undone. Case 1 is new now."
    assert (clocks(), cases.stands().state) == (before, State.NEW)
    ana.closes()
    wrote = cases.work.asks("ana", "/case wrote 1")
    assert cases.work.presses("ana", "Undo", wrote).text == "Undone. Case 1 is new now."
    log = cases.work.asks("ana", "/case log 1").text
    assert "The customer had not written, after all" in log
    assert "@Ana Ruiz had not replied, after all" in log


def test_nobody_opens_a_case_for_who_works_none(cases: Cases) -> None:
    ana = cases.work.person("ana")
    ana.types("/case new Refund is late")
    ana.picks("Owner", "carl")
    ana.submits()
    assert ana.sees_modal().errors["Owner"].startswith("They do not work on cases here")
    ana.picks("Owner", "ben")
    ana.submits()
    assert ana.sees_modal().text.startswith("Case 1 is open")


def test_who_comes_second_reads_how_it_stands_and_what_can_be_done(cases: Cases) -> None:
    ana, work = cases.work.person("ana"), cases.work
    cases.opens(NewCase("Refund is late"))
    shown = work.asks("ana", "/case 1")
    ana.types("/case close 1")
    ana.sees_modal("Close a case")
    work.asks("ben", "/case wait 1 customer")
    cases.happens(1, Happening(Kind.STATE, {"state": State.CLOSED}))
    ana.submits()
    assert "What is closed here can be opened again: Reopen… on its card." in ana.sees_modal().text
    ana.closes(everything=True)
    ana.presses("Wait…", shown)
    ana.reads("Case 1 is closed. If there is more to do, open it again first: Reopen… on its card.", "#general")
    assert ana.refreshed(shown).buttons == ["Reopen…"]
