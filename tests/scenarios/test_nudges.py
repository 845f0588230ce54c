"""Cases about to be late, and cases that are stuck, as the people read of them whom they concern."""

from datetime import timedelta

import pytest

from bot.domain.cases_new import NewCase
from bot.sandbox import Shown
from jobs.nudges import TURN
from jobs.stuck import LOOK
from storage.tables import Case
from tests.scenarios.casework import Cases
from tests.scenarios.swapping import BOT, Floor

OPS = "#ops"


class Late(Cases):
    """On Friday Ana works from 9 to 17, in Berlin; Cora coordinates."""

    def __init__(self, floor: Floor) -> None:
        super().__init__(floor)
        self.work.prefers(time_zone="Europe/Berlin", sla="normal: first reply 4h")
        self.work.at("2026-11-06 09:00")

    def begins(self, title: str, owner: str | None = "ana") -> Case:
        """A case of somebody is there."""
        return self.opens(NewCase(title=title, owner_id=self.work.member(owner).id if owner else None))

    def ticks(self, at: str) -> None:
        """It is so late on that Friday, and a moment later, since time went on while the case was opened."""
        self.work.sandbox.clock.set(self.work.instant(f"2026-11-06 {at}") + timedelta(seconds=30))
        self.floor.runs(TURN)

    def nudged(self, who: str = "ana", where: str = BOT) -> list[Shown]:
        """What somebody reads of it."""
        seen = self.work.person(who).sees(where)
        return [
            each for each in seen if "Times in" in each.text and not each.only_you and "Wait…" not in each.buttons
        ]


@pytest.fixture
def everywhere(floor_everywhere: Floor) -> Late:
    return Late(floor_everywhere)


@pytest.fixture
def late(floor: Floor) -> Late:
    return Late(floor)


def test_the_owner_is_nudged_puts_the_case_off_is_nudged_again_and_says_that_they_are_at_it(
    everywhere: Late,
) -> None:
    late, ana = everywhere, everywhere.work.person("ana")
    late.begins("Parcel never came")
    late.ticks("11:00")
    assert late.nudged() == []
    late.ticks("12:00")
    (card,) = late.nudged()
    assert card.text.splitlines() == [
        "Case 1, “Parcel never came” · First reply: 75 % of the time is used, due Fri, Nov 6, 13:00",
        "Times in Europe/Berlin",
    ]
    assert card.buttons == ["Working", "Waiting on…", "Reassign…", "Snooze…"]

    ana.presses("Snooze…", card)
    form = ana.sees_modal("Put a case off")
    assert form.text.splitlines()[0] == (
        "Nobody is reminded of case 1, “Parcel never came” until then, unless it is late before."
    )
    ana.picks("Remind again", "Fri, Nov 6, 12:30")
    ana.submits()
    assert ana.sees_modal("Put a case off").errors  # a reason is needed
    ana.fills("Why", "The carrier calls back")
    ana.submits()
    assert ana.sees_modal().text == ("Nobody is reminded of it until Fri, Nov 6, 12:30, unless it is late before.")
    ana.closes()
    late.floor.settles()
    assert ana.refreshed(card).buttons == []
    assert "Put off" in ana.refreshed(card).text

    late.ticks("12:29")
    assert len(late.nudged()) == 1
    late.ticks("12:31")
    again = late.nudged()[-1]
    assert again.text.splitlines()[0].endswith("due Fri, Nov 6, 13:00, put off until now")
    ana.presses("Working", again)
    late.floor.settles()
    assert ana.notices == []
    assert ana.refreshed(again).buttons == []
    assert ana.refreshed(again).text.splitlines()[0] == "Nothing of this needs you any more."


def test_a_late_case_cannot_be_put_off_but_be_given_away_or_wait_for_somebody(late: Late) -> None:
    ana, cora = late.work.person("ana"), late.work.person("cora")
    late.begins("Parcel never came")
    late.begins("Wrong size")
    late.ticks("13:00")
    (card,) = late.nudged()
    assert card.text.splitlines()[:3] == [
        "2 things need you, all of them late",
        "Case 1, “Parcel never came” · First reply is late: it was due Fri, Nov 6, 13:00",
        "Case 2, “Wrong size” · First reply is late: it was due Fri, Nov 6, 13:00",
    ]
    assert card.buttons == ["Working", "Waiting on…", "Reassign…"] * 2
    ana.presses("Waiting on…", card, beside="Wrong size")
    ana.sees_modal()
    ana.closes()
    ana.presses("Reassign…", card, beside="Parcel never came")
    ana.sees_modal("Assign a case")
    ana.picks("To whom", "cora")
    ana.submits()
    ana.closes()
    late.floor.settles()
    assert "Yours now: case 1" in late.card("cora").text
    assert ana.refreshed(card).text.splitlines()[-2].endswith("Seen to")
    assert cora.notices == []


def test_whoever_leads_sees_on_home_what_is_about_to_be_late(late: Late) -> None:
    late.begins("Parcel never came")
    late.ticks("11:00")
    home = late.work.person("cora")
    home.opens_home()
    late.floor.settles()
    read = home.home().text
    assert "About to be late · 1" in read
    assert "First reply: 50 % of the time is used, due Fri, Nov 6, 13:00" in read
    late.work.person("ana").opens_home()
    late.floor.settles()
    assert "About to be late · 1" in late.work.person("ana").home().text


def test_a_case_that_is_nobodys_is_taken_by_a_coordinator(late: Late) -> None:
    case = late.begins("Parcel never came", owner=None)
    late.work.prefers(sla="normal: first reply 40h")
    late.work.at("2026-11-06 13:30")
    late.floor.runs(LOOK)
    late.floor.runs(TURN)
    (card,) = late.nudged("cora", OPS)
    assert card.text.splitlines()[0] == "Case 1, “Parcel never came” · stuck: nobody owns it"
    assert card.buttons == ["I see to it", "Assign…", "Reroute…"]
    cora = late.work.person("cora")
    cora.presses("I see to it", card)
    late.floor.settles()
    assert late.floor.only_to("cora", OPS) == "Case 1, “Parcel never came” is @Cora Lind's now."
    owner = late.stands(case.number).owner
    assert owner
    assert owner.name == "Cora Lind"
    assert cora.refreshed(card).buttons == []
