"""Announcements in words: whom one is for, how many have read it, and why one cannot be made."""

from collections.abc import Sequence

from bot.domain.announcements import State, Wrong
from bot.domain.announcements_shown import AnnouncementShown, AudienceShown
from bot.views.formats import Formats, escape, shorten

_TITLE, _NAME, _NAMED = 80, 30, 4
_NOTHING = "Nothing was changed."
MAY_NOT = "Only those who work here announce something. If you do, ask a coordinator for the role of an agent."
MAY_NOT_CHANGE = f"Only who wrote it, coordinators and managers change or withdraw it. {_NOTHING}"
MAY_NOT_READ = "Only those on the roster confirm announcements. If you work here, ask a coordinator to add you."
MAY_NOT_SEE = "Who has read it is for its author, for leads of their own team, and for coordinators and managers."
GONE = "There is no such announcement, or it is not for you. `{command} list` shows yours."
NOTED = "Thank you. It is noted that you have read it."
EXPORTED = "The file is in our direct message."
EXPORT_FAILED = "Slack did not take the file. Press the button again in a minute."
NOT_FOR_YOU = "This is for others, so you need not confirm it."
CHANGED_SINCE = "It has changed since you saw it. Please read it once more; it now shows what is new."
ENDED = {
    State.WITHDRAWN: f"It was withdrawn, so there is nothing to do any more. {_NOTHING}",
    State.EXPIRED: f"Its time is over, so there is nothing to do any more. {_NOTHING}",
}
CHANGED_MEANWHILE = "Somebody changed it meanwhile. Copy what you wrote, close this, and press Edit… again."
WRONG = {
    Wrong.NO_TITLE: "Say in a few words what it is about.",
    Wrong.NO_TEXT: "Write what people need to know.",
    Wrong.NOBODY: "This reaches nobody. Choose other people.",
    Wrong.SENT_BEFORE_NOW: "This time has passed. Choose a later one.",
    Wrong.DUE_BEFORE_SENT: "This is before it is sent. Choose a later time, or leave it empty.",
    Wrong.DUE_OVER: "This time has passed. Choose a later one, or leave it empty.",
    Wrong.EXPIRES_BEFORE_SENT: "This is before it is sent. Choose a later time, or leave it empty.",
    Wrong.EXPIRES_BEFORE_DUE: "People can still confirm then. Choose a later time, or leave it empty.",
    Wrong.NOT_ON_ROSTER: "Somebody here is not on the roster. Leave them out, or ask a coordinator to add them.",
    Wrong.BEYOND_TEAM: "You announce to your own team. For others, ask a lead or a coordinator.",
    Wrong.CHANNEL_BEYOND_TEAM: "You announce in the channel of your own team. For others, ask a lead.",
    Wrong.MAY_NOT_MENTION: "Only leads, coordinators and managers notify everybody in a channel.",
    Wrong.MENTIONS_NOBODY: "A direct message notifies anyway. Choose a channel, or leave this out.",
    Wrong.NO_CHANNEL: "I cannot write there. Type /invite @Floorwalker there, then send this form again.",
}


def title_words(shown: AnnouncementShown) -> str:
    """The title in quotation marks, as it stands in a sentence."""
    return f"“{escape(shorten(shown.title, _TITLE))}”"


def count_words(shown: AnnouncementShown) -> str:
    """How many have read it: what everybody may know."""
    if not shown.readers:
        return "It is for nobody who works here now"
    if shown.read == shown.readers:
        return "Everybody has read it" if shown.readers > 1 else "It was read"
    return f"{shown.read} of {shown.readers} have read it"


def ended_words(shown: AnnouncementShown, formats: Formats) -> str:
    """That its time is over, and whether it was ever sent."""
    since = f"over since {formats.moment(shown.expires_at)}"
    return since if shown.sent_at else f"{since}, before it could be sent"


def reach_words(count: int) -> str:
    """How many it would reach."""
    return f"Reaches *{people_words(count)}*." if count else "This reaches nobody yet. Choose other people."


def people_words(count: int) -> str:
    """So many people."""
    return "1 person" if count == 1 else f"{count} people"


def team_words(names: Sequence[str]) -> str:
    """Teams by name: "teams Blue and Red"."""
    return f"team{'s' if len(names) > 1 else ''} {_listed(names, 'and')}"


def audience_words(audience: AudienceShown, formats: Formats) -> str:
    """Whom it is for: "people in team Blue who speak German, and 2 people by name"."""
    team = team_words(audience.teams) if audience.teams else ""
    traits = [
        *([f"have the skill {_listed(audience.skills)}"] if audience.skills else []),
        *([f"speak {_listed(audience.languages)}"] if audience.languages else []),
        *([f"work on {formats.day(audience.on)}"] if audience.on else []),
        *(["are at work when it is sent"] if audience.at_work else []),
    ]
    named = [f"{people_words(audience.people)} by name"] if audience.people else []
    whom = f"people in {team}" if team else "people"
    said = f"{whom} who {' and '.join(traits)}" if traits else team
    return ", and ".join([*([said] if said else []), *named]) or "everybody"


def _listed(names: Sequence[str], word: str = "or") -> str:
    said = [escape(shorten(each, _NAME)) for each in names[:_NAMED]]
    *first, last = [*said, *([f"{len(names) - _NAMED} more"] if len(names) > _NAMED else [])]
    return f"{', '.join(first)} {word} {last}" if first else last
