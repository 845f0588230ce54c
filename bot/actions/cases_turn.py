"""What happens to a case once it is open: every change of one passes here.

The row follows from the events in the order of their times. What is read late, as from a helpdesk, therefore
changes only what nothing later has changed.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.actions import connections_writes, nudges_follow, sla
from bot.actions.cases_away import follow_away
from bot.actions.cases_many import Many
from bot.actions.cases_rows import note, standing_of, write
from bot.actions.outbox import touch
from bot.actions.record import record
from bot.deps import Deps
from bot.domain.cases import By, Happening, Kind, UnknownCase
from bot.domain.cases_life import FIELDS, Standing, apply, demand_possible, differences, is_change, replay
from bot.domain.cases_reference import read_reference
from bot.domain.permissions import Actor
from storage.cases import (
    LastEvent,
    case_of_number,
    case_of_reference,
    events_of,
    happening_of,
    known_events,
    last_event,
)
from storage.db import WorkspaceSession
from storage.tables import Case, Connection

CARD = "case"
# What the audit calls it.
KIND = "case"
# How the audit calls what happens.
_SAID = {
    Kind.STATE: "case.state",
    Kind.PRIORITY: "case.priority",
    Kind.QUEUE: "case.queue",
    Kind.OWNER: "case.owner",
    Kind.TIER: "case.tier",
    Kind.RECORD: "case.record",
    Kind.MESSAGE: "case.message",
    Kind.NOTE: "case.note",
    Kind.SNOOZE: "case.snooze",
    Kind.WORKING: "case.working",
    Kind.ESCALATION: "case.escalation",
    Kind.PROMISE: "case.promise",
    Kind.STUCK: "case.stuck",
    Kind.SATISFACTION: "case.satisfaction",
    Kind.GONE: "case.gone",
    Kind.DEADLINE: "case.deadline",
}
# What is written to a helpdesk, each under the name that it has there.
_WRITTEN = {Kind.STATE: "state", Kind.OWNER: "owner", Kind.NOTE: "note"}
_FIELDS_OF_RECORD = ("title", "customer", "language", "channel", "category", "tags", "external_url")


def happen(
    session: WorkspaceSession,
    deps: Deps,
    actor: Actor,
    case: Case,
    *happenings: Happening,
    many: Many | None = None,
) -> list[Happening]:
    """Lets these things happen to a case, one after the other, and gives those that were new.

    What a helpdesk has told before is passed over, and so is what changes nothing. Raises ``CaseIsOver`` where one
    of our people would change a case that is closed, or gone from its helpdesk; then none of it has happened.
    As one of ``many`` it leaves the audit, and what follows, to whoever has them.
    """
    turn = _Turn(session, deps, actor, case, many)
    for each in happenings:
        turn.take(each)
    return turn.finish()


def amend(
    session: WorkspaceSession,
    deps: Deps,
    actor: Actor,
    case: Case,
    *,
    by: By = By.MEMBER,
    at: datetime | None = None,
    many: Many | None = None,
    **fields: Any,
) -> list[str]:
    """Puts right what the record of a case says: title, customer, language, channel, category, tags, external_url.

    Gives the names of those that are other now. Raises ``CaseIsOver`` as ``happen`` does.
    """
    wrong = set(fields) - set(_FIELDS_OF_RECORD)
    if wrong:
        raise ValueError(f"no fields of the record: {', '.join(sorted(wrong))}")
    if "tags" in fields:
        fields["tags"] = sorted(set(fields["tags"]))
    before = {name: getattr(case, name) for name in fields}
    changed = sorted(name for name, value in fields.items() if before[name] != value)
    if changed:
        happen(session, deps, actor, case, Happening(Kind.RECORD, {"changed": changed}, by, at=at), many=many)
        for name in changed:
            setattr(case, name, fields[name])
        if "tags" in changed and by is By.MEMBER and is_mirrored(session, case):
            tags = {"tags": before["tags"]}
            connections_writes.ask(
                session, deps, case, "tags", {"tags": fields["tags"]}, tags, actor.member_id, None
            )
    return changed


def case_of(session: WorkspaceSession, number_or_reference: str) -> Case:
    """The case that people call so: by our number, else by the helpdesk's. Raises ``UnknownCase``."""
    wanted = read_reference(number_or_reference)
    found = case_of_number(session, wanted.number) if wanted and wanted.number else None
    if found is None and wanted:
        found = case_of_reference(session, wanted.external_id, wanted.source)
    if found is None:
        raise UnknownCase(number_or_reference)
    return found


def is_mirrored(session: WorkspaceSession, case: Case) -> bool:
    """Whether it is the helpdesk that has the case, and we are connected with it."""
    return bool(case.source and session.get(Connection, (session.workspace_id, case.source)))


@dataclass(frozen=True, slots=True)
class _Step:
    """Something that happens to a case at a time, and how the case stands before and after it."""

    happening: Happening
    at: datetime
    before: Standing
    after: Standing


class _Turn:
    """Things happen to one case, one after the other; nothing is written before all of them can."""

    def __init__(self, session: WorkspaceSession, deps: Deps, actor: Actor, case: Case, many: Many | None) -> None:
        self._session, self._deps, self._actor, self._case, self._many = session, deps, actor, case, many
        self._now = deps.clock()
        self._mirrored = many.is_mirrored(case) if many else is_mirrored(session, case)
        self._standing = standing_of(case)
        last = many.last(case) if many else last_event(session, case.id)
        self._last_at, self._number = (last.at, last.number) if last else (case.opened_at, 0)
        self._late = False
        self._steps: list[_Step] = []

    def take(self, happening: Happening) -> None:
        """The next, where it is new."""
        if self._is_known(happening.external_id):
            return
        if happening.external_id is None:
            if happening.by is By.MEMBER and happening.member_id is None:
                happening = replace(happening, member_id=self._actor.member_id)
            demand_possible(self._standing, happening, mirrored=self._mirrored)
        at = max(self._case.opened_at, min(happening.at or self._now, self._now))
        late = at < self._last_at
        after = apply(self._standing, happening, at)
        says_nothing = happening.kind in FIELDS and not is_change(self._standing, after)
        if happening.external_id is None and not late and says_nothing:
            return
        self._steps.append(_Step(happening, at, self._standing, after))
        if late:
            self._late = True
        else:
            self._standing, self._last_at = after, at

    def finish(self) -> list[Happening]:
        """Writes it down, and lets clocks, nudges, cards and the helpdesk follow."""
        session, deps, case, many = self._session, self._deps, self._case, self._many
        if not self._steps:
            return []
        for number, step in enumerate(self._steps, self._number + 1):
            said = many.noted(step.happening) if many else step.happening
            note(session, deps, case, said, step.at, number)
            if _is_ours(step.happening):
                self._tell_ours(step)
        if self._late:
            session.flush()
            self._standing = replay([(row.at, happening_of(row)) for row in events_of(session, case.id)])
        owners = {case.owner_id, self._standing.owner_id}
        write(case, self._standing)
        happened = [step.happening for step in self._steps]
        if many:
            many.happened(case, happened, LastEvent(self._last_at, self._number + len(self._steps)), owners)
        else:
            sla.reckon(session, deps, case)
            nudges_follow.follow(session, deps, case, happened)
            touch(session, deps, CARD, case.id)
            follow_away(session, deps, owners, happened)
        return happened

    def _is_known(self, external_id: str | None) -> bool:
        if external_id is None:
            return False
        taken = any(step.happening.external_id == external_id for step in self._steps)
        return taken or bool(known_events(self._session, self._case.id, [external_id]))

    def _tell_ours(self, step: _Step) -> None:
        """The audit, and the helpdesk, hear of what was done here."""
        session, deps, case, said = self._session, self._deps, self._case, step.happening
        before, after = differences(step.before, step.after)
        if said.kind is Kind.RECORD:
            after = {"changed": said.data["changed"]}
        if said.kind in (Kind.ESCALATION, Kind.PROMISE):
            after = {"became": said.data.get("became")}
        if self._many is None:
            record(
                session, deps, self._actor, _SAID[said.kind], (KIND, case.id), before or None, after, case.number
            )
        kind = _WRITTEN.get(said.kind)
        if kind is None or not self._mirrored or step.before.over:
            return
        wanted, stood = (
            {} if kind == "note" else {kind: _stored(each, kind)} for each in (step.after, step.before)
        )
        # Of which department it waits for, the helpdesk knows nothing.
        if kind == "note" or wanted != stood:
            connections_writes.ask(session, deps, case, kind, wanted, stood, said.member_id, said.note_id)


def _is_ours(happening: Happening) -> bool:
    return happening.external_id is None and happening.by is not By.HELPDESK


def _stored(standing: Standing, kind: str) -> str | None:
    return standing.state if kind == "state" else _text(standing.owner_id)


def _text(value: object) -> str | None:
    return str(value) if value else None
