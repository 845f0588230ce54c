"""A question to a department, in every state and for both sides, is within Slack's limits and says what it is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from bot.domain.cases_named import CaseNamed
from bot.domain.escalations import OPEN, Cause, Outcome, State
from bot.domain.escalations_shown import (
    AnswerShown,
    EscalateForm,
    EscalationShown,
    News,
    NoteShown,
    Promised,
    Proposal,
    Said,
)
from bot.sandbox.blocks import check_message, check_view
from bot.views import escalations as views
from bot.views import escalations_answers as answers
from bot.views import escalations_do_form as do_forms
from bot.views import escalations_form as forms
from bot.views import escalations_said as said
from bot.views.blocks import Message
from bot.views.escalations_words import lines_of
from bot.views.formats import Formats
from bot.views.why import About, why_form
from handlers.escalations_do import _WRITTEN
from tests.views.test_shifts import LOCALES, RTL, WORST
from tests.views.test_swaps import ANA, BEN, CORA

NOW = datetime(2026, 11, 2, 11, tzinfo=UTC)
SOON = NOW + timedelta(hours=3)
LONG = "<&>\n" * 900
FORMATS = Formats(ZoneInfo("Europe/Berlin"))
CASE = CaseNamed(
    UUID(int=7), 1042, "Refund is late", "zendesk", "35436", "https://acme.zendesk.com/agent/tickets/35436"
)
PLAIN = EscalationShown(
    UUID(int=1),
    7,
    CASE,
    "ACME Ltd",
    3,
    "Billing",
    State.ASKED,
    0,
    "Where is it?",
    None,
    None,
    CORA,
    NOW,
    None,
    None,
    SOON,
    SOON + timedelta(hours=20),
    None,
    False,
    0,
    None,
    None,
    None,
    None,
    None,
    None,
    None,
)
WORST_CASE = replace(
    PLAIN,
    case=replace(CASE, title=WORST),
    customer=RTL,
    department=WORST,
    question=LONG,
    need=LONG,
    link="https://acme.slack.com/archives/C1/p1",
    asked_by=ANA,
    contact=BEN,
    owner=ANA,
    eta_at=SOON,
    eta_missed=True,
    misses=2,
    promised=Promised(UUID(int=5), True, SOON, LONG),
    answer=LONG,
    answered_at=NOW,
    closed_by=BEN,
    outcome=Outcome.WORKAROUND,
    cause=Cause.OTHER,
    words=LONG,
)


def fits(message: Message) -> Message:
    assert check_message(message) is None, check_message(message)
    return message


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("state", State)
def test_every_card_can_be_posted_and_has_a_text(state: State, locale: str) -> None:
    formats = Formats(ZoneInfo("Asia/Kolkata"), locale, "12")
    for shown in (PLAIN, WORST_CASE):
        there = replace(shown, state=state)
        for hop in (0, 1):
            assert fits(views.department_card(there, hop, formats))["text"]
        assert fits(views.case_card(there, formats))["text"]
        assert views.on_case(there, formats)


def test_everything_that_is_said_beside_a_card_can_be_posted() -> None:
    facts: dict[str, Any] = {
        "eta": SOON.isoformat(),
        "from": WORST,
        "to": RTL,
        "hop": 0,
        "who": "U1",
        "department": WORST,
        "number": 7,
        "escalation": str(PLAIN.id),
    }
    for what, shown in product(News, (PLAIN, WORST_CASE)):
        fits(said.news(shown, what, facts, FORMATS))
    for text, stands, about in product((LONG, None), (True, False), (PLAIN, WORST_CASE)):
        fits(said.answered(AnswerShown(replace(about, answer=text), text, stands), WORST))
    for why, text, author in product(Said, (LONG, "Hi", None), (ANA, None)):
        fits(said.written(NoteShown(author, text, waits=why is Said.NEED), why, facts))


def test_the_department_has_its_buttons_only_as_long_as_it_has_to_answer() -> None:
    def buttons(message: Message) -> list[str]:
        rows = [block for block in message["blocks"] if block["type"] == "actions"]
        return [each["text"]["text"] for row in rows for each in row["elements"]]

    for state in State:
        there = buttons(views.department_card(replace(PLAIN, state=state), 0, FORMATS))
        assert bool(there) is (state in OPEN)
        assert buttons(views.department_card(replace(PLAIN, state=state), 1, FORMATS)) == []
    assert buttons(views.case_card(replace(PLAIN, state=State.CLOSED), FORMATS)) == []
    lost = {"hop": 0}
    assert buttons(said.news(PLAIN, News.LOST, lost, FORMATS)) == ["Send elsewhere…"]
    assert "actions" not in str(said.news(replace(PLAIN, hop=1), News.LOST, lost, FORMATS))


def test_what_was_missed_and_what_nobody_has_said_reads_so() -> None:
    missed = replace(PLAIN, state=State.OWNED, owner=CORA, eta_at=SOON, eta_missed=True, misses=1)
    text = str(views.department_card(missed, 0, FORMATS))
    assert "*Owned by Cora* · *promised for Mon, Nov 2, 15:00, and missed*" in text
    assert "a promised time" not in text
    assert "and missed* · 2 promised times were missed" in str(
        views.department_card(replace(missed, misses=2), 0, FORMATS)
    )
    assert "*Nobody owns it yet* · own it by Mon, Nov 2, 15:00, answer by Tue, Nov 3, 11:00" in str(
        views.case_card(PLAIN, FORMATS)
    )


def test_a_time_is_proposed_on_a_quarter_of_an_hour_within_what_is_agreed() -> None:
    odd = replace(PLAIN, answer_by=NOW + timedelta(hours=4, minutes=5))
    assert "'initial_time': '16:00'" in str(do_forms.eta_form(odd, NOW, FORMATS))
    late = replace(PLAIN, answer_by=NOW - timedelta(hours=1))
    assert "'initial_time': '13:15'" in str(do_forms.eta_form(late, NOW + timedelta(minutes=1), FORMATS))


def test_who_promises_an_answer_reads_by_when_the_customer_waits_for_it() -> None:
    waits = Promised(UUID(int=5), True, SOON, None)
    promised = "The customer was promised to hear by *Mon, Nov 2, 15:00*."
    assert promised in str(do_forms.eta_form(replace(PLAIN, promised=waits), NOW, FORMATS))
    heard = replace(waits, waits=False)
    assert promised not in str(do_forms.eta_form(replace(PLAIN, promised=heard), NOW, FORMATS))


def test_words_keep_their_lines_and_ping_nobody() -> None:
    assert lines_of("one\n<!channel>") == "> one\n> &lt;!channel&gt;"
    assert len(lines_of(LONG)) <= 2600
    assert lines_of(LONG).endswith("> …")
    assert len(lines_of("&" * 3000)) <= 2600


@pytest.mark.parametrize("locale", LOCALES)
def test_every_form_can_be_opened(locale: str) -> None:
    formats = Formats(ZoneInfo("Asia/Kolkata"), locale, "12")
    departments = tuple((UUID(int=each), f"{each} {WORST}") for each in range(1, 150))
    proposal = Proposal(UUID(int=3), WORST, BEN, NOW, SOON, usual=False)
    for case, found, link in product(
        (None, CASE), (None, proposal), (None, "https://acme.slack.com/archives/C1/p1")
    ):
        already = WORST_CASE if found else None
        form = EscalateForm(UUID(int=9), case, 2, departments, found, None, already, LONG[:2500], link)
        assert check_view(forms.escalate_form(form, formats)) is None
    for shown in (PLAIN, WORST_CASE):
        assert check_view(do_forms.eta_form(shown, NOW, formats)) is None
        for state, own in product(State, (True, False)):
            there = replace(shown, state=state)
            assert check_view(do_forms.elsewhere_form(UUID(int=9), there, departments, own=own)) is None
            assert check_view(do_forms.close_form(UUID(int=9), there)) is None
        for name, (why, _) in _WRITTEN.items():
            assert check_view(why_form(why, f"{name}.form", About(UUID(int=9), shown.id), "Why")) is None


def test_answers_fit() -> None:
    fits(answers.help_message("/escalate"))
    fits(answers.asked(7, WORST, 12))
    fits(answers.no_case(WORST, "/escalate"))
    for words in (answers.other_department, answers.owned_already, answers.not_open):
        assert len(words(WORST_CASE)) < 2000
