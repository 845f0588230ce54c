"""Escalations: a question to another department, from the form to the outcome, and what both sides read of it."""

import pytest

from bot.domain.cases_new import NewCase
from tests.scenarios.asking import BILLING, Asking
from tests.scenarios.swapping import BOT, Floor


@pytest.fixture
def asking(floor: Floor) -> Asking:
    return Asking(floor)


@pytest.fixture
def everywhere(floor_everywhere: Floor) -> Asking:
    return Asking(floor_everywhere)


def test_a_question_is_asked_owned_promised_answered_and_closed(everywhere: Asking) -> None:
    asking, ben, ana = everywhere, everywhere.work.person("ben"), everywhere.work.person("ana")
    asking.asks()
    card = asking.card()
    assert card.text.splitlines()[:6] == [
        "Escalation 1 · case 1, “Refund is late”",
        "For Billing · severity 3 (normal) · customer ACME Ltd",
        "@Ana Ruiz asks:",
        "Where is the refund?",
        "It was due on Friday.",
        "Nobody owns it yet · own it by Mon, Nov 2, 15:00, answer by Wed, Nov 4, 11:00",
    ]
    assert card.buttons == ["Own", "Give ETA…", "Need info…", "Answer…", "Not ours…"]
    assert "Waits for Billing" in asking.cases.card("ana").text
    asking.reads("Escalation 1 to Billing")

    asking.presses("ben", "Own", card)
    card = asking.card()
    assert "Owned by @Ben Okafor" in card.text
    # A second press, as by a slow finger, does nothing; somebody else reads who was first.
    assert card.buttons[0] == "Take over"
    ben.presses("Take over", card)
    assert ben.sees(BILLING)[-1].text == "You own it already. Give a time, or answer it."

    ben.presses("Give ETA…", card)
    ben.sees_modal("Promise an answer")
    ben.picks("Day", "2026-11-01")
    ben.submits()
    assert "That time is over already." in str(ben.sees_modal())
    ben.picks("Day", "2026-11-03")
    ben.picks("At", "15:00")
    ben.submits()
    asking.floor.settles()
    assert "promised for Tue, Nov 3, 15:00" in asking.card().text
    assert "Billing promises an answer to escalation 1 by Tue, Nov 3, 16:00." in asking.reads("promises").text

    asking.writes("ben", "Answer…", "Your answer", "It went out today.\nIt takes two days.", asking.card())
    card = asking.card()
    assert card.buttons == []
    assert "Answered by @Ben Okafor" in card.text
    told = asking.reads("A draft for the customer")
    assert "Hello ACME Ltd," in told.text
    assert "It takes two days." in told.text
    assert "I send nothing to customers" in told.text
    # It is the team's turn again.
    assert "Open · owner @Ana Ruiz" in asking.cases.card("ana").text
    assert " · Billing answered, so it is open again" in asking.cases.card("ana").text

    ana.presses("Close…", asking.reads("Escalation 1 to Billing"))
    ana.sees_modal("Close the escalation")
    ana.picks("Cause", "Something else")
    ana.submits()
    assert "Say in words what it came from." in str(ana.sees_modal())
    ana.fills("In words", "The bank was closed.")
    ana.submits()
    asking.floor.settles()
    assert "cause: Something else" in asking.card().text
    assert "Escalation 1 was closed by @Ana Ruiz" in asking.reads("closed by", "ben", BILLING).text
    assert "Escalation" not in asking.cases.card("ana").text.split("•")[0]
    audit = asking.work.asks("cora", "/floor audit case 1").text
    for step in ("asked another department", "took the question on", "closed the escalation"):
        assert f" · {step}, case 1" in audit


def test_a_double_click_does_nothing_twice(asking: Asking) -> None:
    asking.asks()
    asking.floor.falls_silent()
    card, ben, dev = asking.card(), asking.work.person("ben"), asking.work.person("dev")
    ben.presses("Own", card)
    ben.presses("Own", card)
    assert ben.sees(BILLING)[-1].text == card.text
    dev.presses("Own", card)
    assert dev.sees(BILLING)[-1].text.startswith("@Ben Okafor owns it already.")
    assert asking.audited() == ["escalation.asked", "escalation.owned"]
    # Two forms that were opened before either was sent.
    ben.presses("Answer…", card)
    dev.presses("Answer…", card)
    for person in (ben, dev):
        person.fills("Your answer", f"As {person.name} says")
        person.submits()
    assert "Escalation 1 is not as it was: answered by" in str(dev.sees_modal())
    assert asking.audited() == ["escalation.asked", "escalation.owned", "escalation.answered"]


def test_only_the_department_and_the_desk_answer(asking: Asking) -> None:
    asking.asks()
    work, card = asking.work, asking.card()
    work.person("carl").presses("Own", card)
    assert (
        work.person("carl").sees(BILLING)[-1].text == "Escalation 1 is Billing's to answer. Nothing was changed."
    )
    work.person("zoe").presses("Own", card)
    assert "roster" in work.person("zoe").sees(BILLING)[-1].text
    asking.presses("cora", "Own", card)
    assert "Owned by @Cora Lind" in asking.card().text


def test_what_the_department_needs_to_know_reaches_who_asked_and_the_way_back(asking: Asking) -> None:
    asking.asks()
    asking.writes("ben", "Need info…", "What do you need to know?", "Which order?", asking.card())
    need = asking.reads("Billing needs to know")
    assert "Which order?" in need.text
    assert "@Ben Okafor needs to know more first" in asking.card().text
    asking.writes("ana", "Tell them…", "What they need to know", "Order 77", need)
    assert "Order 77" in asking.reads("@Ana Ruiz tells you", "ben", BILLING).text
    assert asking.reads("Billing needs to know").buttons == []
    assert "Owned by @Ben Okafor" in asking.card().text

    # And so does a reply in the thread of the case.
    asking.writes("ben", "Need info…", "What do you need to know?", "Which card?", asking.card())
    asking.work.person("ana").types("The blue one", BOT, thread=asking.reads("Which card?"))
    asking.hears("The blue one", "ben", BILLING)
    assert "Owned by @Ben Okafor" in asking.card().text


def test_replies_are_read_on_the_other_side_as_they_are_now(everywhere: Asking) -> None:
    asking = everywhere
    asking.asks()
    ben, zoe, carl = (asking.work.person(name) for name in ("ben", "zoe", "carl"))
    ben.types("We look & <see>, @ana: https://acme.example/1", BILLING, thread=asking.card())
    asking.hears("@Ben Okafor on escalation 1:\nWe look & <see>, @Ana Ruiz: https://acme.example/1", "ana", BOT)
    zoe.types("Me too", BILLING, thread=asking.card())
    asking.hears("@Zoe Quist, you are not on the support team's roster", "ben", BILLING)
    carl.types("Or us", BILLING, thread=asking.card())
    asking.hears("@Carl Holm, this question is Billing's", "ben", BILLING)
    assert not [each for each in asking.thread("ana", BOT) if "Me too" in each.text or "Or us" in each.text]
    # What is said beside no card of ours stays there.
    ben.types("Lunch?", BILLING)
    ben.types("Yes", BILLING, thread=ben.reads("Lunch?", BILLING))
    asking.floor.settles()
    assert not [each for each in asking.thread("ana", BOT) if "Yes" in each.text]


def test_an_edited_reply_is_read_as_it_is_and_a_deleted_one_is_gone(asking: Asking) -> None:
    asking.asks()
    work, ben = asking.work, asking.work.person("ben")
    ben.types("On Tuesday", BILLING, thread=asking.card())
    asking.hears("On Tuesday", "ana", BOT)
    said = next(each for each in ben.thread(asking.card()) if each.text == "On Tuesday")
    channel, ben_id = work.sandbox.channel_id(BILLING), work.sandbox.user_id("ben")
    was = {"type": "message", "user": ben_id, "text": "On Tuesday", "ts": said.ts, "thread_ts": said.thread}
    where = {"type": "message", "channel": channel, "channel_type": "channel", "hidden": True}
    edited = {**where, "subtype": "message_changed", "message": {**was, "text": "On Friday"}, "ts": "9.1"}
    assert work.hears(edited, "Ev1") == 200
    asking.hears("On Friday", "ana", BOT)
    assert not [each for each in asking.thread("ana", BOT) if "On Tuesday" in each.text]
    deleted = {**where, "subtype": "message_deleted", "previous_message": was, "deleted_ts": said.ts, "ts": "9.2"}
    for _ in range(2):
        assert work.hears(deleted, "Ev2") == 200
    asking.hears("@Ben Okafor on escalation 1: (deleted)", "ana", BOT)
    assert not [each for each in asking.thread("ana", BOT) if "On Friday" in each.text]


def test_whoever_asks_about_a_case_of_somebody_else_reads_the_answer_too(asking: Asking) -> None:
    asking.asks("cora")
    cora = asking.work.person("cora")
    asking.writes("ben", "Need info…", "What do you need to know?", "Which order?", asking.card())
    asking.reads("Which order?")
    need = cora.reads("Which order?", BOT)
    asking.writes("cora", "Tell them…", "What they need to know", "Order 77", need)
    assert cora.refreshed(need).buttons == []
    asking.writes("ben", "Answer…", "Your answer", "It went out.", asking.card())
    asking.reads("It went out.")
    told = cora.reads("A draft for the customer", BOT)
    assert "It went out." in told.text
    # Whose case it is may ask again.
    asking.writes(
        "ana", "Ask again…", "What is missing?", "By which bank?", asking.reads("Escalation 1 to Billing")
    )
    assert "By which bank?" in asking.reads("Asked again by @Ana Ruiz", "ben", BILLING).text
    assert asking.card().buttons[0] == "Take over"
    assert "Waits for Billing" in asking.cases.card("ana").text
    assert "The answer so far" in asking.card().text

    # What they answered first stays as they said it, without the draft that is of no use any more.
    asking.writes("ben", "Answer…", "Your answer", "By Nordbank.", asking.card())
    first, second = asking.reads("It went out."), asking.reads("A draft for the customer")
    assert first.text.splitlines()[-1] == "They were asked again since."
    assert "Nordbank" not in first.text
    assert "By Nordbank." in second.text
    assert "It went out." not in second.text
    assert cora.refreshed(told).text == first.text


def test_of_a_case_without_an_owner_the_coordinators_read(asking: Asking) -> None:
    asking.cases.opens(NewCase("Nobody's"))
    asking.asks("cora", case=2)
    asking.writes("ben", "Answer…", "Your answer", "It went out.", asking.card())
    root = asking.work.person("cora").reads("ase 2, “", "#ops")
    assert [each for each in asking.work.person("cora").thread(root) if "A draft for the customer" in each.text]


def test_who_says_in_the_thread_of_a_case_that_they_are_ill_tells_no_department(asking: Asking) -> None:
    asking.asks()
    ana = asking.work.person("ana")
    ana.types("sick today", BOT, thread=asking.reads("Escalation 1 to Billing"))
    ana.reads("You have no shift in the next day and a half", BOT)
    asking.floor.settles()
    assert asking.thread("ben", BILLING) == []


def test_what_is_not_theirs_goes_to_another_department(asking: Asking) -> None:
    asking.asks()
    ben = asking.work.person("ben")
    ben.presses("Not ours…", asking.card())
    ben.sees_modal("Not ours")
    ben.picks("Where?", "Logistics")
    ben.fills("Why", "It is about the parcel.")
    ben.submits()
    asking.floor.settles()
    assert asking.card().text == "Escalation 1 · case 1, “Refund is late”: with Logistics now"
    assert asking.card().buttons == []
    # Logistics has no channel, so its contact has the card.
    theirs = asking.card("carl", BOT)
    assert "For Logistics" in theirs.text
    assert "It is about the parcel." in asking.reads("says why escalation 1 is not Billing's").text
    asking.reads("Escalation 1 is not Billing's: it is with Logistics now.")
    assert "Waits for Logistics" in asking.cases.card("ana").text
    asking.presses("carl", "Own", theirs)
    assert "Owned by @Carl Holm" in asking.card("carl", BOT).text
    asking.work.person("carl").types("On its way", BOT, thread=asking.card("carl", BOT))
    asking.hears("On its way", "ana", BOT)


def test_where_nobody_knows_whose_it_is_the_coordinators_decide(asking: Asking) -> None:
    asking.asks()
    ben = asking.work.person("ben")
    ben.presses("Not ours…", asking.card())
    ben.picks("Where?", "I do not know: the coordinators decide")
    ben.submits()
    asking.floor.settles()
    lost = asking.work.person("cora").reads("they do not know whose it is", "#ops")
    asking.work.person("cora").presses("Send elsewhere…", lost)
    form = asking.work.person("cora").sees_modal("Send elsewhere")
    assert "It is with Billing now." in form.text
    asking.work.person("cora").picks("Where?", "Logistics")
    asking.work.person("cora").submits()
    asking.floor.settles()
    theirs = asking.card("carl", BOT)
    assert "For Logistics" in theirs.text
    assert asking.work.person("cora").refreshed(lost).buttons == []

    # And where one sends it to the other and back, they read that, too.
    carl = asking.work.person("carl")
    carl.presses("Not ours…", theirs)
    carl.picks("Where?", "Billing")
    carl.submits()
    asking.floor.settles()
    again = asking.work.person("cora").reads("was sent on 2 times", "#ops")
    assert again.buttons == ["Send elsewhere…"]
    # Billing has a new card, with everything on it.
    assert asking.card().buttons[0] == "Own"


def test_of_a_case_that_is_solved_the_question_is_closed_too(asking: Asking) -> None:
    asking.asks()
    ana = asking.work.person("ana")
    ana.types("/case close 1")
    ana.sees_modal("Close a case")
    ana.submits()
    assert "Case 1 is solved now." in ana.sees_modal("Close a case").text
    ana.closes()
    asking.floor.settles()
    card = ana.reads("Solved", BOT)
    assert "Escalate…" not in card.buttons
    ana.presses("Close escalation…", card)
    ana.sees_modal("Close the escalation")
    ana.picks("Outcome", "Not needed any more")
    ana.picks("Cause", "The customer's side")
    ana.submits()
    asking.floor.settles()
    assert "Not needed any more" in asking.card().text
    assert "Close escalation…" not in ana.refreshed(card).buttons


def test_a_message_is_escalated_with_its_link_and_makes_a_case(asking: Asking) -> None:
    ana = asking.work.person("ana")
    ana.types("The parcel of ACME is lost <again>")
    ana.shortcut("Escalate", ana.reads("The parcel"))
    form = ana.sees_modal("Escalate")
    assert form.fields["Question"] == "The parcel of ACME is lost <again>"
    ana.picks("Department", "Logistics")
    ana.picks("Severity", "1 – critical")
    ana.fills("What was the customer promised?", "News by tonight")
    ana.submits()
    assert "Pick the day that the customer was promised." in str(ana.sees_modal())
    ana.picks("Promised for the day", "2026-11-02")
    ana.picks("At", "20:00")
    ana.submits()
    assert "Escalation 1 is with Logistics." in ana.sees_modal().text
    asking.floor.settles()
    card = asking.card("carl", BOT)
    assert "case 2, “The parcel of ACME is lost <again>”" in card.text
    assert "severity 1 (critical)" in card.text
    assert "The customer was promised to hear by Mon, Nov 2, 20:00: News by tonight" in card.text
    assert "The message that it is about" in card.text

    # With the answer comes the draft, where it is edited and said to be sent: the promise is kept.
    asking.writes("carl", "Answer…", "Your answer", "We found it.", card)
    told = asking.reads("A draft for the customer", case="ase 2, “")
    asking.work.person("ana").presses("Write to customer…", told)
    assert "We found it." in str(ana.sees_modal().fields)
    ana.picks("Now", "I have sent it")
    ana.submits()
    assert "The customer has heard" in ana.sees_modal().text


def test_a_message_of_which_a_case_was_made_is_escalated_about_that_case(asking: Asking) -> None:
    ana = asking.work.person("ana")
    ana.types("*The parcel* of `ACME` is _lost_")
    ana.shortcut("Make a case", ana.reads("The parcel"))
    assert ana.sees_modal("A new case").fields["What is it about"] == "The parcel of ACME is lost"
    ana.submits()
    ana.closes()
    ana.shortcut("Escalate", ana.reads("The parcel"))
    assert ana.sees_modal("Escalate").fields["Case"] == "2 The parcel of ACME is lost"
    # It stays where the form is drawn anew.
    ana.picks("Severity", "1 – critical")
    assert ana.sees_modal("Escalate").fields["Case"] == "2 The parcel of ACME is lost"
    ana.picks("Department", "Logistics")
    ana.submits()
    assert "comes to the thread of case 2." in ana.sees_modal().text
    ana.closes()

    # So does one that was made of a question; of a case that is over, nothing more is asked.
    ana.types("_Where_ is the second one?")
    for case in (3, 3):
        ana.shortcut("Escalate", ana.reads("the second one"))
        ana.picks("Department", "Logistics")
        ana.submits()
        assert f"comes to the thread of case {case}." in ana.sees_modal().text
        ana.closes()
    assert "Where is the second one?" in asking.work.asks("ana", "/case 3").text
    ana.types("/case close 3")
    ana.submits()
    ana.closes()
    ana.shortcut("Escalate", ana.reads("the second one"))
    assert not ana.sees_modal("Escalate").fields["Case"]


def test_a_case_and_a_department_can_be_typed_at_once(asking: Asking) -> None:
    ana = asking.work.person("ana")
    for typed, case in (("1 billing", "1 Refund is late"), ("#1 Bill", "1 Refund is late"), ("billing", "")):
        ana.types(f"/escalate {typed}")
        form = ana.sees_modal("Escalate")
        assert form.fields["Department"] == "Billing"
        assert (form.fields["Case"] or "") == case
        ana.closes()
    assert (
        asking.work.asks("ana", "/escalate 1 biling").text
        == "No department is called “biling”. There are: Billing, Logistics."
    )
    assert "I find no case “99”." in asking.work.asks("ana", "/escalate 99 billing").text
    assert "put by those who work in support here" in asking.work.asks("ben", "/escalate billing").text


def test_the_form_proposes_anew_when_the_severity_changes_and_keeps_what_was_chosen_by_hand(
    asking: Asking,
) -> None:
    ana = asking.work.person("ana")
    ana.types("/escalate 1")
    assert "The matrix names no department for this. Pick one." in ana.sees_modal("Escalate").text
    ana.fills("Question", "Why?")
    ana.picks("Department", "Logistics")
    usual = "As usual: Logistics, somebody owns it by Mon, Nov 2, {}, answer by {}."
    assert usual.format("16:00", "Wed, Nov 4, 12:00") in ana.sees_modal("Escalate").text
    ana.picks("Severity", "1 – critical")
    form = ana.sees_modal("Escalate")
    assert usual.format("12:30", "Mon, Nov 2, 16:00") in form.text
    assert (form.fields["Department"], form.fields["Question"]) == ("Logistics", "Why?")
    ana.submits()
    assert "Escalation 1 is with Logistics." in ana.sees_modal().text
    ana.closes()

    # Who would ask the same department once more about the case is told so.
    ana.types("/escalate 1")
    assert "already" not in ana.sees_modal("Escalate").text
    ana.picks("Department", "Logistics")
    warned = ana.sees_modal("Escalate").text
    assert "Logistics has a question about this case already: escalation 1, nobody owns it yet" in warned
    ana.picks("Department", "Billing")
    assert "already" not in ana.sees_modal("Escalate").text


def test_help_unknown_cases_and_who_may_not_ask(asking: Asking) -> None:
    work = asking.work
    assert "/escalate list" in work.asks("ana", "/escalate help").text
    assert "I find no case “99”." in work.asks("ana", "/escalate 99").text
    assert "put by those who work in support here" in work.asks("ben", "/escalate").text
    assert "There is no escalation 7." in work.asks("ana", "/escalate show 7").text


def test_one_is_looked_up_by_its_number_from_either_side(asking: Asking) -> None:
    asking.asks()
    assert asking.work.asks("cora", "/escalate show 1").buttons == ["Close…"]
    assert "There is no escalation 1." in asking.work.asks("carl", "/escalate show 1").text
    found = asking.work.asks("dev", "/escalate show 1")
    asking.presses("dev", "Own", found)
    assert "Owned by @Dev Rao" in asking.card().text
