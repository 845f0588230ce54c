"""A Jira site with a service desk on this machine.

After the Jira Cloud platform REST API v3: "Issue search" (enhanced search: nextPageToken, isLast, only the fields
that are named), "Issues" (bulk fetch changelogs, transitions, assign, edit), "Issue comments", "Workflow
statuses", "Myself", "User search", "Projects"; the Jira Service Management REST API: "Request" (SLA
information); and "Advanced searching" (updated, by the minute, in the time zone of whoever asks).
"""

import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.connectors.wsgi_fake import Answer, Asked, Fake

LOGIN = "ana@example.com:t0ken"
START = datetime(2026, 11, 2, 9, tzinfo=UTC)
STATUSES = {
    "1": ("Waiting for support", "new"),
    "2": ("In progress", "indeterminate"),
    "3": ("Waiting for customer", "indeterminate"),
    "4": ("Pending", "indeterminate"),
    "5": ("Resolved", "done"),
    "6": ("Closed", "done"),
}
_JQL = re.compile(r'^project in \(([^)]*)\) AND updated >= "([^"]*)" ORDER BY key ASC$')


def written(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%S.000+0000")


def user(account: str, name: str, kind: str = "atlassian") -> dict[str, Any]:
    return {"accountId": account, "displayName": name, "accountType": kind}


ANA, BEN, KIM = user("a-1", "Ana Ruiz"), user("b-2", "Ben Okafor"), user("k-3", "Kim Sato", "customer")
ROBOT = user("r-4", "Automation", "app")


class JiraFake(Fake):
    """Issues by key; ``now`` is the site's own clock."""

    def __init__(self, zone: str = "America/New_York") -> None:
        super().__init__()
        self.now, self.zone = START, zone
        self.login = LOGIN
        self.people = [ANA, BEN, ROBOT]
        self.issues: dict[str, dict[str, Any]] = {}
        self.slas: dict[str, list[dict[str, Any]]] = {}
        self.transitions = {"11": "2", "21": "3", "31": "4", "41": "5"}
        self.tokens: dict[str, int] = {}
        self._number = 0

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)

    def opens(self, summary: str = "No refund", project: str = "SUP", **fields: Any) -> str:
        """Somebody asks; the key of the issue."""
        self._number += 1
        key = f"{project}-{self._number}"
        self.issues[key] = {
            "id": str(10_000 + self._number),
            "key": key,
            "history": [],
            "fields": {
                "summary": summary,
                "status": self._status("1"),
                "priority": {"id": "3", "name": "Medium"},
                "assignee": None,
                "reporter": KIM,
                "created": written(self.now),
                "updated": written(self.now),
                "labels": [],
                "issuetype": {"name": "Service Request"},
                "project": {"key": project, "name": "Support", "projectTypeKey": "service_desk"},
                "comment": {"comments": []},
                **fields,
            },
        }
        return key

    def changes(self, key: str, by: dict[str, Any] = ANA, **changed: Any) -> None:
        """Somebody changes an issue there: status (by id), assignee, priority (by name), labels."""
        fields, items = self.issues[key]["fields"], []
        for name, value in changed.items():
            before = fields[name]
            after = self._status(value) if name == "status" else {"name": value} if name == "priority" else value
            fields[name] = after
            items.append({"field": name, **_side("from", name, before), **_side("to", name, after)})
        history = {"id": str(len(self.issues[key]["history"]) + 1), "author": by, "created": written(self.now)}
        self.issues[key]["history"].insert(0, {**history, "items": items})
        fields["updated"] = written(self.now)

    def moves(self, key: str, project: str) -> str:
        """Somebody moves an issue to another project; its new key."""
        issue = self.issues.pop(key)
        new = f"{project}-{len(self.issues) + 100}"
        self.issues[new] = {**issue, "key": new}
        issue["history"].append(
            {
                "id": "99",
                "created": written(self.now),
                "items": [{"field": "Key", "fromString": key, "toString": new}],
            }
        )
        issue["fields"]["updated"] = written(self.now)
        return new

    def says(self, key: str, by: dict[str, Any], *, public: bool = True, **more: Any) -> None:
        """A comment."""
        comments = self.issues[key]["fields"]["comment"]["comments"]
        comment = {"id": str(500 + len(comments)), "author": by, "created": written(self.now), "jsdPublic": public}
        comments.append({**comment, "body": {"type": "doc"}, **more})
        self.issues[key]["fields"]["updated"] = written(self.now)

    def promises(self, key: str, name: str, due: datetime | None, *, paused: bool = False) -> None:
        """The service desk has an SLA for it; without a time its clock has ended."""
        cycle = {"breachTime": {"epochMillis": int(due.timestamp() * 1000)}, "paused": paused} if due else None
        sla = {"name": name, "completedCycles": [], **({"ongoingCycle": cycle} if cycle else {})}
        self.slas.setdefault(key, []).append(sla)

    def answer(self, asked: Asked) -> Answer:
        found = self._answer(asked)
        return Answer(found.status, found.body, {"Date": format_datetime(self.now, usegmt=True), **found.headers})

    def _answer(self, asked: Asked) -> Answer:
        if asked.login != self.login:
            return Answer(401, "Basic authentication with passwords is deprecated.")
        path = asked.path.removeprefix("rest/api/3/")
        match [asked.method, *path.split("/")]:
            case ["GET", "myself"]:
                return Answer(body={**ANA, "timeZone": self.zone})
            case ["GET", "project", key]:
                return Answer(body={"key": key}) if key in ("SUP", "HELP") else _NOT_FOUND
            case ["GET", "status"]:
                return Answer(body=[self._status(each) for each in STATUSES])
            case ["GET", "user", "assignable", "multiProjectSearch"]:
                return Answer(body=self.people if asked.params["startAt"] == "0" else [])
            case ["GET", "search", "jql"]:
                return self._search(asked)
            case ["POST", "changelog", "bulkfetch"]:
                return Answer(body={"issueChangeLogs": self._histories(asked.body["issueIdsOrKeys"])})
            case ["GET", "rest", "servicedeskapi", "request", key, "sla"]:
                return Answer(body={"values": self.slas[key]}) if key in self.slas else _NOT_FOUND
            case [method, "issue", key, *rest]:
                return self._issue(method, key, rest, asked) if key in self.issues else _NOT_FOUND
        return _NOT_FOUND

    def _search(self, asked: Asked) -> Answer:
        read = _JQL.match(asked.params["jql"])
        if read is None:
            return Answer(400, {"errorMessages": ["Unbounded JQL queries are not allowed here."], "errors": {}})
        token = asked.params.get("nextPageToken")
        if token and token not in self.tokens:
            return Answer(400, {"errorMessages": ["The provided next page token is invalid or expired."]})
        projects = re.findall('"([^"]*)"', read[1])
        # Of an hour that comes twice nothing says which is meant: here the later one.
        since = datetime.strptime(read[2], "%Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo(self.zone), fold=1)
        found = [
            each
            for each in sorted(self.issues.values(), key=lambda each: int(each["key"].split("-")[1]))
            if each["key"].split("-")[0] in projects
            if datetime.fromisoformat(each["fields"].get("updated", "2026-11-30T00:00:00+0000")) >= since
        ]
        begin = self.tokens.get(token or "", 0)
        end = begin + min(int(asked.params["maxResults"]), 100)
        more = {"nextPageToken": f"page-{end}"} if end < len(found) else {}
        if more:
            self.tokens[more["nextPageToken"]] = end
        named = asked.params["fields"].split(",")
        issues = [self._shown(each, named) for each in found[begin:end]]
        return Answer(body={"issues": issues, "isLast": not more, **more})

    def _shown(self, issue: dict[str, Any], named: list[str]) -> dict[str, Any]:
        """At most the first 20 comments come with an issue."""
        fields = {name: value for name, value in issue["fields"].items() if name in named}
        if "comment" in fields:
            comments = fields["comment"]["comments"]
            fields["comment"] = {"comments": comments[:20], "total": len(comments), "maxResults": 20}
        return {"id": issue["id"], "key": issue["key"], "fields": fields}

    def _histories(self, keys: list[str]) -> list[dict[str, Any]]:
        return [
            {"issueId": self.issues[key]["id"], "changeHistories": self.issues[key]["history"]} for key in keys
        ]

    def _issue(self, method: str, key: str, rest: list[str], asked: Asked) -> Answer:
        issue = self.issues[key]
        match [method, *rest]:
            case ["GET"]:
                return Answer(body=self._shown(issue, asked.params["fields"].split(",")))
            case ["PUT"]:
                labels = asked.body["fields"]["labels"]
                if any(" " in each for each in labels):
                    wrong = {"labels": "The label contains spaces which is invalid."}
                    return Answer(400, {"errorMessages": [], "errors": wrong})
                self.changes(key, labels=labels)
                return Answer(204)
            case ["PUT", "assignee"]:
                account = asked.body["accountId"]
                self.changes(
                    key, assignee=next((each for each in (ANA, BEN) if each["accountId"] == account), None)
                )
                return Answer(204)
            case ["GET", "transitions"]:
                ways = [{"id": each, "to": self._status(to)} for each, to in self.transitions.items()]
                return Answer(body={"transitions": ways})
            case ["POST", "transitions"]:
                self.changes(key, status=self.transitions[asked.body["transition"]["id"]])
                return Answer(204)
            case ["GET", "comment"]:
                start, comments = int(asked.params["startAt"]), issue["fields"]["comment"]["comments"]
                page = comments[start : start + int(asked.params["maxResults"])]
                return Answer(body={"comments": page, "total": len(comments), "startAt": start})
            case ["POST", "comment"]:
                internal = asked.body["properties"][0]["value"]["internal"]
                self.says(key, ANA, public=not internal, properties=asked.body["properties"])
                return Answer(201, issue["fields"]["comment"]["comments"][-1])
        return _NOT_FOUND

    def _status(self, number: str) -> dict[str, Any]:
        name, category = STATUSES[number]
        return {"id": number, "name": name, "statusCategory": {"key": category}}


_NOT_FOUND = Answer(404, {"errorMessages": ["Issue does not exist or you do not have permission to see it."]})


def _side(side: str, name: str, value: Any) -> dict[str, Any]:
    key = {"status": "id", "assignee": "accountId"}.get(name)
    said = value or {}
    return {
        side: said.get(key) if key else None,
        f"{side}String": said.get("name") if isinstance(said, dict) else "",
    }
