"""Writing articles: the form, its preview, and the versions that there are."""

import re
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from slack_bolt import Ack, App

from bot.actions import kb_form as acts
from bot.actions.kb_keep import archive_article, restore_article
from bot.actions.kb_look import look, versions
from bot.actions.people import UnknownPerson
from bot.domain.kb import EditedMeanwhile, KeptElsewhere, Kind, PutAway, UnknownArticle
from bot.domain.kb_form import TooLong
from bot.domain.kb_shown import ArticleShown
from bot.domain.permissions import NotPermitted
from bot.views import kb_article, kb_dropped, kb_written
from bot.views import kb_form as views
from bot.views import kb_versions as versions_views
from bot.views.blocks import Message, message
from handlers.kb_open import place, reading, refused
from handlers.visit import Visit, shown

_REFUSALS = (EditedMeanwhile, KeptElsewhere, NotPermitted, PutAway, TooLong, UnknownArticle)
_DEEDS: dict[str, Callable[..., ArticleShown]] = {
    versions_views.RESTORE: acts.restore_version,
    versions_views.PUBLISH: acts.publish_draft,
    versions_views.DISCARD: acts.discard_draft,
}


def register(app: App) -> None:
    """The form, and every button of a version."""
    app.view(views.FORM)(submit_form)
    app.action(views.PREVIEW)(preview)
    app.action(views.LONGER)(lengthen)
    app.action(kb_article.EDIT)(edit)
    app.action(re.compile(rf"^({re.escape(kb_article.ARCHIVE)}|{re.escape(kb_article.RESTORE)})$"))(put_away)
    app.action(kb_article.VERSIONS)(show_versions)
    app.action(re.compile(rf"^{re.escape(versions_views.TURN)}\."))(show_versions)
    app.action(versions_views.LOOK)(look_at_version)
    app.action(versions_views.DIFFERENCE)(show_difference)
    app.action(re.compile(rf"^({'|'.join(map(re.escape, _DEEDS))})$"))(do_with_version)
    app.action(kb_dropped.PUBLISH)(publish_dropped)


def open_new_form(
    visit: Visit, title: str = "", kind: Kind = Kind.ARTICLE, missing_id: UUID | None = None
) -> None:
    """The form for an article that is not there yet; ``missing_id`` is what people looked for in vain.

    Raises ``NotPermitted``.
    """
    form = acts.new_form(visit.deps, visit.caller, title=title, kind=kind, missing_id=missing_id)
    visit.opens(views.article_form(form, visit.caller.formats))


def open_edit_form(visit: Visit, article_id: UUID) -> None:
    """The form for the next version of an article; whoever may not write it reads why."""
    try:
        form = acts.edit_form(visit.deps, visit.caller, article_id)
        view = views.article_form(form, visit.caller.formats)
    except _REFUSALS as refusal:
        visit.reply(_words(visit, refusal))
    else:
        visit.opens(view)


def edit(ack: Ack, visit: Visit) -> None:
    """The form for the article of the button."""
    open_edit_form(visit, UUID(visit.value))
    ack()


def preview(ack: Ack, visit: Visit) -> None:
    """The form once more, with what it would look like beneath."""
    _redraw(visit, preview=True)
    ack()


def lengthen(ack: Ack, visit: Visit) -> None:
    """The form once more, with another field for its text."""
    _redraw(visit, longer=True)
    ack()


def submit_form(ack: Ack, visit: Visit) -> None:
    """Keeps what was entered, or says at the field what is wrong."""
    about, entered, wrong = views.read_form(visit.view)
    if wrong:
        ack(response_action="errors", errors=wrong)
        return
    try:
        saved = acts.save(visit.deps, visit.caller, about, entered)
    except UnknownPerson:
        ack(response_action="errors", errors={views.OWNER: views.NOT_ON_ROSTER})
    except EditedMeanwhile as newer:
        ack(response_action="update", view=_once_more(visit, newer))
    except _REFUSALS as refusal:
        _, form = views.read_back(visit.view)
        said = kb_written.not_saved(refusal, form.number, visit.command("kb"))
        ack(response_action="errors", errors={views.PUBLISH: said})
    else:
        answer = kb_written.saved(saved, entered.publish, visit.command("kb"))
        ack(response_action="update", view=shown(answer, visit.view["title"]["text"]))


def put_away(ack: Ack, visit: Visit) -> None:
    """Nobody finds it any more; or everybody does again."""
    does = archive_article if visit.name == kb_article.ARCHIVE else restore_article
    try:
        place(visit, does(visit.deps, visit.caller, UUID(visit.value)))
    except _REFUSALS as refusal:
        visit.reply(_words(visit, refusal))
    ack()


def show_versions(ack: Ack, visit: Visit) -> None:
    """A page of the versions."""
    article_id, page = versions_views.read_value(visit.value)
    try:
        answer = versions_views.versions_message(
            versions(visit.deps, visit.caller, article_id, page), visit.caller.formats
        )
    except _REFUSALS as refusal:
        answer = _words(visit, refusal)
    if visit.name == kb_article.VERSIONS:
        visit.reply(answer)
    else:
        visit.replace(answer)
    ack()


def look_at_version(ack: Ack, visit: Visit) -> None:
    """The words of a version."""
    article_id, version = versions_views.read_value(visit.value)
    try:
        visit.opens(reading(visit, look(visit.deps, visit.caller, article_id, version)))
    except _REFUSALS as refusal:
        visit.reply(_words(visit, refusal))
    ack()


def show_difference(ack: Ack, visit: Visit) -> None:
    """What a version says otherwise than what people read before it."""
    article_id, version = versions_views.read_value(visit.value)
    try:
        found = acts.difference_of(visit.deps, visit.caller, article_id, version)
        visit.opens(shown(kb_written.difference_message(found), "What differs"))
    except _REFUSALS as refusal:
        visit.reply(_words(visit, refusal))
    ack()


def do_with_version(ack: Ack, visit: Visit) -> None:
    """Brings a version back, publishes a draft or takes it back."""
    article_id, version = versions_views.read_value(visit.value)
    try:
        _DEEDS[visit.name](visit.deps, visit.caller, article_id, version)
        found = versions(visit.deps, visit.caller, article_id, 0)
        visit.replace(versions_views.versions_message(found, visit.caller.formats))
    except _REFUSALS as refusal:
        visit.reply(_words(visit, refusal))
    ack()


def publish_dropped(ack: Ack, visit: Visit) -> None:
    """Lets everybody read what a file became."""
    try:
        found = acts.publish_draft(visit.deps, visit.caller, *versions_views.read_value(visit.value))
        visit.reply(kb_written.saved(found, publish=True, command=visit.command("kb")))
    except _REFUSALS as refusal:
        visit.reply(_words(visit, refusal))
    ack()


def _redraw(visit: Visit, *, preview: bool = False, longer: bool = False) -> None:
    _, form = views.read_back(visit.view)
    form = replace(form, pieces=(*form.pieces, "")) if longer else form
    visit.redraw(views.article_form(form, visit.caller.formats, preview=preview), visit.view["hash"])


def _once_more(visit: Visit, newer: EditedMeanwhile) -> dict[str, object]:
    """What was typed, now based on the version that somebody else wrote meanwhile."""
    about, form = views.read_back(visit.view)
    assert about.article_id
    theirs = look(visit.deps, visit.caller, about.article_id, newer.version)
    form = replace(form, about=replace(about, nonce=visit.deps.new_id(), based_on=newer.version))
    warning = kb_written.edited_meanwhile(theirs)
    return views.article_form(form, visit.caller.formats, warning=warning)


def _words(visit: Visit, refusal: Exception) -> Message:
    match refusal:
        case KeptElsewhere(source=source, url=url):
            return kb_written.kept_elsewhere(source, url)
        case EditedMeanwhile(version=version):
            return message(kb_written.changed_meanwhile(version))
        case PutAway():
            return message(kb_written.ARCHIVED)
        case TooLong():
            return message(kb_written.TOO_LONG)
        case NotPermitted():
            return message(kb_written.MAY_NOT_WRITE)
    return refused(visit, refusal)
