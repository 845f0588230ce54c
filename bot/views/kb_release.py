"""Releases: the form, what the coordinators read of one, and the list."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from bot.domain.kb_upkeep_shown import ReleaseShown
from bot.views.blocks import Message, button, buttons, context, message, paragraphs, section
from bot.views.formats import Formats, escape, person, shorten
from bot.views.forms import MISSING, View, confirmation, entered, field, modal, paragraph_input, text_input
from bot.views.requests import said, zone_line

UNDO = "kb.release.undo"
FORM = "kb.release.form"
TITLE = "Release"
_TAG, _NOTE = f"{FORM}.tag", f"{FORM}.note"
_LONGEST, _TAG_LENGTH, _NAMED = 1000, 80, 10
MAY_NOT = "Leads, coordinators and managers make articles due. Tell one of them what was released."
UNDONE = "It was taken back already. Nothing was changed."


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the form."""

    nonce: UUID
    tag: str
    note: str


def release_form(nonce: UUID, tags: Sequence[str], tag: str = "", note: str = "") -> View:
    """Asks which tag, and what is new; ``tags`` are those that there are."""
    known = f"Tags: {_listed(tags)}" if tags else "No published article has a tag yet."
    return modal(
        TITLE,
        field("Everything that is tagged", _TAG, text_input(tag, longest=_TAG_LENGTH), hint=known),
        field(
            "What is new",
            _NOTE,
            paragraph_input(note, longest=_LONGEST),
            optional=True,
            hint="Each owner reads it, and it stands on the release.",
        ),
        context("Each owner is told once, and everything is due until they verify or publish it."),
        callback_id=FORM,
        submit="Make it due",
        metadata=json.dumps({"nonce": str(nonce)}),
    )


def read_form(view: View) -> Filled:
    """What was filled in."""
    filled = entered(view)
    nonce = UUID(json.loads(view["private_metadata"])["nonce"])
    return Filled(nonce, (filled[_TAG] or "").strip(), (filled[_NOTE] or "").strip())


def tag_missing() -> dict[str, str]:
    """At the field."""
    return {_TAG: MISSING}


def nothing_tagged(tags: Sequence[str]) -> dict[str, str]:
    """At the field: what could be meant."""
    there = f" There are: {_listed(tags)}." if tags else " Tag the articles first, with Edit."
    return {_TAG: f"No published article has this tag.{there}"}


def release_card(shown: ReleaseShown, formats: Formats) -> Message:
    """A release, with how much of what it made due somebody has looked at."""
    title = f"Release {escape(shown.tag)}: {_progress(shown)}"
    who = f"Said by {person(shown.by)}, " if shown.by else ""
    note = f"\n{said(shown.note).strip()}" if shown.note else ""
    open_still = not shown.undone and shown.verified < shown.total
    undo = button("Undo", UNDO, str(shown.id), f"Take release {shown.tag} back")
    asks = confirmation("Take it back?", "What nobody has looked at yet is due when it would have been.", "Undo")
    return message(
        title,
        section(f"*{title}*{note}"),
        *([buttons(undo | {"confirm": asks})] if open_still else ()),
        zone_line(formats, f"{who}{formats.moment(shown.said_at)}"),
    )


def released(shown: ReleaseShown, command: str) -> Message:
    """The answer to the form."""
    what = "1 article is" if shown.total == 1 else f"{shown.total} articles are"
    whose = "its" if shown.total == 1 else "their"
    owners = f"{whose} owner is" if shown.owners == 1 else f"their {shown.owners} owners are"
    told = f"{owners} told" if shown.owners else f"none has an owner: `{command} due orphans` lists them"
    return message(f"{what} due for release {escape(shown.tag)}; {told}.")


def release_list(every: Sequence[ReleaseShown], formats: Formats, command: str) -> Message:
    """Those that there were."""
    hint = context(f"Another one: `{command} release 5.2 What is new`")
    if not every:
        text = "No release has made anything due yet."
        return message(text, section(text), hint)
    title = f"Releases · {len(every)}"
    lines = [f"• {escape(each.tag)}: {_progress(each)} · {formats.moment(each.said_at)}" for each in every]
    return message(title, *paragraphs([f"*{title}*", *lines]), hint)


def _progress(shown: ReleaseShown) -> str:
    if shown.undone:
        return "taken back"
    if shown.verified == shown.total:
        return f"all {shown.total} looked at" if shown.total else "nothing is left of it"
    return f"{shown.verified} of {shown.total} looked at"


def _listed(tags: Sequence[str]) -> str:
    named = ", ".join(shorten(each, 30) for each in tags[:_NAMED])
    return f"{named}{f' and {len(tags) - _NAMED} more' if len(tags) > _NAMED else ''}"
