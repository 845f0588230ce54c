"""Jira and Jira Service Management: issues by the REST API v3, and what is written back.

After the Jira Cloud platform REST API v3: "Issue search" (search for issues using JQL, enhanced search), "Issues"
(bulk fetch changelogs, transitions, assign, edit), "Issue comments", "Workflow statuses", "Myself", "User search",
"Rate limiting"; the Jira Service Management REST API: "Request" (SLA information); "Advanced searching" (JQL).
A search knows whole minutes, in the time zone of whoever asks, so a window begins some minutes before the last one
was begun. It is sorted by key, which never moves. Nothing tells of issues that are deleted.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.connectors import jira_read as read
from bot.connectors.helpdesk import (
    CaseRead,
    Change,
    Conflict,
    DeadlineRead,
    EventRead,
    Forbidden,
    Gone,
    Page,
    PersonRead,
    Provider,
    Refused,
    SignInFailed,
    Write,
    version_of,
)
from bot.connectors.helpdesk_http import demand_some, passing_over
from bot.connectors.jira_api import API, DESK, LISTED, JiraApi
from bot.connectors.jira_read import Raw
from bot.domain.cases import State
from bot.domain.connections import Blank

_ISSUES = 50
_OVERLAP = timedelta(minutes=5)
_HOUR = timedelta(hours=1)
_FIELDS = (
    "summary,status,priority,assignee,reporter,created,updated,resolutiondate,labels,issuetype,project,comment"
)
_INTERNAL = {"key": "sd.public.comment", "value": {"internal": True}}
_MARK = "floorwalker.write"
# Where a workflow has not the one it may have the other.
_NEAREST = {State.OPEN: State.NEW, State.NEW: State.OPEN, State.CLOSED: State.SOLVED, State.SOLVED: State.CLOSED}


class Jira:
    """Some projects of one site, signed in with somebody's API token."""

    def __init__(self, base: str, secrets: Mapping[str, str], clock: Callable[[], datetime]) -> None:
        self._api = JiraApi(base, (secrets["email"], secrets["token"]), clock)
        self._clock = clock
        self._projects = re.findall(r"[A-Z][A-Z0-9_]+", secrets["projects"].upper())

    def check(self) -> str:
        """Whose token it is; raises ``SignInFailed`` where they do not see all projects, or who works there."""
        if not self._projects:
            raise SignInFailed
        for project in self._projects:
            try:
                self._api.get(f"{API}/project/{project}")
            except Gone:
                raise SignInFailed from None
        next(self._api.assignable(self._projects), None)
        myself = self._api.get(f"{API}/myself")
        return str(myself.get("displayName") or myself.get("emailAddress") or "")

    def close(self) -> None:
        """Gives its connections back."""
        self._api.close()

    def read(self, cursor: dict[str, Any] | None, since: datetime) -> Iterator[Page]:
        """Those who may be assigned once an hour, then the issues, a page at a time."""
        place = dict(cursor or {"since": since.isoformat()})
        read_at = place.get("people")
        if read_at is None or self._clock() - datetime.fromisoformat(read_at) >= _HOUR:
            people = tuple(read.person_of(each, is_agent=True) for each in self._api.assignable(self._projects))
            place["people"] = self._clock().isoformat()
            yield Page(dict(place), more=True, people=people)
        zone = self._own_zone()
        if "began" not in place:
            place["began"] = self._api.now().isoformat()
        more = True
        while more:
            found = self._search(place, zone)
            token = found.get("nextPageToken")
            more = bool(token) and not found.get("isLast")
            place = self._after(place, token if more else None)
            yield self._page(place, found.get("issues") or (), more=more)

    def write(self, external_id: str, write: Write) -> str:
        """See ``Helpdesk.write``. A state is reached by a transition that the workflow has."""
        if write.kind is Change.NOTE:
            self._note(external_id, write)
        else:
            issue = self._api.issue(external_id)
            found, wanted = _held(issue, write.kind), _plain(write.wanted)
            if found == _plain(write.before) != wanted:
                self._change(external_id, write)
            elif found not in (wanted, _nearest(wanted)):
                raise Conflict(found, _version(issue))
        return _version(self._api.issue(external_id))

    def _search(self, place: dict[str, Any], zone: ZoneInfo) -> dict[str, Any]:
        """The next issues of a window; where Jira does not know the token any more, the first ones again."""
        since = datetime.fromisoformat(place["since"]) - _OVERLAP
        asked = {"jql": self._jql(since, zone), "fields": _FIELDS, "maxResults": _ISSUES}
        if token := place.get("token"):
            try:
                return self._api.get(f"{API}/search/jql", **asked, nextPageToken=token)
            except Refused:
                pass
        return self._api.get(f"{API}/search/jql", **asked)

    def _own_zone(self) -> ZoneInfo:
        """Whoever one is signed in as has a time zone, in which a search is understood."""
        return ZoneInfo(self._api.get(f"{API}/myself").get("timeZone") or "UTC")

    def _jql(self, since: datetime, zone: ZoneInfo) -> str:
        local = since.astimezone(zone)
        while local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset():
            since -= _HOUR  # the clocks show this time twice
            local = since.astimezone(zone)
        projects = ", ".join(f'"{each}"' for each in self._projects)
        return f'project in ({projects}) AND updated >= "{local:%Y-%m-%d %H:%M}" ORDER BY key ASC'

    def _after(self, place: dict[str, Any], token: str | None) -> dict[str, Any]:
        """Where the next page begins; after the last one, the next window: where this one was begun."""
        if token:
            return {**place, "token": token}
        return {"since": place["began"], "people": place["people"]}

    def _page(self, place: dict[str, Any], issues: Iterable[Raw], *, more: bool) -> Page:
        issues = [each for each in issues if each.get("key")]
        histories = self._api.histories(issues)
        cases, events, deadlines = list[CaseRead](), list[EventRead](), list[DeadlineRead]()
        people = dict[str, PersonRead]()
        for issue in issues:
            with passing_over(issue["key"]):
                history = histories.get(str(issue.get("id")), [])
                found = read.case_of(issue, self._api.base, history, self._api.statuses)
                gone = read.was_called(history, found.external_id)
                events += list(read.events_of(issue, history, self._comments(issue), self._api.statuses))
                deadlines += list(self._deadlines(issue))
                people |= _people(issue)
                cases += [found, *(CaseRead(each, found.version, gone=True) for each in gone)]
        demand_some(issues, cases)
        return Page(dict(place), more, tuple(cases), tuple(events), tuple(deadlines), tuple(people.values()))

    def _comments(self, issue: Raw) -> list[Raw]:
        """All of them: an issue that was searched for brings the first."""
        held = (issue.get("fields") or {}).get("comment") or {}
        comments: list[Raw] = list(held.get("comments") or ())
        if held.get("total", 0) <= len(comments):
            return comments
        return list(self._api.comments(str(issue["key"])))

    def _deadlines(self, issue: Raw) -> Iterator[DeadlineRead]:
        if not read.is_request(issue):
            return
        if read.is_over(issue):
            yield from read.no_deadlines(issue)
            return
        try:
            found = self._api.get(f"{DESK}/request/{issue['key']}/sla", limit=LISTED)
        except (Forbidden, Gone):  # no request, or only agents of the desk may look
            return
        yield from read.deadlines_of(issue, found.get("values") or ())

    def _note(self, key: str, write: Write) -> None:
        """An internal comment that carries the id of the write."""
        marked = {"key": _MARK, "value": {"id": write.id}}
        known = (one for each in self._api.comments(key) for one in each.get("properties") or ())
        if not any(one == marked for one in known):
            body = {"body": read.document_of(write.note or ""), "properties": [_INTERNAL, marked]}
            self._api.ask("POST", f"{API}/issue/{key}/comment", body=body)

    def _change(self, key: str, write: Write) -> None:
        match write.kind:
            case Change.OWNER:
                self._api.ask("PUT", f"{API}/issue/{key}/assignee", body={"accountId": write.wanted["owner"]})
            case Change.STATE:
                body = {"transition": {"id": self._transition(key, State(write.wanted["state"]))}}
                self._api.ask("POST", f"{API}/issue/{key}/transitions", body=body)
            case Change.TAGS:
                self._api.ask("PUT", f"{API}/issue/{key}", body={"fields": {"labels": list(write.wanted["tags"])}})

    def _transition(self, key: str, wanted: State) -> str:
        """The way from where the issue stands to a state, or to the one that is nearest to it."""
        found = self._api.get(f"{API}/issue/{key}/transitions").get("transitions") or ()
        ways = {read.state_of(each.get("to") or {}): str(each["id"]) for each in reversed(found)}
        way = ways.get(wanted) or ways.get(_NEAREST.get(wanted, wanted))
        if way is None:
            raise Refused("Jira's workflow has no way from where it stands to that.")
        return way


PROVIDER = Provider(
    "jira",
    "Jira",
    "atlassian.net",
    (
        Blank("email", "E-mail address", "Of whoever the token belongs to: an agent of the service desk."),
        Blank("token", "API token", "Made in your Atlassian account under Security, API tokens."),
        Blank("projects", "Projects", "The keys of those whose issues are cases, such as SUP, HELP.", scope=True),
    ),
    Jira,
)


def _held(issue: Raw, kind: Change) -> dict[str, Any]:
    """What stands there in the field of a write."""
    fields = issue.get("fields") or {}
    match kind:
        case Change.OWNER:
            return {"owner": (fields.get("assignee") or {}).get("accountId")}
        case Change.STATE:
            return {"state": str(read.state_of(fields.get("status") or {}))}
    return {"tags": sorted(fields.get("labels") or ())}


def _plain(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: sorted(each) if isinstance(each, list | tuple) else each for name, each in said.items()}


def _nearest(wanted: dict[str, Any]) -> dict[str, Any]:
    state = wanted.get("state")
    return {"state": str(_NEAREST.get(State(state), state))} if state else wanted


def _people(issue: Raw) -> dict[str, PersonRead]:
    """Whoever asked."""
    reporter = (issue.get("fields") or {}).get("reporter") or {}
    if not reporter.get("accountId") or reporter.get("accountType") == "app":
        return {}
    is_agent = reporter.get("accountType") == "atlassian"
    return {reporter["accountId"]: read.person_of(reporter, is_agent=is_agent)}


def _version(issue: Raw) -> str:
    changed = read.moment((issue.get("fields") or {}).get("updated"))
    return version_of(changed) if changed else ""
