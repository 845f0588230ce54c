"""Reports of key figures: when they are made, what they say, and that each is made once."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from threading import Thread

import pytest
from openpyxl import load_workbook

from bot.actions.kpi_digests import turn
from bot.actions.kpi_digests_cards import PEOPLE
from bot.actions.kpi_subscriptions import try_now
from bot.actions.people import recognise
from bot.domain.kpi import Measure
from storage.kpi_digests import subscriptions
from storage.outbox import Priority
from storage.shifts import queues
from tests.digest_desk import OPS, DigestDesk

CSAT = "• CSAT *90.0\N{NO-BREAK SPACE}%* of 700 answers"


@pytest.fixture
def desk(sqlite_url: str, tmp_path: Path) -> Iterator[DigestDesk]:
    """What is not decided by the database."""
    desk = DigestDesk(sqlite_url, tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def either(database_url: str, tmp_path: Path) -> Iterator[DigestDesk]:
    """Once on each database."""
    desk = DigestDesk(database_url, tmp_path)
    yield desk
    desk.close()


def test_the_coordinators_get_a_weekly_report_once_there_are_figures(desk: DigestDesk) -> None:
    assert desk.turns("2026-03-02 08:00") == []
    with desk.deps.sessions.read("T1") as session:
        assert subscriptions(session) == []
    desk.week("2026-03-02", Measure.CSAT, 90, 100)
    assert desk.turns("2026-03-05 08:00") == []
    assert desk.turns("2026-03-09 06:55") == []
    (report,) = desk.turns("2026-03-09 07:00")
    assert report.splitlines()[:2] == ["*The week in figures: Mon, Mar 2 – Sun, Mar 8 2026*", CSAT]
    assert {message.lane for message, _ in desk.shown()} == {OPS}
    assert desk.turns("2026-03-09 07:05") == []


def test_the_coordinators_do_not_wait_a_week_for_their_first_report(desk: DigestDesk) -> None:
    desk.week("2026-02-23", Measure.CSAT, 90, 100)
    assert desk.turns("2026-03-06 06:55") == []
    (report,) = desk.turns("2026-03-06 07:00")
    assert report.splitlines()[0] == "*The week in figures: Mon, Feb 23 – Sun, Mar 1 2026*"
    assert desk.turns("2026-03-06 07:05") == []
    (report,) = desk.turns("2026-03-09 07:00")
    assert "Mon, Mar 2 – Sun, Mar 8" in report


def test_a_report_is_not_lost_where_its_hour_is_moved_to_one_that_is_past(desk: DigestDesk) -> None:
    desk.week("2026-03-02", Measure.CSAT, 90, 100)
    desk.subscribes()
    desk.at("2026-03-09 06:30")
    desk.prefers(digest_at="7:00")
    (report,) = desk.turns("2026-03-09 06:35")
    assert "Mon, Mar 2 – Sun, Mar 8" in report
    desk.prefers(digest_at="8:00")
    assert desk.turns("2026-03-09 07:00") == []


def test_what_waits_for_its_window_is_told_once_that_is_over_and_is_no_correction(desk: DigestDesk) -> None:
    desk.week("2026-03-02", Measure.FCR, 71, 100)
    desk.week("2026-03-02", Measure.CSAT, 90, 100)
    desk.subscribes()
    (report,) = desk.turns("2026-03-09 07:00")
    assert "• First contact resolution: known from Mon, Mar 16 on" in report
    (report,) = desk.turns("2026-03-16 07:00")
    said = "First contact resolution, Mon, Mar 2 – Sun, Mar 8 2026: 71.0\N{NO-BREAK SPACE}%"
    assert f"*Known since earlier reports*\n• {said}" in report
    assert "Corrected" not in report


def test_another_formula_is_no_correction(desk: DigestDesk) -> None:
    desk.prefers(service_level_formula="answered")
    for monday in ("2026-03-02", "2026-03-09"):
        desk.week(monday, Measure.OFFERED, 1060)
        desk.week(monday, Measure.ANSWERED, 1000, 1060)
        desk.week(monday, Measure.ANSWERED_IN_TARGET, 860, 1060)
    desk.subscribes()
    space = "\N{NO-BREAK SPACE}"
    (report,) = desk.turns("2026-03-09 07:00")
    assert f"• Service level *86.0{space}%* of 7,000 contacts" in report
    assert "Service level: answered in the target's time ÷ answered\n" in report
    desk.prefers(service_level_formula="offered")
    desk.measures("2026-03-08", Measure.CSAT, 90, 100)
    desk.week("2026-03-09", Measure.CSAT, 90, 100)
    (report,) = desk.turns("2026-03-16 07:00")
    assert f"• Service level *81.1{space}%* of 7,420 contacts · no change" in report
    assert "Corrected" not in report
    assert (
        "*Counted otherwise from now on*\n"
        "• Service level: answered in the target's time ÷ offered. The values beside it are, too." in report
    )
    desk.week("2026-03-16", Measure.OFFERED, 1060)
    (report,) = desk.turns("2026-03-23 07:00")
    assert "Counted otherwise" not in report


def test_a_report_says_value_number_changes_target_and_freshness(desk: DigestDesk) -> None:
    desk.prefers(kpi_targets="csat 95%")
    desk.week("2026-02-23", Measure.CSAT, 85, 100)
    desk.week("2026-03-02", Measure.CSAT, 90, 100)
    desk.week("2026-03-02", Measure.OFFERED, 200)
    desk.week("2025-03-03", Measure.CSAT, 92, 100)
    desk.subscribes()
    (report,) = desk.turns("2026-03-09 07:00")
    space = "\N{NO-BREAK SPACE}"
    assert report.splitlines() == [
        "*The week in figures: Mon, Mar 2 – Sun, Mar 8 2026*, beside the week before",
        "• Contacts *1,400*",
        f"{CSAT} · ▲{space}5.0{space}points · ▼{space}2.0{space}points on last year · "
        f"✗ target 95.0{space}% missed",
        "*What changed most*",
        f"CSAT: ▲{space}5.0{space}points, better (85.0{space}% → 90.0{space}%)",
        "Days in Europe/Berlin · as of Thu, Mar 5, 13:00 · from zendesk · "
        "in the thread: rows, definitions and sources",
    ]


def test_after_downtime_one_report_is_made_up_and_clocks_that_change_move_none(desk: DigestDesk) -> None:
    for monday in ("2026-03-09", "2026-03-16", "2026-03-23"):
        desk.week(monday, Measure.CSAT, 90, 100)
    desk.subscribes()
    (report,) = desk.turns("2026-03-24 15:00")
    assert "Mon, Mar 16 – Sun, Mar 22" in report
    assert desk.turns("2026-03-30 05:55") == []
    (report,) = desk.turns("2026-03-30 06:00")
    assert "Mon, Mar 23 – Sun, Mar 29" in report


def test_two_replicas_make_one_report(either: DigestDesk) -> None:
    either.week("2026-03-02", Measure.CSAT, 90, 100)
    for lane in ("C0ONE", "C0TWO", "C0THREE"):
        either.subscribes(lane)
    either.at("2026-03-09 07:00")
    replicas = [Thread(target=turn, args=(either.deps, "T1")) for _ in range(3)]
    for each in replicas:
        each.start()
    for each in replicas:
        each.join()
    assert len(either.digests()) == 3
    assert sorted(message.lane for message, shown in either.shown() if "blocks" in shown) == [
        "C0ONE",
        "C0THREE",
        "C0TWO",
    ]


def test_an_empty_week_and_a_source_that_is_down_say_so(desk: DigestDesk) -> None:
    desk.week("2026-02-23", Measure.CSAT, 90, 100)
    desk.week("2026-02-23", Measure.OFFERED, 100)
    for day in ("2026-03-02", "2026-03-03", "2026-03-06", "2026-03-07", "2026-03-08"):
        desk.measures(day, Measure.OFFERED, 100, source="phones")
    desk.subscribes()
    (report,) = desk.turns("2026-03-09 07:00")
    assert "• Nothing came from zendesk (Contacts, CSAT). Look at `/floor connections`" in report
    assert "nothing was measured" not in report
    assert "• Nothing is known of Wed, Mar 4, Thu, Mar 5 (Contacts)" in report
    (report,) = desk.turns("2026-03-16 07:00")
    assert report.count("Look at `/floor connections`") == 1
    assert "Nothing was measured in this time." in report
    assert "in the thread" not in report
    assert "files" not in desk.shown()[-1][1]


def test_a_source_that_is_down_is_named_once_and_a_file_without_a_name_is_not_expected_again(
    desk: DigestDesk,
) -> None:
    for measure in (Measure.CSAT, Measure.NPS):
        desk.week("2026-02-23", measure, 45, 50, source="survey")
    desk.measures("2026-02-25", Measure.CSAT, 45, 50, source="file")
    desk.measures("2026-03-03", Measure.OFFERED, 100, source="file")
    desk.subscribes()
    (report,) = desk.turns("2026-03-09 07:00")
    assert "• Nothing came from survey (CSAT, NPS). Look at" in report
    assert report.count("Nothing came from") == 1
    assert "• Contacts: measured on 1 of 7 days" in report
    assert "from a file" in report


def test_what_comes_late_is_said_once_as_a_correction(desk: DigestDesk) -> None:
    desk.week("2026-03-02", Measure.CSAT, 90, 100)
    desk.subscribes()
    (report,) = desk.turns("2026-03-09 07:00")
    assert "Corrected" not in report
    desk.measures("2026-03-08", Measure.CSAT, 20, 100)
    desk.week("2026-03-09", Measure.CSAT, 90, 100)
    (report,) = desk.turns("2026-03-16 07:00")
    space = "\N{NO-BREAK SPACE}"
    assert (
        "*Corrected since earlier reports*\n"
        f"• CSAT, Mon, Mar 2 – Sun, Mar 8 2026: was 90.0{space}%, is 80.0{space}%" in report
    )
    desk.week("2026-03-16", Measure.CSAT, 90, 100)
    (report,) = desk.turns("2026-03-23 07:00")
    assert "Corrected" not in report
    desk.measures("2026-03-08", Measure.CSAT, 90, 100)
    (report,) = desk.turns("2026-03-30 06:00")
    assert f"was 80.0{space}%, is 90.0{space}%" in report
    desk.turns("2026-04-06 06:00")
    desk.turns("2026-04-13 06:00")
    assert [str(each.starts) for each in desk.digests()] == [
        "2026-03-09",
        "2026-03-16",
        "2026-03-23",
        "2026-03-30",
        "2026-04-06",
    ]


def test_the_workspace_says_when_and_a_subscription_may_say_otherwise(desk: DigestDesk) -> None:
    desk.week("2026-03-02", Measure.CSAT, 90, 100)
    desk.subscribes("C0USUAL")
    desk.subscribes("C0OWN", weekday=2, at="17:30")
    desk.subscribes("C0DAILY", "daily", at="06:00")
    desk.prefers(digest_weekday="tuesday", digest_at="9:15")
    assert [report.splitlines()[0] for report in desk.turns("2026-03-06 05:00")] == [
        "*The day in figures: Thu, Mar 5 2026*, beside the day before"
    ]
    lanes: dict[str, str] = {}
    for local in ("2026-03-09 07:00", "2026-03-10 08:10", "2026-03-10 08:15", "2026-03-11 16:30"):
        desk.turns(local)
        for message, _ in desk.shown():
            lanes.setdefault(message.lane, local)
    assert lanes["C0USUAL"] == "2026-03-10 08:15"
    assert lanes["C0OWN"] == "2026-03-11 16:30"


def test_the_workbook_has_rows_definitions_and_sources_and_names_only_for_who_may_read_them(
    desk: DigestDesk,
) -> None:
    ana = desk.desk.member("ana").id
    desk.measures("2026-03-03", Measure.CSAT, 40, 50, member_id=ana)
    desk.measures("2026-03-03", Measure.CSAT, 45, 50)
    for lane in (OPS, "C0FLOOR", "U0CORA"):
        desk.subscribes(lane)
    desk.turns("2026-03-09 07:00")
    books = {message.lane: shown["files"][0] for message, shown in desk.shown() if "blocks" not in shown}
    named = {message.lane for message, _ in desk.shown() if message.audience == PEOPLE}
    assert named == {OPS, "U0CORA"}
    rows = {}
    for lane in (OPS, "C0FLOOR"):
        book = load_workbook(BytesIO(books[lane].content()))
        assert book.sheetnames == ["Figures", "Rows", "Definitions", "Sources"]
        rows[lane] = [[cell.value for cell in row] for row in book["Rows"].iter_rows(min_row=2)]
    assert [(row[-3], row[-2:]) for row in rows[OPS]] == [("", [45, 50]), ("Ana", [40, 50])]
    assert [row[-2:] for row in rows["C0FLOOR"]] == [[85, 100]]
    assert "Ana" not in str(rows["C0FLOOR"])


def test_whoever_may_not_read_the_figures_any_more_gets_no_more_reports(desk: DigestDesk) -> None:
    desk.week("2026-03-02", Measure.CSAT, 90, 100)
    desk.subscribes("U0ANA")
    assert desk.turns("2026-03-09 07:00") == []
    with desk.deps.sessions.read("T1") as session:
        assert subscriptions(session) == []


def test_who_tries_a_report_need_not_wait_for_the_end_of_quiet_hours(desk: DigestDesk) -> None:
    desk.week("2026-02-23", Measure.CSAT, 90, 100)
    weekly = desk.subscribes("C0FLOOR")
    try_now(desk.deps, recognise(desk.deps, "T1", "U0CORA"), weekly)
    assert {(message.lane, message.priority) for message, _ in desk.shown()} == {("U0CORA", Priority.PRESS)}
    assert desk.digests() == []


def test_a_report_of_a_queue_is_of_that_queue_and_says_what_is_not_measured_by_queue(desk: DigestDesk) -> None:
    desk.desk.shifts("ana@example.com,2026-03-05,09:00,17:00,Europe/Berlin,billing", replaced=None)
    with desk.deps.sessions.read("T1") as session:
        (billing,) = (row.id for row in queues(session) if row.name == "billing")
    desk.measures("2026-03-03", Measure.CSAT, 40, 50, queue_id=billing)
    desk.measures("2026-03-03", Measure.CSAT, 10, 50)
    desk.measures("2026-03-03", Measure.NPS, 10, 50)
    desk.subscribes(queue_id=billing, measures=["csat", "nps"])
    (report,) = desk.turns("2026-03-09 07:00")
    assert report.splitlines()[:2] == [
        "*The week in figures: Mon, Mar 2 – Sun, Mar 8 2026 · billing*",
        "• CSAT *80.0\N{NO-BREAK SPACE}%* of 50 answers",
    ]
    assert "• NPS: not measured by queue" in report
    with desk.deps.sessions.write("T1") as session:
        (row,) = subscriptions(session)
        row.queue_id = None
    (report,) = desk.turns("2026-03-16 07:00")
    assert "Corrected" not in report


def test_a_monthly_report_is_of_the_month_before_and_beside_the_same_month_of_last_year(desk: DigestDesk) -> None:
    for day, satisfied in (("2025-02-10", 80), ("2026-01-12", 85), ("2026-02-10", 90)):
        desk.measures(day, Measure.CSAT, satisfied, 100)
    desk.at("2026-02-20 12:00")
    desk.subscribes(cadence="monthly")
    (report,) = desk.turns("2026-03-02 09:00")
    space = "\N{NO-BREAK SPACE}"
    assert report.splitlines()[:2] == [
        "*The month in figures: February 2026*, beside the month before",
        f"• CSAT *90.0{space}%* of 100 answers · ▲{space}5.0{space}points · "
        f"▲{space}10.0{space}points on last year",
    ]
