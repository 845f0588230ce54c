"""Showing an article to others: where, and what they read."""

import json
from dataclasses import dataclass
from uuid import UUID

from bot.domain.kb_found import Hit
from bot.domain.wallclock import local_date
from bot.views.blocks import Block, Message, button, buttons, context, message, section
from bot.views.formats import Formats, escape, person, shorten
from bot.views.forms import MISSING, View, channel_select, entered, field, modal, option, several, text_input

SHARE, FORM = "kb.share", "kb.share.form"
CHANNEL = f"{FORM}.channel"
TITLE = "Share an article"
_THREAD, _WORDS = f"{FORM}.thread", f"{FORM}.words"
_LONGEST, _TITLE, _VALUE = 500, 150, "thread"
_REASONS = {
    "not_in_channel": "I am not in that channel. Invite me there with /invite, and share again.",
    "channel_not_found": "I cannot see that channel. Invite me there with /invite, and share again.",
    "is_archived": "That channel is archived. Choose another one.",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is shared: a channel and, where it is a reply, the message that it replies to."""

    channel: str | None = None
    thread: str | None = None


def share_button(article_id: UUID, spoken: str | None = None) -> Block:
    """A button that opens the form."""
    return button("Share…", f"{SHARE}.{article_id}", str(article_id), spoken)


def share_form(hit: Hit, place: Place) -> View:
    """Asks where; ``place`` is what is likeliest, such as the message on which somebody looked for an answer."""
    blocks = [
        section(f"*{hit.number}* {escape(shorten(hit.title, _TITLE))}"),
        field("Where", CHANNEL, channel_select(place.channel)),
    ]
    if place.thread:
        boxes = several([option("As a reply to the message", _VALUE)], [_VALUE], kind="checkboxes")
        blocks.append(field("How", _THREAD, boxes, optional=True, hint="Only in the channel of that message."))
    words = text_input(longest=_LONGEST)
    return modal(
        TITLE,
        *blocks,
        field("What you say with it", _WORDS, words, optional=True),
        callback_id=FORM,
        submit="Share",
        metadata=json.dumps({"article": str(hit.article_id), "channel": place.channel, "thread": place.thread}),
    )


def read_share(view: View) -> tuple[UUID, Place, str]:
    """The article, where it goes, and what is said with it."""
    kept, said = json.loads(view["private_metadata"]), entered(view)
    channel = said[CHANNEL]
    replies = bool(said.get(_THREAD)) and channel == kept["channel"]
    return UUID(kept["article"]), Place(channel, kept["thread"] if replies else None), said[_WORDS] or ""


def channel_missing() -> dict[str, str]:
    """At the field."""
    return {CHANNEL: MISSING}


def not_posted(error: str) -> dict[str, str]:
    """Why Slack did not take it, at the field."""
    return {CHANNEL: _REASONS.get(error, "Slack did not take it. Try again, or choose another channel.")}


def shared_message(hit: Hit, by: str, words: str, formats: Formats) -> Message:
    """What others read: how it begins, and a way to all of it."""
    title = f"{hit.number} {escape(shorten(hit.title, _TITLE))}"
    said = f"<@{by}>: {escape(words)}" if words.strip() else f"<@{by}> shares an article"
    begins = escape("".join(each.text for each in hit.snippet))
    facts = [f"kept by {person(hit.owner)}"] if hit.owner else []
    since = hit.verified_at
    facts.append(f"verified {formats.day(local_date(since, formats.zone))}" if since else "not verified yet")
    return message(
        f"{said}: {title}",
        section(said),
        section(f"*{title}*\n{begins}".strip()),
        buttons(button("Open", f"kb.open.{hit.article_id}", str(hit.article_id), f"Open article {hit.number}")),
        context(" · ".join(facts)),
    )


def shared(place: Place) -> Message:
    """The answer to the form."""
    where = "as a reply" if place.thread else f"in <#{place.channel}>"
    return message(f"It is shared {where}.")
