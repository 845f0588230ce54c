"""Settings by what somebody types: a section, a team, a queue, or a section of one."""

from collections.abc import Iterable, Iterator, Sequence

from bot.domain.settings_shown import Scope
from bot.views.blocks import Message, context, message, section
from bot.views.formats import escape, shorten
from bot.views.settings import GROUPS, KINDS, groups_of
from bot.views.settings_words import RULES

_TYPED, _NAMED = 80, 10


def find_section(typed: str, scopes: Iterable[Scope]) -> tuple[str, str] | None:
    """Whose settings are meant and which group of them (empty: all); None where nothing is called so.

    A setting or a rule stands for its group. Where several are called the same, the first of the scopes is meant.
    """
    wanted = _compared(typed)
    return next(
        (
            (scope.id, group)
            for scope in scopes
            for whose in _names(scope)
            for group, words in _groups(scope)
            if any(wanted == f"{whose} {word}".strip() for word in words)
        ),
        None,
    )


def unknown_section(command: str, typed: str, scopes: Sequence[Scope]) -> Message:
    """Nothing is called so: what there is instead."""
    names = [*{_compared(scope.name): scope.name for scope in scopes if scope.kind != "workspace"}.values()]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    named = ", ".join(escape(shorten(name, _TYPED)) for name in names[:_NAMED])
    text = (
        f"There are no settings called “{escape(shorten(typed, _TYPED))}”. "
        "Sections are general, swaps, covers, attendance, time off, kinds of leave, staffing, coverage, cases, "
        "live help and exceptions, news, knowledge, reports, key figures, and rules."
    )
    scoped = f" A team or a queue has its own, by its name: {named}{more}." if names else ""
    return message(text + scoped, section(text + scoped), context(f"All of them: `{command} settings`"))


def _names(scope: Scope) -> tuple[str, ...]:
    if scope.kind == "workspace":
        return "", "workspace", "everybody"
    name = _compared(scope.name)
    return name, f"{scope.kind} {name}"


def _groups(scope: Scope) -> Iterator[tuple[str, list[str]]]:
    """Each group of a scope with the words for it."""
    yield "", [""]
    for group in groups_of(scope):
        title, keys = GROUPS[group]
        yield group, [_compared(each) for each in (title, *title.split(" and "), *keys)]
    if scope.kind != "queue":
        yield KINDS, ["kinds of leave", "leave kinds"]
        yield "rules", ["rules", *(_compared(each) for each in RULES.values())]


def _compared(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").split())
