"""What somebody reads who has written an article, or could not; and what is different in a version."""

from bot.domain.kb import KeptElsewhere, PutAway, State, VersionState
from bot.domain.kb_shown import ArticleShown, Differing
from bot.domain.permissions import NotPermitted
from bot.views.blocks import Message, buttons, context, message, paragraphs, section
from bot.views.formats import escape, person, shorten
from bot.views.kb_article import open_button
from bot.views.kb_diff import LEGEND, brief_difference
from bot.views.kb_words import KINDS, SOURCES

MAY_NOT_WRITE = (
    "It is somebody else's article, so it stays as it is. Press *Outdated?* on it to tell its owner what is "
    "wrong, or write one of your own."
)
MAY_NOT_WRITE_ANY = "Articles are written by those who work on the floor. Ask a coordinator for a role if you do."
ARCHIVED = "It is archived. Bring it back first, then do that once more. Nothing was done."
TOO_LONG = (
    "This article is longer than a form of Slack's holds, so nothing was changed. Drop it as a Markdown file into "
    "a message to me instead: with `article: 12`, its number, on top between lines of `---` it is the next one."
)
# Characters: all blocks of a message have some 13,000.
_TITLE, _ROOM = 150, 9000


def saved(shown: ArticleShown, publish: bool, command: str) -> Message:
    """What became of it."""
    name = f"{KINDS[shown.kind]} {shown.number} “{escape(shorten(shown.title, _TITLE))}”"
    if shown.version_state is VersionState.WAITING:
        text = f"{name} waits for approval. I tell you what came of it."
    elif shown.state is State.PUBLISHED and shown.version == shown.published:
        text = f"{name} is published: people find it from now on."
    elif publish:
        text = f"{name} is saved."
    else:
        text = f"{name} is kept as a draft, for you and whoever keeps articles. Publish it under Versions or Edit…"
    return message(
        text, section(text), buttons(open_button(shown.id)), context(f"Later: `{command} {shown.number}`")
    )


def edited_meanwhile(theirs: ArticleShown) -> str:
    """A newer version was written while the form was open."""
    who = person(theirs.written_by) if theirs.written_by else "Somebody"
    return (
        f":warning: {who} wrote version {theirs.version} meanwhile, so nothing was saved yet. What you typed "
        "stands below. *Save* once more puts yours in its place; theirs stays under Versions."
    )


def changed_meanwhile(version: int) -> str:
    """A button of old."""
    return (
        f"This has changed meanwhile: the newest is version {version}. Open Versions once more. Nothing was done."
    )


def not_saved(refusal: Exception, number: int | None, command: str) -> str:
    """Why nothing was kept of a form that is still open; plain text."""
    match refusal:
        case PutAway():
            return f"It was archived meanwhile. Bring it back first ({command} {number}), then save it once more."
        case KeptElsewhere(source=source):
            return f"It is kept in {SOURCES.get(source, source)} now. Copy what you wrote, and change it there."
        case NotPermitted():
            return "You may not change it any more, so this is not saved. Copy what you wrote before you close it."
    return "It is not there any more. Copy what you wrote: it can be a new article."


def kept_elsewhere(source: str, url: str | None) -> Message:
    """It is edited where the original is."""
    name = SOURCES.get(source, source)
    text = f"The original is in {name}, so it is edited there: what changes there comes here by itself."
    lines = [text, *([f"<{url}|Edit in {name}>"] if url else [])]
    return message(text, section("\n".join(lines)))


def difference_message(found: Differing) -> Message:
    """What is different, paragraph by paragraph."""
    against = f"version {found.before}" if found.before else "nothing"
    text = f"Article {found.number}, version {found.version} against {against}"
    before, after = (escape(shorten(each, _TITLE)) for each in found.titles or ("", ""))
    titles = [f"Title: ~{before}~ *{after}*"] if found.titles else []
    said = brief_difference(found.changes, _ROOM)
    lines = [*titles, *said.splitlines()] or ["They say the same."]
    return message(text, section(f"*{text}*"), *paragraphs(lines), context(LEGEND))
