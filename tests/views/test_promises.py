"""Promises to customers in every state fit into what Slack takes, whatever is in them; clocks are explained."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from bot.domain.cases_named import CaseNamed
from bot.domain.promises import Promise, Reminder, State
from bot.domain.promises_shown import OnCard, PromiseForm, PromiseShown, PromisesPage
from bot.domain.shifts import Somebody
from bot.domain.sla import Mode
from bot.domain.sla_policy import Metric
from bot.domain.sla_shown import ClockShown, WaitShown
from bot.sandbox.blocks import check_message, check_view
from bot.views import promises as views
from bot.views import promises_form as forms
from bot.views.blocks import buttons, message, paragraphs
from bot.views.formats import Formats
from bot.views.home_promises import the_promises
from bot.views.promises_drafts import Template, draft_words
from bot.views.sla import clock_words, clocks_words, wait_words

FORMATS = Formats(ZoneInfo("Europe/Berlin"))
NOW = datetime(2026, 11, 5, 8, tzinfo=UTC)
WORST = "&<>" * 400
LONG = "x" * 2900
ANA = Somebody(UUID(int=1), "Ana Ruiz", "U0ANA")
CASE = CaseNamed(UUID(int=2), 12, "Refund & parcel", "zendesk", "35436", "https://example.zendesk.com/35436")
DUE = NOW + timedelta(hours=6, minutes=40)
SHOWN = PromiseShown(UUID(int=3), CASE, "ACME", ANA, Promise(State.OPEN, NOW, DUE), "The refund")


def of(state: State) -> Promise:
    told = NOW if state in (State.TOLD, State.CONFIRMED) else None
    return Promise(state, NOW, DUE, told)


def worst(state: State, reminder: Reminder | None = None) -> PromiseShown:
    """One with the longest of everything."""
    case = replace(CASE, title=WORST, url=f"https://example.zendesk.com/{'9' * 200}", number=10**9)
    nobody = Somebody(UUID(int=1), WORST, None)
    return PromiseShown(UUID(int=3), case, WORST, nobody, of(state), WORST, LONG, True, reminder)


def fits(shown: dict[str, Any]) -> None:
    assert check_message(shown) is None, check_message(shown)
    assert shown["text"]


@pytest.mark.parametrize("state", list(State))
def test_a_promise_fits_in_every_state(state: State) -> None:
    shown = worst(state)
    fits(views.done(shown, FORMATS, NOW))
    fits(views.kept_draft(shown))
    page = PromisesPage(tuple(replace(shown, id=UUID(int=each)) for each in range(10)), 3, 9, 85)
    fits(views.promises_list(page, FORMATS, NOW, "/case followup"))
    home = [*the_promises(replace(page, promises=page.promises[:3]), NOW, FORMATS)]
    assert check_view({"type": "home", "blocks": home}) is None
    card = OnCard(shown.case, page.promises, NOW)
    lines, pressed = views.on_card(card, FORMATS), views.card_buttons(card)
    fits(message("a case", *paragraphs(lines), buttons(*pressed)))
    assert len(lines) == 4
    for reminder in Reminder:
        nudged = worst(state, reminder)
        fits(message("nudges", *paragraphs([views.nudge_line(nudged, FORMATS)])))
        assert views.nudge_buttons(nudged, FORMATS)


@pytest.mark.parametrize("template", [None, *Template])
def test_the_forms_fit_whatever_the_case_is_called(template: Template | None) -> None:
    shown = worst(State.OPEN)
    for form in (
        forms.draft_form(shown, UUID(int=4), FORMATS, template),
        forms.move_form(shown, UUID(int=4), FORMATS),
        forms.promise_form(PromiseForm(UUID(int=4), shown.case, DUE, ANA), FORMATS, WORST),
        forms.promise_form(PromiseForm(UUID(int=4), None, DUE, None), FORMATS),
    ):
        assert check_view(form) is None, check_view(form)


def test_how_it_stands_is_said_with_dates() -> None:
    assert views.promise_line(SHOWN, FORMATS, NOW) == "Promised for Thu, Nov 5, 15:40 · <@U0ANA>: “The refund”"
    late = replace(SHOWN, text=None)
    assert views.promise_line(late, FORMATS, DUE + timedelta(minutes=1)).startswith(
        "Promised for Thu, Nov 5, 15:40, and the customer has not heard"
    )
    after = replace(SHOWN, promise=Promise(State.TOLD, NOW, DUE, DUE + timedelta(hours=1)))
    assert "has heard, Thu, Nov 5, 16:40 (promised for Thu, Nov 5, 15:40); not confirmed yet" in (
        views.promise_line(after, FORMATS, NOW)
    )


def test_a_draft_names_the_customer_the_case_and_who_writes() -> None:
    words = draft_words(SHOWN, Template.LATER, FORMATS)
    assert words.startswith(
        "Hello ACME,\n\nwe promised to get back to you by Thu, Nov 5, 15:40 about “Refund & parcel”."
    )
    assert words.endswith("Kind regards,\nAna Ruiz")


def clock(mode: Mode, **other: Any) -> ClockShown:
    usual: dict[str, Any] = {
        "target": timedelta(hours=8),
        "used": timedelta(hours=4, minutes=10),
        "paused": timedelta(hours=2, minutes=5),
        "started_at": NOW,
        "stopped_at": None,
        "due_at": datetime(2026, 11, 5, 10, 40, tzinfo=UTC),
        "breached_at": None,
    }
    return ClockShown(Metric.RESOLUTION, mode, **(usual | other))


def words(shown: ClockShown) -> str:
    return clock_words(shown, FORMATS).replace("\N{NO-BREAK SPACE}", " ")


def test_a_clock_explains_itself() -> None:
    assert words(clock(Mode.RUNNING)) == (
        "Resolution: 4 h 10 min used of 8 h; paused 2 h 5 min; due Thu, Nov 5, 11:40"
    )
    assert words(clock(Mode.PAUSED, due_at=None)).endswith("paused 2 h 5 min; paused now, so not due")
    stopped = datetime(2026, 11, 5, 11, tzinfo=UTC)
    assert words(clock(Mode.MET, stopped_at=stopped)).endswith("in time, Thu, Nov 5, 12:00")
    assert words(clock(Mode.MISSED, stopped_at=stopped)).endswith(
        "late, Thu, Nov 5, 12:00 (due Thu, Nov 5, 11:40)"
    )
    assert words(clock(Mode.RUNNING, breached_at=NOW)).endswith("breached, was due Thu, Nov 5, 09:00")
    moved = clock(Mode.RUNNING, breached_at=NOW, act_by=stopped)
    assert words(moved).endswith("breached at Thu, Nov 5, 09:00 by re-prioritisation; act by Thu, Nov 5, 12:00")
    theirs = clock(Mode.RUNNING, target=None, paused=timedelta(), helpdesk="zendesk")
    assert words(theirs) == "Resolution: due Thu, Nov 5, 11:40; as Zendesk says"
    assert clock(Mode.RUNNING).percent == 52


def test_what_is_over_comes_after_what_runs_and_departments_have_clocks_of_their_own() -> None:
    first = replace(clock(Mode.MET, stopped_at=NOW), metric=Metric.FIRST_REPLY)
    assert [each.partition(":")[0] for each in clocks_words([first, clock(Mode.RUNNING)], FORMATS)] == [
        "• Resolution",
        "• First reply",
    ]
    soon, late = clock(Mode.RUNNING, used=timedelta(hours=6)), clock(Mode.RUNNING, breached_at=NOW)
    assert [each[0] for each in clocks_words([soon, late, first], FORMATS)] == ["🟠", "🔴", "•"]
    wait = WaitShown(UUID(int=5), "Billing & Co", timedelta(hours=12), still=True)
    assert wait_words(wait) == "Billing &amp; Co has had it for 12\N{NO-BREAK SPACE}h of working time"
    at_once = replace(wait, waited=timedelta(seconds=20))
    assert wait_words(at_once) == "Billing &amp; Co has it now"
    assert wait_words(replace(at_once, still=False)) == "Billing &amp; Co had it for less than a minute"
