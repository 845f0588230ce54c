"""Key figures on the spot: who reads which, what is behind them, and files of them."""

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook

from bot.deps import new_id
from bot.domain.cases_new import NewCase
from bot.domain.kpi import Figure, Measure
from bot.domain.kpi_periods import week_of
from bot.views.blocks import buttons, message, section
from bot.views.kpi_buttons import drill_button, export_of
from storage.shifts import queues
from storage.tables import KpiFact, KpiSource, Queue
from tests.scenarios.casework import Cases
from tests.scenarios.desks import home, opens
from tests.scenarios.swapping import BOT, Floor
from tests.workplace import until

WEEK_BEFORE, WEEK, TUESDAY = date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 10)


class Figures:
    """A floor of which figures are known: a Wednesday, with a file's figures of this week and the one before."""

    def __init__(self, floor: Floor) -> None:
        self.floor, self.work = floor, floor.work
        self.work.at("2026-11-11 12:00")
        with self.work.deps.sessions.write(self.work.sandbox.team_id) as session:
            for name in ("billing", "phones", "=cmd()"):
                session.add(Queue(workspace_id=session.workspace_id, id=new_id(), name=name))
            session.add(
                KpiSource(
                    workspace_id=session.workspace_id, source="survey", heard_at=self.work.deps.clock(), imports=1
                )
            )
        self.csat(WEEK_BEFORE, "billing", 35, 50)
        self.csat(WEEK, "billing", 40, 50)
        self.csat(TUESDAY, "phones", 45, 50)
        self.csat(TUESDAY, "billing", 5, 10, "ben")

    def csat(self, day: date, queue: str, satisfied: float, answered: float, person: str = "") -> None:
        deps, workspace_id = self.work.deps, self.work.sandbox.team_id
        member = self.work.member(person) if person else None
        with deps.sessions.write(workspace_id) as session:
            queue_id = next(row.id for row in queues(session) if row.name == queue)
            session.add(
                KpiFact(
                    workspace_id=workspace_id,
                    id=new_id(),
                    day=day,
                    measure=Measure.CSAT,
                    source="survey",
                    cut=f"{queue}{person}",
                    queue_id=queue_id,
                    channel=None,
                    team_id=member.team_id if member else None,
                    member_id=member.id if member else None,
                    numerator=satisfied,
                    denominator=answered,
                    changed_at=deps.clock(),
                )
            )


@pytest.fixture
def figures(floor: Floor) -> Figures:
    return Figures(floor)


def test_a_coordinator_reads_how_it_goes_and_what_is_behind_it(figures: Figures) -> None:
    work = figures.work
    answer = work.asks("cora", "/kpi")
    lines = answer.text.splitlines()
    assert lines[0] == "Key figures · Mon, Nov 9 – Tue, Nov 10 2026 so far"
    assert "• CSAT 81.8 % of 110 answers · ▲ 11.8 points, better (was 70.0 %)" in lines
    assert "Beside Mon, Nov 2 – Tue, Nov 3 2026 · days in UTC" in lines
    assert any(line.startswith("Nothing is known of: Contacts · Service level") for line in lines)
    assert answer.buttons == ["CSAT", "Earlier", "Export CSV", "Export XLSX"]

    behind = work.presses("cora", "CSAT", answer)
    assert [line.split() for line in behind.text.splitlines()[3:5]] == [
        ["Mon,", "Nov", "9", "80.0", "%", "50", "answers"],
        ["Tue,", "Nov", "10", "83.3", "%", "60", "answers"],
    ]
    by_queue = work.presses("cora", "By queue", behind)
    assert [line.split() for line in by_queue.text.splitlines()[3:5]] == [
        ["billing", "75.0", "%", "60", "answers"],
        ["phones", "90.0", "%", "50", "answers"],
    ]
    assert "was 70.0 %" not in work.presses("cora", "Earlier", by_queue).text
    assert "• CSAT 75.0 % of 60 answers" in work.asks("cora", "/kpi week vs last week billing csat").text
    # Of what nothing is known no empty table stands below.
    assert [line for line in work.asks("cora", "/kpi by queue").text.splitlines() if " by " in line] == [
        "CSAT by queue"
    ]
    assert "by day" not in work.asks("cora", "/kpi nps").text


def test_a_target_is_met_or_missed_in_words(figures: Figures) -> None:
    figures.work.prefers(kpi_targets="csat 85%")
    assert "· ✗ target 85.0 % missed" in figures.work.asks("cora", "/kpi csat").text
    assert "· ✓ target 85.0 % met" in figures.work.asks("cora", "/kpi csat phones").text


def test_what_is_unclear_is_asked_about(figures: Figures) -> None:
    work = figures.work
    lines = work.asks("cora", "/kpi csat bluing").text.splitlines()
    assert lines[:2] == ["I did not understand “bluing”.", "Queues are =cmd(), billing, mail, phones"]
    assert "A person is named with an @, as in a message" in lines
    assert work.asks("cora", "/kpi next week").text.startswith("Mon, Nov 16 – Sun, Nov 22 2026 is still to come.")
    assert "I cannot take figures apart by “moon”." in work.asks("cora", "/kpi csat by moon").text
    assert "more than 366 days" in work.asks("cora", "/kpi csat last 900 days").text
    assert "`" not in work.asks("cora", "/kpi help").text
    assert "/kpi sla by queue last week" in work.asks("cora", "/kpi help").text
    assert "/kpi csat last month =cmd() – one figure" in work.asks("cora", "/kpi help").text


def test_long_periods_are_beside_as_many_months_and_say_how_much_of_them_was_measured(figures: Figures) -> None:
    work = figures.work
    assert "Beside Wed, Apr 1 – Tue, Jun 30 2026" in work.asks("cora", "/kpi q3").text
    lines = work.asks("cora", "/kpi csat q4").text.splitlines()
    assert "Beside Wed, Jul 1 – Mon, Aug 10 2026 · days in UTC" in lines
    assert "Measured on 3 of 41 days" in lines
    assert "Measured anywhere on 3 of 41 days" in work.asks("cora", "/kpi csat q4 phones").text


def test_everybody_reads_no_more_than_they_may(figures: Figures) -> None:
    work = figures.work
    own = work.asks("ben", "/kpi csat")
    assert own.text.splitlines()[0] == "Your figures · Mon, Nov 9 – Tue, Nov 10 2026 so far"
    assert "• CSAT: too few to say (10 answers)" in own.text
    assert not any("Export" in label or label in ("By person", "By team") for label in own.buttons)
    refused = "The figures of single people are for themselves, their lead, coordinators and managers."
    assert refused in work.asks("ben", "/kpi csat @ana").text
    assert "of nobody" not in work.asks("ben", "/kpi csat by person").text
    # A lead reads their own team, and nobody of another.
    lead = work.asks("cleo", "/kpi").text
    assert lead.startswith("Key figures · team Phones · ")
    # Of a queue they read what speaks of no team and of nobody.
    assert work.asks("cleo", "/kpi csat mail").text.startswith("Key figures · mail · ")
    assert refused in work.asks("cleo", "/kpi csat mail by person").text
    assert "Leads see the figures of their team" in work.asks("ben", "/kpi csat team Mail").text
    assert "Ask for one person at a time" in work.asks("cora", "/kpi csat @ben @ana").text
    assert "Leads see the figures of their team" in work.asks("cleo", "/kpi csat team Mail").text
    assert refused in work.asks("cleo", "/kpi csat @ben").text
    assert "say who gets which report. Ask one of them." in work.asks("ben", "/kpi subscriptions").text
    assert "Key figures are for those who work in support." in work.asks("carl", "/kpi").text

    assert "Ben Okafor" in work.asks("cora", "/kpi csat by person").text
    work.asks("cora", "/kpi csat @ben")
    audit = work.asks("cora", "/floor audit").text
    assert "looked at the key figures of @Ben Okafor" in audit
    assert "looked at the key figures person by person" in audit


def test_figures_are_taken_out_as_files_by_direct_message(figures: Figures) -> None:
    work = figures.work
    figures.csat(TUESDAY, "=cmd()", 30, 40)
    figures.csat(TUESDAY, "mail", 5, 5)
    answer = work.asks("cora", "/kpi csat by queue")
    cora = work.person("cora")
    cora.presses("Export CSV", answer)
    until(lambda: any(shown.files for shown in cora.sees(BOT)))
    (sent,) = [shown for shown in cora.sees(BOT) if shown.files]
    assert sent.text == "Key figures, Mon, Nov 9 – Tue, Nov 10 2026"
    content = cora.downloads("figures-csat-2026-11-09-2026-11-10.csv", sent).decode("utf-8-sig")
    rows = {row["Part"]: row for row in csv.DictReader(io.StringIO(content)) if row["First day"] == "2026-11-09"}
    assert rows[""]["Numerator"] == "125"
    assert {part: (row["Value"], row["Numerator"], row["n"]) for part, row in rows.items() if part} == {
        "billing": ("0.75", "45", "60"),
        "phones": ("0.9", "45", "50"),
        "'=cmd()": ("0.75", "30", "40"),
        # Of too few it is not said what they are made of.
        "mail": ("", "", "5"),
    }

    cora.presses("Export XLSX", answer)
    until(lambda: sum(bool(shown.files) for shown in cora.sees(BOT)) == 2)
    book = load_workbook(io.BytesIO(cora.downloads("figures-csat-2026-11-09-2026-11-10.xlsx", cora.sees(BOT)[-1])))
    assert book.sheetnames == ["Figures", "By queue", "Definitions", "Sources"]
    headings, csat = book["Figures"]
    assert [each.value for each in headings][2:4] == [
        "Value, Mon, Nov 9 – Tue, Nov 10 2026",
        "Value, Mon, Nov 2 – Tue, Nov 3 2026",
    ]
    assert [(each.value, each.number_format) for each in csat][2:4] == [(125 / 155, "0.0%"), (0.7, "0.0%")]
    assert book["By queue"].freeze_panes == "A2"
    assert book["By queue"].auto_filter.ref == "A1:M5"
    assert work.asks("cora", "/floor audit").text.count("took the key figures out as a file") == 2


def test_where_slack_takes_no_file_that_is_said(figures: Figures) -> None:
    work = figures.work
    answer = work.asks("cora", "/kpi csat")
    work.sandbox.faults.status(503, "files.getUploadURLExternal", times=None)
    cora = work.person("cora")
    cora.presses("Export CSV", answer)
    until(lambda: "Slack does not take the file right now" in cora.sees()[-1].text)


def test_an_agent_finds_their_own_week_on_home_and_a_lead_that_of_the_team(figures: Figures) -> None:
    floor = figures.floor
    figures.csat(WEEK, "billing", 27, 30, "ben")
    figures.csat(WEEK, "phones", 20, 40, "dev")
    opens(floor, "ben", "cleo", "cora")
    ben = home(floor, "ben")
    assert "Your week in figures" in ben.text
    assert "• CSAT 80.0 % of 40 answers" in ben.text
    assert "The week of Phones in figures" in home(floor, "cleo").text
    assert "• CSAT 50.0 % of 40 answers" in home(floor, "cleo").text
    assert "in figures" not in home(floor, "cora").text
    cora = floor.work.person("cora")
    cora.presses("Key figures", cora.home())
    assert "• CSAT" in cora.sees_modal("Key figures").text
    cora.presses("CSAT")
    assert "CSAT by day" in cora.sees_modal("Key figures").text


def test_beside_a_report_that_others_read_the_answer_is_for_who_pressed(figures: Figures) -> None:
    work = figures.work
    span = week_of(WEEK_BEFORE, 0)
    row = buttons(drill_button("What is behind it", Figure.CSAT, span), *export_of(span))
    channel = work.sandbox.channel_id("#ops")
    work.deps.slack.chat_postMessage(channel=channel, **message("The week", section("The week"), row))
    cleo = work.person("cleo")
    report = cleo.sees("#ops")[-1]
    cleo.presses("What is behind it", report)
    answer = cleo.sees("#ops")[-1]
    assert answer.only_you
    assert answer.text.startswith("Leads see the figures of their team")
    cora = work.person("cora")
    cora.presses("What is behind it", report)
    assert "• CSAT 70.0 % of 50 answers" in cora.sees("#ops")[-1].text
    assert cora.refreshed(report).text == report.text
    cora.presses("Export CSV", report)
    until(lambda: any(shown.files for shown in cora.sees(BOT)))


def test_the_cases_behind_a_figure_are_listed(figures: Figures) -> None:
    work = figures.work
    work.at("2026-11-10 09:00")
    Cases(figures.floor).opens(NewCase("No refund"))
    work.at("2026-11-11 12:00")
    answer = work.asks("cora", "/kpi opened")
    cora = work.person("cora")
    cora.presses("Cases behind it", answer)
    found = cora.sees()[-1]
    assert found.text.splitlines()[:2] == [
        "Cases opened · Mon, Nov 9 – Tue, Nov 10 2026",
        "Case 1, “No refund”",
    ]
    assert found.buttons == ["Show"]
