"""The composition root: from settings to an app with everything wired."""

import logging
from dataclasses import dataclass, replace

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.http_retry import RetryHandler
from slack_sdk.http_retry.builtin_handlers import ConnectionErrorRetryHandler, RateLimitErrorRetryHandler

import handlers.absences
import handlers.absences_card
import handlers.announcements
import handlers.announcements_do
import handlers.attendance
import handlers.calendar
import handlers.cases
import handlers.cases_assign
import handlers.cases_do
import handlers.cases_form
import handlers.cases_handover
import handlers.cases_lists
import handlers.channels
import handlers.chase
import handlers.connections
import handlers.contact
import handlers.coverage
import handlers.coverage_gaps
import handlers.coverage_patterns
import handlers.coverage_surplus
import handlers.covers
import handlers.covers_form
import handlers.covers_look
import handlers.covers_open
import handlers.covers_take
import handlers.departments
import handlers.departures
import handlers.escalations
import handlers.escalations_do
import handlers.escalations_list
import handlers.exceptions
import handlers.floor
import handlers.handup
import handlers.home
import handlers.hygiene
import handlers.imports
import handlers.kb
import handlers.kb_approval
import handlers.kb_canned
import handlers.kb_form
import handlers.kb_missing
import handlers.kb_open
import handlers.kb_release
import handlers.kb_reports
import handlers.kb_search
import handlers.kb_share
import handlers.kb_sop
import handlers.kb_synonyms
import handlers.kb_upkeep
import handlers.kpi
import handlers.kpi_digests
import handlers.ladder
import handlers.limits
import handlers.matrix
import handlers.menus
import handlers.middleware
import handlers.nudges
import handlers.own
import handlers.people
import handlers.promises
import handlers.roles
import handlers.routing
import handlers.settings
import handlers.setup
import handlers.shifts
import handlers.shifts_edit
import handlers.stuck
import handlers.swaps
import handlers.swaps_form
import handlers.swaps_look
import handlers.timeoff
import handlers.timeoff_calendar
import handlers.timeoff_decide
import handlers.timeoff_ill
import handlers.timeoff_kinds
import handlers.timeoff_limits
import handlers.timeoff_look
import handlers.timeoff_requests
import handlers.timeoff_waitlist
import handlers.unowned
import handlers.uploads
import jobs.absences
import jobs.announcements
import jobs.attendance
import jobs.chase
import jobs.connections
import jobs.contact
import jobs.coverage
import jobs.coverage_gaps
import jobs.coverage_patterns
import jobs.coverage_surplus
import jobs.coverage_today
import jobs.covers
import jobs.exceptions
import jobs.fairness
import jobs.handup
import jobs.home
import jobs.hygiene
import jobs.kb_missing
import jobs.kb_upkeep
import jobs.kpi
import jobs.kpi_digests
import jobs.nudges
import jobs.people
import jobs.promises
import jobs.reliability
import jobs.sla
import jobs.standup
import jobs.stuck
import jobs.swaps
import jobs.timeoff
import jobs.timeoff_waitlist
import jobs.uploads
from bot.actions import (
    absences_cards,
    announcements_cards,
    apologies,
    attendance_cards,
    cases_cards,
    cases_handover_news,
    chase_cards,
    connections_conflicts,
    connections_failed,
    contact,
    contact_duties,
    coverage_gaps_cards,
    coverage_patterns,
    coverage_surplus_cards,
    coverage_today,
    covers_batch,
    covers_cards,
    departures_cards,
    departures_news,
    escalations_cards,
    escalations_list,
    exceptions_cards,
    handup_cards,
    home,
    hygiene,
    imports_told,
    kb_approval_cards,
    kb_dropped_card,
    kb_release,
    kb_reports_follow,
    kb_sop_follow,
    kb_upkeep_turn,
    kpi_digests_cards,
    ladder_do,
    matrix_cards,
    nudges_cards,
    outbox,
    reliability,
    roles,
    shifts_published,
    shifts_told,
    standup,
    swaps_cards,
    timeoff_adjust,
    timeoff_cards,
    timeoff_ill,
    timeoff_turn,
    timeoff_waitlist_look,
    uploads_cards,
)
from bot.actions.cards import Cards
from bot.actions.contact import quiet_until, told_back_at
from bot.connectors.messages import Courier
from bot.deps import Clock, Deps, new_id, system_clock
from bot.manifest import SCOPES
from bot.settings import Settings
from bot.views.people import SLACK_IS_AWAY
from handlers.later import Later
from jobs.outbox import Sender
from jobs.outbox_turn import Desk, Times
from jobs.scheduler import Ticker
from jobs.uploads import Clerk
from storage.db import Sessions, open_engine

# What the clock sets off.
JOBS = (
    jobs.people.SYNC,
    jobs.swaps.EXPIRE,
    jobs.covers.TURN,
    jobs.absences.TURN,
    jobs.contact.TURN,
    jobs.connections.SYNC,
    jobs.announcements.TURN,
    jobs.attendance.TURN,
    jobs.attendance.FORGET,
    jobs.exceptions.TURN,
    jobs.handup.TURN,
    jobs.home.TURN,
    jobs.kb_missing.COUNT,
    jobs.kb_upkeep.UPKEEP,
    jobs.nudges.TURN,
    jobs.stuck.LOOK,
    jobs.uploads.SETTLE,
    jobs.fairness.TALLY,
    jobs.timeoff.TURN,
    jobs.timeoff_waitlist.TURN,
    jobs.timeoff.REMIND,
    jobs.coverage.FORECAST,
    jobs.coverage_today.WATCH,
    jobs.coverage_patterns.LOOK,
    jobs.coverage_surplus.TURN,
    jobs.coverage_gaps.LOOK,
    jobs.coverage_gaps.FOLLOW,
    jobs.chase.TURN,
    jobs.kpi_digests.SEND,
    jobs.reliability.POST,
    jobs.standup.POST,
    jobs.hygiene.POST,
    jobs.kpi.COLLECT,
    jobs.sla.FOLLOW,
    jobs.promises.TURN,
)


@dataclass(frozen=True, slots=True)
class Floorwalker:
    """The wired app: Bolt dispatches to the handlers, ``deps`` is what they work with."""

    bolt: App
    deps: Deps
    later: Later

    def close(self) -> None:
        """Lets what was begun come to its end, and gives the database connections back."""
        self.later.close()
        self.deps.sessions.close()


def build_deps(settings: Settings, clock: Clock = system_clock, *, patient: bool = False) -> Deps:
    """Opens the outside world, without connecting to it yet.

    ``patient`` waits as long as Slack's rate limits ask for, which a request that must be answered within three
    seconds cannot do: without it a call is given up early enough for an answer that says so.
    """
    slack = _slack(settings, patient=patient)
    return Deps(settings, Sessions(open_engine(settings.database_url)), slack, clock, new_id, SCOPES)


def build(settings: Settings, clock: Clock = system_clock) -> Floorwalker:
    """Wires the app; nothing is connected before the first request."""
    deps = build_deps(settings, clock)
    secret = settings.signing_secret
    bolt = App(
        logger=logging.getLogger("floorwalker.slack"),
        client=deps.slack,
        # Socket Mode signs nothing, but Bolt wants a secret to be there.
        signing_secret=secret.get_secret_value() if secret else "unused",
        process_before_response=True,
        token_verification_enabled=False,
        raise_error_for_unhandled_request=True,
        user_facing_authorize_error_message=SLACK_IS_AWAY,
    )
    later = Later(_patient(deps))
    handlers.middleware.register(bolt, deps, later)
    handlers.menus.register(bolt)
    # Bolt asks one listener after the other, so what people use most comes first.
    handlers.shifts.register(bolt, settings.command_prefix)
    handlers.swaps_form.register(bolt, settings.command_prefix)
    handlers.covers_form.register(bolt, settings.command_prefix)
    handlers.covers_take.register(bolt)
    handlers.timeoff.register(bolt, settings.command_prefix)
    handlers.timeoff_requests.register(bolt)
    handlers.timeoff_decide.register(bolt)
    handlers.timeoff_look.register(bolt)
    handlers.floor.register(bolt, settings.command_prefix)
    handlers.absences.register(bolt, settings.command_prefix)
    handlers.attendance.register(bolt, settings.command_prefix)
    handlers.cases.register(bolt, settings.command_prefix)
    handlers.handup.register(bolt, settings.command_prefix)
    handlers.kb.register(bolt, settings.command_prefix)
    handlers.kb_search.register(bolt)
    handlers.kb_open.register(bolt)
    handlers.kb_share.register(bolt)
    handlers.kb_form.register(bolt)
    handlers.exceptions.register(bolt)
    handlers.escalations.register(bolt, settings.command_prefix)
    handlers.announcements.register(bolt, settings.command_prefix)
    handlers.announcements_do.register(bolt)
    handlers.swaps.register(bolt)
    handlers.covers.register(bolt)
    handlers.home.register(bolt)
    handlers.coverage.register(bolt, settings.command_prefix)
    handlers.swaps_look.register(bolt)
    handlers.covers_look.register(bolt)
    handlers.covers_open.register(bolt)
    handlers.people.register(bolt)
    handlers.cases_do.register(bolt)
    handlers.cases_form.register(bolt)
    handlers.promises.register(bolt)
    handlers.escalations_do.register(bolt)
    handlers.cases_assign.register(bolt)
    handlers.cases_lists.register(bolt)
    handlers.routing.register(bolt)
    handlers.hygiene.register(bolt)
    handlers.calendar.register(bolt)
    handlers.uploads.register(bolt)
    handlers.own.register(bolt)
    handlers.nudges.register(bolt)
    handlers.stuck.register(bolt)
    handlers.limits.register(bolt)
    handlers.roles.register(bolt)
    handlers.settings.register(bolt)
    handlers.timeoff_kinds.register(bolt)
    handlers.timeoff_ill.register(bolt)
    handlers.contact.register(bolt)
    handlers.timeoff_calendar.register(bolt)
    handlers.timeoff_limits.register(bolt)
    handlers.timeoff_waitlist.register(bolt)
    handlers.chase.register(bolt)
    handlers.escalations_list.register(bolt)
    handlers.kpi.register(bolt, settings.command_prefix)
    handlers.kpi_digests.register(bolt)
    handlers.kb_upkeep.register(bolt)
    handlers.kb_reports.register(bolt)
    handlers.kb_approval.register(bolt)
    handlers.kb_release.register(bolt)
    handlers.kb_sop.register(bolt)
    handlers.kb_missing.register(bolt)
    handlers.kb_synonyms.register(bolt)
    handlers.kb_canned.register(bolt)
    handlers.matrix.register(bolt)
    handlers.departments.register(bolt)
    handlers.channels.register(bolt)
    handlers.connections.register(bolt)
    handlers.departures.register(bolt)
    handlers.absences_card.register(bolt)
    handlers.cases_handover.register(bolt)
    handlers.ladder.register(bolt)
    handlers.coverage_patterns.register(bolt)
    handlers.coverage_surplus.register(bolt)
    handlers.coverage_gaps.register(bolt)
    handlers.unowned.register(bolt)
    handlers.imports.register(bolt)
    handlers.shifts_edit.register(bolt)
    handlers.setup.register(bolt)
    return Floorwalker(bolt, deps, later)


def build_ticker(deps: Deps) -> Ticker:
    """The clock of a process that serves; its jobs have all the time that Slack wants."""
    return Ticker(_patient(deps), JOBS)


def build_clerk(deps: Deps) -> Clerk:
    """Who sees to the uploads in a process that serves, with all the time that Slack wants."""
    return Clerk(_patient(deps))


def build_cards(deps: Deps) -> Cards:
    """Every card that people are shown."""
    cards = Cards()
    outbox.register_cards(cards)
    announcements_cards.register_cards(cards)
    apologies.register_cards(cards)
    shifts_published.register_cards(cards, deps.settings.command_prefix)
    shifts_told.register_cards(cards)
    swaps_cards.register_cards(cards)
    covers_cards.register_cards(cards)
    covers_batch.register_cards(cards)
    absences_cards.register_cards(cards, deps)
    cases_cards.register_cards(cards, deps)
    cases_handover_news.register_cards(cards, deps)
    hygiene.register_cards(cards, deps)
    connections_conflicts.register_cards(cards)
    connections_failed.register_cards(cards, deps.settings.command_prefix)
    contact.register_cards(cards, deps)
    contact_duties.register_cards(cards, deps)
    coverage_gaps_cards.register_cards(cards, deps)
    nudges_cards.register_cards(cards, deps)
    chase_cards.register_cards(cards)
    escalations_list.register_cards(cards, deps)
    matrix_cards.register_cards(cards)
    kpi_digests_cards.register_cards(cards, deps)
    reliability.register_cards(cards)
    standup.register_cards(cards, deps)
    attendance_cards.register_cards(cards)
    ladder_do.register_cards(cards)
    coverage_today.register_cards(cards, deps)
    coverage_patterns.register_cards(cards)
    coverage_surplus_cards.register_cards(cards)
    handup_cards.register_cards(cards)
    exceptions_cards.register_cards(cards)
    kb_upkeep_turn.register_cards(cards, deps)
    kb_reports_follow.register_cards(cards)
    kb_approval_cards.register_cards(cards)
    kb_release.register_cards(cards)
    kb_sop_follow.register_cards(cards, deps)
    escalations_cards.register_cards(cards)
    departures_cards.register_cards(cards, deps)
    departures_news.register_cards(cards, deps)
    imports_told.register_cards(cards)
    home.register_cards(cards, deps)
    roles.register_cards(cards, deps.settings.command_prefix)
    uploads_cards.register_cards(cards, deps)
    kb_dropped_card.register_cards(cards)
    timeoff_adjust.register_cards(cards, deps)
    timeoff_ill.register_cards(cards, deps)
    timeoff_cards.register_cards(cards, deps)
    timeoff_turn.register_cards(cards, deps)
    timeoff_waitlist_look.register_cards(cards, deps)
    return cards


def build_sender(deps: Deps, cards: Cards, times: Times | None = None) -> Sender:
    """The sender of a process that serves; its Slack client retries nothing, because the outbox does."""
    times = times or Times()
    settings = deps.settings
    courier = Courier(
        WebClient(settings.required_bot_token(), settings.api_url, timeout=times.call, retry_handlers=[])
    )
    desk = Desk(deps, cards, lambda _workspace_id: courier, quiet_until, times, told_back_at=told_back_at)
    return Sender(deps, desk)


def _patient(deps: Deps) -> Deps:
    return replace(deps, slack=_slack(deps.settings, patient=True))


def _slack(settings: Settings, *, patient: bool) -> WebClient:
    retries: list[RetryHandler] = [ConnectionErrorRetryHandler()]
    if patient:
        retries.append(RateLimitErrorRetryHandler(max_retry_count=10))
    return WebClient(
        token=settings.required_bot_token(),
        base_url=settings.api_url,
        timeout=30 if patient else 2,
        retry_handlers=retries,
    )
