"""An agent asks for live help, and the floor's lead comes with the case in hand."""

import pytest

from bot.domain.cases_new import NewCase
from bot.sandbox import Shown
from jobs import handup
from tests.scenarios.casework import Cases
from tests.scenarios.desks import opens, presses
from tests.scenarios.swapping import BOT, Floor


class Helping:
    """Monday the 2nd: Cleo leads Phones and works from 14:00 to 22:00; Dev is of Phones, Ana of Mail."""

    def __init__(self, floor: Floor) -> None:
        self.floor, self.work = floor, floor.work
        floor.work.shifts(
            "cleo@example.com,2026-11-02,14:00,22:00,Europe/Berlin,phones",
            "dev@example.com,2026-11-02,14:00,22:00,Europe/Berlin,phones",
        )
        self.work.at("2026-11-02 15:00")

    def types(self, who: str, text: str) -> Shown:
        """What somebody reads after typing it."""
        answer = self.work.asks(who, text)
        self.floor.settles()
        return answer

    def passes(self, local: str) -> None:
        """The clock goes on to then."""
        self.work.at(local)
        self.floor.runs(handup.TURN)

    def hand(self, who: str, where: str = BOT) -> Shown:
        """The newest card of a raised hand that somebody sees."""
        seen = self.work.person(who).sees(where)
        found = [each for each in seen if "Hand " in each.text and not each.only_you]
        assert found, f"{who} sees no hand in {where}"
        return found[-1]

    def sees_none(self, who: str, where: str = BOT) -> bool:
        """Whether nobody has asked them."""
        return not any("Hand " in each.text for each in self.work.person(who).sees(where))

    def presses(self, who: str, label: str, where: str = BOT) -> list[str]:
        """Somebody presses a button of the card; the lines of the card afterwards."""
        card, person = self.hand(who, where), self.work.person(who)
        person.presses(label, card)
        assert person.notices == []
        self.floor.settles()
        return person.refreshed(card).text.splitlines()


@pytest.fixture
def everywhere(floor_everywhere: Floor) -> Helping:
    return Helping(floor_everywhere)


@pytest.fixture
def helping(floor: Floor) -> Helping:
    return Helping(floor)


def test_the_lead_on_shift_gets_it_comes_and_the_time_to_answer_is_known(everywhere: Helping) -> None:
    helping = everywhere
    answer = helping.types("dev", "/handup How do I refund <!channel> twice?")
    assert answer.text == "Your hand is up. In our direct messages you read who is asked, and who comes."
    asked = helping.hand("cleo")
    assert asked.text.splitlines() == [
        "@Dev Rao asks for live help.",
        "@Dev Rao: “How do I refund <!channel> twice?”",
        "Hand 1 · up since Mon, Nov 2, 09:00 · times in America/New York",
    ]
    assert asked.buttons == ["I'm coming"]
    assert helping.hand("dev").text.splitlines()[0] == "Your hand is up. Asked: @Cleo Hart."
    assert helping.sees_none("cora", "#ops")
    helping.work.at("2026-11-02 15:02")
    assert helping.presses("cleo", "I'm coming")[0] == "@Cleo Hart is with @Dev Rao, after 2 min."
    own = helping.hand("dev")
    assert own.text.splitlines()[0] == "@Cleo Hart is coming, after 2 min."
    assert [each.text for each in helping.work.person("dev").thread(own)[1:]] == [
        "@Cleo Hart is coming to help you."
    ]
    assert own.buttons == helping.hand("cleo").buttons == ["Done"]
    assert helping.presses("dev", "Done")[0] == "@Cleo Hart has helped you."
    assert helping.hand("cleo").buttons == []
    helping.passes("2026-11-02 17:00")
    assert helping.sees_none("cora", "#ops")


def test_it_goes_up_a_level_at_a_time_and_the_first_who_comes_is_the_one(helping: Helping) -> None:
    helping.types("dev", "/handup Angry caller")
    helping.passes("2026-11-02 15:02")
    assert helping.sees_none("cora", "#ops")
    helping.passes("2026-11-02 15:04")
    assert helping.hand("cora", "#ops").buttons == ["I'm coming"]
    assert helping.hand("dev").text.splitlines()[0] == "Your hand is up. Asked: @Cleo Hart and #ops."
    after = helping.presses("cora", "I'm coming", "#ops")
    assert after[0] == "@Cora Lind is with @Dev Rao, after 4 min."
    late = helping.hand("cleo")
    assert (late.text.splitlines()[0], late.buttons) == (after[0], [])
    helping.presses("cora", "Done", "#ops")
    assert helping.hand("dev").buttons == []


def test_where_no_lead_is_on_whoever_is_named_for_the_hour_is_asked_and_may_come(helping: Helping) -> None:
    helping.work.prefers(responsible="mon-fri 09:00-18:00 ben@example.com")
    helping.work.at("2026-11-02 13:00")
    ana = helping.work.person("ana")
    ana.types("/handup")
    ana.sees_modal("Ask for live help")
    ana.fills("What do you need help with?", "A legal threat")
    ana.submits()
    helping.floor.settles()
    assert helping.sees_none("cleo")
    assert helping.presses("ben", "I'm coming")[0] == "@Ben Okafor is with @Ana Ruiz, at once."


def test_nobody_comes_to_themselves_nor_who_was_not_asked(helping: Helping) -> None:
    helping.work.prefers(hand_up_minutes="60")
    helping.work.at("2026-11-02 13:00")
    ana = helping.work.person("ana")
    ana.types("/handup")
    ana.submits()
    helping.floor.settles()
    card = helping.hand("ana", "#ops")
    ana.presses("I'm coming", card)
    assert helping.floor.only_to("ana", "#ops").startswith("Leads, coordinators, managers and who is named")
    answer = helping.types("ana", "/handup again")
    assert answer.text == "Your hand is up already: hand 1. In our direct messages you read who is asked."
    assert helping.presses("ana", "Never mind")[0] == "You took your hand down."
    assert helping.hand("cora", "#ops").text.splitlines()[0] == "@Ana Ruiz needs no help any more."


def test_after_an_hour_in_which_nobody_came_that_is_said_aloud(helping: Helping) -> None:
    helping.types("dev", "/handup Nobody there?")
    helping.passes("2026-11-02 15:59")
    helping.passes("2026-11-02 16:01")
    card = helping.hand("dev")
    assert card.text.splitlines()[0] == "Nobody came, and your hand is down."
    told = [each.text for each in helping.work.person("dev").thread(card)[1:]]
    assert told == ["Nobody has come for an hour, so your hand is down. Raise it again, or escalate the case."]
    ops = helping.hand("cora", "#ops")
    assert [each.text for each in helping.work.person("cora").thread(ops)[1:]] == [
        "Nobody came to @Dev Rao for an hour."
    ]


def test_it_is_raised_from_home_and_from_the_card_of_a_case(helping: Helping) -> None:
    Cases(helping.floor).opens(NewCase("Refund <twice>", owner_id=helping.work.member("dev").id))
    opens(helping.floor, "dev")
    presses(helping.floor, "dev", "Hand up…")
    dev = helping.work.person("dev")
    dev.sees_modal("Ask for live help")
    dev.picks("About which case", "1 Refund <twice>")
    dev.submits()
    helping.floor.settles()
    assert "About case 1, “Refund <twice>”" in helping.hand("cleo").text
    helping.presses("dev", "Never mind")
    card = helping.work.asks("dev", "/case 1")
    dev.chooses("More…", "Hand up…", card)
    assert "About case 1, “Refund <twice>”" in dev.sees_modal("Ask for live help").text
    dev.submits()
    helping.floor.settles()
    assert "About case 1, “Refund <twice>”" in helping.hand("cleo").text


def test_how_long_people_wait_is_said_of_no_fewer_than_five(helping: Helping) -> None:
    assert helping.types("dev", "/handup times").text.startswith("Leads, coordinators and managers see")
    for number, minutes in enumerate((1, 2, 4, 4, 5), 1):
        helping.work.at(f"2026-11-02 {15 + number}:00")
        helping.types("dev", f"/handup {number}")
        helping.work.at(f"2026-11-02 {15 + number}:0{minutes}")
        helping.presses("cleo", "I'm coming")
        said = helping.types("cleo", "/handup times").text
        assert ("too few" in said) is (number < 5)
    assert said.splitlines()[0] == (
        "5 hands were raised in the last 28 days: half of those to whom somebody came waited 4 min at most."
    )


def test_the_times_count_who_waits_now_and_who_took_their_hand_down(helping: Helping) -> None:
    assert helping.types("cleo", "/handup times").text == "No hand was raised in the last 28 days."
    helping.types("dev", "/handup Angry caller")
    few = "in the last 28 days, and to {} of them somebody came: too few to say how long people wait (at least 5)."
    assert helping.types("cleo", "/handup times").text == f"One hand was raised {few.format(0)} 1 waits now."
    helping.presses("dev", "Never mind")
    helping.types("dev", "/handup Angrier caller")
    helping.presses("cleo", "I'm coming")
    assert helping.types("cleo", "/handup times").text == f"2 hands were raised {few.format(1)}"


def test_the_number_of_a_case_alone_opens_the_form_about_it(helping: Helping) -> None:
    Cases(helping.floor).opens(NewCase("Refund", owner_id=helping.work.member("dev").id))
    dev = helping.work.person("dev")
    dev.types("/handup 1")
    assert "About case 1, “Refund”" in dev.sees_modal("Ask for live help").text
    assert helping.sees_none("cleo")
    dev.fills("What do you need help with?", "May I refund it?")
    dev.submits()
    helping.floor.settles()
    assert "About case 1, “Refund”" in helping.hand("cleo").text


def test_who_works_elsewhere_raises_no_hand_and_is_not_even_asked_what_about(helping: Helping) -> None:
    carl = helping.work.person("carl")
    for typed in ("/handup", "/handup How?"):
        assert helping.types("carl", typed).text.startswith("Hands are raised by those who work here.")
        assert carl.modal is None


def test_whoever_comes_and_presses_again_is_not_told_that_somebody_else_came_first(helping: Helping) -> None:
    helping.types("dev", "/handup How?")
    helping.floor.falls_silent()
    cleo, stale = helping.work.person("cleo"), helping.hand("cleo")
    cleo.presses("I'm coming", stale)
    cleo.presses("I'm coming", stale)
    assert cleo.notices == []
    assert [each for each in cleo.sees(BOT) if each.only_you] == []
