"""Every answer of ``/floor`` in every state stays within Slack's limits and is fit to read."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.domain.audit import AuditLine, AuditPage, Topic
from bot.domain.permissions import Actor, Deed, Grant, Reach, Role
from bot.domain.shifts import Somebody
from bot.manifest import COMMANDS
from bot.views import floor as views
from bot.views import floor_help
from bot.views.asked import Asked
from bot.views.audit import WORDS, audit_line
from bot.views.floor_help import FORMS, Examples
from bot.views.formats import Formats
from tests.recorded_actions import recorded_actions
from tests.views.test_shifts import LOCALES, NOW, RTL, WORST, formats, names, people, readable

TEAM = "018f0000-0000-7000-8000-000000000001"
BERLIN = Formats(ZoneInfo("Europe/Berlin"))
ANA = Somebody(UUID(int=1), "Ana Ruiz", None)

# What stands before or after, by the kind of what was changed.
DOCUMENTS: dict[str, list[dict[str, Any]]] = {
    "swap": [{}, {"state": "needs approval"}, {"state": "open", "unheard_of": TEAM}],
    "import": [{}, {"files": WORST * 60}],
    "settings": [
        {"scope": "workspace", "ops_channel": "C012AB3CD", "locale": None},
        {"scope": f"team:{TEAM}", **{f"setting_{number}": WORST for number in range(60)}},
        {"scope": f"queue:{UUID(int=9)}", "rules": {"daily_rest": {"limit": 11}}, "auto_approve": True},
        {"scope": "workspace", "required_skills": [WORST] * 60, "limits": {WORST: {"queues": [WORST] * 60}}},
    ],
    "member": [
        {},
        {"role": "lead", "team_id": TEAM},
        {"role": "lead", "team_id": str(UUID(int=9))},
        {"changed": ["slack_name", "slack_time_zone", "deactivated_at", "unheard_of"]},
        {"slack_id": "U012AB3CD"},
        {"roles": [{"role": "agent", "team_id": None}, {"role": "lead", "team_id": TEAM}]},
        {"time_zone": "America/New_York", "quiet_from": "22:00:00", "quiet_days": ["monday", "friday"]},
    ],
    "case": [
        {},
        {"state": "new", "priority": "normal", "queue": TEAM, "owner": None, "tier": None},
        {"owner_id": TEAM, "queue_id": str(UUID(int=9)), "waits_on_id": None, "reopened": 1},
        {"snoozed_until": NOW.isoformat(), "state": "open", "solved_at": NOW.isoformat(), "changed": ["tags"]},
    ],
    "exception": [{}, {"state": "needs approval"}, {"state": "approved"}],
    "team": [{}, {"team_id": TEAM, "channel": "C012AB3CD"}, {"team_id": str(UUID(int=9)), "channel": None}],
    "unheard of": [{}, {"id": TEAM}],
}
lines = st.sampled_from(list(DOCUMENTS)).flatmap(
    lambda kind: st.builds(
        AuditLine,
        at=st.datetimes(datetime(2025, 9, 1), datetime(2027, 2, 1), timezones=st.just(UTC)),
        actor_kind=st.sampled_from(["member", "operator", "slack", "clock"]),
        actor=st.none() | people,
        action=st.sampled_from([*WORDS, "unheard.of"]),
        subject_kind=st.just(kind),
        number=st.none() | st.integers(1, 10**6),
        subject=st.none() | people,
        before=st.sampled_from(DOCUMENTS[kind]),
        after=st.sampled_from(DOCUMENTS[kind]),
        whose=st.none() | people,
        shifts=st.integers(0, 500),
    )
)
topics = st.sampled_from([Topic(), Topic("swap", 14)]) | st.builds(Topic, person=people)
asked = st.builds(
    Asked, st.just("/floor"), st.sampled_from(["audit", "audit swap 14"]), st.just(NOW), st.integers(0, 9)
)


def line(action: str, kind: str, **fields: Any) -> AuditLine:
    """A line of the operator's."""
    usual: dict[str, Any] = {"number": None, "subject": None, "before": {}, "after": {}, "actor": None}
    return AuditLine(NOW, fields.pop("actor_kind", "operator"), action=action, subject_kind=kind, **usual | fields)


def said(shown: AuditLine) -> str:
    """The line without the time and the actor."""
    read = audit_line(shown, BERLIN, {TEAM: "Mail"}, NOW.date())
    return read.split(" · ", 2)[2]


def test_what_became_of_a_case_is_said_and_not_only_that_something_did() -> None:
    escalated = line("case.escalation", "case", number=22, after={"became": "owned"})
    assert said(escalated).startswith("took the question on, case 22")
    promised = line("case.promise", "case", number=22, after={"became": "keep"})
    assert said(promised).startswith("told the customer what was promised, in time, case 22")
    assert said(line("case.escalation", "case", number=22)) == "noted a question to a department on case 22"
    stuck = line("case.stuck", "case", number=20, before={"stuck": None}, after={"stuck": "nobody owns it"})
    assert said(stuck).startswith("noticed that case 20 is stuck")
    moves = line("case.stuck", "case", number=20, before={"stuck": "nobody owns it"}, after={"stuck": None})
    assert said(moves).startswith("saw that case 20 moves again")


@settings(max_examples=60, deadline=None)
@given(st.lists(lines, max_size=25), topics, formats, asked, st.integers(0, 500))
def test_any_audit_can_be_shown(
    found: list[AuditLine], topic: Topic, reader: Formats, question: Asked, before: int
) -> None:
    ids = (*WORDS, "unheard.of", "unheard_of")
    people_shown = [topic.person, *(each for one in found for each in (one.actor, one.subject, one.whose))]
    assume(
        not any(each and action in each.name for each in people_shown for action in ids)
    )  # anybody may be called so
    total = before + len(found) + question.page * 25
    shown = AuditPage(topic, tuple(found), question.page, before + 1, total, {TEAM: WORST})
    read = readable(views.audit_page(shown, reader, question))
    assert not re.search(r"(?<!<#)\bC012AB3CD", read)
    assert not any(action in read for action in ids)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_page_of_the_longest_lines_is_whole(locale: str) -> None:
    settings_changed = {"scope": f"team:{TEAM}", **{f"setting_{number}": WORST for number in range(60)}}
    somebody = Somebody(UUID(int=1), WORST, None)
    found = tuple(line("settings.change", "settings", after=settings_changed, actor=somebody) for _ in range(25))
    page = AuditPage(Topic(), found, 0, 26, 50, {TEAM: RTL})
    read = readable(views.audit_page(page, Formats(BERLIN.zone, locale), Asked("/floor", "audit", NOW)))
    assert read.count(" more") >= 25
    assert read.count("• ") == 25


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (line("swap.accept", "swap", number=14, before={"state": "open"}, after={"state": "accepted"}),
         "accepted swap 14 · open → accepted"),
        (line("swap.propose", "swap", number=14, after={"state": "open"}), "proposed swap 14 · open"),
        (line("swap.unheard_of", "swap", number=14), "changed swap 14"),
        (line("case.open", "case", number=12,
              after={"state": "new", "priority": "high", "queue": TEAM, "owner": None}),
         "opened case 12 · new; high; Mail"),
        (line("case.owner", "case", number=12, before={"owner_id": TEAM}, after={"owner_id": None}),
         "changed the owner of case 12 · Mail → nobody"),
        (line("case.state", "case", number=12, before={"state": "open", "waits_on_id": None},
              after={"state": "on hold", "waits_on_id": TEAM}),
         "said how case 12 stands · open → on hold; waits for Mail"),
        (line("exception.approve", "exception", number=3, before={"state": "needs approval"},
              after={"state": "approved"}), "approved exception 3 · needs approval → approved"),
        (line("department.change", "department", subject_id=TEAM), "changed how the department Mail is reached"),
        (line("role.change", "member", subject=ANA, before={"role": "agent", "team_id": None},
              after={"role": "lead", "team_id": TEAM}), "changed the role of Ana Ruiz · agent → lead of Mail"),
        (line("role.change", "member", subject=ANA, after={"role": "lead", "team_id": None}),
         "changed the role of Ana Ruiz · no role → lead of all teams"),
        (line("role.change", "member", before={"role": "lead", "team_id": "gone"}),
         "changed the role of somebody who is no longer on the roster · lead of a team that is gone → no role"),
        (line("people.follow", "member", subject=ANA, after={"changed": ["deactivated_at", "slack_name"]}),
         "changed the profile of Ana Ruiz · active or not, name"),
        (line("people.link", "member", subject=ANA, after={"slack_id": "U1"}),
         "linked Ana Ruiz to their Slack account"),
        (line("import.undo", "import", number=3), "took import 3 back"),
        (line("import.people", "import", number=3, after={"files": "a.csv, b.csv"}),
         "imported people, import 3 · a.csv, b.csv"),
        (line("settings.change", "settings", before={"time_zone": None},
              after={"time_zone": "America/New_York", "scope": "workspace"}),
         "changed the settings of the workspace · "
         "Time zone of people who have none of their own: as usual → America/New York"),
        (line("settings.change", "settings", before={"auto_approve": False, "rules": None},
              after={"auto_approve": True, "rules": {"daily_rest": {"limit": 11}}, "scope": f"team:{TEAM}"}),
         "changed the settings of the team Mail · "
         "A swap that breaks no rule: needs approval → is settled at once; "
         "Daily rest: as usual → at least 11 hours"),
        (line("settings.change", "settings",
              after={"rules": {"daily_rest": {"limit": 9, "derogated": "Works council"}}, "scope": "workspace"}),
         "changed the settings of the workspace · "
         "Daily rest: as usual → at least 9 hours, set aside by Works council"),
        (line("settings.change", "settings",
              after={"required_skills": ["german", "refunds"], "scope": "queue:gone"}),
         "changed the settings of a queue that is gone · Skills that its shifts need: as usual → german, refunds"),
        (line("role.change", "member", subject=ANA, before={"roles": [{"role": "agent", "team_id": None}]},
              after={"roles": [{"role": "agent", "team_id": None}, {"role": "lead", "team_id": TEAM}]}),
         "changed the role of Ana Ruiz · agent → agent, lead of Mail"),
        (line("channel.change", "team", before={"team_id": TEAM, "channel": None},
              after={"team_id": TEAM, "channel": "C012AB3CD"}),
         "changed the channel of the team Mail · none → <#C012AB3CD>"),
        (line("own.change", "member", subject=ANA, before={"quiet_from": None, "time_zone": None},
              after={"quiet_from": "22:00:00", "time_zone": "America/New_York"}),
         "changed what they chose for themselves · "
         "time zone: as usual → America/New York; quiet hours from: none → 22:00"),
        (line("settings.change", "settings", after={"scope": "queue:gone"}),
         "changed the settings of a queue that is gone"),
    ],
)  # fmt: skip
def test_what_was_done_is_said_in_words(shown: AuditLine, words: str) -> None:
    assert said(shown) == words


@pytest.mark.parametrize(
    ("kind", "who"),
    [
        ("operator", "the operator at the command line"),
        ("slack", "Slack"),
        ("clock", "Floorwalker"),
        ("member", "somebody who is no longer on the roster"),
    ],
)
def test_who_is_no_member_is_said_in_words(kind: str, who: str) -> None:
    read = audit_line(line("import.undo", "import", number=3, actor_kind=kind), BERLIN, {}, NOW.date())
    assert read == f"• Fri, Oct 23, 12:00 · {who} · took import 3 back"


def test_the_year_is_said_where_it_is_another() -> None:
    read = audit_line(line("import.undo", "import", number=3), BERLIN, {}, NOW.date().replace(year=2027))
    assert read.startswith("• Fri, Oct 23, 2026, 12:00 · ")


def test_a_button_stands_for_the_page_that_was_asked_about_when_it_was() -> None:
    shown = AuditPage(Topic("swap", 14), (line("import.undo", "import", number=3),), 2, 26, 76, {})
    answer = views.audit_page(shown, BERLIN, Asked("/floor", "audit swap 14", NOW, 2))
    values = [views.read_value("/floor", each["value"]) for each in answer["blocks"][-2]["elements"]]
    assert values == [Asked("/floor", "audit swap 14", NOW, page) for page in (3, 1)]


def desk_of(command: str, actor: Actor) -> Iterator[dict[str, Any]]:
    """What the front desk shows somebody, in a workspace with the longest names."""
    prefix, examples = command[1:-5], Examples(WORST, 10**6, 10**6, 10**6)
    yield floor_help.menu(command, actor)
    yield floor_help.help_topics(prefix, actor)
    yield floor_help.help_message(prefix, actor, examples)
    topics = ("shifts", "swaps", "me", "audit", "imports", "desk")
    yield from filter(None, (floor_help.help_topic(prefix, actor, examples, topic) for topic in topics))


@pytest.mark.parametrize("command", ["/floor", "/a-prefix-of-16ch-floor"])
def test_what_never_changes_is_within_the_limits(command: str) -> None:
    newest = {"import": 3, "swap": 0, "case": 1}
    for answer in (
        *(each for role in Role for each in desk_of(command, Actor(UUID(int=1), (Grant(role),)))),
        *desk_of(command, Actor(UUID(int=1), ())),
        *(floor_help.may_not(deed) for deed in Deed),
        floor_help.unknown_topic("", WORST * 50),
        views.unknown_word(command, WORST * 50),
        *(views.unknown_number(command, kind, number, newest) for kind in ("swap", "x") for number in (None, 99)),
        views.unknown_number(command, "swap", 99, {"swap": 0}),
        views.unknown_person("U012AB3CD", command),
        views.names_wanted("@" + WORST * 50, command),
        views.one_at_a_time(command),
        *(views.may_not_read(command, reach) for reach in Reach),
        views.audit_page(AuditPage(Topic(), (), 0, 1, 0, {}), BERLIN, Asked(command, "audit", NOW)),
        views.audit_page(AuditPage(Topic(person=ANA), (), 0, 1, 0, {}), BERLIN, Asked(command, "audit", NOW)),
    ):
        readable(answer)


@given(names, st.none() | st.integers(0, 10**9))
@settings(deadline=None)
def test_any_kind_can_be_unknown(kind: str, number: int | None) -> None:
    readable(views.unknown_number("/floor", kind, number, {"import": 3, "swap": 14}))


def test_help_names_every_command_of_the_manifest_and_no_other() -> None:
    assert {form.typed.split()[0] for form in FORMS} == {command["name"] for command in COMMANDS}


def test_every_action_that_is_recorded_has_its_words_and_no_other_has() -> None:
    recorded = recorded_actions()
    assert {"role.change", "settings.change", "import.people", "import.shifts", "audit.read"} <= recorded
    assert recorded - WORDS.keys() == set()
    assert WORDS.keys() - recorded == set()
