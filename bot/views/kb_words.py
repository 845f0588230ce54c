"""How what is known of articles is put into words."""

from babel import Locale, UnknownLocaleError

from bot.domain.kb import Kind, State, VersionState
from bot.domain.kb_shown import ArticleLine
from bot.domain.kb_upkeep_shown import Helpfulness
from bot.domain.wallclock import local_date
from bot.views.formats import Formats, escape, person, shorten

KINDS = {
    Kind.ARTICLE: "Article",
    Kind.CANNED: "Canned response",
    Kind.SOP: "Procedure",
    Kind.GUIDE: "Escalation guide",
}
STATES = {State.DRAFT: "draft", State.PUBLISHED: "published", State.ARCHIVED: "archived"}
VERSION_STATES = {
    VersionState.DRAFT: "draft",
    VersionState.WAITING: "waits for approval",
    VersionState.PUBLISHED: "published",
    VersionState.DECLINED: "declined",
    VersionState.DROPPED: "replaced before it was published",
}
SOURCES = {"folder": "imported files", "confluence": "Confluence", "notion": "Notion"}
# In which an article can be said to be, in the form.
LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pl", "pt")
MAY_NOT = "What the team knows is for those who work here. If you do, ask a coordinator for a role."
_TITLE = 150


def language_name(code: str, locale: str) -> str:
    """A language by its name in that of the reader: "German"; the code where nobody has named it."""
    try:
        name = Locale.parse(code, sep="-" if "-" in code else "_").get_display_name(locale)
    except (UnknownLocaleError, ValueError):
        return code
    return name[:1].upper() + name[1:] if name else code


def title_words(line: ArticleLine) -> str:
    """Number and title."""
    return f"*{line.number}* {escape(shorten(line.title, _TITLE))}"


def state_words(line: ArticleLine, formats: Formats) -> str:
    """What it is, whose, and since when it is known to be true."""
    said = [KINDS[line.kind]]
    if line.state is not State.PUBLISHED:
        said.append(f"*{STATES[line.state]}*")
    said.append(person(line.owner) if line.owner else "*nobody's*")
    if line.state is State.PUBLISHED:
        since = line.verified_at
        said.append(f"verified {formats.day(local_date(since, formats.zone))}" if since else "not verified yet")
    return " · ".join(said)


def helpfulness_words(shown: Helpfulness) -> str:
    """How many an article helped."""
    return f"{shown.helped} of {shown.said} found it helpful"
