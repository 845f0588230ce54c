"""Putting a question to a department: what the form proposes, and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.actions import chase, matrix
from bot.actions.cases_named import named
from bot.actions.cases_open import open_case
from bot.actions.departments import names_of
from bot.actions.escalations_cards import CARD, say_to_case, show
from bot.actions.escalations_load import is_over, load_escalation
from bot.actions.escalations_turn import KIND, Turn
from bot.actions.people import Caller, somebody
from bot.actions.promises import promise
from bot.actions.quoted import as_read, first_line
from bot.deps import Deps
from bot.domain.cases import CaseIsOver, Priority, UnknownCase
from bot.domain.cases_new import NewCase
from bot.domain.escalations import OPEN, EtaInThePast, NothingToAsk, State, WordsMissing
from bot.domain.escalations_shown import EscalateForm, Proposal
from bot.domain.matrix import Route, Severity
from bot.domain.permissions import Deed
from storage.cases import case, live_case_of_link
from storage.counters import next_number
from storage.db import WorkspaceSession
from storage.escalations import escalation, escalations_of_case
from storage.swaps import form_result, remember_form
from storage.tables import Case, Escalation

_MINUTE = timedelta(minutes=1)
_TITLE = 120


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, of which department, about which case; ``case_id`` None: one is made of it.

    ``promised`` is what the customer was promised, by ``promised_by``, if anything; ``link`` leads to the message
    that it was raised from.
    """

    nonce: UUID
    case_id: UUID | None
    severity: Severity
    department_id: UUID
    text: str
    promised: str = ""
    promised_by: datetime | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a question: the escalation, which case it is about, and where it went."""

    escalation_id: UUID
    number: int
    case_number: int
    department: str


def escalate_form(
    deps: Deps,
    caller: Caller,
    nonce: UUID,
    case_id: UUID | None,
    severity: Severity | None = None,
    chosen: UUID | None = None,
    link: str | None = None,
    question: str = "",
    said: str = "",
) -> EscalateForm:
    """The form about a case; severity and department are proposed where they are not chosen.

    ``said`` is the text of a message, as Slack has it, that the question begins with.

    Raises ``NotPermitted``, ``NothingToAsk`` where there is no department, and ``CaseIsOver``.
    """
    caller.actor.require(Deed.ESCALATE)
    with deps.sessions.read(caller.workspace_id) as session:
        names = names_of(session)
        if not names:
            raise NothingToAsk
        about = _case(session, case_id) if case_id else None
        wanted = severity or (Severity.of(Priority(about.priority)) if about else Severity.NORMAL)
        found = _route(session, deps, about, wanted, chosen)
        open_ = escalations_of_case(session, about.id, OPEN) if about and found else ()
        already = next((each for each in open_ if found and each.department_id == found.department_id), None)
        return EscalateForm(
            nonce,
            named(session, about.id) if about else None,
            wanted,
            tuple(sorted(names.items(), key=lambda each: each[1].casefold())),
            _proposal(session, found, names) if found else None,
            chosen,
            load_escalation(session, already) if already else None,
            question or as_read(session, said),
            link,
        )


def made_of(deps: Deps, caller: Caller, link: str) -> UUID | None:
    """The case, still open, that was made of the message at this address."""
    with deps.sessions.read(caller.workspace_id) as session:
        found = live_case_of_link(session, link)
        return found.id if found else None


def ask(deps: Deps, caller: Caller, question: Question) -> Sent:
    """Asks it: the department has its card, the case its thread, and waits for the department.

    Raises ``NotPermitted``, ``WordsMissing`` for no question, ``EtaInThePast`` for a promise that is over already,
    ``UnknownCase``, ``CaseIsOver`` and ``NothingToAsk`` for a department that is not there any more.
    """
    caller.actor.require(Deed.ESCALATE)
    if not question.text.strip():
        raise WordsMissing
    if question.promised_by and question.promised_by <= deps.clock():
        raise EtaInThePast
    with deps.sessions.write(caller.workspace_id) as session:
        known = form_result(session, question.nonce)
        row = escalation(session, known) if known else None
        if row is None:
            row = _ask(session, deps, caller, question)
            remember_form(session, question.nonce, row.id, deps.clock())
        about = session.get_one(Case, (session.workspace_id, row.case_id))
        return Sent(row.id, row.number, about.number, names_of(session)[row.department_id])


def send(session: WorkspaceSession, deps: Deps, row: Escalation, route: Route) -> None:
    """Has the question be with the department of a route from now on, where nobody has said anything yet."""
    now = deps.clock()
    row.department_id, row.contact_id, row.matrix_number = (
        route.department_id,
        route.contact_id,
        route.matrix_number,
    )
    row.own_by, row.answer_by, row.step_minutes = route.own_by, route.answer_by, route.step // _MINUTE
    row.owner_id = row.owned_at = row.eta_at = row.missed_at = row.chased_at = None
    row.need_id = row.answer_id = row.answered_at = None
    row.misses = row.chased = row.rung = 0
    row.sent_at = row.silent_since = now
    session.flush()
    chase.plan_next(session, deps, row)


def _ask(session: WorkspaceSession, deps: Deps, caller: Caller, question: Question) -> Escalation:
    actor, now = caller.actor, deps.clock()
    assert actor.member_id
    if question.case_id:
        about = _case(session, question.case_id)
    else:
        new = NewCase(title_of(question.text), owner_id=actor.member_id, external_url=question.link)
        about = open_case(session, deps, actor, new)
    if question.department_id not in names_of(session):
        raise NothingToAsk
    route = _route(session, deps, about, question.severity, question.department_id)
    assert route
    row = Escalation(
        workspace_id=session.workspace_id,
        id=deps.new_id(),
        number=next_number(session, KIND),
        case_id=about.id,
        severity=question.severity,
        department_id=route.department_id,
        state=State.ASKED,
        asked_by_id=actor.member_id,
        asked_at=now,
        sent_at=now,
        link=question.link,
    )
    turn = Turn(session, deps, actor, row)
    row.question_id = turn.note(question.text)
    session.add(row)
    session.flush()
    if question.promised_by:
        owner = about.owner_id or actor.member_id
        promised = promise(session, deps, actor, about, owner, question.promised_by, question.promised)
        row.promise_id = promised.id
    send(session, deps, row, route)
    said = {"severity": row.severity, "department": str(row.department_id)}
    turn.log("asked", None, row.question_id, **said)
    turn.hold_case()
    show(session, deps, row)
    say_to_case(session, deps, row, CARD, {}, f"{CARD}:{row.id}:case")
    return row


def title_of(text: str) -> str:
    """What a case is called that is made of a question: its first line, as far as that goes."""
    line = first_line(text) or text.strip()
    return line if len(line) <= _TITLE else f"{line[: _TITLE - 1]}…"


def _case(session: WorkspaceSession, case_id: UUID) -> Case:
    found = case(session, case_id)
    if found is None:
        raise UnknownCase(str(case_id))
    if is_over(found):
        raise CaseIsOver
    return found


def _route(
    session: WorkspaceSession, deps: Deps, about: Case | None, severity: Severity, chosen: UUID | None
) -> Route | None:
    category, tier = (about.category, about.tier) if about else (None, None)
    return matrix.route(session, deps.clock(), category, severity, tier, chosen)


def _proposal(session: WorkspaceSession, route: Route, names: Mapping[UUID, str]) -> Proposal:
    return Proposal(
        route.department_id,
        names[route.department_id],
        somebody(session, route.contact_id) if route.contact_id else None,
        route.own_by,
        route.answer_by,
        route.matrix_number is None,
    )
