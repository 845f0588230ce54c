"""What somebody should look at: the list, the reminder, what stays overdue, and giving an article to somebody."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from bot.domain.kb_upkeep import Shelf, Standing
from bot.domain.kb_upkeep_shown import ArticleNamed, OwnersDue, UpkeepPage, Upkept
from bot.domain.wallclock import local_date
from bot.views.blocks import Block, Message, button, buttons, context, message, paragraphs, section
from bot.views.formats import Formats, escape, person, shorten
from bot.views.forms import MISSING, View, entered, field, modal, person_select
from bot.views.kb_article import EDIT, open_button
from bot.views.kb_upkeep_buttons import reassign_button, reports_button, verify_button, waiting_button
from bot.views.kb_words import helpfulness_words
from bot.views.requests import said

DUE, PAGE, REASSIGN_ALL = "kb.due", "kb.due.page", "kb.reassign.all"
FORM = "kb.reassign.form"
TITLE, LIST_TITLE = "Reassign", "Articles to look at"
_WHO = f"{FORM}.who"
_SHELVES = {
    Shelf.OWN: "Mine, due",
    Shelf.ALL: "All that are due",
    Shelf.OVERDUE: "Overdue",
    Shelf.NOBODYS: "Without owner",
    Shelf.REPORTED: "Reported",
}
_EMPTY = {
    Shelf.OWN: "Nothing of yours has to be looked at.",
    Shelf.ALL: "Nothing has to be looked at.",
    Shelf.OVERDUE: "Nothing is overdue.",
    Shelf.NOBODYS: "Every article has an owner.",
    Shelf.REPORTED: "Nobody says that an article is not true any more.",
}
_TITLE, _NOTE, _NAMED = 80, 150, 12
MAY_NOT = (
    "Its owner sees to it, or a lead or a coordinator. Press Outdated? on it to tell its owner what is wrong."
)
MAY_NOT_LIST = "Articles are looked after by those who work here. If you do, ask a coordinator for a role."
GONE = "There is no such article any more, or it was put away."
NOT_PUBLISHED = "It is a draft that nobody reads yet: publish it first."
ALL_SEEN = "All of the articles that nobody had looked at for long are seen to by now."
NO_ORPHANS = "Every article has an owner by now."
NOBODY = "Choose somebody who works here as an agent, lead, coordinator or manager."


@dataclass(frozen=True, slots=True)
class Given:
    """What stands in the form; ``article_id`` None: all that have no owner."""

    nonce: UUID
    article_id: UUID | None
    to: str | None


def name(article: ArticleNamed) -> str:
    """An article as it is spoken of in a sentence."""
    return f"{article.number} “{escape(shorten(article.title, _TITLE))}”"


def reminder_line(shown: OwnersDue, formats: Formats) -> str:
    """What an owner has to look at, or the coordinators have to find an owner for."""
    if shown.left:
        since = f"without owner since {person(shown.left)} left"
        return f"{_many(shown.total)} {since}: {_first(shown)}" if shown.total else f"Articles {since}"
    note = shorten(shown.note, _NOTE) if shown.note else None
    for_release = f" for release {escape(shown.release)}{said(note)}" if shown.release else ""
    if shown.total == 1 and shown.articles:
        return f"Article {name(shown.articles[0].article)} has to be looked at{for_release}: " + (
            "; ".join(_facts(replace(shown.articles[0], release=None), formats, whose=False))
        )
    if not shown.total:
        return f"Articles of yours that had to be looked at{for_release}"
    return f"{_many(shown.total)} of yours have to be looked at{for_release}: {_first(shown)}"


def reminder_buttons(shown: OwnersDue) -> Iterator[Block]:
    """What can be done about it at once."""
    if shown.left:
        yield button("Reassign all…", REASSIGN_ALL, "all", "Give all articles without owner to somebody")
        yield button("Look at them", DUE, f"{Shelf.NOBODYS} 0", "Look at the articles without owner")
    elif shown.total == 1 and shown.articles:
        yield from row_buttons(shown.articles[0])
    else:
        yield button("Look at them", DUE, f"{Shelf.OWN} 0", "Look at your articles that are due")


def upkeep_list(page: UpkeepPage, formats: Formats, command: str, done: str = "") -> Message:
    """A page of what somebody should look at, and what can be done about each; on top what was ``done``."""
    title = f"{_SHELVES[page.shelf]} · {page.total}"
    blocks = [section(each) for each in (done, f"*{title}*" if page.total else _EMPTY[page.shelf]) if each]
    where = f"{page.shelf} {page.number}"
    for each in page.shown:
        blocks += [section(line(each, formats, page.reader_id)), buttons(*row_buttons(each, where))]
    turns = [
        button(label, f"{PAGE}.{label.lower()}", f"{page.shelf} {number}")
        for label, number in (("Previous", page.number - 1), ("Next", page.number + 1))
        if 0 <= number < page.pages
    ]
    if page.shelf is Shelf.NOBODYS and page.total:
        turns.append(button("Reassign all…", REASSIGN_ALL, "all", "Give all articles without owner to somebody"))
    others = [
        button(f"{_SHELVES[each]} · {count}", f"{PAGE}.{each}", f"{each} 0")
        for each, count in page.counts.items()
        if each is not page.shelf and count
    ]
    if page.waiting:
        others.append(waiting_button(f"Needs approval · {page.waiting}"))
    rows = [buttons(*each) for each in (turns, others) if each]
    keeps = Shelf.ALL in page.counts
    hint = f"Later: `{command} due`"
    hint += f" · `{command} release 5.2` makes due what is tagged with a release" if keeps else ""
    return message(title if page.total else _EMPTY[page.shelf], *blocks, *rows, context(hint))


def line(shown: Upkept, formats: Formats, reader_id: UUID | None = None) -> str:
    """An article with all that tells whether somebody should look at it."""
    whose = shown.owner is None or shown.owner.member_id != reader_id
    return f"*{name(shown.article)}*\n" + " · ".join(_facts(shown, formats, whose=whose))


def row_buttons(shown: Upkept, where: str = "") -> Iterator[Block]:
    """What can be done about one; ``where`` are the shelf and the page of the list in which it stands."""
    article = shown.article
    yield open_button(article.id, spoken=f"Open article {article.number}")
    yield verify_button(article.id, article.number, where)
    yield edit_button(article)
    yield reassign_button(article.id, article.number)
    if shown.reports:
        yield reports_button(article.id, article.number, shown.reports)


def edit_button(article: ArticleNamed) -> Block:
    """Opens the form, or says in which tool the original is."""
    return button("Edit…", EDIT, str(article.id), f"Edit article {article.number}")


def overdue_list(every: Sequence[Upkept], formats: Formats) -> Message:
    """Once a week, for who sees to it that owners look; what somebody has looked at since is left out."""
    if not every:
        return message(ALL_SEEN, section(ALL_SEEN))
    title = f"{_many(len(every))} nobody has looked at for long"
    lines = [
        f"• {name(each.article)} · {_owner(each)} · due since {_day(each.review_at, formats)}"
        for each in every[:_NAMED]
    ]
    more = [f"and {len(every) - _NAMED} more"] if len(every) > _NAMED else []
    show = button("Look at them", DUE, f"{Shelf.OVERDUE} 0", "Look at what is overdue")
    return message(title, section(f"*{title}*"), *paragraphs([*lines, *more]), buttons(show))


def given(every: Sequence[Upkept], formats: Formats, by: str | None) -> Message:
    """For whoever keeps these from now on; ``by`` is the account of whoever gave them."""
    giver = f"<@{by}> gave you" if by else "You were given"
    if len(every) == 1:
        text = f"{giver} article {name(every[0].article)} to keep true."
        facts = " · ".join(_facts(every[0], formats, whose=False))
        return message(text, section(f"{text}\n{facts}"), buttons(*row_buttons(every[0])))
    text = f"{giver} {_many(len(every))} to keep true."
    named = [f"• {name(each.article)}" for each in every[:_NAMED]]
    more = [f"and {len(every) - _NAMED} more"] if len(every) > _NAMED else []
    show = button("Look at what is due", DUE, f"{Shelf.OWN} 0", "Look at your articles that are due")
    return message(text, *paragraphs([text, *named, *more]), buttons(show))


def reassign_form(nonce: UUID, what: ArticleNamed | int) -> View:
    """Asks who keeps an article, or so many that have no owner, from now on."""
    about = f"Article {name(what)}" if isinstance(what, ArticleNamed) else f"{_many(what)} without owner"
    kept = {"nonce": str(nonce), "article": str(what.id) if isinstance(what, ArticleNamed) else ""}
    return modal(
        TITLE,
        section(about),
        field("Who keeps it from now on", _WHO, person_select(), hint="They hear of it, and when it is due."),
        callback_id=FORM,
        submit="Reassign",
        metadata=json.dumps(kept),
    )


def read_reassign_form(view: View) -> Given:
    """What was filled in."""
    kept = json.loads(view["private_metadata"])
    article_id = UUID(kept["article"]) if kept["article"] else None
    return Given(UUID(kept["nonce"]), article_id, entered(view)[_WHO])


def wrong_person(chosen: bool) -> dict[str, str]:
    """At the field."""
    return {_WHO: NOBODY if chosen else MISSING}


def reassigned(to: str, count: int) -> Message:
    """The answer to the form; ``to`` is an account."""
    what = {0: "them", 1: "it"}.get(count, f"all {count}")
    return message(f"<@{to}> keeps {what} from now on, and was told.")


def verified(article: ArticleNamed) -> Message:
    """The answer to the button."""
    return message(f"Thank you: article {name(article)} is noted as true from now on.")


def read_shelf(value: str) -> tuple[Shelf, int]:
    """The shelf and the page of a button."""
    shelf, _, number = value.partition(" ")
    return Shelf(shelf), int(number)


def _facts(shown: Upkept, formats: Formats, *, whose: bool) -> Iterator[str]:
    if whose:
        yield _owner(shown)
    if shown.verified_at:
        yield f"verified {_day(shown.verified_at, formats)}"
    else:
        yield "never verified"
    if shown.review_at and shown.standing is not Standing.TRUE:
        word = "overdue" if shown.standing is Standing.OVERDUE else "due"
        yield f"{word} since {_day(shown.review_at, formats)}"
    if shown.release:
        yield f"release {escape(shown.release)}"
    if shown.reports:
        yield f"{shown.reports} {'report' if shown.reports == 1 else 'reports'} that it is not true any more"
    if shown.helpfulness.said:
        yield helpfulness_words(shown.helpfulness)


def _owner(shown: Upkept) -> str:
    if shown.owner is None:
        return "no owner"
    return f"{person(shown.owner)}{', who has left' if shown.owner.left else ''}"


def _day(instant: datetime | None, formats: Formats) -> str:
    return formats.day(local_date(instant, formats.zone)) if instant else "never"


def _many(count: int) -> str:
    return f"{count} {'article' if count == 1 else 'articles'}"


def _first(shown: OwnersDue) -> str:
    more = shown.total - len(shown.articles)
    named = ", ".join(name(each.article) for each in shown.articles)
    return f"{named}{f' and {more} more' if more else ''}"
