"""More people are there than are needed: time off is offered, fairly, and nobody has to go."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox import Shown
from jobs.coverage_surplus import TURN
from tests.coverage_desk import Planner
from tests.scenarios.swapping import BOT, Floor

MONDAY = "2026-11-23"


class Slack:
    """Monday morning in Berlin: Ana, Ben and Dev on mail from 9 to 17, of whom one is needed from 15 on."""

    def __init__(self, floor: Floor, folder: Path) -> None:
        self.floor, self.work = floor, floor.work
        self.work.at(f"{MONDAY} 12:00")
        self.work.prefers(time_zone="Europe/Berlin", cover_wave_size="1")
        self.work.shifts(
            *(f"{name}@example.com,{MONDAY},09:00,17:00,Europe/Berlin,mail" for name in ("ana", "ben", "dev"))
        )
        self.planner = Planner(self.work.deps, self.work.sandbox.team_id, folder)
        self.planner.plan(f"{MONDAY},09:00,15:00,mail,3", f"{MONDAY},15:00,17:00,mail,1")

    def offers(self) -> Shown:
        """Cora looks at what is too many and offers it; what she sees of it then."""
        self.work.person("cora").presses("Offer time off…", self.work.asks("cora", "/coverage today"))
        answer = self.work.person("cora").sees("#general")[-1]
        assert answer.text.splitlines()[:2] == [
            "More people are there than are needed",
            "Mon, Nov 23, 15:00–17:00 · mail +2",
        ]
        self.work.person("cora").presses("Offer time off", answer)
        self.floor.settles()
        return self.card("cora")

    def card(self, who: str) -> Shown:
        """The newest card of the offer that somebody has."""
        found = [each for each in self.work.person(who).sees(BOT) if "off" in each.text]
        assert found, who
        return found[-1]

    def asked(self) -> list[str]:
        """Who has been asked."""
        return [who for who in ("ana", "ben", "dev") if any("off" in each.text for each in self.seen(who))]

    def seen(self, who: str) -> list[Shown]:
        """What the bot says to somebody."""
        return self.work.person(who).sees(BOT)

    def presses(self, who: str, label: str) -> Shown:
        """Somebody answers; their card then."""
        card = self.card(who)
        self.work.person(who).presses(label, card)
        self.floor.settles()
        return self.work.person(who).refreshed(card)

    def passes(self, minutes: int) -> None:
        """The clock goes on, and looks after the offers."""
        self.work.sandbox.clock.set(self.work.deps.clock() + timedelta(minutes=minutes))
        self.floor.runs(TURN)


@pytest.fixture
def everywhere(floor_everywhere: Floor, tmp_path: Path) -> Slack:
    return Slack(floor_everywhere, tmp_path)


@pytest.fixture
def slack(floor: Floor, tmp_path: Path) -> Slack:
    return Slack(floor, tmp_path)


def test_it_is_offered_by_turns_taken_by_who_wants_to_and_closed_when_as_many_go_as_can(everywhere: Slack) -> None:
    slack = everywhere
    card = slack.offers()
    assert card.text.splitlines()[:2] == [
        "Time off is offered: Mon, Nov 23, 15:00–17:00 · mail, for 2 people",
        "Asked: 1, not answered yet: 1, places left: 2",
    ]
    (first,) = slack.asked()
    asked = slack.card(first)
    assert asked.buttons == ["Yes, unpaid", "Yes, from my leave", "No, thanks"]
    assert "You stay: " in slack.presses(first, "No, thanks").text
    # Once all who were asked have said so, the next is.
    (second,) = set(slack.asked()) - {first}
    assert "You are off: " in slack.presses(second, "Yes, unpaid").text
    assert "Mon, Nov 23" in slack.work.asks("cora", f"/shifts who mail {MONDAY} 16:00").text
    slack.passes(31)
    (third,) = set(slack.asked()) - {first, second}
    slack.presses(third, "Yes, unpaid")
    assert slack.work.person("cora").refreshed(card).text.splitlines()[-2] == "As many go as can."
    assert slack.work.asks("cora", "/coverage surplus").text.startswith("Nobody is more than needed")
    assert "Enough people are there." in slack.work.asks("cora", "/coverage today").text
    # Nobody is asked to step in for who has gone.
    assert slack.work.asks("cora", "/cover list").text.startswith("Nothing is")


def test_who_is_needed_by_now_stays(slack: Slack) -> None:
    slack.offers()
    (first,) = slack.asked()
    slack.planner.plan(f"{MONDAY},15:00,17:00,mail,3")
    slack.presses(first, "Yes, unpaid")
    assert slack.seen(first)[-1].text.startswith("Too few people would be left by now.")
    assert slack.card(first).text


def test_who_has_no_leave_left_reads_that_they_can_still_go_unpaid(slack: Slack) -> None:
    slack.work.prefers(leave_weeks="0.01")
    slack.offers()
    (first,) = slack.asked()
    slack.presses(first, "Yes, from my leave")
    assert slack.seen(first)[-1].text.startswith("You have too little leave left for it.")


def test_it_can_be_withdrawn_and_ends_by_itself(slack: Slack) -> None:
    card = slack.offers()
    (first,) = slack.asked()
    slack.presses("cora", "Withdraw")
    assert "It was withdrawn." in slack.work.person("cora").refreshed(card).text
    assert "is not offered any more" in slack.card(first).text
    slack.offers()
    slack.passes(4 * 60 + 30)
    assert "It is over." in slack.card("cora").text


def test_only_who_leads_offers_it(slack: Slack) -> None:
    assert slack.work.asks("ana", "/coverage surplus").text.startswith("Leads, coordinators and managers see")
