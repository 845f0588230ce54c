"""Limits of time off in words: what each of them says, and what it has against a request."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from uuid import UUID

from bot.domain.limits import WEEKDAYS
from bot.domain.shifts import Somebody
from bot.domain.timeoff_holidays import Extent, OwnHoliday
from bot.domain.timeoff_limits import EVERY_DAY, Hit, Limit, LimitKind, Policy, runs
from bot.domain.timeoff_limits_shown import LimitShown
from bot.views.formats import Formats, escape, person, shorten
from bot.views.regions import region_name

_CONSEQUENCES: Mapping[Policy, str] = {
    Policy.WARN: "",
    Policy.APPROVAL: " The next level has to approve it.",
    Policy.BLOCK: " It cannot be asked for.",
}
_NAME, _MOST_NAMED, _MOST_RUNS, _ROOM = 60, 8, 4, 200


def hit_lines(
    hits: Iterable[Hit], formats: Formats, today: date, people: Mapping[UUID, Somebody] | None = None
) -> list[str]:
    """What each limit has against a request; ``people``, who may be away, are for approvers to read."""
    return [f"{_hit(hit, formats, today, people or {})}.{_consequence(hit, people)}" for hit in hits]


def days_words(days: Iterable[date], formats: Formats, today: date) -> str:
    """Days as ranges: "Thu, Dec 24 – Sat, Dec 26; Mon, Dec 28"."""
    found = [formats.days(first, last, today) for first, last in runs(days)]
    more = [f"and {len(found) - _MOST_RUNS} more"] if len(found) > _MOST_RUNS else []
    return "; ".join([*found[:_MOST_RUNS], *more])


def limit_words(shown: LimitShown, formats: Formats, today: date) -> str:
    """What a limit says: "At most 2 of Billing away at once · Dec 1 – Dec 31"."""
    limit = shown.limit
    match limit.kind:
        case LimitKind.CAP:
            text = f"At most {_most(shown)} away at once"
        case LimitKind.APART:
            text = f"Never away together: {_names(shown.people)}"
        case LimitKind.BLACKOUT:
            text = f"{_said(limit.name)}: {_nobody(limit)} takes time off"
    return " · ".join([text, *_span(limit, formats, today)])


def whom(limit: Limit) -> str:
    """For whom it is: "of Billing", "with German"; nothing for everybody."""
    teams, skills = (some(_said(each) for each in sorted(named.values())) for named in (limit.teams, limit.skills))
    return " or ".join([*([f"of {teams}"] if teams else []), *([f"with {skills}"] if skills else [])])


def some(parts: Iterable[str], most: int = _MOST_NAMED) -> str:
    """As many of the parts as anybody reads, and how many there are besides."""
    every, shown = list(parts), list[str]()
    while len(shown) < min(len(every), most) and (not shown or len(", ".join(shown)) < _ROOM):
        shown.append(every[len(shown)])
    more = len(every) - len(shown)
    return ", ".join([*shown, *([f"and {more} more"] if more else [])])


def holiday_words(holiday: OwnHoliday, formats: Formats, today: date) -> str:
    """A public holiday of the workspace's own, or a day that is none here."""
    day = formats.day(holiday.day, today)
    where = f", in {region_name(holiday.region)}" if holiday.region else ""
    match holiday.extent:
        case Extent.WHOLE:
            return f"{day}: {_said(holiday.name)}{where}"
        case Extent.HALF:
            return f"{day}: {_said(holiday.name)}, free from midday on{where}"
        case Extent.NONE:
            return f"{day}: {_said(holiday.name)}, no holiday here{where}"


def _hit(hit: Hit, formats: Formats, today: date, people: Mapping[UUID, Somebody]) -> str:
    days, limit = days_words(hit.days, formats, today), hit.limit
    named = _names(people[each] for each in hit.others if each in people)
    match limit.kind:
        case LimitKind.CAP:
            text = f"{_away(hit)}{f' ({named})' if named else ''}, and at most {hit.most} may be"
        case LimitKind.APART:
            verb = "is" if len(hit.others) == 1 else "are"
            text = "a colleague who is to be there when you are not is away"
            text = f"{named} {verb} away, and not to be away together" if named else text
        case LimitKind.BLACKOUT:
            text = f"{_said(limit.name)}, when {_nobody(limit)} takes time off"
    return f"{days}: {text}"


def _consequence(hit: Hit, people: Mapping[UUID, Somebody] | None) -> str:
    """What becomes of the request; approvers have before them what was asked for before the limit was so."""
    is_asked = people is not None and hit.limit.policy is Policy.BLOCK
    return "" if is_asked else _CONSEQUENCES[hit.limit.policy]


def _away(hit: Hit) -> str:
    """Who is away already: "2 of Billing are away already"."""
    count, group = len(hit.others), whom(hit.limit)
    if not count:
        return f"{_nobody(hit.limit)} is away yet"
    many = f"{count} {group}" if group else "1 person" if count == 1 else f"{count} people"
    verb = "is" if count == 1 else "are"
    return f"{many} {verb} away already" + (" or asked first" if hit.undecided else "")


def _nobody(limit: Limit) -> str:
    return f"nobody {whom(limit)}".rstrip()


def _most(shown: LimitShown) -> str:
    limit, group = shown.limit, whom(shown.limit)
    if limit.in_percent:
        number = f"{limit.most}\N{NO-BREAK SPACE}%"
        return f"{number} {group or 'of everybody'} ({shown.most} of {shown.size})"
    if group:
        return f"{limit.most} {group}"
    return "1 person" if limit.most == 1 else f"{limit.most} people"


def _span(limit: Limit, formats: Formats, today: date) -> Iterator[str]:
    """When it holds, where that is not always."""
    if limit.first and limit.last:
        yield formats.days(limit.first, limit.last, today)
    elif limit.first:
        yield f"from {formats.day(limit.first, today)} on"
    elif limit.last:
        yield f"until {formats.day(limit.last, today)}"
    if limit.weekdays != EVERY_DAY:
        yield ", ".join(WEEKDAYS[day][:3].capitalize() for day in sorted(limit.weekdays))


def _names(people: Iterable[Somebody]) -> str:
    return some(person(each) for each in sorted(people, key=lambda each: each.name))


def _said(name: str) -> str:
    return escape(shorten(name, _NAME))
