"""Lists of cases, who could have one, rules, records and handovers are within Slack's limits, however long."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from bot.domain.absences import AbsenceShown
from bot.domain.absences import State as AwayState
from bot.domain.cases import Priority, State
from bot.domain.cases_aging import Age, Counted, aging
from bot.domain.cases_assign import Suggestion
from bot.domain.cases_assign_shown import AssignShown, Suggested
from bot.domain.cases_handover_shown import AtRisk, CasesAway, GivenBack, Handed, HandedNews, Reassigned
from bot.domain.cases_lists import PAGE, ROWS, AgingShown, By, CaseLine, CasePage, QueueLine, Scope
from bot.domain.cases_named import CaseNamed
from bot.domain.hygiene import What
from bot.domain.hygiene_shown import HygienePage, HygieneShown, Suspect
from bot.domain.intervals import Interval
from bot.domain.routing import Field, Match, Routed, Rule, Score
from bot.domain.routing_shown import Belongs, RerouteShown, RoutingPart, RoutingShown, RuleShown
from bot.domain.shifts import Somebody
from bot.sandbox.blocks import check_message, check_view
from bot.views import absences_card, cases_assign, cases_handover, cases_lists, hygiene, routing, routing_rules
from bot.views.formats import Formats
from tests.views.test_shifts import LOCALES, WORST, readable

NOW = datetime(2026, 11, 6, 9, tzinfo=UTC)
ANA = Somebody(UUID(int=1), WORST, None)
HERE = Interval(NOW, NOW + timedelta(hours=8))
NAMED = CaseNamed(UUID(int=7), 1042, WORST, "zendesk", "35436", "https://example.com/35436")
LACKS = frozenset({WORST, f"{WORST} 2"})
SUGGESTED = Suggested(ANA, Suggestion(ANA.member_id, HERE, False, True, LACKS, 7, 0.6, True, HERE.end))
RULE = Rule(UUID(int=8), WORST, UUID(int=9), dict.fromkeys(Field, (WORST,) * 40), Priority.URGENT)
ROUTED = Routed(RULE, tuple(Match(each, WORST) for each in Field))


def line(number: int) -> CaseLine:
    state, priority = State.ON_HOLD, Priority.URGENT
    due = NOW - timedelta(days=3)
    opened = NOW - timedelta(days=400)
    return CaseLine(UUID(int=number), number, WORST, WORST, state, priority, ANA, WORST, WORST, opened, due)


LINES = tuple(map(line, range(1, PAGE + 1)))
IDS = [UUID(int=1000 + number) for number in range(100)]


def formats(locale: str) -> Formats:
    return Formats(ZoneInfo("America/Argentina/Buenos_Aires"), locale, "12")


@pytest.mark.parametrize("locale", LOCALES)
def test_lists_and_the_report_fit(locale: str) -> None:
    suggested = {each.id: (WORST, WORST) for each in LINES}
    for scope in (
        *(Scope(by, UUID(int=3)) for by in (By.OWNER, By.QUEUE, By.DEPARTMENT)),
        Scope(By.AGE, age=Age.DAY),
    ):
        page = CasePage(scope, WORST, False, 3, 1000, 999, LINES, NOW, {})
        readable(cases_lists.case_list(page, formats(locale), "/case"))
    unplaced = CasePage(Scope(By.QUEUE), None, False, 3, 1000, 999, LINES, NOW, suggested)
    readable(cases_lists.case_list(unplaced, formats(locale), "/case"))
    readable(cases_lists.case_list(replace(unplaced, total=0, lines=()), formats(locale), "/case"))
    many = [QueueLine(each, WORST, 999, 99, 9) for each in IDS]
    lists = [cases_lists.queue_list(many, "/case", page) for page in range(-(-len(IDS) // ROWS))]
    for each in lists:
        readable(each)
    assert sum(str(each["blocks"]).count("Show ") for each in lists) == len(IDS)
    readable(cases_lists.queue_list([], "/case"))
    found = aging(Counted(each, UUID(int=5), age, 99999) for each in IDS for age in Age)
    people = {each: replace(ANA, member_id=each) for each in IDS}
    shown = AgingShown(found, 2, people, {UUID(int=5): WORST}, LINES, NOW)
    # A menu is nothing that ``readable`` reads.
    assert check_message(cases_lists.aging_message(shown, formats(locale), "/case"), ephemeral=True) is None
    assert len(found.owners) > 3 * ROWS
    readable(cases_lists.aging_message(replace(shown, aging=aging([])), formats(locale), "/case"))


@pytest.mark.parametrize("locale", LOCALES)
def test_who_could_have_a_case_fits_on_the_card_and_in_the_form(locale: str) -> None:
    for people in ((), (SUGGESTED,) * 5):
        shown = AssignShown(NAMED, ANA if people else None, people)
        readable(cases_assign.assign_list(shown, formats(locale)))
        distinct = tuple(
            replace(each, person=replace(ANA, member_id=UUID(int=number))) for number, each in enumerate(people)
        )
        assert (
            check_view(cases_assign.assign_form(replace(shown, people=distinct), UUID(int=1), formats(locale)))
            is None
        )


def test_rules_and_what_they_say_fit() -> None:
    belongs = Belongs(UUID(int=9), WORST, ROUTED)
    part = RoutingPart(NAMED, None, belongs)
    assert routing.routing_lines(part, formats("en"))[0].startswith("Belongs in ")
    readable({"text": "x", "blocks": [{"type": "actions", "elements": list(routing.routing_buttons(part))}]})
    queues = dict.fromkeys(IDS, WORST)
    reroute = RerouteShown(NAMED, UUID(int=3), WORST, {**queues, UUID(int=9): WORST}, belongs)
    assert check_view(routing.reroute_form(reroute, UUID(int=1))) is None
    assert check_view(routing.reroute_form(replace(reroute, queues={}), UUID(int=1))) is None
    rules = tuple(
        RuleShown(replace(RULE, id=each), WORST, Score(number * 10, number)) for number, each in enumerate(IDS)
    )
    for page in (0, 3, 99):
        readable(routing_rules.rule_list(RoutingShown(rules, queues, 7), "/case", page))
    readable(routing_rules.rule_list(RoutingShown((), {}, 0), "/case"))
    for rule_id in (None, IDS[5]):
        assert check_view(routing_rules.rule_form(RoutingShown(rules, queues, 7), UUID(int=1), rule_id)) is None


def test_records_fit() -> None:
    readable(hygiene.hygiene_list(HygieneShown(dict.fromkeys(What, 9999)), "/case check"))
    readable(hygiene.hygiene_list(HygieneShown({}), "/case check"))
    for what in What:
        suspects = tuple(Suspect(each, 12) for each in LINES)
        readable(hygiene.hygiene_page(HygienePage(what, 5, 9999, suspects)))
        readable(hygiene.hygiene_page(HygienePage(what, 0, 0, ())))


@pytest.mark.parametrize("locale", LOCALES)
def test_handovers_fit_on_the_card_and_in_what_each_reads(locale: str) -> None:
    risks = (*(AtRisk(each, ANA, SUGGESTED.why) for each in LINES[:7]), AtRisk(LINES[7], None, None))
    cases = CasesAway(risks, 99, tuple(Handed(each, ANA, each.number % 2 == 0) for each in LINES * 9))
    for state in AwayState:
        shown = AbsenceShown(UUID(int=2), ANA, HERE, state, NOW, (), cases=cases)
        readable(absences_card.absence_card(shown, formats(locale)))
        readable(absences_card.back(shown, 2, GivenBack(3, 1)))
    for own in (False, True):
        news = HandedNews(ANA, LINES * 9, own)
        readable(cases_handover.taken(news, formats(locale), NOW))
        readable(cases_handover.given_back(news))
    said = cases_handover.reassigned(Reassigned(tuple((each, ANA) for each in range(60)), 2, 3))
    assert "For 2 cases nobody is there in time" in said
    assert "3 cases more can be given" in said
