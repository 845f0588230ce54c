"""What may come between a shift that is given away and whoever takes it."""

import pytest

from tests.scenarios.covering import Covers
from tests.scenarios.swapping import ANA_FRI, BOT, Floor

TAKEN_BY_BEN = "Cover 1 is covered by @Ben Okafor."


@pytest.fixture
def covers(floor: Floor) -> Covers:
    return Covers(floor)


def test_a_double_press_takes_it_once_and_who_is_late_reads_who_came_first(covers: Covers) -> None:
    covers.gives()
    covers.floor.falls_silent()
    ben, dev = (covers.work.person(name) for name in ("ben", "dev"))
    for person in (ben, ben, dev):
        card = [each for each in person.sees(BOT) if each.text.startswith("Cover 1")][-1]
        person.presses("Take all", card)
        assert person.notices == []
    assert covers.floor.works("ben")[0] == "Nov 6"
    assert [each for each in ben.sees(BOT) if each.only_you] == []
    assert covers.floor.only_to("dev") == "Cover 1: @Ben Okafor came first. Nothing was changed."


def test_what_was_offered_on_says_that_who_gave_it_first_took_it_back(covers: Covers) -> None:
    covers.gives()
    covers.presses("ben", "Take all")
    covers.gives("ben")
    ana = covers.work.person("ana")
    ana.presses("Undo", next(each for each in ana.sees(BOT) if "Undo" in each.buttons))
    covers.floor.settles()
    assert covers.floor.works("ana") == ["Nov 6", "Nov 13"]
    assert covers.work.asks("ben", "/cover 2").text.startswith("Cover 2 is void: @Ana Ruiz took it back.")
    assert "Cover 2 is void: @Ana Ruiz took it back." in covers.told("ben")


def test_who_is_late_for_a_part_reads_what_is_left(covers: Covers) -> None:
    covers.gives()
    covers.form("dev", "Take part…")
    covers.takes("ben", "08:00", "11:00")
    dev = covers.work.person("dev")
    dev.submits()
    assert dev.sees_modal().text == "Cover 1: @Ben Okafor came first. Still open: 16:30–21:30."
    assert covers.floor.works("dev") == ["Nov 10"]


def test_the_form_for_a_part_says_what_it_means_and_what_is_wrong(covers: Covers) -> None:
    covers.gives()
    form = covers.form("ben", "Take part…")
    assert "For you\nWeek of Mon, Nov 2: 8 h → 16 h" in form.text
    ben = covers.work.person("ben")
    ben.picks("Until", "10:00")
    assert "For you\nWeek of Mon, Nov 2: 8 h → 10 h" in ben.sees_modal().text
    for start, end, words in (
        ("08:00", "17:00", "That is not a part of what is to be taken."),
        ("10:00", "10:00", "It ends where it begins."),
        ("10:00", "10:20", "That is too short for anybody to come. Choose 1\u00a0h or more, or all of it."),
    ):
        ben.picks("From", start)
        ben.picks("Until", end)
        ben.submits()
        assert ben.sees_modal().errors["Until"].startswith(words)
    ben.closes()
    assert covers.floor.works("ben") == ["Nov 7", "Nov 14"]


def test_what_costs_overtime_is_read_before_it_is_taken(covers: Covers) -> None:
    covers.work.prefers(rules='{"overtime": {"effect": "review", "limit": 10}}')
    covers.gives()
    form = covers.form("ben", "Take all")
    assert "overtime" in form.text
    assert covers.floor.works("ben") == ["Nov 7", "Nov 14"]
    covers.work.person("ben").submits()
    covers.floor.settles()
    assert "yours as soon as it is approved" in covers.card("ben").text


def test_who_cannot_says_why_to_approvers_only(covers: Covers) -> None:
    covers.floor.review()
    covers.gives()
    form = covers.form("dev", "Can't…")
    assert "only whoever approves it reads what you write" in form.text
    covers.floor.says_why("dev", "dentist")
    assert covers.card("dev").buttons == ["Take all", "Take part…"]
    assert "1 of them cannot" in covers.card("ana").text
    covers.presses("ben", "Take all")
    assert "Cannot\n• @Dev Rao “dentist”" in covers.card("cora", "#ops").text
    for name in ("ana", "ben"):
        assert "dentist" not in covers.card(name).text


def test_what_waits_for_approval_is_given_back_and_offered_again(covers: Covers) -> None:
    covers.floor.review()
    covers.gives()
    covers.presses("ben", "Take all")
    covers.presses("ben", "Give back")
    words = f"Cover 1 was given back by @Ben Okafor. {ANA_FRI} is offered to others again."
    assert covers.told("ana")[-1] == words
    assert covers.card("cora", "#ops").buttons == []
    assert covers.card("dev").buttons == ["Take all", "Take part…", "Can't…"]


def test_nobody_decides_what_is_their_own_or_not_for_them(covers: Covers) -> None:
    covers.floor.review()
    covers.gives("cora", "@ana fri")
    assert covers.told("ana")[0].startswith("Cover 1 was entered for you by @Cora Lind: ")
    covers.presses("ben", "Take all")
    covers.work.people("email,name,role\ncleo@example.com,Cleo Hart,coordinator\n")
    covers.presses("cora", "Approve", "#ops")
    assert covers.floor.only_to("cora", "#ops").startswith("Nobody decides what they did for somebody else.")
    covers.presses("ana", "Approve", "#ops")
    assert covers.floor.only_to("ana", "#ops").startswith("This is not for you to decide.")
    assert covers.floor.works("ana") == ["Nov 6", "Nov 13"]


def test_a_coordinator_gives_it_to_somebody_who_reads_of_it(covers: Covers) -> None:
    covers.gives()
    shown = covers.work.asks("cora", "/cover 1")
    cora = covers.work.person("cora")
    cora.presses("Give to…", shown)
    # Ana gives it, Carl works no shifts.
    first, *others = cora.searches("Who takes it", "")
    assert (first, len(others)) == ("1. Cleo Hart", 2)
    assert cora.searches("Who takes it", "carl") == []
    (dev,) = cora.searches("Who takes it", "rao")
    cora.picks("Who takes it", dev)
    form = cora.sees_modal()
    assert "For them\nWeek of Mon, Nov 2: 0 min → 8 h" in form.text
    assert form.fields["Who takes it"] == dev
    cora.submits()
    covers.floor.settles()
    assert cora.modal is None
    assert covers.floor.works("dev") == ["Nov 6", "Nov 10"]
    assert covers.told("dev")[-1].startswith("Cover 1 was taken by @Cora Lind for @Dev Rao: ")


def test_who_works_some_of_it_already_can_be_given_the_rest_only(covers: Covers) -> None:
    covers.work.shifts("dev@example.com,2026-11-06,15:00,19:00,Europe/Berlin,mail")
    covers.gives()
    cora = covers.work.person("cora")
    cora.presses("Give to…", covers.work.asks("cora", "/cover 1"))
    assert cora.searches("Who takes it", "dev") == []
    cora.picks("Until", "15:00")
    assert [each[3:] for each in cora.searches("Who takes it", "dev")] == ["Dev Rao"]
    cora.submits()
    assert cora.sees_modal().errors == {"Who takes it": "Please complete this required field."}


def test_what_nobody_takes_is_over_when_it_begins(covers: Covers) -> None:
    covers.gives()
    covers.work.at("2026-11-02 12:31")
    covers.turns()
    assert covers.told("ana") == [
        f"Cover 1: everybody who can was asked, and nobody has taken {ANA_FRI} yet. "
        "@Ana Ruiz works it unless somebody takes it."
    ]
    covers.work.at("2026-11-06 09:00")
    covers.turns()
    assert covers.card("ana").text.startswith("Cover 1 is over: it was not taken in time.")
    assert covers.told("ana")[-1] == "Cover 1 is over: it was not taken in time. Nothing changes."
    assert covers.card("ben").buttons == []
    assert covers.floor.works("ana")[0] == "Nov 6"


def test_shifts_that_are_not_understood_are_asked_for_in_a_form(covers: Covers) -> None:
    assert covers.work.asks("ana", "/cover open mail sat 9-17").text.startswith("Only leads, coordinators")
    cora = covers.work.person("cora")
    cora.types("/cover open mail sat x3")
    form = cora.sees_modal("Open shifts")
    assert (form.fields["Queue"], form.fields["How many"]) == ("mail", "3")
    cora.submits()
    assert list(cora.sees_modal().errors) == ["From", "Until"]
    cora.picks("From", "22:00")
    cora.picks("Until", "06:00")
    cora.submits()
    covers.floor.settles()
    assert cora.sees_modal().text.startswith("Now offered: Open shift 1, Open shift 2, Open shift 3.")
    assert covers.states() == ["open"] * 3


def test_what_was_said_back_can_be_changed_or_confirmed(covers: Covers) -> None:
    said = covers.work.asks("cora", "/cover open mail sat 10-14")
    cora = covers.work.person("cora")
    cora.presses("Change…", said)
    form = cora.sees_modal("Open shifts")
    assert (form.fields["From"], form.fields["Until"]) == ("10:00", "14:00")
    cora.closes()
    assert covers.work.presses("cora", "Open it", said).buttons == []
    covers.floor.settles()
    assert covers.states() == ["open"]
    late = covers.work.asks("cora", "/cover open mail today 13-17")
    covers.work.at("2026-11-02 13:00")
    assert covers.work.presses("cora", "Open it", late).text.startswith("This has begun already.")


def test_home_shows_what_is_offered_asked_for_and_to_be_decided(covers: Covers) -> None:
    covers.floor.review()
    for name in ("ana", "ben", "cora"):
        covers.work.person(name).opens_home()
    covers.floor.settles()
    ana, ben, cora = (covers.work.person(name) for name in ("ana", "ben", "cora"))
    ana.presses("Give a shift away…", ana.home())
    ana.picks("Your shift", ANA_FRI)
    ana.submits()
    covers.floor.settles()
    assert "Your requests\nCover 1 is open: nobody has taken it yet." in ana.home().text
    assert "Waiting for you\nCover 1 · can you work this for @Ana Ruiz?" in ben.home().text
    ben.presses("Take all", ben.home())
    covers.floor.settles()
    assert "Your requests\nCover 1 is yours as soon as it is approved." in ben.home().text
    assert "To decide · 1\nCover 1\n@Ben Okafor works" in cora.home().text
    cora.presses("Review…", cora.home())
    assert "Why @Ben Okafor" in cora.sees_modal("Cover 1").text
    cora.closes()
    cora.presses("Approve", cora.home())
    covers.floor.settles()
    assert covers.floor.works("ben")[0] == "Nov 6"
    assert "Nothing waits for your decision." in cora.home().text
    ana.presses("Covers", ana.home())
    assert ana.sees_modal("Covers").text.startswith("Nothing is offered, by you or to you.")


def test_whoever_runs_the_desk_opens_shifts_from_home(covers: Covers) -> None:
    cora, ana = covers.work.person("cora"), covers.work.person("ana")
    for person in (cora, ana):
        person.opens_home()
    covers.floor.settles()
    assert "Open shifts…" not in ana.home().buttons
    cora.presses("Open shifts…", cora.home())
    cora.picks("Queue", "mail")
    cora.picks("Day", "2026-11-07")
    cora.picks("From", "10:00")
    cora.picks("Until", "14:00")
    cora.submits()
    covers.floor.settles()
    assert cora.sees_modal("Open shifts").text.startswith("Now offered: Open shift 1.")
    cora.closes()
    assert "Your requests\nOpen shift 1 is open: nobody has taken it yet." in cora.home().text
    assert [label for label in cora.home().buttons if label in ("Take all", "Give to…", "Withdraw")] == [
        "Give to…",
        "Withdraw",
    ]


def test_an_open_shift_says_what_it_does_to_coverage_to_whoever_opened_it(covers: Covers) -> None:
    covers.floor.needs("mail", plan="sat 09:00-17:00 2; sat 12:00-14:00 3")
    covers.opens("mail sat 10-14")
    assert "If it is taken: mail 1 → 2 of 2 needed" in covers.card("cora").text
    assert "If it is taken" not in covers.card("dev").text
    covers.presses("dev", "Take all")
    assert "If it is taken" not in covers.card("cora").text


def test_who_is_asked_reads_the_overtime_that_it_would_be(covers: Covers) -> None:
    covers.work.people("email,name,weekly_hours\nben@example.com,Ben Okafor,10\n")
    covers.gives("ana", "fri")
    assert "8 h · 6 h of it overtime for you" in covers.card("ben").text
    assert "overtime" not in covers.card("dev").text


def test_people_of_a_partner_count_as_there_and_are_not_asked(covers: Covers) -> None:
    covers.work.people("email,name,team\ndev@example.com,Dev Rao,Partner\n")
    covers.work.prefers("Partner", cover_asked="false")
    covers.floor.needs("mail", plan="tue 05:00-11:00 1")
    assert "Enough people are there." in covers.work.asks("cora", "/coverage nov 10").text
    covers.gives("ana", "fri")
    assert covers.cards("ben") == ["Cover 1 · can you work this for @Ana Ruiz?"]
    assert covers.cards("dev") == []
