"""Lists of cases, giving one to somebody, routing, records, and the cases of who is away: what people read."""

from datetime import timedelta

import pytest

from bot.domain.cases import Priority
from bot.domain.cases_new import NewCase
from bot.sandbox import Shown
from jobs.absences import TURN
from jobs.hygiene import POST
from storage.tables import Case
from tests.scenarios.casework import Cases
from tests.scenarios.swapping import BOT, Floor

OPS = "#ops"


class Desk(Cases):
    """Friday at half past eight: Ana and Ben work from nine on, Cora coordinates."""

    def __init__(self, floor: Floor) -> None:
        super().__init__(floor)
        self.work.prefers(time_zone="Europe/Berlin")
        self.work.shifts(
            "ana@example.com,2026-11-06,09:00,17:00,Europe/Berlin,mail",
            "ben@example.com,2026-11-06,09:00,17:00,Europe/Berlin,mail",
        )
        self.work.at("2026-11-06 08:30")

    def opens_for(self, name: str | None, title: str = "Refund is late", days: float = 0, **more: object) -> Case:
        """A case of somebody's, some days old."""
        opened = self.work.deps.clock() - timedelta(days=days)
        owner = self.work.member(name).id if name else None
        return self.opens(NewCase(title, owner_id=owner, opened_at=opened, **more))  # type: ignore[arg-type]


@pytest.fixture
def desk(floor: Floor) -> Desk:
    return Desk(floor)


def test_lists_are_paged_and_say_how_each_case_stands(desk: Desk) -> None:
    work = desk.work
    assert work.asks("ben", "/case mine").text.startswith("Your open cases: none.")
    for number in range(12):
        desk.opens_for("ana", f"Refund {number}", customer="Acme & Co" if number == 0 else None, days=0.02)
    desk.opens_for("ana", "Server down", priority=Priority.URGENT, days=0.02)
    listed = work.asks("ana", "/case mine")
    lines = listed.text.splitlines()
    assert (lines[0], lines[1]) == ("Your open cases: 13", "Case 13 Server down")
    assert lines[2] == "New · urgent · due Fri, Nov 6, 10:00"
    assert "Page 1 of 2" in listed.text
    assert "Acme & Co" in listed.text
    last = work.presses("ana", "Next", listed)
    assert "Page 2 of 2" in last.text
    assert last.buttons.count("Show") == 3
    work.person("ana").presses("Show", last, beside="Refund 11")
    assert "owner @Ana Ruiz" in desk.floor.only_to("ana", "#general")
    theirs = work.asks("ben", "/case mine @ana")
    assert theirs.text.splitlines()[0] == "Open cases of Ana Ruiz: 13"
    assert "I know no queue of that name. The queues: mail." in work.asks("ben", "/case queue billing").text
    every = work.asks("ben", "/case queue")
    assert every.text.splitlines()[:3] == ["Open cases by queue: 13", "In no queue", "13 open"]
    assert work.presses("ben", "Show", every).text.splitlines()[0] == "Open cases in no queue: 13"


def test_the_report_of_age_drills_down_to_the_cases(desk: Desk) -> None:
    work = desk.work
    desk.opens_for("ana", days=40, customer="Acme")
    desk.opens_for(None, "Parcel", days=2)
    assert "I did not understand “aging chat”." in work.asks("cora", "/case aging chat").text
    report = work.asks("cora", "/case aging")
    lines = report.text.splitlines()
    assert lines[0] == "Open cases by age: 2"
    assert [line.split() for line in lines if line.startswith(("Ana Ruiz", "Nobody", "All"))] == [
        ["Ana", "Ruiz", "·", "·", "·", "·", "·", "1", "1"],
        ["Nobody's", "·", "1", "·", "·", "·", "·", "1"],
        ["All", "·", "1", "·", "·", "·", "1", "2"],
    ]
    assert "• Case 1 Refund is late · Acme · 40 days · @Ana Ruiz" in report.text
    work.person("cora").chooses("Show the cases behind a number", "over 30 days: 1", report)
    assert "Open cases, over 30 days: 1" in desk.floor.only_to("cora", "#general")


def test_a_case_is_given_to_who_is_there_or_to_somebody_else(desk: Desk) -> None:
    work, ana = desk.work, desk.work.person("ana")
    desk.opens_for(None)
    desk.opens_for("ben", "Parcel")
    desk.work.at("2026-11-06 11:00")
    said = work.asks("ana", "/case assign 1")
    assert "Case 1, “Refund is late” is nobody's." in said.text
    assert "1. @Ana Ruiz: there until 17:00, no open case" in said.text
    ana.presses("Assign", said, beside="1. ")
    assert ana.refreshed(said).text == "Case 1, “Refund is late” is @Ana Ruiz's now."
    said = work.asks("ana", "/case assign 1 @ben")
    assert said.text == "Case 1, “Refund is late” is @Ben Okafor's now; it was @Ana Ruiz's."
    desk.floor.settles()
    card = desk.card("ben")
    assert card.text.startswith("Yours now: case 1")
    work.person("ben").presses("Assign…", card)
    form = work.person("ben").sees_modal("Assign a case")
    assert "It is @Ben Okafor's now." in form.text
    work.person("ben").submits()
    assert list(work.person("ben").sees_modal("Assign a case").errors.values()) == ["Choose who should have it."]
    work.person("ben").picks("Who could see to it", "1. Ana Ruiz")
    work.person("ben").fills("Why", "She knows the bank")
    work.person("ben").submits()
    assert "is @Ana Ruiz's now; it was" in work.person("ben").sees_modal("Assign a case").text
    work.person("ben").closes()
    desk.floor.settles()
    assert "She knows the bank" in desk.card("ana").text
    assert "Say which case" in work.asks("cora", "/case assign").text
    assert "Mention one person: /case assign 1 @ben." in work.asks("cora", "/case assign 1 ben").text
    assert "“ana” mentions nobody. Whose cases: /case mine @ben." in work.asks("cora", "/case mine ana").text
    assert ana.notices == []


def test_rules_say_where_cases_belong_and_a_reroute_says_why(desk: Desk) -> None:
    work, cora = desk.work, desk.work.person("cora")
    assert "no rule yet" in work.asks("cora", "/floor routing").text
    cora.presses("Add a rule…", cora.sees("#general")[-1])
    cora.sees_modal("A routing rule")
    cora.fills("Name", "Money")
    cora.picks("Puts cases into", "mail")
    cora.fills("Title has one of", "refund, money back")
    cora.submits()
    shown = cora.sees_modal("A routing rule").text.splitlines()
    assert shown[1:4] == ["1. Money → mail", "title has refund or money back", "no case yet"]
    cora.closes()
    desk.opens_for("ana")
    assert "In its queue by the rule “Money”" in work.asks("ana", "/case 1").text
    work.shifts("ana@example.com,2026-11-06,09:00,17:00,Europe/Berlin,phones")
    ana = work.person("ana")
    ana.chooses("More…", "Reroute…", ana.sees("#general")[-1])
    ana.sees_modal("Reroute a case")
    ana.picks("To which queue", "phones")
    ana.picks("Why", "It never belonged where it is")
    ana.fills("For whoever gets it", "They called about it")
    ana.submits()
    assert "is in phones now." in ana.sees_modal("Reroute a case").text
    ana.closes()
    listed = work.asks("cora", "/floor routing")
    assert "one case, 1 misrouted, too few for a share" in listed.text
    cora.presses("End", listed, confirm=True)
    assert cora.refreshed(listed).text.startswith("Routing: no rule yet")
    assert work.asks("ana", "/floor routing").text.startswith("Only coordinators and managers say which")


def test_records_are_put_right_from_the_list_of_the_week(desk: Desk) -> None:
    work, cora = desk.work, desk.work.person("cora")
    desk.opens_for("ana", customer="Acme", tags=("refund",), days=1)
    desk.opens_for("ana", "Re: refund is late!", customer="Acme", tags=("refund",), days=0.5)
    work.at("2026-11-09 08:00")
    desk.floor.runs(POST)
    posted = cora.sees(OPS)[-1]
    assert posted.text.splitlines()[:2] == ["Records to put right: 1", "The same twice: 1"]
    cora.presses("Show", posted)
    listed = next(shown for shown in reversed(cora.sees(OPS)) if shown.only_you)
    assert "The same customer wants the same in case 1" in listed.text
    assert work.presses("cora", "Done", listed).text == "The same twice: none is left."
    assert "none is there twice" in work.asks("cora", "/case check").text


def test_the_cases_of_who_is_away_are_given_to_who_is_there_and_back(desk: Desk) -> None:
    work, floor, cora = desk.work, desk.floor, desk.work.person("cora")
    for title in ("Server down", "Refund is late"):
        desk.opens_for("ana", title, priority=Priority.URGENT, customer="Acme", days=0.02)
    work.presses("ana", "Yes", work.asks("ana", "/sick"))
    work.at("2026-11-06 08:33")
    floor.runs(TURN)
    card = _away(desk)
    assert "2 cases cannot wait until they are back" in card.text
    assert card.text.count("→ @Ben Okafor: comes Fri, Nov 6, 09:00") == 2
    cora.presses("Reassign all 2", card)
    floor.settles()
    assert floor.only_to("cora", OPS) == "Case 1 is @Ben Okafor's; case 2 is @Ben Okafor's."
    assert "Handed over" in _away(desk).text
    taken = work.person("ben").sees(BOT)[-1]
    assert taken.text.startswith("@Ana Ruiz is away, and 2 cases of theirs are yours meanwhile.")
    work.person("ben").chooses("More…", "Customer wrote", work.asks("ben", "/case 2"))
    work.at("2026-11-06 10:00")
    work.asks("ana", "/sick back")
    floor.settles()
    told = [shown.text for shown in cora.thread(_away(desk))[1:]]
    assert told[-1] == (
        "@Ana Ruiz is back: one shift is theirs again. One case is theirs again, one case stays where something "
        "has happened since."
    )
    assert (desk.stands(1).owner, desk.stands(2).owner) != (None, None)
    owners = [each.owner.name for number in (1, 2) if (each := desk.stands(number)).owner]
    assert owners == ["Ana Ruiz", "Ben Okafor"]


def _away(desk: Desk) -> Shown:
    """The card of the absence."""
    seen = [each for each in desk.work.person("cora").sees(OPS) if not each.only_you]
    found = [each for each in seen if each.text.startswith(("@Ana Ruiz is away", "@Ana Ruiz was away"))]
    assert found, seen
    return found[-1]
