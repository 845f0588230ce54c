"""Reports of key figures as people get them in Slack: the picture, the workbook below it, and who gets which."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from bot.domain.kpi import Measure
from bot.sandbox import Shown
from jobs.kpi_digests import SEND
from storage.tables import KpiFact
from tests.scenarios.swapping import Floor

OPS, DM = "#ops", "@floorwalker"


class Week:
    """A floor in Berlin on which two weeks of CSAT were measured."""

    def __init__(self, floor: Floor) -> None:
        self.floor, self.work = floor, floor.work
        self.work.prefers(time_zone="Europe/Berlin", kpi_targets="csat 85%")
        self.measures("2026-11-02", 80)
        self.measures("2026-11-09", 90)

    def measures(self, monday: str, satisfied: int) -> None:
        """CSAT of a week; each day has a hundred answers."""
        first = date.fromisoformat(monday)
        deps, work = self.work.deps, self.work
        with deps.sessions.write(work.sandbox.team_id) as session:
            for number in range(7):
                session.add(
                    KpiFact(
                        workspace_id=session.workspace_id,
                        id=deps.new_id(),
                        day=first + timedelta(number),
                        measure=Measure.CSAT,
                        source="zendesk",
                        cut="",
                        numerator=satisfied,
                        denominator=100,
                        changed_at=deps.clock(),
                    )
                )

    def ticks(self, local: str) -> None:
        """It is so late in Berlin, and the clock sets the job off."""
        self.work.at(local)
        self.floor.runs(SEND)

    def reports(self, where: str = OPS, who: str = "cora") -> list[Shown]:
        """The reports that somebody sees."""
        seen = self.work.person(who).sees(where)
        return [each for each in seen if "in figures:" in each.text]


@pytest.fixture
def week(floor: Floor) -> Week:
    return Week(floor)


def test_mondays_report_arrives_with_its_picture_and_its_rows(floor_everywhere: Floor) -> None:
    week = Week(floor_everywhere)
    week.ticks("2026-11-12 09:00")
    (report,) = week.reports()
    assert "CSAT 80.0 % of 700 answers · ✗ target 85.0 % missed" in report.text
    week.ticks("2026-11-16 08:00")
    week.ticks("2026-11-16 08:05")
    _, report = week.reports()
    assert "CSAT 90.0 % of 700 answers · ▲ 10.0 points · ✓ target 85.0 % met" in report.text
    assert report.notification == "The week in figures: Mon, Nov 9 – Sun, Nov 15 2026. CSAT 90.0 % (target met)."
    cora = week.work.person("cora")
    (image,) = (block for block in report.blocks if block["type"] == "image")
    assert "CSAT 90.0" in image["alt_text"]
    assert cora.seat.download(image["slack_file"]["id"]).startswith(b"\x89PNG")
    below = cora.thread(report)[1]
    book = load_workbook(BytesIO(cora.downloads("figures-2026-11-09-2026-11-15.xlsx", below)))
    assert len(list(book["Rows"].iter_rows(min_row=2))) == 7


def test_what_is_behind_a_change_is_one_press_away(week: Week) -> None:
    week.ticks("2026-11-12 09:00")
    week.ticks("2026-11-16 08:00")
    report = week.reports()[-1]
    cora = week.work.person("cora")
    cora.presses("What is behind it", report)
    assert "CSAT" in cora.last(OPS).text
    assert cora.last(OPS).only_you


def test_somebody_subscribes_tries_pauses_deletes_and_undoes(week: Week) -> None:
    cora = week.work.person("cora")
    week.work.at("2026-11-12 09:00")
    cora.types("/kpi subscriptions")
    assert "There is no report yet" in cora.sees_modal("Reports").text
    cora.presses("New report…")
    cora.sees_modal()
    cora.submits()
    assert "Choose a channel or a person" in str(cora.sees_modal().errors)
    cora.picks("Or to somebody directly", "@ana")
    cora.submits()
    assert "They may not read these figures." in str(cora.sees_modal().errors)
    cora.picks("Or to somebody directly", None)
    week.work.sandbox.channel("#hidden", private=True, members=["cora"])
    cora.picks("To a channel", "#hidden")
    cora.submits()
    assert "I cannot see this channel." in str(cora.sees_modal().errors)
    cora.picks("To a channel", "#floor")
    cora.picks("How often", "Each day")
    cora.picks("Figures", ["CSAT"])
    cora.picks("At", "07:30")
    cora.submits()
    listed = cora.sees_modal("Reports").text
    assert "Saved: each day to #floor: CSAT. Next on Fri, Nov 13, 07:30." in listed
    week.ticks("2026-11-13 07:30")
    (report,) = week.reports("#floor", "ana")
    assert "The day in figures: Thu, Nov 12 2026" in report.text
    chooses(week, "Try now")
    (tried,) = week.reports(DM)
    assert "The day in figures: Thu, Nov 12 2026" in tried.text
    chooses(week, "Pause")
    assert "Paused." in cora.sees_modal().text
    week.ticks("2026-11-14 07:30")
    assert len(week.reports("#floor", "ana")) == 1
    chooses(week, "Resume")
    chooses(week, "Delete")
    assert "Deleted: each day to #floor: CSAT." in cora.sees_modal().text
    cora.presses("Undo")
    assert "Next on Sun, Nov 15, 07:30." in cora.sees_modal().text
    week.ticks("2026-11-15 07:30")
    assert len(week.reports("#floor", "ana")) == 2


def chooses(week: Week, verb: str) -> None:
    """Cora chooses it beside the first report, and everything is shown."""
    cora = week.work.person("cora")
    cora.chooses("⋯", verb, beside="each day to")
    week.floor.settles()


def test_agents_subscribe_nobody_and_leads_only_for_their_team(week: Week) -> None:
    ana, cleo = week.work.person("ana"), week.work.person("cleo")
    ana.types("/kpi subscriptions")
    assert ana.modal is None
    cleo.types("/kpi subscriptions")
    cleo.presses("New report…")
    (team,) = (block for block in cleo.sees_modal().blocks if block.get("label", {}).get("text") == "Of the team")
    assert [each["text"]["text"] for each in team["element"]["options"]] == ["Phones"]
