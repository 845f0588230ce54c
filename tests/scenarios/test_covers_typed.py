"""What can be typed after ``/cover``, and what is answered where no form opens."""

import pytest

from tests.scenarios.covering import Covers
from tests.scenarios.swapping import ANA_FRI, Floor

YOURS = "Your shift"


@pytest.fixture
def covers(floor: Floor) -> Covers:
    return Covers(floor)


@pytest.mark.parametrize(
    ("typed", "shift", "times"),
    [
        ("", None, (None, None)),
        ("fri", ANA_FRI, (None, None)),
        ("14-16 fri", ANA_FRI, ("14:00", "16:00")),
        ("fri 14-20", ANA_FRI, ("14:00", None)),
        ("nov 13 9-12", "Fri, Nov 13, 09:00–17:00 · mail", (None, "12:00")),
        ("<@me> fri", ANA_FRI, (None, None)),
    ],
)
def test_the_form_opens_with_what_was_typed(
    covers: Covers, typed: str, shift: str | None, times: tuple[str | None, str | None]
) -> None:
    ana = covers.work.person("ana")
    ana.types(f"/cover {typed.replace('<@me>', '@ana')}")
    form = ana.sees_modal("Give a shift away")
    assert form.fields[YOURS] == shift
    assert (form.fields["From"], form.fields["Until"]) == times
    assert "it stays with you" in form.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("wed", "“wed”: you have no shift then that you could give away."),
        ("november", "“november”: you have 2 shifts then, pick one."),
        ("blurb", "I did not understand “blurb”."),
        ("feb 31", "There is no “feb 31”: February has at most 29 days."),
        ("fri @nobody", "I cannot tell who @nobody is."),
        ("2026-11-01 to 2099-11-01 9-17", "is too long a time."),
    ],
)
def test_what_makes_no_sense_is_said_on_top_of_the_form(covers: Covers, typed: str, said: str) -> None:
    ana = covers.work.person("ana")
    ana.types(f"/cover {typed}")
    assert said in ana.sees_modal("Give a shift away").text


def test_who_has_nothing_to_give_reads_what_they_can_do(covers: Covers) -> None:
    assert covers.work.asks("cora", "/cover").text.splitlines() == [
        "You have no shift ahead of you that you could give away.",
        "What is offered to you: /cover list · shifts that nobody works yet: /cover open mail sat 9-17",
    ]
    contact = covers.work.asks("carl", "/cover fri").text
    assert contact.startswith("Covers are for those who work shifts here.")
    assert "/cover open" not in covers.work.asks("ana", "/cover help").text
    assert "/cover open mail sat 9-17 x2" in covers.work.asks("cleo", "/cover help").text


def test_somebody_elses_shift_is_given_away_by_who_may(covers: Covers) -> None:
    refused = "Only a coordinator, a manager or the lead of their team gives a shift of @Ana Ruiz away."
    assert covers.work.asks("ben", "/cover @ana fri").text == refused
    assert covers.work.asks("cleo", "/cover @ana fri").text == refused
    dev = "@Dev Rao has no shift ahead that could be given away."
    covers.work.at("2026-11-20 12:00")
    assert covers.work.asks("cleo", "/cover @dev").text.splitlines()[0] == dev


def test_a_shift_of_somebody_who_is_not_on_the_roster_cannot_be_given_away(covers: Covers) -> None:
    covers.work.sandbox.invite("olga", real_name="Olga")
    assert covers.work.asks("cora", "/cover @olga fri").text.splitlines() == [
        "@Olga is not on the roster, so they have no shift that could be given away.",
        "A people file puts them there.",
    ]
    refused = "Only a coordinator, a manager or the lead of their team gives a shift of @Olga away."
    assert covers.work.asks("ben", "/cover @olga fri").text == refused


def test_covers_are_looked_up_by_number_and_listed(covers: Covers) -> None:
    assert covers.work.asks("ana", "/cover list").text.startswith("Nothing is offered, by you or to you.")
    covers.gives()
    covers.opens()
    listed = covers.work.asks("ana", "/cover list").text
    assert "Yours · 1\nCover 1 is open: nobody has taken it yet." in listed
    assert "Open shift 2 is open" in listed
    assert "Offered to you · 2" in covers.work.asks("dev", "/cover list").text
    assert covers.work.asks("cora", "/cover list @ana").text.startswith("Yours · 1\n")
    assert covers.work.asks("ben", "/cover 1").buttons == ["Take all", "Take part…", "Can't…"]
    assert covers.work.asks("ben", "/cover #1").text == covers.work.asks("ben", "/cover 1").text
    assert covers.work.asks("ben", "/cover 9").text.startswith("There is no cover 9.")
    assert covers.work.asks("ben", "/cover list @ana").text.startswith("You can look at your own covers")
    assert covers.work.asks("cora", "/cover list @carl").text.startswith("Nothing is offered")


def test_who_leads_or_decides_reads_all_that_is_open_on_the_floor(covers: Covers) -> None:
    covers.gives()
    covers.opens()
    listed = covers.work.asks("cora", "/cover list")
    assert "Open on the floor · 1\nCover 1 is open: nobody has taken it yet." in listed.text
    covers.work.person("cora").presses("Show", listed, beside="Cover 1")
    shown = [each for each in covers.work.person("cora").sees() if each.only_you][-1]
    assert shown.text.startswith("Cover 1 is open")
    # Cleo leads Dev's team, and whoever leads one finds people for open shifts.
    assert "Open on the floor" not in covers.work.asks("cleo", "/cover list").text
    covers.form("cleo", "Can't…")
    covers.floor.says_why("cleo", "")
    assert "Open on the floor · 1\nOpen shift 2 is open" in covers.work.asks("cleo", "/cover list").text
    assert "Open on the floor" not in covers.work.asks("dev", "/cover list").text


def test_a_cover_between_others_is_not_shown(covers: Covers) -> None:
    covers.work.shifts("dev@example.com,2026-11-06,09:00,17:00,Europe/Berlin,mail")
    covers.gives()
    assert covers.work.asks("cora", "/cover 1").buttons
    assert covers.work.asks("dev", "/cover 1").text.startswith("Cover 1 is between others.")


def test_a_line_of_the_list_shows_its_card(covers: Covers) -> None:
    covers.gives()
    listed = covers.work.asks("ben", "/cover list")
    covers.work.person("ben").presses("Show", listed)
    shown = [each for each in covers.work.person("ben").sees() if each.only_you][-1]
    assert shown.text.startswith("Cover 1 · can you work this for @Ana Ruiz?")
    covers.work.person("ben").presses("Take all", shown)
    covers.floor.settles()
    renewed = [each for each in covers.work.person("ben").sees() if each.only_you][-1]
    assert renewed.text.startswith("Cover 1 is covered by you.")


def test_the_button_on_a_shift_opens_the_form_with_it(covers: Covers) -> None:
    ana = covers.work.person("ana")
    ana.presses("Give away…", covers.work.asks("ana", "/shifts"), beside="Nov 13")
    assert ana.sees_modal("Give a shift away").fields[YOURS].startswith("Fri, Nov 13")
    ana.closes()
    cora = covers.work.person("cora")
    cora.presses("Give away for Ana Ruiz…", covers.work.asks("cora", "/shifts @ana"), beside="Nov 6")
    form = cora.sees_modal("Give a shift away")
    assert form.fields["Their shift"] == ANA_FRI
    assert "You enter this for @Ana Ruiz, who is told and may withdraw it. You cannot approve it." in form.text


def test_the_button_on_a_shift_that_is_gone_says_so(covers: Covers) -> None:
    shifts = covers.work.asks("ana", "/shifts")
    covers.gives()
    covers.presses("ben", "Take all")
    covers.work.person("ana").presses("Give away…", shifts, beside="Nov 6")
    assert covers.floor.only_to("ana", "#general").startswith("This shift is not yours any more, or has begun.")


def test_mistakes_stand_at_their_fields(covers: Covers) -> None:
    ana = covers.work.person("ana")
    ana.types("/cover")
    ana.submits()
    assert list(ana.sees_modal().errors) == [YOURS]
    ana.picks(YOURS, ANA_FRI)
    for start, end, field, words in (
        ("08:00", None, "From", "That is outside the shift."),
        ("14:00", "18:00", "Until", "That is outside the shift."),
        ("14:00", "14:00", "Until", "It ends where it begins."),
        ("14:00", "14:20", "Until", "That is too short"),
    ):
        ana.picks("From", start)
        ana.picks("Until", end)
        ana.submits()
        errors = ana.sees_modal().errors
        assert list(errors) == [field]
        assert errors[field].startswith(words)
    ana.picks("Until", "16:00")
    ana.submits()
    assert ana.modal is None
    ana.types("/cover 15-17 fri")
    ana.submits()
    assert ana.sees_modal().errors[YOURS].startswith("This is offered to others already.")
    assert covers.states() == ["open"]
