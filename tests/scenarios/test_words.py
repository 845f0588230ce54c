"""What people typed into spreadsheets and commands, and what settings make of dates and hours."""

from pathlib import Path

import pytest

from bot.settings import Mode
from tests.workplace import PEOPLE, Workplace, opened

RTL = "فواتير"


def test_what_was_typed_into_the_schedule_pings_nobody_and_breaks_nothing(work: Workplace) -> None:
    work.at("2026-11-02 12:00")
    work.people(f'{PEOPLE}yara@example.com,"<!channel> & <@U1>",agent,,<!here>;{RTL},Europe/Berlin\n')
    work.shifts(
        "yara@example.com,2026-11-02,09:00,17:00,Europe/Berlin,<!channel>,x",
        f'ana@example.com,2026-11-02,10:00,18:00,Europe/Berlin,{RTL},"<!everyone> & \u202e{RTL}"',
    )
    floor, own = work.asks("ana", "/shifts who"), work.asks("ana", "/shifts")
    assert f"• 09:00–17:00 · <!channel> & <@U1> · \u2068<!here>, {RTL}\u2069" in floor.text.splitlines()
    assert f"10:00–18:00 · \u2068{RTL}\u2069 · 8 h · “\u2068<!everyone> & {RTL}\u2069”" in own.text
    for shown in (floor, own):
        assert "<!" not in str(shown.blocks)  # there it would ping
        assert "@" not in shown.text.replace("@Ana Ruiz", "").replace("<@U1>", "")
        assert "@" not in shown.notification


def test_a_note_of_several_lines_is_one_line_in_the_list(work: Workplace) -> None:
    work.at("2026-11-02 12:00")
    work.people()
    work.shifts('ana@example.com,2026-11-02,09:00,17:00,Europe/Berlin,,"one\ntwo"')
    assert "Mon, Nov 2, 09:00–17:00 · 8 h · “one two”" in work.asks("ana", "/shifts").text


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ({"hour_cycle": "12"}, "Mon, Nov 2, 9:00 AM–5:00 PM"),
        ({"locale": "de"}, "Mo., 2. Nov., 09:00–17:00"),
        ({"locale": "en_GB"}, "Mon 2 Nov, 09:00–17:00"),
        ({"locale": "fr"}, "lun. 2 nov., 09:00–17:00"),
        ({"locale": "es"}, "lun, 2 nov, 09:00–17:00"),
    ],
)
def test_dates_and_hours_are_written_as_the_workspace_prefers(
    work: Workplace, settings: dict[str, str], line: str
) -> None:
    work.at("2026-11-02 12:00")
    work.people()
    work.shifts("ana@example.com,2026-11-02,09:00,17:00,Europe/Berlin")
    work.prefers(**settings)
    assert line in work.asks("ana", "/shifts").text


def test_a_team_may_prefer_otherwise(work: Workplace) -> None:
    work.at("2026-11-02 12:00")
    work.people()
    work.shifts(
        "ana@example.com,2026-11-02,09:00,17:00,Europe/Berlin",
        "cleo@example.com,2026-11-02,09:00,17:00,America/New_York",
    )
    work.prefers("Phones", hour_cycle="12")
    assert "09:00–17:00" in work.asks("ana", "/shifts").text
    assert "5:00" in work.asks("cleo", "/shifts").text


@pytest.mark.parametrize(
    ("settings", "typed", "shown"),
    [
        ({"date_order": "DMY"}, "3/12/2026", "Thu, Dec 3"),
        ({"date_order": "MDY"}, "3/12/2026", "Thu, Mar 12"),
        ({"locale": "de"}, "übermorgen", "Mi., 4. Nov."),
        ({"locale": "fr"}, "demain", "mar. 3 nov."),
    ],
)
def test_dates_are_read_as_the_workspace_writes_them(
    work: Workplace, settings: dict[str, str], typed: str, shown: str
) -> None:
    work.at("2026-11-02 12:00")
    work.people()
    work.prefers(**settings)
    assert work.asks("ana", f"/shifts {typed}").text.startswith(f"You have no shifts · {shown}")


def test_every_command_and_hint_carries_the_prefix(sqlite_url: str, tmp_path: Path) -> None:
    with opened(sqlite_url, Mode.HTTP, tmp_path, prefix="cs-") as work:
        work.at("2026-11-04 12:00")
        work.people()
        for typed in ("", "help", "who", "zzz", "@nobody"):
            assert "/cs-shifts " in work.asks("ana", f"/cs-shifts {typed}").text
        question = work.asks("ana", "/cs-shifts next friday")
        assert "/cs-shifts " in work.presses("ana", question.buttons[0], question).text
        work.person("ana").types("/shifts")
        assert "not a valid command" in work.person("ana").last().text
