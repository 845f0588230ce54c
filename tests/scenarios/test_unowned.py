"""Shifts that nobody works: an import brings them, people leave them behind, and others are asked for them."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import build_clerk
from bot.sandbox import Shown
from bot.settings import Mode
from tests.scenarios.covering import Covers
from tests.scenarios.desks import home, opens, part, presses
from tests.scenarios.swapping import BOT, Floor, swapping
from tests.scenarios.uploading import shifts_csv
from tests.workplace import until

OPEN = (
    ",2026-11-10,10:00,14:00,Europe/Berlin,mail",
    ",2026-11-11,10:00,14:00,Europe/Berlin,mail",
    ",2026-11-12,10:00,14:00,Europe/Berlin,",
)
LINES = ("Tue, Nov 10, 10:00–14:00 · mail", "Wed, Nov 11, 10:00–14:00 · mail", "Thu, Nov 12, 10:00–14:00")


class Receipts(Covers):
    """The floor of the covers, where Cora gives the bot a file and reads what came of it."""

    def drops(self) -> None:
        """Cora imports three shifts without owner."""
        cora = self.work.person("cora")
        cora.uploads("plan.csv", shifts_csv(*OPEN).encode(), BOT)
        until(lambda: any("Preview of plan.csv" in each.text for each in cora.sees(BOT)))
        cora.presses("Apply", next(each for each in cora.sees(BOT) if "Preview of" in each.text))
        until(lambda: any("plan.csv is applied" in each.text for each in cora.sees(BOT)))
        self.floor.settles()

    def receipt(self) -> Shown:
        """What the file has become."""
        self.floor.settles()
        return next(each for each in self.work.person("cora").sees(BOT) if "plan.csv is applied" in each.text)


@pytest.fixture(params=list(Mode))
def receipts_everywhere(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Iterator[Receipts]:
    """In both modes, on both databases."""
    with swapping(database_url, request.param, tmp_path) as floor:
        clerk = build_clerk(floor.work.deps)
        clerk.start()
        try:
            yield Receipts(floor)
        finally:
            clerk.close()


@pytest.fixture
def covers(floor: Floor) -> Covers:
    """Three shifts without owner are imported at the command line."""
    floor.work.shifts(*OPEN)
    return Covers(floor)


def taps(covers: Covers, who: str, label: str) -> None:
    """Somebody presses a button on the newest card, and nobody waits until all have read of it."""
    covers.work.person(who).presses(label, covers.card(who))


def pauses(covers: Covers, who: str) -> None:
    """Somebody is not to be disturbed for an hour."""
    covers.work.person(who).pauses(timedelta(hours=1))


def passes(covers: Covers) -> None:
    """The hour is over."""
    covers.work.sandbox.clock.set(covers.work.deps.clock() + timedelta(hours=1, minutes=1))
    covers.floor.settles()


def test_what_a_file_leaves_open_is_offered_from_its_receipt(receipts_everywhere: Receipts) -> None:
    floor = receipts_everywhere
    floor.drops()
    receipt = floor.receipt()
    assert "3 shifts have no owner yet." in receipt.text
    assert receipt.buttons == ["Offer them…", "Undo"]
    cora = floor.work.person("cora")
    cora.presses("Offer them…", receipt)
    form = cora.sees_modal("Offer open shifts")
    assert form.submit_label == "Offer 3 shifts"
    assert list(form.fields.values()) == [list(LINES)]
    (days,) = form.fields
    cora.picks(days, list(LINES[:2]))
    assert cora.sees_modal().submit_label == "Offer 2 shifts"
    cora.submits()
    floor.floor.settles()
    assert cora.sees_modal().text == "Open shifts 1 and 2 are offered to others now, a few people at a time."
    cora.closes()
    assert floor.states() == ["open", "open"]
    assert "1 shift has no owner yet." in floor.receipt().text
    assert "Open shift 1 · can you work this?" in floor.cards("dev")


def test_what_stands_open_already_is_left_out_and_said(covers: Covers) -> None:
    cora = covers.work.person("cora")
    listed = covers.work.asks("cora", "/floor imports")
    assert "3 shifts have no owner yet." in listed.text
    cora.presses("Offer them…", listed)
    cora.sees_modal("Offer open shifts")
    other = covers.work.person("cleo")
    opens(covers.floor, "cleo")
    other.presses("Offer…", other.home(), beside=LINES[0].replace("10:00–14:00", "04:00–08:00"))
    assert other.sees_modal("Offer open shifts").submit_label == "Offer it"
    other.submits()
    covers.floor.settles()
    cora.submits()
    covers.floor.settles()
    assert cora.sees_modal().text.splitlines() == [
        "Open shifts 2 and 3 are offered to others now, a few people at a time.",
        "1 shift left out: This is offered to others already. Nothing was changed.",
    ]
    assert covers.states() == ["open"] * 3
    again = covers.work.person("cora")
    again.closes()
    again.presses("Offer them…", listed)
    assert covers.floor.only_to("cora", "#general").startswith("Each of them has an owner by now")


def test_nothing_ticked_offers_nothing(covers: Covers) -> None:
    covers.work.shifts(*(f",2026-11-{day},10:00,14:00,Europe/Berlin,mail" for day in range(10, 23)))
    cora = covers.work.person("cora")
    cora.presses("Offer them…", covers.work.asks("cora", "/floor imports"), beside="11 added")
    groups = list(cora.sees_modal("Offer open shifts").fields)
    for days in groups:
        cora.picks(days, [])
    assert cora.sees_modal().submit_label == "Offer them"
    cora.submits()
    assert cora.sees_modal().errors == {groups[0]: "Choose at least one."}
    assert covers.states() == []


def test_whoever_decides_finds_an_owner_from_home(covers: Covers) -> None:
    opens(covers.floor, "cora", "ana")
    assert part(covers.floor, "cora", "Needs an owner · 3") == list(LINES)
    assert "Needs an owner" not in home(covers.floor, "ana").text
    covers.work.changes("ben", deleted=True)
    covers.floor.settles()
    lines = part(covers.floor, "cora", "Needs an owner · 5")
    assert lines[0] == "Sat, Nov 7, 10:00–18:00 · mail · of @Ben Okafor, who has left"
    presses(covers.floor, "cora", "Give to…", beside="Sat, Nov 7")
    cora = covers.work.person("cora")
    cora.picks("Who works it", next(each for each in cora.searches("Who works it", "dev")))
    cora.submits()
    covers.floor.settles()
    assert covers.floor.works("dev") == ["Nov 7", "Nov 10"]
    assert part(covers.floor, "cora", "Needs an owner · 4")[0] == LINES[0]


def test_what_somebody_could_take_stands_on_their_home(covers: Covers) -> None:
    covers.work.prefers(cover_wave_size="1")
    opens(covers.floor, "dev", "cora")
    covers.opens("mail nov 12 10-14 x8")
    assert len(covers.cards("dev")) == 2
    lines = part(covers.floor, "dev", "Open shifts you could take · 6")
    assert [line.split(" · ")[1] for line in lines[:4]] == ["Thu, Nov 12, 14:30–18:30"] * 4
    assert lines[4:] == ["2 more: /cover list"]
    assert "Open shifts you could take" not in home(covers.floor, "cora").text
    presses(covers.floor, "dev", "Take…", beside=lines[0].split(" · ")[0])
    dev = covers.work.person("dev")
    assert "For you\nWeek of Mon, Nov 9: 8 h → 12 h" in dev.sees_modal().text
    dev.submits()
    covers.floor.settles()
    assert covers.floor.works("dev") == ["Nov 10", "Nov 12"]
    assert "Open shifts you could take" not in home(covers.floor, "dev").text


def test_a_partly_taken_cover_says_what_is_still_open(covers: Covers) -> None:
    covers.gives()
    opens(covers.floor, "ana")
    covers.takes("ben", "08:00", "12:00")
    words = "Fri, Nov 6, 13:00–17:00 of 09:00–17:00 still open · mail; @Ben Okafor has the rest"
    assert words in home(covers.floor, "ana").text
    assert words in covers.work.asks("ana", "/cover list").text


def test_who_was_asked_before_hears_that_a_part_is_open_again(covers: Covers) -> None:
    covers.floor.review()
    covers.gives()
    covers.form("cleo", "Can't…")
    covers.floor.says_why("cleo", "")
    covers.presses("ben", "Take all")
    assert covers.card("dev").buttons == []
    covers.presses("ben", "Give back")
    assert covers.told("dev") == [
        "Cover 1: Fri, Nov 6, 13:30–21:30 · mail is open again. If you can work then, take it by the card."
    ]
    assert covers.told("cleo") == []
    assert [each for each in covers.told("ben") if "open again" in each] == []
    assert covers.card("dev").buttons == ["Take all", "Take part…", "Can't…"]


def test_who_is_not_to_be_disturbed_hears_of_it_afterwards_if_it_is_open_still(covers: Covers) -> None:
    covers.floor.review()
    covers.gives()
    for taken_again in (False, True):
        covers.presses("ben", "Take all")
        pauses(covers, "dev")
        taps(covers, "ben", "Give back")
        until(lambda: covers.card("dev").buttons != [])
        assert "open again" not in str(covers.told("dev")[1:])
        if taken_again:
            taps(covers, "ben", "Take all")
        passes(covers)
        assert len(covers.told("dev")) == 1


def test_who_could_not_be_told_before_it_was_taken_is_asked_once_it_is_open_again(covers: Covers) -> None:
    covers.floor.review()
    pauses(covers, "dev")
    covers.work.person("ana").types("/cover fri")
    covers.work.person("ana").submits()
    until(lambda: covers.cards("ben") != [])
    taps(covers, "ben", "Take all")
    until(lambda: covers.card("ben").buttons == ["Give back"])
    passes(covers)
    assert covers.cards("dev") == []
    covers.presses("ben", "Give back")
    assert covers.card("dev").buttons == ["Take all", "Take part…", "Can't…"]
    assert covers.told("dev") == []


def test_undoing_what_opened_shifts_withdraws_them_while_nobody_has_taken_any(covers: Covers) -> None:
    covers.opens("mail sat 10-14 x2")
    cora = covers.work.person("cora")
    listed = covers.work.asks("cora", "/floor imports")
    cora.presses("Undo…", listed, beside="Edit 4", confirm=True)
    covers.floor.settles()
    assert covers.states() == ["withdrawn", "withdrawn"]
    assert covers.card("dev").text.startswith("Open shift ")
    assert "is withdrawn by @Cora Lind" in covers.card("dev").text
    assert covers.card("dev").buttons == []


def test_undoing_what_opened_shifts_is_refused_by_the_name_of_what_was_taken(covers: Covers) -> None:
    covers.floor.review()
    covers.opens("mail sat 10-14")
    who = next(name for name in ("dev", "ana", "cleo") if covers.cards(name))
    covers.presses(who, "Take all")
    cora = covers.work.person("cora")
    listed = covers.work.asks("cora", "/floor imports")
    cora.presses("Undo…", listed, beside="Edit 4", confirm=True)
    covers.floor.settles()
    assert "cover 1" in cora.refreshed(listed).text
    assert covers.states() == ["open"]
