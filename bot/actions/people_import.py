"""Takes a people file over: whole, or not at all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.actions import departures
from bot.actions.imports import begin
from bot.actions.imports_roles import record_roles
from bot.actions.limits import known_limits
from bot.actions.settings import preferences
from bot.connectors.slack import Account
from bot.deps import Deps
from bot.domain.imports import BadFile, Problem, Row
from bot.domain.people_import import PeoplePlan, Person, PersonLine, compare_people, read_people, skills_named
from bot.domain.permissions import Actor, Deed, Role
from bot.domain.timeoff_patterns import (
    as_documents,
    contract,
    followed_by,
    pattern_said,
    patterns_of,
    read_pattern,
)
from storage.db import WorkspaceSession
from storage.imports import Recorder, changes_of
from storage.people import all_grants, departments, members, roster_grants, skill_rows, skills, teams
from storage.tables import Department, Grant, Member, MemberSkill, Skill, Team
from storage.tables.base import Documents


@dataclass(frozen=True, slots=True)
class PeopleImport:
    """What an import of people does, or has done: then it has a number, unless there was nothing to do.

    ``unlinked`` are the lines of people for whom Slack has no account with that e-mail yet.
    """

    number: int | None
    plan: PeoplePlan
    unlinked: tuple[PersonLine, ...]


def import_people(
    deps: Deps,
    workspace_id: str,
    actor: Actor,
    rows: Sequence[Row],
    accounts: Sequence[Account],
    *,
    files: str,
    dry_run: bool,
) -> PeopleImport:
    """Takes over the lines, finding the Slack account of who has none by e-mail. Raises ``BadFile``.

    A dry run says what would be done and writes nothing.
    """
    actor.require(Deed.IMPORT_SCHEDULE)
    opened = deps.sessions.read if dry_run else deps.sessions.write
    with opened(workspace_id) as session:
        roster = _Roster(session)
        lines = read_people(rows, preferences(session).date_order, known_limits(session, skills_named(rows)))
        lines = [_linked(line, roster.people.get(line.email), accounts) for line in lines]
        lines = _spelled(lines, roster)
        _refuse_accounts(lines, roster.people, accounts)
        plan = compare_people(roster.people, lines)
        unlinked = tuple(line for line, person in plan.added if person.slack_id is None)
        if dry_run or not (plan.added or plan.changed):
            return PeopleImport(None, plan, unlinked)
        there = departures.who_is_there(roster.members.values())
        entry, recorder = begin(session, deps, actor, "people", files)
        _Writer(deps, roster, recorder, {account.id: account for account in accounts}).write(plan)
        recorder.finish()
        record_roles(session, deps, actor, changes_of(session, entry.id))
        for member, was_gone in there:
            departures.follow(session, deps, actor, member, was_gone=was_gone)
        return PeopleImport(entry.number, plan, unlinked)


def _linked(line: PersonLine, known: Person | None, accounts: Iterable[Account]) -> PersonLine:
    """A line without a Slack account gets the one with its e-mail."""
    if line.given.get("slack_id") or (known and known.slack_id):
        return line
    account = next((each for each in accounts if each.email == line.email and not each.deleted), None)
    return replace(line, given={**line.given, "slack_id": account.id}) if account else line


def _spelled(lines: Iterable[PersonLine], roster: "_Roster") -> list[PersonLine]:
    """Teams and skills as they were first written: "Billing" and "billing" are the same."""
    places = {key: row.name for rows in (roster.teams, roster.departments) for key, row in rows.items()}
    skills_known = {key: row.name for key, row in roster.skills.items()}
    spelled = []
    for line in lines:
        given = dict(line.given)
        if given.get("team"):
            given["team"] = places.setdefault(given["team"].casefold(), given["team"])
        if given.get("skills"):
            named = sorted(given["skills"])
            given["skills"] = frozenset(skills_known.setdefault(name.casefold(), name) for name in named)
        spelled.append(replace(line, given=given))
    return spelled


def _refuse_accounts(
    lines: Iterable[PersonLine], known: Mapping[str, Person], accounts: Sequence[Account]
) -> None:
    existing = {account.id for account in accounts}
    owners = {person.slack_id: email for email, person in known.items() if person.slack_id}
    problems = []
    for line in lines:
        slack_id = line.given.get("slack_id")
        if not slack_id:
            continue
        owner = owners.setdefault(slack_id, line.email)
        if slack_id not in existing:
            problems.append(_problem(line, slack_id, "the id of a person in this workspace"))
        elif owner != line.email:
            problems.append(_problem(line, slack_id, f"free: it is the account of {owner}"))
    if problems:
        raise BadFile(problems)


def _problem(line: PersonLine, found: str, expected: str) -> Problem:
    return Problem(line.row.file, line.row.line, "slack_id", found, expected)


class _Roster:
    """The roster as it is: people as a file would say it, beside their rows."""

    def __init__(self, session: WorkspaceSession) -> None:
        self.session = session
        self.teams = {row.name.casefold(): row for row in teams(session)}
        self.departments = {row.name.casefold(): row for row in departments(session)}
        self.skills = {row.name.casefold(): row for row in skills(session)}
        self.grants = roster_grants(session)
        self.given = {
            (row.member_id, row.role, row.team_id): row
            for rows in all_grants(session).values()
            for row in rows
            if not row.from_roster
        }
        self.member_skills = skill_rows(session)
        self.members = {row.email: row for row in members(session)}
        self.people = {email: self._person(row) for email, row in self.members.items()}

    def _person(self, row: Member) -> Person:
        names = {each.id: each.name for each in self.teams.values()}
        names |= {each.id: each.name for each in self.departments.values()}
        names |= {each.id: each.name for each in self.skills.values()}
        grant = self.grants.get(row.id)
        place = row.department_id or row.team_id
        return Person(
            email=row.email,
            name=row.name,
            slack_id=row.slack_id,
            role=Role(grant.role) if grant else Role.AGENT,
            team=names[place] if place else None,
            skills=frozenset(names[skill_id] for skill_id in self.member_skills.get(row.id, {})),
            timezone=row.time_zone,
            weekly_hours=None if row.weekly_minutes is None else row.weekly_minutes / 60,
            capacity=row.capacity,
            hired_on=row.hired_on,
            limits=frozenset(row.limits),
            pattern=pattern_said(patterns_of(row.patterns, row.weekly_minutes)[-1], row.weekly_minutes),
        )


class _Writer:
    """Writes a plan table by table: what is referred to comes first."""

    def __init__(self, deps: Deps, roster: _Roster, recorder: Recorder, accounts: Mapping[str, Account]) -> None:
        self._deps, self._roster, self._recorder, self._accounts = deps, roster, recorder, accounts

    def write(self, plan: PeoplePlan) -> None:
        """Writes everything that the plan adds and changes."""
        people = [person for _, person in plan.added] + [after for _, _, after in plan.changed]
        contacts = [person for person in people if person.role is Role.CONTACT]
        others = [person for person in people if person.role is not Role.CONTACT]
        self._name(Department, self._roster.departments, [person.team for person in contacts])
        self._name(Team, self._roster.teams, [person.team for person in others])
        self._name(Skill, self._roster.skills, [skill for person in people for skill in sorted(person.skills)])
        for person in people:
            self._write_member(person)
        for person in people:
            self._write_grant(person)
        for person in people:
            self._write_skills(person)

    def _name(self, table: Any, known: dict[str, Any], names: Iterable[str | None]) -> None:
        for name in names:
            if name and name.casefold() not in known:
                row = table(workspace_id=self._roster.session.workspace_id, id=self._deps.new_id(), name=name)
                known[name.casefold()] = row
                self._recorder.add(row)

    def _write_member(self, person: Person) -> None:
        place = (person.team or "").casefold()
        contact = person.role is Role.CONTACT
        values = {
            "name": person.name,
            "time_zone": person.timezone,
            "team_id": None if contact or not place else self._roster.teams[place].id,
            "department_id": self._roster.departments[place].id if contact and place else None,
            "weekly_minutes": person.weekly_minutes,
            "capacity": person.capacity,
            "hired_on": person.hired_on,
            "limits": sorted(person.limits),
            "slack_id": person.slack_id,
            "patterns": self._patterns(person),
        }
        row = self._roster.members.get(person.email)
        if row is None:
            row = Member(
                workspace_id=self._roster.session.workspace_id,
                id=self._deps.new_id(),
                email=person.email,
                **values,
                **self._followed(person.slack_id),
            )
            self._roster.members[person.email] = row
            self._recorder.add(row)
            return
        differing = {column: value for column, value in values.items() if getattr(row, column) != value}
        if "slack_id" in differing:
            differing |= self._followed(person.slack_id)
        if differing:
            self._recorder.change(row, **differing)

    def _patterns(self, person: Person) -> Documents | None:
        """From today on they work otherwise; until then as they did, because that is what leave was earned by."""
        works = contract(person.weekly_minutes, read_pattern(person.pattern or ""))
        row = self._roster.members.get(person.email)
        if row is None or (row.patterns is None and row.weekly_minutes is None):
            return as_documents([works]) if person.pattern else None
        known = patterns_of(row.patterns, row.weekly_minutes)
        if known[-1].minutes == works.minutes:
            return row.patterns
        return as_documents(followed_by(known, works, self._deps.clock().date()))

    def _followed(self, slack_id: str | None) -> dict[str, Any]:
        account = self._accounts.get(slack_id or "")
        return {
            "slack_name": account.name if account else None,
            "slack_time_zone": account.time_zone if account else None,
            "slack_updated": account.updated if account else None,
            "deactivated_at": self._deps.clock() if account and account.deleted else None,
        }

    def _write_grant(self, person: Person) -> None:
        member = self._roster.members[person.email]
        grant = self._roster.grants.get(member.id)
        team_id = member.team_id if person.role is Role.LEAD else None
        given = self._roster.given.get((member.id, person.role.value, team_id))
        if given is not None:
            # Somebody gave in Slack what the file says now: from here on it is the file's.
            self._recorder.change(given, from_roster=True)
            if grant is not None:
                self._recorder.remove(grant)
        elif grant is None:
            self._recorder.add(
                Grant(
                    workspace_id=member.workspace_id,
                    id=self._deps.new_id(),
                    member_id=member.id,
                    role=person.role.value,
                    team_id=team_id,
                    from_roster=True,
                )
            )
        elif (grant.role, grant.team_id) != (person.role.value, team_id):
            self._recorder.change(grant, role=person.role.value, team_id=team_id)

    def _write_skills(self, person: Person) -> None:
        member = self._roster.members[person.email]
        has = self._roster.member_skills.get(member.id, {})
        wanted = {self._roster.skills[name.casefold()].id for name in person.skills}
        for skill_id in wanted - has.keys():
            self._recorder.add(
                MemberSkill(workspace_id=member.workspace_id, member_id=member.id, skill_id=skill_id)
            )
        for skill_id in has.keys() - wanted:
            self._recorder.remove(has[skill_id])
