"""The versions of an article: who wrote which, why, and what differs; and the way back to one."""

from collections.abc import Iterator
from uuid import UUID

from bot.domain.kb import VersionState
from bot.domain.kb_shown import VersionLine, VersionsShown
from bot.views.blocks import Block, Message, button, buttons, context, header, message, section
from bot.views.formats import Formats, escape, person, plain, shorten
from bot.views.forms import confirmation
from bot.views.kb_words import VERSION_STATES

TURN, LOOK, DIFFERENCE, RESTORE, PUBLISH, DISCARD = (
    "kb.versions.turn",
    "kb.version.look",
    "kb.version.difference",
    "kb.version.restore",
    "kb.version.publish",
    "kb.version.discard",
)
_TITLE, _REASON = 100, 200


def versions_message(shown: VersionsShown, formats: Formats) -> Message:
    """A page of them, the newest first."""
    article = shown.article
    text = f"Versions of {article.number} {shorten(article.title, _TITLE)}"
    blocks = [block for line in shown.versions for block in _line(line, shown, formats)]
    turns = [
        button(label, f"{TURN}.{label.lower()}", f"{article.id} {to}")
        for label, to in (("Newer", shown.page - 1), ("Older", shown.page + 1))
        if 0 <= to < shown.pages
    ]
    where = f"Page {shown.page + 1} of {shown.pages}" if shown.pages > 1 else "The newest is on top"
    return message(
        plain(text), header(plain(text)), *blocks, *([buttons(*turns)] if turns else []), context(where)
    )


def to_value(article_id: UUID, version: int) -> str:
    """What a button carries that is about a version."""
    return f"{article_id} {version}"


def read_value(value: str) -> tuple[UUID, int]:
    """The other way round."""
    article_id, _, version = value.partition(" ")
    return UUID(article_id), int(version or 0)


def _line(line: VersionLine, shown: VersionsShown, formats: Formats) -> Iterator[Block]:
    writer = person(line.written_by) if line.written_by else "as it was read"
    state = "what people read" if line.current else VERSION_STATES[line.state]
    said = [f"*Version {line.version}* · {state}", f"{formats.moment(line.written_at)} · {writer}"]
    if line.title != shown.article.title:
        said.append(f"“{escape(shorten(line.title, _TITLE))}”")
    if line.reason:
        said.append(f"_{escape(shorten(line.reason, _REASON))}_")
    yield section("\n".join(said))
    value = to_value(shown.article.id, line.version)
    row = [button("Read", LOOK, value, f"Read version {line.version}")]
    if line.version > 1:
        row.append(button("What differs", DIFFERENCE, value, f"What differs in version {line.version}"))
    if shown.may_write:
        row += _deeds(line, value)
    yield buttons(*row)


def _deeds(line: VersionLine, value: str) -> Iterator[Block]:
    if line.current:
        return
    if line.state is VersionState.PUBLISHED:
        asks = confirmation(
            "Bring this version back?", "It becomes the newest one, and what people read.", "Bring it back"
        )
        yield {**button("Bring back", RESTORE, value, f"Bring back version {line.version}"), "confirm": asks}
    if line.state is VersionState.DRAFT:
        yield button("Publish", PUBLISH, value, f"Publish version {line.version}")
        yield button("Discard", DISCARD, value, f"Discard version {line.version}")
