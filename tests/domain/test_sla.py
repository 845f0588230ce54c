"""The clocks of a case: RULES "SLA clocks", example by example, and what holds for any history."""

from datetime import datetime, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.cases import By, Kind, Priority, State
from bot.domain.sla import Mode, rung_now
from bot.domain.sla_policy import Metric
from bot.domain.sla_replay import replay
from tests.domain.sla_examples import OFFICE, Event, at, clock, hours, opened, policy, prioritised, turned, wrote

FIRST, NEXT, RESOLUTION = Metric.FIRST_REPLY, Metric.NEXT_REPLY, Metric.RESOLUTION
BILLING = str(UUID(int=7))


def test_on_hold_does_not_pause_and_billings_own_clock_counts_the_hours_it_was_waited_for() -> None:
    """09–17, opened Mon 10:00, 8 h, on hold Mon 11:00 to Tue 15:00: due Tue 10:00, not Wed 14:00; billing 12 h."""
    events = [opened("Mon 10:00"), turned("Mon 11:00", State.ON_HOLD, BILLING), turned("Tue 15:00", State.OPEN)]
    (case,), (billing,) = replay(events, policy({RESOLUTION: 8}))
    assert case.due_at == at("Tue 10:00")
    assert case.breached_at(at("Tue 15:00")) == at("Tue 10:00")
    assert (billing.department, billing.at(at("Fri 12:00"))) == (BILLING, hours(12))


def test_where_the_policy_says_so_on_hold_does_pause() -> None:
    events = [opened("Mon 10:00"), turned("Mon 11:00", State.ON_HOLD), turned("Tue 15:00", State.OPEN)]
    found = clock(RESOLUTION, policy({RESOLUTION: 8}, pauses="on hold: resolution"), *events)
    assert found.due_at == at("Wed 14:00")
    assert found.paused_at(at("Wed 10:00")) == hours(12)
    assert found.used_at(at("Wed 10:00")) == hours(4)


def test_waiting_for_the_customer_pauses_and_a_paused_clock_has_no_deadline() -> None:
    events = [opened("Mon 10:00"), turned("Mon 11:00", State.PENDING)]
    found = clock(RESOLUTION, policy({RESOLUTION: 8}), *events)
    assert (found.mode, found.due_at, found.rungs()) == (Mode.PAUSED, None, ())
    assert found.breached_at(at("Fri 12:00")) is None
    again = clock(RESOLUTION, policy({RESOLUTION: 8}), *events, turned("Tue 15:00", State.OPEN))
    assert again.due_at == at("Wed 14:00")


def test_next_reply_counts_from_the_oldest_message_that_nobody_answered() -> None:
    """4 h; messages Thu 15:00 and Fri 09:30: due Fri 11:00."""
    terms = policy({FIRST: 4, NEXT: 4})
    events = [opened("Thu 09:00"), wrote("Thu 10:00", By.MEMBER), wrote("Thu 15:00", By.CUSTOMER)]
    events.append(wrote("Fri 09:30", By.CUSTOMER))
    assert clock(NEXT, terms, *events).due_at == at("Fri 11:00")


def test_notes_and_automatic_answers_never_stop_it_and_a_reply_does() -> None:
    terms = policy({NEXT: 4})
    events = [opened("Thu 09:00"), wrote("Thu 15:00", By.CUSTOMER), wrote("Thu 15:01", By.BOT)]
    events.append(Event(Kind.NOTE, {}, By.MEMBER, at=at("Thu 16:00")))
    assert clock(NEXT, terms, *events).mode is Mode.RUNNING
    answered = clock(NEXT, terms, *events, wrote("Fri 11:00", By.MEMBER))
    assert (answered.mode, answered.stopped_at) == (Mode.MET, at("Fri 11:00"))
    assert clock(NEXT, terms, *events, wrote("Fri 11:01", By.HELPDESK)).mode is Mode.MISSED


def test_a_message_after_the_reply_starts_the_next_one_anew() -> None:
    terms = policy({NEXT: 4})
    events = [opened("Mon 09:00"), wrote("Mon 10:00", By.CUSTOMER), wrote("Mon 11:00", By.MEMBER)]
    found = clock(NEXT, terms, *events, wrote("Tue 12:00", By.CUSTOMER))
    assert (found.started_at, found.due_at, found.used_at(at("Tue 13:00"))) == (
        at("Tue 12:00"),
        at("Tue 16:00"),
        hours(1),
    )


def test_the_three_clocks_are_separate_and_what_comes_before_the_first_reply_waits_for_it() -> None:
    terms = policy({FIRST: 2, NEXT: 4, RESOLUTION: 16})
    events = [opened("Mon 16:00"), wrote("Mon 16:30", By.CUSTOMER)]
    clocks, _ = replay(events, terms)
    assert {each.metric: each.due_at for each in clocks} == {FIRST: at("Tue 10:00"), RESOLUTION: at("Wed 16:00")}
    replied = clock(FIRST, terms, *events, wrote("Tue 09:30", By.MEMBER))
    assert (replied.mode, replied.used_at(at("Fri 09:00"))) == (Mode.MET, hours(1.5))


def test_a_change_of_priority_keeps_the_time_spent() -> None:
    """At 12:00 an 8-hour case opened 09:00 becomes a 1-hour one: breached at 10:00, act by 13:00, one warning."""
    terms = policy({}, by={Priority.LOW: 8, Priority.URGENT: 1})
    events = [opened("Mon 09:00", priority=Priority.LOW), prioritised("Mon 12:00", Priority.URGENT)]
    found = clock(RESOLUTION, terms, *events)
    assert found.breached_at(at("Mon 12:00")) == at("Mon 10:00")
    assert (found.moved_at, found.act_by) == (at("Mon 12:00"), at("Mon 13:00"))
    assert rung_now(found.rungs(), 0, at("Mon 12:00")) == (100, at("Mon 12:00"))
    assert rung_now(found.rungs(), 100, at("Fri 12:00")) == (None, None)


def test_the_very_minute_in_which_the_new_time_is_used_up_is_late() -> None:
    terms = policy({}, by={Priority.LOW: 8, Priority.URGENT: 3})
    events = [opened("Mon 09:00", priority=Priority.LOW), prioritised("Mon 12:00", Priority.URGENT)]
    found = clock(RESOLUTION, terms, *events)
    assert (found.due_at, found.moved_at, found.act_by) == (at("Mon 12:00"), at("Mon 12:00"), at("Mon 15:00"))


def test_a_case_that_was_late_anyway_is_not_late_by_its_new_priority() -> None:
    terms = policy({}, by={Priority.LOW: 2, Priority.URGENT: 1})
    events = [opened("Mon 09:00", priority=Priority.LOW), prioritised("Mon 12:00", Priority.URGENT)]
    found = clock(RESOLUTION, terms, *events)
    assert (found.moved_at, found.act_by) == (None, None)


def test_a_priority_that_gives_more_time_puts_an_end_to_the_breach() -> None:
    terms = policy({}, by={Priority.LOW: 8, Priority.URGENT: 1})
    events = [opened("Mon 09:00", priority=Priority.URGENT), prioritised("Mon 12:00", Priority.LOW)]
    found = clock(RESOLUTION, terms, *events)
    assert (found.due_at, found.breached_at(at("Mon 12:00"))) == (at("Mon 17:00"), None)


def test_warnings_are_reckoned_backwards_through_the_calendar() -> None:
    """8 h from Thu 15:00 end Fri 15:00; of them a quarter is left at 13:00, a tenth at 14:12."""
    found = clock(RESOLUTION, policy({RESOLUTION: 8}), opened("Thu 15:00"))
    assert [each for _, each in found.rungs()] == [
        at("Fri 11:00"),
        at("Fri 13:00"),
        at("Fri 14:12"),
        at("Fri 15:00"),
    ]
    over_the_weekend = clock(RESOLUTION, policy({RESOLUTION: 8}), opened("Fri 12:00"))
    assert dict(over_the_weekend.rungs())[75] == at("next Mon 10:00")
    assert dict(over_the_weekend.rungs())[50] == at("Fri 16:00")


def test_of_several_warnings_that_are_due_the_highest_is_given() -> None:
    rungs = clock(RESOLUTION, policy({RESOLUTION: 8}), opened("Mon 09:00")).rungs()
    assert rung_now(rungs, 0, at("Mon 09:30"))[0] == 50
    assert rung_now(rungs, 0, at("Mon 16:30"))[0] == 90
    assert rung_now(rungs, 90, at("Mon 16:30")) == (100, at("Mon 17:00"))


def test_the_helpdesks_deadline_wins() -> None:
    terms = policy({RESOLUTION: 8})
    said = Event(
        Kind.DEADLINE,
        {"metric": RESOLUTION, "due_at": at("Thu 11:40").isoformat()},
        By.HELPDESK,
        at=at("Mon 09:00"),
    )
    found = clock(RESOLUTION, terms, opened("Mon 09:00"), said, prioritised("Mon 10:00", Priority.URGENT))
    assert (found.due_at, found.target) == (at("Thu 11:40"), None)
    late = clock(RESOLUTION, terms, opened("Mon 09:00"), said, turned("Thu 11:41", State.SOLVED))
    assert late.mode is Mode.MISSED
    stands = Event(Kind.DEADLINE, {"metric": RESOLUTION, "due_at": None}, By.HELPDESK, at=at("Tue 09:00"))
    assert clock(RESOLUTION, terms, opened("Mon 09:00"), said, stands).mode is Mode.PAUSED


def test_a_deadline_that_the_helpdesk_takes_away_with_the_answer_was_the_deadline() -> None:
    due = {"metric": FIRST, "due_at": at("Mon 12:00").isoformat()}
    said = Event(Kind.DEADLINE, due, By.HELPDESK, at=at("Mon 09:00"))
    fulfilled = Event(Kind.DEADLINE, due | {"due_at": None}, By.HELPDESK, at=at("Mon 11:00"))
    events = [opened("Mon 09:00"), said, fulfilled, wrote("Mon 11:00", By.HELPDESK)]
    found = clock(FIRST, policy({}), *events)
    assert (found.mode, found.due_at) == (Mode.MET, at("Mon 12:00"))


def test_a_helpdesks_deadline_outside_our_hours_is_warned_of_in_time() -> None:
    said = Event(Kind.DEADLINE, {"metric": RESOLUTION, "due_at": at("Sun 20:00")}, By.HELPDESK, at=at("Sat 10:00"))
    found = clock(RESOLUTION, policy({}), opened("Sat 10:00"), said)
    assert dict(found.rungs())[50] == at("Sun 03:00")


def test_a_solved_case_stands_and_goes_on_from_there_when_the_customer_comes_back() -> None:
    terms = policy({RESOLUTION: 8})
    solved = [opened("Mon 09:00"), turned("Mon 12:00", State.SOLVED)]
    assert clock(RESOLUTION, terms, *solved, prioritised("Tue 09:00", Priority.URGENT)).mode is Mode.MET
    back = clock(RESOLUTION, terms, *solved, turned("Wed 10:00", State.OPEN))
    assert (back.mode, back.due_at, back.used_at(at("Wed 11:00"))) == (Mode.RUNNING, at("Wed 15:00"), hours(4))


def test_what_is_gone_from_the_helpdesk_is_not_late() -> None:
    gone = Event(Kind.GONE, {"gone": True}, By.HELPDESK, at=at("Mon 10:00"))
    found = clock(RESOLUTION, policy({RESOLUTION: 8}), opened("Mon 09:00"), gone)
    assert (found.mode, found.breached_at(at("Fri 09:00"))) == (Mode.MET, None)


def test_an_answer_after_hours_on_the_day_that_it_was_due_is_late() -> None:
    events = [opened("Mon 13:00"), wrote("Mon 17:30", By.MEMBER)]
    assert clock(FIRST, policy({FIRST: 4}), *events).mode is Mode.MISSED


INSTANTS = st.integers(0, 7 * 24 * 60).map(lambda minutes: at("Mon 00:00") + timedelta(minutes=minutes))


@given(start=INSTANTS, pause=st.tuples(INSTANTS, INSTANTS), target=st.integers(1, 40 * 60))
def test_a_pause_adds_exactly_its_business_time(
    start: datetime, pause: tuple[datetime, datetime], target: int
) -> None:
    first, last = sorted(max(each, start) for each in pause)
    terms = policy({RESOLUTION: target / 60})
    begun = Event(Kind.OPENED, {"state": State.OPEN}, at=start)
    paused = Event(Kind.STATE, {"state": State.PENDING}, at=first)
    resumed = Event(Kind.STATE, {"state": State.OPEN}, at=last)
    without, with_pause = clock(RESOLUTION, terms, begun), clock(RESOLUTION, terms, begun, paused, resumed)
    assert without.due_at
    assert with_pause.due_at
    added = OFFICE.between(first, last) if OFFICE.between(start, first) < hours(target / 60) else timedelta()
    assert OFFICE.between(without.due_at, with_pause.due_at) == added
    assert with_pause.paused_at(last) == OFFICE.between(first, last)


HAPPENINGS = st.one_of(
    st.sampled_from(State).map(lambda state: (Kind.STATE, {"state": state})),
    st.sampled_from(Priority).map(lambda priority: (Kind.PRIORITY, {"priority": priority})),
    st.just((Kind.MESSAGE, {})),
)


@settings(max_examples=60)
@given(
    moments=st.lists(INSTANTS, min_size=1, max_size=8).map(sorted),
    happens=st.lists(HAPPENINGS, min_size=8, max_size=8),
    by=st.lists(st.sampled_from(By), min_size=8, max_size=8),
    given_away=st.lists(INSTANTS, min_size=1, max_size=4),
)
def test_reassignment_never_moves_a_deadline(
    moments: list[datetime],
    happens: list[tuple[Kind, dict[str, str]]],
    by: list[By],
    given_away: list[datetime],
) -> None:
    terms = policy({FIRST: 2, NEXT: 4, RESOLUTION: 16}, by={Priority.URGENT: 1, Priority.LOW: 40})
    begun = Event(Kind.OPENED, {"state": State.NEW}, at=at("Mon 00:00"))
    happened = [
        Event(kind, data, who, at=when) for when, (kind, data), who in zip(moments, happens, by, strict=False)
    ]
    owners = [
        Event(Kind.OWNER, {"owner": str(UUID(int=number))}, at=when) for number, when in enumerate(given_away)
    ]
    mixed = sorted([*happened, *owners], key=lambda each: each.at)
    assert replay([begun, *mixed], terms) == replay([begun, *happened], terms)
