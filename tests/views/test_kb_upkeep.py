"""Everything about the upkeep of articles is within Slack's limits, with the worst that people can write."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from bot.domain.kb import Kind, Report, VersionState
from bot.domain.kb_diff import difference
from bot.domain.kb_upkeep import Shelf, Standing
from bot.domain.kb_upkeep_shown import (
    PAGE,
    ApprovalShown,
    ArticleNamed,
    Helpfulness,
    OwnersDue,
    ReleaseShown,
    ReportShown,
    SopChange,
    UpkeepPage,
    Upkept,
    WaitingOf,
    WaitingPage,
)
from bot.sandbox.blocks import check_view
from bot.views import kb_approval, kb_release, kb_reports, kb_sop, kb_upkeep, kb_waiting
from bot.views.blocks import Message, buttons, message, section
from bot.views.formats import Formats
from bot.views.kb_opinions import thanks
from tests.views import test_handup
from tests.views.test_shifts import LOCALES, WORST, readable
from tests.views.test_swaps import ANA, BEN, START

UTC_ZONE = Formats(ZoneInfo("UTC"))
ARTICLE = ArticleNamed(UUID(int=5), 12, WORST * 20, Kind.SOP)
NAMELESS = replace(ANA, name=WORST, slack_id=None, left=True)
UPKEPT = Upkept(ARTICLE, Standing.OVERDUE, START, START, NAMELESS, WORST, 3, Helpfulness(8, 10))
ORPHAN = Upkept(ARTICLE, Standing.DUE, START, None, None)
FORMS = (
    kb_upkeep.reassign_form(UUID(int=1), ARTICLE),
    kb_upkeep.reassign_form(UUID(int=1), 7),
    kb_reports.report_form(UUID(int=1), ARTICLE),
    kb_release.release_form(UUID(int=1), [WORST * 3] * 40, WORST * 9, WORST * 99),
    kb_sop.sop_form(UUID(int=1), ARTICLE, [(UUID(int=2), WORST)] * 150, [(UUID(int=3), WORST)], UUID(int=2)),
)


def labels(card: Message) -> list[str]:
    """Its buttons."""
    return list(test_handup.labels(card["blocks"]))


def report(state: Report) -> ReportShown:
    """With everything on it that can be."""
    closed = state is not Report.OPEN
    return ReportShown(
        UUID(int=6),
        ARTICLE,
        3,
        state,
        NAMELESS,
        WORST * 40,
        START,
        ANA,
        BEN if closed else None,
        START if closed else None,
        WORST * 40 if state is Report.REFUSED else None,
    )


@pytest.mark.parametrize("locale", LOCALES)
def test_lists_and_reminders_can_be_sent(locale: str) -> None:
    formats = Formats(ZoneInfo("Asia/Kolkata"), locale, "12")
    for shelf in Shelf:
        page = UpkeepPage(shelf, 1, 40, (UPKEPT, ORPHAN) * (PAGE // 2), dict.fromkeys(Shelf, 40), ANA.member_id)
        readable(kb_upkeep.upkeep_list(page, formats, "/kb"))
        readable(kb_upkeep.upkeep_list(replace(page, number=0, total=0, shown=()), formats, "/kb"))
    for due in (
        OwnersDue(ANA, (UPKEPT,) * 3, 40, WORST, WORST * 40),
        OwnersDue(ANA, (ORPHAN,), 1),
        OwnersDue(None, (UPKEPT,) * 3, 40, left=NAMELESS),
    ):
        line = kb_upkeep.reminder_line(due, formats)
        readable(message(line, section(line), buttons(*kb_upkeep.reminder_buttons(due))))
    readable(kb_upkeep.overdue_list([], formats))
    for many in ([UPKEPT], [UPKEPT, ORPHAN] * 30):
        readable(kb_upkeep.overdue_list(many, formats))
        readable(kb_upkeep.given(many, formats, None))


@pytest.mark.parametrize("state", Report)
def test_a_report_can_be_sent_in_every_state_and_is_answered_once(state: Report) -> None:
    card = kb_reports.report_card(report(state), UTC_ZONE)
    readable(card)
    open_still = ["Open", "Edit…", "Fixed", "True as it is…"]
    assert labels(card) == (open_still if state is Report.OPEN else ["Open"])
    for archived in (True, False):
        readable(kb_reports.report_news(report(state), archived=archived))
    readable(kb_reports.reports_list(ARTICLE, [report(state)] * 30, UTC_ZONE))
    readable(kb_reports.reports_list(ARTICLE, [], UTC_ZONE))


@pytest.mark.parametrize("state", VersionState)
def test_only_what_waits_can_be_approved(state: VersionState) -> None:
    shown = ApprovalShown(ARTICLE, 2, state, NAMELESS, WORST * 40, START, 1, BEN, WORST * 40)
    card = kb_approval.approval_card(shown, UTC_ZONE)
    readable(card)
    assert ("Approve" in labels(card)) == (state is VersionState.WAITING)
    for declined in (True, False):
        readable(kb_approval.approval_news(shown, declined=declined))


def test_what_waits_is_listed_and_nobody_is_offered_to_approve_their_own() -> None:
    shown = ApprovalShown(ARTICLE, 2, VersionState.WAITING, NAMELESS, WORST * 40, START, 1)
    own = replace(shown, author=BEN)
    page = WaitingPage(1, 40, (shown, own) * (PAGE // 2), BEN.member_id)
    card = kb_waiting.waiting_list(page, UTC_ZONE, WORST)
    readable(card)
    assert labels(card).count("Approve") == PAGE // 2
    readable(kb_waiting.waiting_list(replace(page, number=0, total=0, shown=()), UTC_ZONE))
    for total, offers in ((0, []), (1, ["Read", "What differs", "Approve", "Decline…"])):
        some = WaitingOf(NAMELESS, (shown,) * total, total, START if total else None)
        assert [each["text"]["text"] for each in kb_waiting.waiting_buttons(some)] == offers
    many = WaitingOf(NAMELESS, (shown,) * 3, 200, START)
    line = kb_waiting.waiting_line(many, UTC_ZONE)
    readable(message(line, section(line), buttons(*kb_waiting.waiting_buttons(many))))
    assert kb_waiting.read_all(list(kb_waiting.waiting_buttons(many))[1]["value"]) == (NAMELESS.member_id, START)
    for count in (1, 12):
        readable(kb_approval.many_approved(BEN, count))


def test_a_release_says_how_far_it_is_and_is_taken_back_while_anything_is_left() -> None:
    shown = ReleaseShown(UUID(int=8), 1, WORST, WORST * 40, NAMELESS, START, 3, 12, undone=False, owners=4)
    for each, says, offers in (
        (shown, "3 of 12 looked at", ["Undo"]),
        (replace(shown, verified=12), "all 12 looked at", []),
        (replace(shown, undone=True), "taken back", []),
        (replace(shown, verified=0, total=0), "nothing is left of it", []),
    ):
        card = kb_release.release_card(each, UTC_ZONE)
        readable(card)
        assert card["text"].endswith(says)
        assert labels(card) == offers
    readable(kb_release.release_list([shown] * 10, UTC_ZONE, "/kb"))
    assert kb_release.released(replace(shown, owners=0), "/kb")["text"].endswith("`/kb due orphans` lists them.")


def test_a_long_change_of_a_procedure_can_be_sent() -> None:
    long = "\n".join(f"# {WORST}\n{number} {WORST * 30}" for number in range(40))
    change = SopChange(ARTICLE, 2, 1, WORST * 40, difference("", long))
    readable(kb_sop.sop_card(change, "/announce"))
    assert len(kb_sop.announced_words(change)) <= 3000
    assert kb_sop.announced_words(replace(change, before=None, reason=None)) == "It is new."
    assert kb_sop.announced_words(replace(change, changes=(), reason=None)) == "Please read it once more."
    new = kb_sop.sop_card(replace(change, before=None), "/announce")
    assert labels(new) == ["Ask people to acknowledge…", "Open"]


def test_every_form_can_be_opened() -> None:
    why = kb_reports.why_form(UUID(int=1), report(Report.OPEN))
    shown = ApprovalShown(ARTICLE, 2, VersionState.WAITING, ANA, None, START + timedelta(days=1), None)
    for view in (*FORMS, why, kb_approval.decline_form(UUID(int=1), shown)):
        assert check_view(view) is None


def test_whoever_was_not_helped_reads_how_to_say_why() -> None:
    assert thanks(Helpfulness(1, 2), helpful=True)["text"] == "Thank you: 1 of 2 found it helpful."
    assert "Press Outdated?" in thanks(Helpfulness(0, 1), helpful=False)["text"]
