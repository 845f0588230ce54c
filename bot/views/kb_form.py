"""The form in which an article is written, with its preview."""

import json
from collections.abc import Iterator
from uuid import UUID

from bot.domain.kb import Kind
from bot.domain.kb_form import FIELDS, About, ArticleForm, Entered, from_fields, in_fields
from bot.views.blocks import Block, button, buttons, context, header, section
from bot.views.formats import Formats, escape, plain, shorten
from bot.views.forms import (
    MISSING,
    View,
    entered,
    field,
    modal,
    number_input,
    option,
    paragraph_input,
    person_select,
    select,
    several,
    text_input,
)
from bot.views.kb_markdown import parts_of
from bot.views.kb_words import KINDS, LANGUAGES, language_name

FORM, PREVIEW, LONGER = "kb.form", "kb.preview", "kb.longer"
_NAME = "kb.field."
KIND, TITLE, BODY, LANGUAGE, PRODUCT, TAGS, OWNER, REVIEW_DAYS, REASON, SETTLES, PUBLISH = (
    f"{_NAME}{each}"
    for each in (
        "kind",
        "title",
        "body",
        "language",
        "product",
        "tags",
        "owner",
        "review_days",
        "reason",
        "settles",
        "publish",
    )
)
# Slack takes 24 characters.
_NEW_TITLES = {
    Kind.ARTICLE: "Write an article",
    Kind.SOP: "Write a procedure",
    Kind.GUIDE: "Write a guide",
    Kind.CANNED: "Write a canned response",
}
LONGEST_TITLE, LONGEST_REASON = 150, 1000
NOT_ON_ROSTER = "They hold no role on the floor, so they cannot own it. Choose somebody else."
NOTHING_WRITTEN = "Write what it says."
_PUBLISH, _DRAFT = "publish", "draft"
_NOW, _LATER = "Publish it now", "Keep it as a draft"
_FORMAT = "# headings, **bold**, lists, tables, `code` and [links](https://…) as in Markdown."
_BLANKS = (
    "In a canned response {{customer}} is filled in when it is used; "
    "{{order|your order}} says what stands there otherwise."
)
# Of the preview: a form has at most 100 blocks.
_PREVIEWED = 30
_MOST_BOXES = 10


def article_form(form: ArticleForm, formats: Formats, *, warning: str = "", preview: bool = False) -> View:
    """Asks for an article. Raises ``TooLong``."""
    about = form.about
    pieces, between = (list(form.pieces), about.between) if form.pieces else in_fields(form.body)
    kept = {
        "nonce": str(about.nonce),
        "article": str(about.article_id) if about.article_id else None,
        "based_on": about.based_on,
        "between": between,
        "missing": str(about.missing_id) if about.missing_id else None,
        "published": form.published,
        "give": form.may_give,
        "usual": form.usual_days,
        "number": form.number,
    }
    return modal(
        f"Edit article {form.number}" if form.number else _NEW_TITLES[form.kind],
        *([section(warning)] if warning else []),
        *_words(form, pieces),
        *_beside(form, formats),
        *_ending(form),
        *(_preview(form) if preview else ()),
        callback_id=FORM,
        submit="Save",
        metadata=json.dumps(kept),
    )


def read_form(view: View) -> tuple[About, Entered, dict[str, str]]:
    """Which form it is, what was entered, and what is wrong with it."""
    about, form = read_back(view)
    said = entered(view)
    wrong = {} if form.title else {TITLE: MISSING}
    if not form.body.strip():
        wrong[f"{BODY}.1"] = NOTHING_WRITTEN
    found = Entered(
        form.kind,
        form.title,
        form.body,
        form.language,
        form.product,
        form.tags,
        form.owner,
        form.review_days,
        (said.get(REASON) or "").strip(),
        said.get(PUBLISH) == _PUBLISH,
        {"reports": said[SETTLES]} if said.get(SETTLES) else None,
    )
    return about, found, wrong


def read_back(view: View) -> tuple[About, ArticleForm]:
    """The form as it stands, to be drawn anew."""
    kept, said = json.loads(view["private_metadata"]), entered(view)
    pieces = [
        (said[name] or "").strip("\n")
        for name in sorted((each for each in said if each.startswith(f"{BODY}.")), key=_position)
    ]
    about = About(
        UUID(kept["nonce"]),
        UUID(kept["article"]) if kept["article"] else None,
        kept["based_on"],
        kept["between"],
        UUID(kept["missing"]) if kept["missing"] else None,
    )
    words = (each.strip().lstrip("#") for each in (said.get(TAGS) or "").split(","))
    return about, ArticleForm(
        about,
        Kind(said[KIND]),
        kept["number"],
        (said[TITLE] or "").strip(),
        from_fields(pieces, about.between),
        tuple(pieces),
        said[LANGUAGE] or "en",
        (said.get(PRODUCT) or "").strip() or None,
        tuple(dict.fromkeys(each for each in words if each)),
        said.get(OWNER),
        int(said[REVIEW_DAYS]) if said.get(REVIEW_DAYS) else None,
        kept["usual"],
        kept["published"],
        kept["give"],
        tuple(_reports(view)),
        tuple(Kind(each["value"]) for each in _options(view, KIND)),
    )


def _words(form: ArticleForm, pieces: list[str]) -> Iterator[Block]:
    kinds = [option(KINDS[kind], kind.value) for kind in form.kinds]
    yield field("What is it", KIND, select(kinds, form.kind.value))
    yield field("Title", TITLE, text_input(form.title, longest=LONGEST_TITLE))
    usual = f"{_FORMAT} {_BLANKS}" if Kind.CANNED in form.kinds else _FORMAT
    for number, piece in enumerate(pieces, 1):
        label = "Text" if number == 1 else f"Text, continued ({number})"
        hint = usual if number == 1 else ""
        element = paragraph_input(piece, longest=3000)
        yield field(label, f"{BODY}.{number}", element, optional=number > 1, hint=hint)
    more = [button("Another field for more text", LONGER, str(len(pieces)))] if len(pieces) < FIELDS else []
    yield buttons(button("Preview", PREVIEW, str(form.about.nonce)), *more)


def _beside(form: ArticleForm, formats: Formats) -> Iterator[Block]:
    known = dict.fromkeys((*LANGUAGES, form.language))
    languages = [option(language_name(code, formats.locale), code) for code in known]
    if form.may_give:
        yield field("Owner", OWNER, person_select(form.owner), hint="Who sees to it that it stays true.")
    yield field(
        "Tags",
        TAGS,
        text_input(", ".join(form.tags)),
        optional=True,
        hint="With commas between them: refunds, 5.2",
    )
    yield field("Product", PRODUCT, text_input(form.product or "", longest=80), optional=True)
    yield field("Language", LANGUAGE, select(languages, form.language))
    days = number_input(form.review_days, least=1, most=1000, usual=str(form.usual_days))
    yield field("Days between reviews", REVIEW_DAYS, days, optional=True, hint="Its owner is reminded after that.")


def _ending(form: ArticleForm) -> Iterator[Block]:
    if form.about.article_id and form.published:
        element = paragraph_input(longest=LONGEST_REASON)
        yield field("Why it is changed", REASON, element, optional=True, hint="Shown in the list of its versions.")
    if form.reports:
        said = [option(plain(words) or "Without words", str(report_id)) for report_id, words in form.reports]
        boxes = several(said[:_MOST_BOXES], kind="checkboxes")
        yield field(
            "Reports that this settles", SETTLES, boxes, optional=True, hint="Whoever reported it is told."
        )
    choices = [option(_NOW, _PUBLISH), option(_LATER, _DRAFT)]
    element = {"type": "radio_buttons", "options": choices, "initial_option": choices[0]}
    yield field("When", PUBLISH, element)


def _preview(form: ArticleForm) -> Iterator[Block]:
    yield {"type": "divider"}
    yield header(plain(shorten(form.title or "No title yet", LONGEST_TITLE)))
    texts: list[str] = []
    for part in parts_of(form.body):
        texts += [f"*{escape(part.heading)}*"] if part.heading else []
        texts += part.paragraphs
    for text in texts[:_PREVIEWED]:
        yield section(text)
    if len(texts) > _PREVIEWED:
        yield context("What follows is shown once it is saved.")


def _reports(view: View) -> Iterator[tuple[UUID, str]]:
    yield from ((UUID(each["value"]), each["text"]["text"]) for each in _options(view, SETTLES))


def _options(view: View, name: str) -> Iterator[Block]:
    for block in view["blocks"]:
        if block.get("block_id") == name:
            yield from block["element"]["options"]


def _position(name: str) -> int:
    return int(name.rpartition(".")[2])
