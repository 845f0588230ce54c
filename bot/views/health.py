"""How the bot is doing, in words: what was found, and what to do about it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from bot.domain.connections import ConnectionShown, ConnectionState
from bot.domain.health import Check
from bot.domain.setup import SetupShown, Step
from bot.views.formats import duration
from bot.views.setup import STEPS

TOKEN = "Bot token"
SCOPES = "Permissions"
CONNECTION = "Connection"
CLOCK = "Clock"
DATABASE = "Database"
OPS_CHANNEL = "Coordinators' channel"
FLOOR_CHANNEL = "Everybody's channel"
MESSAGES = "Messages"
JOBS = "Jobs"
SERVING = "Serving"
PEOPLE = "People"
HELPDESKS = "Connected tools"
SETUP = "Setup"
PUBLIC_URL = "Public address"

_TOKEN_ADVICE = "Put the app's Bot User OAuth Token into SLACK_BOT_TOKEN, and start Floorwalker again."
_APP_TOKEN_ADVICE = (
    "Put an app-level token with connections:write into SLACK_APP_TOKEN, and start Floorwalker again."
)
_HTTP = "“floorwalker serve --http”"
_NETWORK_ADVICE = "Look whether the network is up and SLACK_API_URL is right."
_NAMED = 5
# What each job is there for; its own name is for the log.
JOB_TITLES = {
    "people.sync": "taking over Slack profiles",
    "swaps.expire": "ending unsettled swaps",
    "absences.turn": "seeing to absences",
    "attendance.turn": "seeing who has come",
    "attendance.forget": "forgetting who had come",
    "coverage.forecast": "forecasting contacts",
    "coverage_patterns.look": "looking for hours that are short week after week",
    "coverage_surplus.turn": "offering time off where people are not needed",
    "coverage_today.watch": "comparing what comes with what was expected",
    "coverage_gaps.look": "looking ahead for gaps",
    "coverage_gaps.follow": "seeing what changes do to gaps",
    "standup.post": "the post at stand-up",
    "covers.turn": "asking for covers",
    "timeoff.turn": "bringing leave up to date",
    "timeoff.remind": "seeing to requests for time off",
    "timeoff_waitlist.turn": "offering time off that came free",
    "chase.turn": "chasing what departments promised",
    "reliability.post": "reporting how reliable departments were",
    "connections.sync": "reading helpdesks and knowledge bases, and writing helpdesks",
    "contact.turn": "seeing to the duties of people on long leave",
    "exceptions.turn": "seeing to exceptions that wait for approval",
    "handup.turn": "finding somebody for raised hands",
    "announcements.turn": "sending announcements, and reminding who has not read them",
    "kb.missing": "counting what was looked for in vain",
    "kb.upkeep": "reminding owners of articles",
    "kpi.collect": "adding up key figures",
    "kpi.digests": "sending reports",
    "hygiene.post": "reporting which records of cases to put right",
    "nudges.turn": "warning of cases before they are late",
    "promises.turn": "reminding of what customers were promised",
    "sla.follow": "reckoning the clocks of cases anew",
    "stuck.look": "looking for cases that are stuck",
    "home.turn": "redrawing Homes",
    "uploads.settle": "seeing to uploads",
    "fairness.tally": "counting nights, weekends and holidays",
}


def summary(checks: Iterable[Check]) -> str:
    """All of it in a line: what is wrong, and what somebody could do something about."""
    every = list(checks)
    wrong = [each.name for each in every if each.ok is False]
    open_ends = [each.name for each in every if each.ok is None and each.advice]
    if not wrong and not open_ends:
        return "All is well."
    how_many = "One thing is" if len(wrong) == 1 else f"{len(wrong)} things are"
    said = f"{how_many} wrong: {', '.join(wrong)}." if wrong else "Nothing is wrong."
    return f"{said} Worth a look: {', '.join(open_ends)}." if open_ends else said


def not_looked_at(name: str, because: str, advice: str = "") -> Check:
    """What it depends on is away."""
    return Check(name, None, f"not looked at, because {because}", advice)


def slack_away(name: str, word: str) -> Check:
    """Slack does not answer, or not as it should."""
    return Check(name, False, f"Slack does not answer: {word}", _NETWORK_ADVICE)


def token_good(workspace: str, bot: str) -> Check:
    """Whose token it is."""
    return Check(TOKEN, True, f"{bot} in {workspace}")


def token_refused(word: str) -> Check:
    """Slack does not take it."""
    return Check(TOKEN, False, f"Slack refuses it: {word}", _TOKEN_ADVICE)


def scopes(missing: Mapping[str, str], unknown: bool) -> Check:
    """Which the app lacks, with what each is for."""
    if unknown:
        return Check(SCOPES, None, "Slack does not say which the app has")
    if not missing:
        return Check(SCOPES, True, "the app has all that are needed")
    lacking = "; ".join(f"{scope} ({feature})" for scope, feature in sorted(missing.items()))
    advice = "Bring the app up to date from “floorwalker manifest”, and install it into the workspace again."
    return Check(SCOPES, False, f"missing: {lacking}", advice)


def connection_socket(*, to_choose: bool) -> Check:
    """Slack takes the app token; ``to_choose``: nothing serves yet, and HTTP mode would do as well."""
    more = f"; HTTP mode is set up, too, and {_HTTP} chooses it" if to_choose else ""
    return Check(CONNECTION, True, f"Socket Mode, and Slack takes the app token{more}")


def connection_http(*, served: bool) -> Check:
    """Slack sends requests; no token of ours shows whether they arrive."""
    return Check(CONNECTION, True, "HTTP mode, as it is served now" if served else "HTTP mode")


def connection_refused(word: str, *, to_choose: bool) -> Check:
    """Slack does not take the app token; ``to_choose`` as above."""
    advice = f"{_APP_TOKEN_ADVICE} Or use HTTP mode: {_HTTP}." if to_choose else _APP_TOKEN_ADVICE
    return Check(CONNECTION, False, f"Slack refuses the app token: {word}", advice)


def connection_lacking() -> Check:
    """Neither way is set up."""
    advice = "Set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP mode."
    return Check(CONNECTION, False, "nothing says how Slack reaches the bot", advice)


def clock(ahead: timedelta | None, most: timedelta) -> Check:
    """How far this machine's clock is ahead of Slack's, or behind it."""
    if ahead is None:
        return Check(CLOCK, None, "Slack does not say what time it is")
    if abs(ahead) <= most:
        return Check(CLOCK, True, "right")
    off = f"{_length(abs(ahead))} {'ahead of' if ahead > timedelta() else 'behind'} Slack's"
    return Check(CLOCK, False, off, "Have the machine set its clock by the network (NTP).")


def database(kind: str, findings: Sequence[str]) -> Check:
    """Whether it is there, and as this version of the program needs it."""
    if findings:
        advice = "Run “floorwalker db upgrade” with the version that is to serve."
        return Check(DATABASE, False, f"{kind}, not up to date: {' '.join(findings)}", advice)
    return Check(DATABASE, True, f"{kind}, up to date")


def database_missing() -> Check:
    """There is no such file yet."""
    return Check(DATABASE, False, "there is no file yet", "Run “floorwalker db upgrade”, which makes it.")


def database_away(reason: str) -> Check:
    """It does not answer."""
    advice = "Look whether it runs, and whether FLOORWALKER_DATABASE_URL is right."
    return Check(DATABASE, False, f"it cannot be used: {reason}", advice)


def channel_unset(name: str, key: str, prefix: str) -> Check:
    """Nobody has said which one it is."""
    return Check(name, None, "not chosen", f"Choose one: {_choosing(key, prefix)}")


def channel(name: str, key: str, prefix: str, title: str, *, archived: bool, member: bool) -> Check:
    """Whether the bot can post there."""
    if archived:
        advice = f"Bring it back, or choose another: {_choosing(key, prefix)}"
        return Check(name, False, f"{title} is archived", advice)
    if not member:
        return Check(name, False, f"I am not in {title}", f"In {title}, type: /invite @Floorwalker")
    return Check(name, True, title)


def channel_hidden(name: str, key: str, prefix: str, word: str) -> Check:
    """Slack does not show it to the bot."""
    advice = f"Invite me to it, or choose another: {_choosing(key, prefix)}"
    return Check(name, False, f"I cannot see it: {word}", advice)


def messages(waiting: int, oldest: timedelta, failed: Mapping[str, int], *, late: bool) -> Check:
    """What waits to be posted, for how long, and what could not be delivered lately."""
    parts = [f"{_count(waiting, 'message')} waiting, the oldest for {_length(oldest)}"] if waiting else []
    if failed:
        words = ", ".join(f"{word or 'no reason given'}: {number}" for word, number in sorted(failed.items()))
        parts.append(f"{sum(failed.values())} not deliverable in the last 7 days ({words})")
    if late:
        advice = "Look whether “floorwalker serve” runs, and what its log says."
    else:
        advice = "Look at the channels and accounts that they were for." if failed else ""
    return Check(MESSAGES, not (late or failed), "; ".join(parts) or "none waiting", advice)


def jobs(ages: Mapping[str, timedelta | None], failed: Sequence[str], overdue: Mapping[str, timedelta]) -> Check:
    """How many ran when they should, and which not: failed at last, or should have run by now."""
    if failed or overdue:
        parts = [f"{_job(job)} failed when it was last tried" for job in failed]
        parts += [f"{_job(job)} should have been done {_length(late)} ago" for job, late in overdue.items()]
        logged = ", ".join(dict.fromkeys([*failed, *overdue]))
        advice = f"Look whether “floorwalker serve” runs, and what its log says of {logged}."
        return Check(JOBS, False, "; ".join(parts), advice)
    ran = {job: age for job, age in ages.items() if age is not None}
    parts = [f"{_count(len(ages) - len(ran), 'job')} not due yet"] if len(ran) < len(ages) else []
    if ran:
        last = min(ran, key=lambda job: ran[job])
        parts.insert(0, f"{_count(len(ran), 'job')} on time, the last {_length(ran[last])} ago: {_job(last)}")
    return Check(JOBS, True if parts else None, "; ".join(parts) or "none has been scheduled yet")


def serving(age: timedelta | None, most: timedelta, *, waiting: bool) -> Check:
    """How long ago something last worked off what was due; ``waiting``: for the first time that anything is."""
    if age is None and waiting:
        return Check(SERVING, True, "nothing was due yet")
    if age is None:
        return Check(SERVING, None, "nothing has served this workspace yet", "Start “floorwalker serve”.")
    if age > most:
        return Check(SERVING, False, f"nothing has worked for {_length(age)}", "Start “floorwalker serve”.")
    return Check(SERVING, True, f"at work {_length(age)} ago")


def helpdesks(
    shown: Sequence[ConnectionShown], behind: Mapping[str, timedelta], prefix: str, *, keyless: bool
) -> Check:
    """Which are connected, and how far ``behind`` those are that are not read as they should be."""
    if not shown:
        return Check(HELPDESKS, True, "none is connected")
    if keyless or any(each.error == "wrong key" for each in shown):
        advice = (
            "Set FLOORWALKER_SECRET_KEY to the key that they were connected with, and start Floorwalker again."
        )
        return Check(HELPDESKS, False, "what signs in cannot be opened with the key that there is", advice)
    out = [each.name for each in shown if each.state is ConnectionState.SIGN_IN_FAILED]
    if out:
        advice = f"Make a new token there, and sign in with /{prefix}floor connect."
        return Check(HELPDESKS, False, f"sign-in failed: {', '.join(out)}", advice)
    parts = [
        f"{each.name} {_read(each, behind.get(each.kind))}"
        + (f", {each.waiting} to be written" if each.waiting else "")
        + (f", {each.conflicts} in conflict" if each.conflicts else "")
        for each in shown
    ]
    if behind:
        return Check(HELPDESKS, False, "; ".join(parts), "Look whether they answer; it is tried again by itself.")
    conflicts = any(each.conflicts for each in shown)
    advice = "Whoever asked decides the conflicts, on the case's card." if conflicts else ""
    return Check(HELPDESKS, None if conflicts else True, "; ".join(parts), advice)


def _read(shown: ConnectionShown, behind: timedelta | None) -> str:
    if behind:
        return f"behind for {_length(behind)}"
    return "up to date" if shown.read_at else "being read for the first time"


def people(unknown: Sequence[str], *, anybody: bool) -> Check:
    """Who is on the roster and has no account in Slack; ``anybody``: whether somebody is on it at all."""
    if not anybody:
        return Check(PEOPLE, None, "nobody is on the roster yet")
    if not unknown:
        return Check(PEOPLE, True, "everybody on the roster has a Slack account")
    more = f" and {len(unknown) - _NAMED} more" if len(unknown) > _NAMED else ""
    advice = "Invite them to Slack, or correct their e-mail in the people file and import it again."
    return Check(PEOPLE, None, f"no Slack account: {', '.join(unknown[:_NAMED])}{more}", advice)


def setup(state: SetupShown, prefix: str) -> Check:
    """What is still missing before people can work."""
    missing = [STEPS[step] for step in Step if not state.is_done(step)]
    if not missing:
        return Check(SETUP, True, "complete")
    advice = f"Type /{prefix}floor setup in Slack; the first time an admin of the workspace has to."
    return Check(SETUP, None, f"still to do: {'; '.join(missing)}", advice)


def public_url(address: str | None, *, reached: bool) -> Check:
    """Whether the bot is found under the address that it gives to calendars."""
    if address is None:
        advice = "Set FLOORWALKER_PUBLIC_URL if people are to subscribe to their shifts."
        return Check(PUBLIC_URL, None, "not set, so calendars cannot reach me", advice)
    if reached:
        return Check(PUBLIC_URL, True, address)
    advice = (
        "Look whether “floorwalker serve” runs, and have that address lead to its FLOORWALKER_PORT. In Socket "
        "Mode a proxy on another machine reaches it only where FLOORWALKER_HOST is set."
    )
    return Check(PUBLIC_URL, False, f"I do not answer at {address}", advice)


def _choosing(key: str, prefix: str) -> str:
    """How in Slack, and how on the machine."""
    return f"/{prefix}floor channels in Slack, or floorwalker settings set {key}=#channel"


def _job(name: str) -> str:
    return JOB_TITLES.get(name, name)


def _length(length: timedelta) -> str:
    if length < timedelta(minutes=1):
        return _count(round(length.total_seconds()), "second")
    return _count(length.days, "day") if length >= timedelta(days=2) else duration(length)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
