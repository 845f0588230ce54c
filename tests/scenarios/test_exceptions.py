"""A refund, an order or a delivery out of the ordinary: approved by its amount, in time, and never by who asks."""

import pytest

from bot.domain.cases_new import NewCase
from bot.sandbox import Shown
from jobs import exceptions, nudges
from tests.scenarios.casework import Cases
from tests.scenarios.desks import home, opens, presses
from tests.scenarios.swapping import BOT, Floor

WHY = "Parcel lost twice"


class Asking:
    """Case 1 is Dev's; his lead Cleo approves up to 100 euros, coordinators up to 1,000."""

    def __init__(self, floor: Floor) -> None:
        self.floor, self.work = floor, floor.work
        self.work.prefers(exception_limits="agent 20 EUR; lead 100 EUR; coordinator 1000 EUR")
        Cases(floor).opens(NewCase("No refund", owner_id=self.work.member("dev").id))

    def asks(self, amount: str = "80.50", who: str = "dev", why: str = WHY) -> str:
        """Somebody asks for a refund; what the form says then."""
        self.work.person(who).types("/case exception 1")
        return self.fills(amount, who, why)

    def fills(self, amount: str, who: str = "dev", why: str = WHY) -> str:
        """Fills the form in and sends it; what it says then."""
        person = self.work.person(who)
        person.sees_modal("Ask for an exception")
        person.fills("How much", amount)
        person.fills("Why", why)
        person.submits()
        self.floor.settles()
        return person.sees_modal("Ask for an exception").text

    def card(self, who: str, where: str = BOT) -> Shown:
        """The newest card of an exception that somebody sees."""
        seen = self.work.person(who).sees(where)
        found = [each for each in seen if each.text.startswith("Exception ") and "Asked " in each.text]
        assert found, f"{who} sees no exception in {where}"
        return found[-1]

    def sees_none(self, who: str, where: str = BOT) -> bool:
        """Whether they have not been asked."""
        return not any("Exception " in each.text for each in self.work.person(who).sees(where))

    def presses(self, who: str, label: str, where: str = BOT) -> str:
        """Somebody presses a button of the card; the first line of the card afterwards."""
        card, person = self.card(who, where), self.work.person(who)
        person.presses(label, card)
        self.floor.settles()
        return person.refreshed(card).text.splitlines()[0]

    def told(self, who: str, where: str = BOT) -> list[str]:
        """What somebody reads beside the card."""
        return [each.text for each in self.work.person(who).thread(self.card(who, where))[1:]]

    def reminded(self, who: str) -> int:
        """How many reminders somebody has got."""
        words = "Exception 1, refund of €80.50 still waits to be decided, by Tue, Nov 3, 06:00 at the latest."
        return sum(words in each.text for each in self.work.person(who).sees(BOT))

    def passes(self, local: str) -> None:
        """The clock goes on to then."""
        self.work.at(local)
        self.floor.runs(exceptions.TURN)
        self.floor.runs(nudges.TURN)


@pytest.fixture
def everywhere(floor_everywhere: Floor) -> Asking:
    return Asking(floor_everywhere)


@pytest.fixture
def asking(floor: Floor) -> Asking:
    return Asking(floor)


def test_the_lead_approves_what_is_within_their_limit(everywhere: Asking) -> None:
    asking = everywhere
    said = asking.asks("80,50")
    assert said.startswith("Exception 1, refund of €80.50 waits for approval, until Tue, Nov 3,")
    card = asking.card("cleo")
    assert card.text.splitlines()[:3] == [
        "Exception 1, refund of €80.50: needs approval",
        "For case 1, “No refund”",
        f"@Dev Rao: “{WHY}”",
    ]
    assert card.buttons == ["Approve", "Decline…"]
    assert asking.sees_none("cora", "#ops")
    assert "Refund of €80.50 waits for approval" in asking.work.asks("dev", "/case 1").text
    assert asking.presses("cleo", "Approve") == "Exception 1, refund of €80.50: approved by @Cleo Hart"
    assert asking.card("cleo").buttons == asking.card("dev").buttons == []
    assert asking.told("dev") == [
        "Exception 1, refund of €80.50 is approved by @Cleo Hart. "
        "I move no money: what is approved is done in your own tool."
    ]
    assert "waits for approval" not in asking.work.asks("dev", "/case 1").text


def test_what_is_little_needs_nobody_and_what_is_much_the_next_tier(asking: Asking) -> None:
    assert asking.asks("20").splitlines()[0] == (
        "Exception 1, refund of €20.00 is within what nobody has to approve. No money was moved."
    )
    assert asking.sees_none("cleo")
    asking.asks("250")
    assert asking.sees_none("cleo")
    assert asking.card("cora", "#ops").text.splitlines()[0] == "Exception 2, refund of €250.00: needs approval"
    cleo = asking.work.person("cleo")
    cleo.presses("Approve", asking.card("cleo", "#ops"))
    assert asking.floor.only_to("cleo", "#ops").startswith("It is more than you may approve")
    assert asking.presses("cora", "Approve", "#ops").endswith("approved by @Cora Lind")


def test_what_is_typed_stands_in_the_form_and_that_the_same_waits_already_is_said(asking: Asking) -> None:
    dev = asking.work.person("dev")
    dev.types("/case exception 1 240 usd Parcel lost")
    dev.submits()
    asking.floor.settles()
    assert dev.sees_modal().text.startswith("Exception 1, refund of $240.00 waits for approval")
    dev.closes()
    dev.types("/case exception 1 80")
    form = dev.sees_modal("Ask for an exception")
    assert "Exception 1, refund of $240.00 waits for approval already." in form.text
    dev.fills("Why", WHY)
    dev.submits()
    twice = "Exception 1, refund of $240.00 waits, too: take one back if both are the same."
    assert dev.sees_modal().text.endswith(twice)
    dev.closes()
    dev.types("/case exception 1 Parcel lost")
    dev.picks("What", "An order: a replacement, a discount, goodwill")
    dev.fills("How much", "30")
    dev.submits()
    assert "waits, too" not in dev.sees_modal().text
    asking.floor.settles()
    assert "Waiting for approval: 3 exceptions" in asking.work.asks("cora", "/coverage standup").text


def test_nobody_approves_their_own(asking: Asking) -> None:
    asking.work.prefers(exception_limits="lead 100 EUR")
    asking.asks("80", who="cora")
    cora = asking.work.person("cora")
    asking.asks("800", who="dev")
    asking.presses("cora", "Approve", "#ops")
    opens(asking.floor, "cora")
    assert "Exceptions to decide" not in home(asking.floor, "cora").text
    listed = asking.work.asks("cora", "/case exceptions").text
    assert "Exceptions that wait for approval · 1" in listed
    assert "Exception 1, refund of €80.00 for case 1, “No refund”, by @Cora Lind" in listed
    card = asking.card("cora")
    assert card.buttons == ["Take back"]
    cora.presses("Take back", card)
    asking.floor.settles()
    assert asking.work.asks("cora", "/case exceptions").text.startswith("No exception waits for approval.")


def test_a_decline_says_why(asking: Asking) -> None:
    asking.asks()
    cleo = asking.work.person("cleo")
    cleo.presses("Decline…", asking.card("cleo"))
    cleo.sees_modal("Decline the exception")
    cleo.fills("Why", "No receipt")
    cleo.submits()
    asking.floor.settles()
    assert asking.card("dev").text.splitlines()[0] == "Exception 1, refund of €80.50: declined by @Cleo Hart"
    assert asking.told("dev") == ["Exception 1, refund of €80.50 is declined by @Cleo Hart: “No receipt”"]


def test_nothing_is_decided_twice(asking: Asking) -> None:
    asking.asks()
    asking.floor.falls_silent()
    cleo, stale = asking.work.person("cleo"), asking.card("cleo")
    cleo.presses("Approve", stale)
    cleo.presses("Approve", stale)
    assert asking.floor.only_to("cleo") == "It is approved by now. Nothing was changed."
    cleo.presses("Decline…", stale)
    assert cleo.modal is None


def test_approvers_are_reminded_the_next_tier_is_asked_and_then_it_expires_aloud(asking: Asking) -> None:
    asking.asks()  # on Monday at 12:00
    asking.passes("2026-11-02 23:55")
    assert asking.reminded("cleo") == 0
    asking.passes("2026-11-03 00:01")
    asking.passes("2026-11-03 00:06")
    assert asking.reminded("cleo") == 1
    assert asking.sees_none("cora", "#ops")
    asking.passes("2026-11-03 09:37")
    assert asking.card("cora", "#ops").buttons == ["Approve", "Decline…"]
    asking.passes("2026-11-03 12:01")
    first = "Exception 1, refund of €80.50: expired, because nobody decided in time"
    for who, where in (("dev", BOT), ("cleo", BOT), ("cora", "#ops")):
        card = asking.card(who, where)
        assert (card.text.splitlines()[0], card.buttons) == (first, [])
    assert asking.told("dev")[-1].endswith("in time, so it is over. Ask anew, or speak to your lead.")
    assert asking.told("cora", "#ops")[-1].endswith("of @Dev Rao in time, so it is over. They were told.")


def test_it_can_be_approved_where_one_is_reminded_of_it(asking: Asking) -> None:
    asking.asks()
    asking.passes("2026-11-03 00:01")
    cleo = asking.work.person("cleo")
    reminder = next(each for each in reversed(cleo.sees(BOT)) if "still waits" in each.text)
    assert reminder.buttons == ["Approve", "Decline…"]
    cleo.presses("Approve", reminder)
    asking.floor.settles()
    assert cleo.refreshed(reminder).buttons == []
    assert asking.card("cleo").text.startswith("Exception 1, refund of €80.50: approved by @Cleo Hart")


def test_one_whose_time_is_over_is_not_approved_before_the_clock_sees_it(asking: Asking) -> None:
    asking.asks()
    asking.work.at("2026-11-03 12:01")
    asking.work.person("cleo").presses("Approve", asking.card("cleo"))
    assert asking.floor.only_to("cleo") == "It is expired by now. Nothing was changed."


@pytest.mark.parametrize("typed", ["", "much", "1.250", "0"])
def test_what_is_no_amount_is_said_at_the_field(asking: Asking, typed: str) -> None:
    dev = asking.work.person("dev")
    dev.types("/case exception 1")
    dev.sees_modal("Ask for an exception")
    if typed:
        dev.fills("How much", typed)
    dev.fills("Why", WHY)
    dev.submits()
    assert dev.sees_modal().errors
    assert asking.sees_none("cleo")


def test_whoever_decides_has_it_on_home_and_the_owner_of_the_case_hears_of_it(asking: Asking) -> None:
    asking.work.person("ana").types("/case exception 1")
    asking.fills("250", "ana")
    opens(asking.floor, "cora")
    assert "Exceptions to decide · 1" in home(asking.floor, "cora").text
    presses(asking.floor, "cora", "Approve")
    assert "Exceptions to decide" not in home(asking.floor, "cora").text
    thread = [
        each.text
        for card in asking.work.person("dev").sees(BOT)
        for each in asking.work.person("dev").thread(card)[1:]
    ]
    assert "Exception 1, refund of €250.00, asked for by @Ana Ruiz: approved by @Cora Lind" in thread


def test_a_long_list_has_pages_and_each_is_decided_from_there(asking: Asking) -> None:
    for number in range(17):
        asking.asks(str(101 + number), why=f"Reason {number}")
    cora = asking.work.person("cora")
    listed = asking.work.asks("cora", "/case exceptions")
    assert "Exceptions that wait for approval · 17" in listed.text
    after = asking.work.presses("cora", "Next", listed)
    assert [line.split(",")[0] for line in after.text.splitlines() if line.startswith("Exception ")] == [
        "Exception 16",
        "Exception 17",
    ]
    cora.presses("Show", after, beside="Exception 17")
    card = next(each for each in reversed(cora.sees("#general")) if "Reason 16" in each.text)
    cora.presses("Approve", card)
    assert cora.refreshed(card).text.startswith("Exception 17, refund of €117.00: approved by @Cora Lind")
    assert "· 16" in asking.work.asks("cora", "/case exceptions").text


def test_a_closed_case_takes_no_exception_and_the_button_on_a_card_asks_for_one(asking: Asking) -> None:
    card = asking.work.asks("dev", "/case 1")
    dev = asking.work.person("dev")
    dev.chooses("More…", "Exception…", card)
    assert "For case 1, “No refund”" in dev.sees_modal("Ask for an exception").text
    asking.fills("80")
    assert asking.card("cleo").buttons == ["Approve", "Decline…"]


def test_a_lead_decides_what_their_own_team_asks_for_and_nothing_of_another_one(asking: Asking) -> None:
    asking.work.person("ana").types("/case exception 1")
    asking.fills("80", "ana")
    assert asking.card("cora", "#ops").buttons == ["Approve", "Decline…"]
    opens(asking.floor, "cleo")
    assert "Exceptions to decide" not in home(asking.floor, "cleo").text
    cleo = asking.work.person("cleo")
    cleo.presses("Show", asking.work.asks("cleo", "/case exceptions"))
    shown = next(each for each in reversed(cleo.sees("#general")) if WHY in each.text)
    for label in ("Approve", "Decline…"):
        cleo.presses(label, shown)
        assert asking.floor.only_to("cleo", "#general").startswith(
            "The leads of a team, coordinators and managers"
        )
    assert cleo.modal is None
    assert "· 1" in asking.work.asks("cora", "/case exceptions").text


def test_who_has_left_is_told_nothing_and_the_coordinators_read_what_becomes_of_the_case(asking: Asking) -> None:
    asking.asks("250")
    before = len(asking.told("dev"))
    asking.work.changes("dev", deleted=True)
    asking.floor.settles()
    asking.presses("cora", "Approve", "#ops")
    assert len(asking.told("dev")) == before
    said = [
        each.text
        for card in asking.work.person("cora").sees("#ops")
        for each in asking.work.person("cora").thread(card)
    ]
    assert any("asked for by @Dev Rao" in each and "approved by @Cora Lind" in each for each in said), said
