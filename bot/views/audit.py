"""What was done, in words: never an action's id, a raw id or a machine's time."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from bot.domain.audit import AuditLine
from bot.domain.rules import RuleId
from bot.domain.wallclock import local_date
from bot.views.audit_values import (
    case_changes,
    channel_change,
    limit_changes,
    own_changes,
    setting_changes,
    timeoff_limit_change,
)
from bot.views.escalations_words import LOGGED as ESCALATED
from bot.views.findings import RULES as FOUND
from bot.views.formats import Formats, amount, escape, person, shorten
from bot.views.imports import edited_words
from bot.views.promises import LOGGED as PROMISED

# ``{it}`` is what it was done to: "swap 14", a person, "the team Mail". For whom a proxy did it is added.
WORDS = {
    "absence.accept": "left open what nobody works for {it}, who is away",
    "absence.begin": "left the shifts of {it} to nobody, who is away",
    "absence.end": "noted that {it} is back",
    "absence.report": "noted that {it} is away",
    "announcement.acknowledge": "said that they have read {it}",
    "announcement.change": "changed {it}",
    "announcement.expire": "ended {it}, because its time is over",
    "announcement.export": "took out who has read {it}",
    "announcement.send": "sent {it}",
    "announcement.withdraw": "withdrew {it}",
    "announcement.write": "wrote {it}",
    "article.amend": "changed what is known of {it} beside its words",
    "article.archive": "archived {it}",
    "article.ask": "asked for approval of a version of {it}",
    "article.create": "began {it}",
    "article.decline": "declined a version of {it}",
    "article.publish": "published a version of {it}",
    "article.restore": "brought {it} back",
    "article.verify": "said that {it} is true as it stands",
    "article.write": "wrote a version of {it}",
    "audit.read": "looked at what was changed about {it}",
    "calendar.start": "made a calendar address for {it}",
    "calendar.stop": "ended the calendar address of {it}",
    "case.check": "looked at the record of {it}",
    "case.deadline": "noted a deadline of {it}",
    "case.escalation": "noted a question to a department on {it}",
    "case.gone": "noted that {it} is gone from its helpdesk",
    "case.message": "noted a message on {it}",
    "case.note": "wrote a note on {it}",
    "case.open": "opened {it}",
    "case.owner": "changed the owner of {it}",
    "case.priority": "changed the priority of {it}",
    "case.promise": "noted a promise to the customer on {it}",
    "case.queue": "sent {it} to another queue",
    "case.record": "changed the record of {it}",
    "case.satisfaction": "noted what the customer says of {it}",
    "case.snooze": "put {it} off",
    "case.state": "said how {it} stands",
    "case.stuck": "saw whether {it} moves",
    "case.tier": "changed the tier of the customer of {it}",
    "case.write": "had a change of {it} written to its helpdesk",
    "case.write_decide": "decided what becomes of a change of {it} in its helpdesk",
    "case.working": "said that they work on {it}",
    "channel.change": "changed the channel of {it}",
    "coverage.deviation": "noticed that more or fewer contacts come to {it} than expected",
    "department.change": "changed how {it} is reached",
    "cover.end_part": "ended what was taken of {it}, because its shift changed",
    "cover.move": "moved the shift of {it}",
    "cover.restore_part": "put what was taken of {it} in force again",
    "cover.approve": "approved a part of {it}",
    "cover.approve_anyway": "approved a part of {it} anyway",
    "cover.ask": "asked people to take {it}",
    "cover.cannot": "cannot take {it}",
    "cover.enter": "entered {it}",
    "cover.expire": "let {it} expire",
    "cover.give_up": "gave back a part of {it}",
    "cover.offer": "offered {it}",
    "cover.open": "opened {it}",
    "cover.refuse": "declined a part of {it}",
    "cover.supersede": "closed {it}, because its shift changed",
    "cover.take": "took a part of {it}",
    "cover.undo": "undid a part of {it}",
    "cover.want_undo": "asked to undo a part of {it}",
    "cover.withdraw": "withdrew {it}",
    "exception.approve": "approved {it}",
    "exception.ask": "asked for {it}",
    "exception.decline": "declined {it}",
    "exception.expire": "let {it} expire",
    "exception.remind": "reminded approvers of {it}",
    "exception.withdraw": "took back {it}",
    "gap.accept": "accepted the risk of {it}",
    "gap.change": "saw what became of {it}",
    "gap.find": "found {it}",
    "gap.offer": "offered open shifts to fill {it}",
    "gap.warn": "wants to be warned of {it} again",
    "escalation.answered": "answered {it}",
    "escalation.asked": "asked another department by {it}",
    "escalation.asked_again": "asked {it} again, because the answer did not do",
    "escalation.chase": "had the department of {it} asked again",
    "escalation.closed": "closed {it}",
    "escalation.eta": "promised an answer to {it}",
    "escalation.informed": "told the department more about {it}",
    "escalation.left": "gave {it} back to its department, because its owner is no longer here",
    "escalation.lost": "said that {it} is not theirs, and that they do not know whose it is",
    "escalation.miss": "noted that the time promised for {it} went by",
    "escalation.moved": "sent {it} to another department",
    "escalation.needs_info": "asked for more about {it}",
    "escalation.on_time": "said that {it} is still on time",
    "escalation.owned": "took {it} on",
    "escalation.up": "told whoever is next above of {it}",
    "helpdesk.connect": "connected {it}",
    "helpdesk.disconnect": "disconnected {it}",
    "handup.again": "asked for live help anew, as who was coming is no longer here, {it}",
    "handup.come": "came to help, {it}",
    "handup.end": "said that {it} is answered",
    "handup.miss": "noted that nobody came, {it}",
    "handup.raise": "asked for live help, {it}",
    "handup.up": "asked more people to come, {it}",
    "handup.withdraw": "took down {it}",
    "import.activities": "imported breaks, training and meetings, {it}",
    "import.cases": "imported cases, {it}",
    "import.edit": "edited shifts by hand, {it}",
    "import.figures": "imported key figures, {it}",
    "import.leave": "imported balances of leave, {it}",
    "import.people": "imported people, {it}",
    "import.plan": "imported how many people are needed, {it}",
    "import.shifts": "imported shifts, {it}",
    "import.undo": "took {it} back",
    "import.volume": "imported contact volumes, {it}",
    "kb.opinion": "said whether {it} helped",
    "kb.orphan": "left the articles of {it} without owner, who is no longer here",
    "kb.release": "made articles due by {it}",
    "kb.release_undo": "took back {it}",
    "kb.report": "said that {it} is not true any more",
    "kb.report_close": "settled a report that {it} is not true any more",
    "kb_missing.dismissed": "put {it} aside",
    "kb_missing.writing": "began to write {it}",
    "kb_missing.written": "wrote {it}",
    "kb_synonyms.change": "changed which words mean the same",
    "kpi.export": "took {it} out as a file",
    "kpi.people": "looked at {it} person by person",
    "kpi.read": "looked at the key figures of {it}",
    "kpi.mapping": "changed how the columns of files of key figures are read",
    "kpi.pause": "paused {it}",
    "kpi.resume": "resumed {it}",
    "kpi.subscribe": "has {it} sent from now on",
    "kpi.subscription": "changed who gets {it}, or when",
    "kpi.try": "tried out {it}",
    "kpi.unsubscribe": "deleted {it}",
    "ladder.move": "moved what {it} does instead of contacts",
    "ladder.skill": "put {it} on another queue for some time",
    "ladder.undo": "undid what was changed of the day of {it}",
    "ladder.whole": "put {it} on contacts only for some time",
    "limits.change": "changed which work {it} is not given",
    "limits.read": "looked at which work {it} is not given",
    "matrix.approve": "approved a change of the escalation matrix, {it}",
    "matrix.decline": "declined a change of the escalation matrix, {it}",
    "matrix.propose": "proposed a change of the escalation matrix, {it}",
    "matrix.withdraw": "took back a change of the escalation matrix, {it}",
    "own.change": "changed what they chose for themselves",
    "pattern.accept": "accepted {it} of hours that are short week after week",
    "pattern.change": "saw what became of {it} of hours that are short week after week",
    "people.follow": "changed the profile of {it}",
    "people.leave": "left the shifts of {it} to nobody, who is no longer here",
    "people.link": "linked {it} to their Slack account",
    "people.return": "gave back to {it} the shifts that nobody took",
    "promise.confirm": "noted that a customer confirmed what was promised",
    "promise.end": "ended {it} to a customer, because the case is over",
    "promise.give": "gave {it} to a customer to somebody else",
    "promise.keep": "noted that a customer heard in time what was promised",
    "promise.make": "promised a customer something",
    "promise.miss": "noticed that the time of {it} to a customer went by",
    "promise.move": "promised a customer another time",
    "promise.send_late": "noted that a customer heard late what was promised",
    "promise.take_back": "took back {it} to a customer",
    "role.change": "changed the role of {it}",
    "routing.change": "changed where cases go by {it}",
    "routing.end": "ended {it}",
    "setup.begin": "began to set me up, as an admin of this Slack workspace",
    "settings.change": "changed the settings of {it}",
    "timeoff.adjust": "put right what {it} has of leave",
    "timeoff.ill": "noted illness during {it}",
    "timeoff.import": "entered from a file what {it} has of leave",
    "timeoff.answer": "answered a question about {it}",
    "timeoff.approve": "approved {it}",
    "timeoff.approve_anyway": "approved {it} in spite of what it showed",
    "timeoff.ask": "asked for {it}",
    "timeoff.cancel": "cancelled {it}",
    "timeoff.certify": "said whether illness during {it} is certified",
    "timeoff.decline": "declined {it}",
    "timeoff.expire": "let {it} expire",
    "timeoff.give_way": "replaced {it} by another",
    "timeoff.question": "asked a question about {it}",
    "timeoff.remind": "reminded approvers of {it}",
    "timeoff.withdraw": "withdrew {it}",
    "timeoff.read": "looked at what {it} has of leave",
    "timeoff_limit.add": "made {it}",
    "timeoff_limit.bring_back": "brought {it} back",
    "timeoff_limit.change": "changed {it}",
    "timeoff_limit.remove": "removed {it}",
    "timeoff_wait.declined": "took {it} off the waiting list for time off",
    "timeoff_wait.join": "put {it} on the waiting list for time off",
    "timeoff_wait.offered": "offered {it} days that came free",
    "timeoff_wait.over": "took {it} off the waiting list for time off, because nothing came free in time",
    "timeoff_wait.passed": "took {it} off the waiting list for time off, because they did not answer in time",
    "timeoff_wait.waiting": "took back an offer of days to {it}, which a limit closes",
    "timeoff_wait.taken": "asked for time off for which {it} was waiting",
    "surplus.answer": "answered whether they want to have time off that was offered",
    "surplus.change": "saw what became of time off that was offered",
    "surplus.offer": "offered time off where more people are there than are needed",
    "swap.accept": "accepted {it}",
    "swap.approve": "approved {it}",
    "swap.approve_anyway": "approved {it} anyway",
    "swap.decline": "declined {it}",
    "swap.enter": "entered {it}",
    "swap.expire": "let {it} expire",
    "swap.move": "moved a shift of {it}",
    "swap.propose": "proposed {it}",
    "swap.refuse": "declined {it}",
    "swap.restore": "put {it} in force again",
    "swap.supersede": "closed {it}, because one of its shifts changed",
    "swap.undo": "undid {it}",
    "swap.want_undo": "asked to undo {it}",
    "swap.withdraw": "withdrew {it}",
}
_OTHERWISE = "changed {it}"
# What became of something that a case has.
_STEPS = {"case.escalation": ESCALATED, "case.promise": PROMISED}
_ACTORS = {"operator": "the operator at the command line", "slack": "Slack"}
_CLOCKWORK = "Floorwalker"
_PROFILE = {"slack_name": "name", "slack_time_zone": "time zone", "deactivated_at": "active or not"}
_NOBODY = "somebody who is no longer on the roster"
# Characters of one value and of all that changed in one line; escaped, a character takes up to five.
_VALUE, _FILES, _CHANGES = 40, 120, 2000

Names = Mapping[str, str]


def audit_line(line: AuditLine, formats: Formats, names: Names, today: date) -> str:
    """When, who, what, and before → after."""
    when = f"{formats.day(local_date(line.at, formats.zone), today)}, {formats.time(line.at)}"
    what = _what(line).format(it=_it(line, names))
    if "for" in line.after:
        what = f"{what} for {person(line.whom) if line.whom else _NOBODY}"
    parts = [f"• {when}", _who(line), what, _changes(line, formats, names)]
    return " · ".join(part for part in parts if part)


def _what(line: AuditLine) -> str:
    step = _STEPS.get(line.action, {}).get(line.after.get("became", ""))
    if step:
        return f"{step}, {{it}}"
    if line.action == "case.stuck" and "stuck" in line.after:
        return "noticed that {it} is stuck" if line.after["stuck"] else "saw that {it} moves again"
    return WORDS.get(line.action, _OTHERWISE)


def _who(line: AuditLine) -> str:
    if line.actor:
        return person(line.actor)
    return _NOBODY if line.actor_kind == "member" else _ACTORS.get(line.actor_kind, _CLOCKWORK)


def _it(line: AuditLine, names: Names) -> str:
    if line.number is not None:
        return f"{line.subject_kind} {line.number}"
    if line.subject_kind == "member":
        return person(line.subject) if line.subject else _NOBODY
    if line.subject_kind == "team" and line.after.get("team_id"):
        return f"the team {_named(names.get(line.after['team_id'], 'that is gone'))}"
    if line.subject_kind == "department" and line.subject_id and line.subject_id in names:
        return f"the department {_named(names[line.subject_id])}"
    if line.subject_kind == "settings":
        return _scope(str(line.after.get("scope", "")), names)
    return f"the {line.subject_kind}"


def _scope(scope: str, names: Names) -> str:
    kind, _, row_id = scope.partition(":")
    if not row_id:
        return "the workspace"
    return f"the {kind} {_named(names[row_id])}" if row_id in names else f"a {kind} that is gone"


def _changes(line: AuditLine, formats: Formats, names: Names) -> str:
    match line.subject_kind:
        case "case":
            return _as_many_as_fit(case_changes(line.before, line.after, names, formats))
        case "exception":
            return " → ".join(dict.fromkeys(_named(each["state"]) for each in (line.before, line.after) if each))
        case "settings":
            return _as_many_as_fit(setting_changes(line.before, line.after))
        case "import":
            return _as_many_as_fit(_imported(line, formats))
        case "team":
            return channel_change(line.before, line.after)
        case "member" if line.action in ("role.change", "setup.begin"):
            return f"{_roles(line.before, names)} → {_roles(line.after, names)}"
        case "member" if line.action == "own.change":
            return "; ".join(own_changes(line.before, line.after))
        case "member" if line.action == "limits.change":
            return "; ".join(limit_changes(line.before, line.after))
        case "helpdesk":
            return _named((line.after or line.before).get("address"))
        case "limit of time off":
            return timeoff_limit_change(line.before, line.after, formats)
        case "promise" if line.before and line.before["due_at"] != line.after["due_at"]:
            both = (datetime.fromisoformat(each["due_at"]) for each in (line.before, line.after))
            return " → ".join(map(formats.moment, both))
        case "member" if line.action.startswith("timeoff_wait."):
            return ""
        case "member" if "ledger" in line.after:
            return f"{_named(line.after['ledger'])} {_hours(line.after['minutes'])}"
        case "member" if "changed" in line.after:
            return ", ".join(_PROFILE.get(column, "other details") for column in line.after["changed"])
    before, after = (_state(each.get("state")) for each in (line.before, line.after))
    return f"{before} → {after}" if before and after and before != after else after


def _shifts(line: AuditLine) -> str:
    count, whose = line.shifts, person(line.whose) if line.whose else ""
    return f"{count} {'shift' if count == 1 else 'shifts'} of {whose}" if count else ""


def _imported(line: AuditLine, formats: Formats) -> Iterator[str]:
    """The file or, where it was by hand, what was done to each shift, and the rules that it breaks."""
    if line.edited:
        yield from (edited_words(each, formats) for each in line.edited)
    else:
        yield ", ".join(filter(None, [_named(line.after.get("files"), _FILES), _shifts(line)]))
    if line.after.get("broken"):
        yield f"saved anyway: {', '.join(FOUND[RuleId(each)] for each in line.after['broken'])}"


def _hours(minutes: int) -> str:
    return amount(f"{minutes / 60:+.4g}".replace("-", "−"), "h")


def _state(state: Any) -> str:
    """As the card has it: nobody need have approved what is settled."""
    return "settled" if state == "approved" else _named(state)


def _roles(said: Mapping[str, Any], names: Names) -> str:
    """One role, as an import gives it, or all that somebody holds."""
    if "roles" not in said:
        return _role(said, names)
    return ", ".join(_role(each, names) for each in said["roles"]) or "no role"


def _role(said: Mapping[str, Any], names: Names) -> str:
    if not said.get("role"):
        return "no role"
    role, team_id = _named(said["role"]), said.get("team_id")
    if role != "lead":
        return role
    return f"lead of {_named(names.get(team_id, 'a team that is gone'))}" if team_id else "lead of all teams"


def _named(text: Any, limit: int = _VALUE) -> str:
    return "" if text is None else escape(shorten(str(text), limit))


def _as_many_as_fit(parts: Iterable[str]) -> str:
    """A mention or an entity cut in two is neither, so whole parts are left out."""
    every = list(parts)
    shown: list[str] = []
    while len(shown) < len(every) and sum(map(len, shown)) + len(every[len(shown)]) <= _CHANGES:
        shown.append(every[len(shown)])
    left_out = len(every) - len(shown)
    return "; ".join([*shown, f"and {left_out} more"] if left_out else shown)
