"""What somebody reads who presses what they cannot do to a cover, or types what makes no sense."""

import pytest

from bot.sandbox import Shown
from tests.scenarios.covering import Covers
from tests.scenarios.swapping import ANA_FRI, Floor


@pytest.fixture
def covers(floor: Floor) -> Covers:
    return Covers(floor)


def only_to(covers: Covers, who: str) -> Shown:
    """The newest of what only somebody sees in #general."""
    return [each for each in covers.work.person(who).sees() if each.only_you][-1]


@pytest.mark.parametrize(
    ("start", "end", "field", "words"),
    [
        ("07:00", "16:00", "From", "That is not a part of what is to be taken. Choose a time within it."),
        ("07:00", "10:00", "From", "That is not a part of what is to be taken."),
        ("16:00", "17:00", "From", "That is not a part of what is to be taken."),
        ("10:00", "09:00", "Until", "That is not a part of what is to be taken."),
        ("08:00", "08:00", "Until", "It ends where it begins."),
    ],
)
def test_a_part_outside_of_what_is_offered_is_wrong_at_the_time_that_is_outside(
    covers: Covers, start: str, end: str, field: str, words: str
) -> None:
    covers.gives()
    ben = covers.work.person("ben")
    covers.form("ben", "Take part…")
    ben.picks("From", start)
    ben.picks("Until", end)
    ben.submits()
    errors = ben.sees_modal().errors
    assert list(errors) == [field]
    assert errors[field].startswith(words)
    assert covers.floor.works("ben") == ["Nov 7", "Nov 14"]


def test_who_works_no_shifts_any_more_reads_so_on_every_button(covers: Covers) -> None:
    covers.gives()
    card = covers.card("ben")
    covers.work.people("email,name,role,team\nben@example.com,Ben Okafor,contact,Logistics\n")
    for label in ("Take all", "Take part…"):
        covers.work.person("ben").presses(label, card)
        assert covers.floor.only_to("ben").startswith("Those who work shifts here take them.")


def test_who_works_then_by_now_reads_why_they_can_take_no_part(covers: Covers) -> None:
    covers.gives()
    covers.work.shifts("ben@example.com,2026-11-06,07:00,18:00,Europe/London,mail")
    covers.work.person("ben").presses("Take part…", covers.card("ben"))
    modal = covers.work.person("ben").modal
    said = modal.text if modal else covers.floor.only_to("ben")
    assert "For you: works at that time already" in said


def test_who_takes_it_themselves_does_not_withdraw_it_for_the_owner(covers: Covers) -> None:
    covers.work.people("email,name,role,team\ncleo@example.com,Cleo Hart,lead,Mail\n")
    covers.floor.review()
    covers.gives()
    covers.presses("cleo", "Take all")
    covers.work.person("cleo").presses("Withdraw for Ana Ruiz", covers.work.asks("cleo", "/cover 1"))
    assert only_to(covers, "cleo").text.startswith("You take a part of this yourself. Give that back first")
    assert covers.states() == ["open"]


def test_what_has_changed_hands_since_is_not_undone_and_says_why(covers: Covers) -> None:
    covers.gives()
    covers.presses("ben", "Take all")
    covers.gives("ben", "12-14 fri")
    covers.presses("dev", "Take all")
    covers.work.person("ana").presses("Undo", covers.work.asks("ana", "/cover 1"))
    assert only_to(covers, "ana").text == (
        "Cover 1 cannot be undone, because some of it has changed hands since. Undo that first. "
        "Nothing was changed."
    )
    assert covers.floor.works("ana") == ["Nov 13"]


def test_who_said_that_they_cannot_reads_so_and_may_still_take_it(covers: Covers) -> None:
    covers.gives()
    covers.form("dev", "Can't…")
    covers.floor.says_why("dev", "")
    card = covers.card("dev")
    assert card.text.startswith("Cover 1 · you said that you cannot. You can still take it.")
    assert covers.presses("dev", "Take all").text.startswith("Cover 1 is covered by you.")


@pytest.mark.parametrize(
    ("typed", "said", "fields"),
    [
        ("mail sat 9-17 x50", "50 at once cannot be: 1 to 20.", ("mail", "09:00", "17:00", "20")),
        ("mail sat 9-17 x0", "0 at once cannot be: 1 to 20.", ("mail", "09:00", "17:00", "1")),
        ("post sat 9-17 x2", "I did not understand “post”.", (None, "09:00", "17:00", "2")),
        ("mail today 9-10", "This has begun already.", ("mail", "09:00", "10:00", "1")),
        ("mail fri-sun 9-17", "is several days. Open them one by one.", ("mail", None, None, "1")),
    ],
)
def test_open_shifts_that_cannot_be_so_are_asked_for_with_what_was_understood(
    covers: Covers, typed: str, said: str, fields: tuple[str | None, ...]
) -> None:
    cora = covers.work.person("cora")
    cora.types(f"/cover open {typed}")
    form = cora.sees_modal("Open shifts")
    assert said in form.text
    assert tuple(form.fields[each] for each in ("Queue", "From", "Until", "How many")) == fields


def test_words_that_mean_nothing_leave_the_rest_of_what_was_typed(covers: Covers) -> None:
    ana = covers.work.person("ana")
    ana.types("/cover fri 12-14 please")
    form = ana.sees_modal("Give a shift away")
    assert "I did not understand “please”." in form.text
    assert [form.fields[each] for each in ("Your shift", "From", "Until")] == [ANA_FRI, "12:00", "14:00"]


@pytest.mark.parametrize("typed", ["14-18", "blurb", "open mail 9-17"])
def test_a_time_without_a_day_is_answered_by_how_it_is_typed(covers: Covers, typed: str) -> None:
    covers.work.person("cora").types(f"/cover {typed if typed.startswith('open') else f'@ana {typed}'}")
    words = f"I did not understand “{typed.split()[-1]}”.\nName the day, such as “14-18 fri” or “next mon”."
    assert words in covers.work.person("cora").sees_modal().text


def test_in_the_last_hour_the_owner_and_the_lead_read_that_there_is_nobody_to_ask(covers: Covers) -> None:
    covers.work.at("2026-11-06 08:10")
    covers.gives()
    own = covers.card("ana")
    assert "nobody can be asked · @Ana Ruiz works what nobody is confirmed for" in own.text
    [told] = covers.told("ana")
    assert told.startswith("Cover 1: there is nobody whom the rules let me ask")
    [alarm] = covers.told("cora", "#ops")
    assert "Nobody can be asked now: give it to somebody, by the button on the card." in alarm


def test_when_all_who_can_were_asked_the_owner_reads_when_the_emergency_list_is(covers: Covers) -> None:
    covers.gives()
    covers.work.at("2026-11-02 12:31")
    covers.turns()
    assert "whoever may be asked in an emergency is asked Fri, Nov 6, 08:00" in covers.card("ana").text


def test_a_cover_that_is_void_does_not_say_who_works_what_has_changed(covers: Covers) -> None:
    covers.gives()
    covers.work.shifts(
        "ana@example.com,2026-11-06,10:00,18:00,Europe/Berlin,mail",
        "ana@example.com,2026-11-13,09:00,17:00,Europe/Berlin,mail",
    )
    covers.floor.settles()
    void = "Cover 1 is void, because the shift has changed."
    assert covers.card("ana").text.splitlines()[:2] == [void, f"@Ana Ruiz would have given {ANA_FRI}"]
    assert covers.told("ana")[-1] == f"{void} If you still want to give some of it away, offer it again."


def test_the_announcement_undoes_it_for_the_two_whose_it_is_and_nobody_else(covers: Covers) -> None:
    covers.gives()
    covers.presses("ben", "Take all")
    announced = covers.card("dev", "#floor")
    assert announced.buttons == ["Undo"]
    for name in ("dev", "cora"):
        covers.work.person(name).presses("Undo", covers.card(name, "#floor"))
        said = covers.floor.only_to(name, "#floor")
        assert said.startswith("Only who gave it and who took it can undo it.")
    assert covers.floor.works("ana") == ["Nov 13"]
    undone = covers.presses("ana", "Undo", "#floor")
    assert undone.text.startswith("Cover 1 is undone by @Ana Ruiz.")
    assert undone.buttons == []
    assert covers.floor.works("ana") == ["Nov 6", "Nov 13"]


def test_the_owner_and_whoever_took_it_read_what_was_done_but_not_who_cannot(covers: Covers) -> None:
    covers.gives()
    covers.form("dev", "Can't…")
    covers.floor.says_why("dev", "")
    covers.presses("ben", "Take all")
    for name in ("ana", "ben"):
        audit = covers.work.asks(name, "/floor audit cover 1").text
        assert "@Ana Ruiz · offered cover 1" in audit
        assert "@Ben Okafor · took a part of cover 1" in audit
        assert "cannot take" not in audit
    assert "@Dev Rao · cannot take cover 1" in covers.work.asks("dev", "/floor audit cover 1").text
    assert "@Dev Rao · cannot take cover 1" in covers.work.asks("cora", "/floor audit cover 1").text


def test_who_gives_away_for_somebody_elsewhere_reads_whose_clock_the_times_are_on(covers: Covers) -> None:
    covers.work.people("email,name,role,team\ncleo@example.com,Cleo Hart,lead,Mail\n")
    cleo = covers.work.person("cleo")
    cleo.types("/cover @ana fri 4-6")
    form = cleo.sees_modal("Give a shift away")
    assert form.fields["Their shift"] == "Fri, Nov 6, 03:00–11:00 · mail"
    assert (form.fields["From"], form.fields["Until"]) == ("04:00", "06:00")
    assert "Times in America/New York" in form.text
    cleo.submits()
    covers.floor.settles()
    assert "@Ana Ruiz gives Fri, Nov 6, 10:00–12:00 · mail" in covers.card("ana").text
