"""What is typed after ``/case``: a word, a case, and what is left."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

# Helpdesks by name before a number, a number, or a key such as SUP-12; a word alone is no case here.
_CASE = re.compile(r"(?:(?:zendesk|freshdesk|jira)[\s:#]+\S+|#?\d{1,9}|[a-z][a-z0-9]*-\d+)(?=\s|$)", re.IGNORECASE)


# No department is called by a number alone, so that ``wait billing 12`` is clear, too.
_WAITS = frozenset({"wait", "waits"})
# What else a case can wait for than a department.
CUSTOMER, OURS = "customer", "ours"
_CUSTOMER = frozenset({"customer", "the customer", "client", "the client"})
_OURS = frozenset({"us", "ours", "hold", "on hold"})


@dataclass(frozen=True, slots=True)
class Typed:
    """``word`` is in small letters, and empty where a case stands first without one."""

    word: str
    case: str | None
    rest: str


def read_case_text(text: str) -> Typed:
    """``wait 12 billing``, ``12 wait billing`` and ``wait billing`` are all read; so is ``12`` alone."""
    before, text = case_first(text.strip())
    word, _, rest = text.partition(" ")
    after, rest = (None, rest.strip()) if before else case_first(rest.strip())
    if not before and not after and word.lower() in _WAITS:
        said, _, last = rest.rpartition(" ")
        after, left = case_first(last)
        rest = said if after and not left else rest
    return Typed(word.lower(), before or after, rest)


def waits_for(typed: str, departments: Sequence[tuple[UUID, str]]) -> str | None:
    """What somebody means by a word: a department (its id), ``CUSTOMER`` or ``OURS``; None: it cannot be told."""
    word = typed.strip().lstrip("@#").casefold()
    if word in _CUSTOMER:
        return CUSTOMER
    if word in _OURS:
        return OURS
    exact = [each for each, name in departments if name.casefold() == word]
    begins = [each for each, name in departments if word and name.casefold().startswith(word)]
    found = exact or begins
    return str(found[0]) if len(found) == 1 else None


def case_first(text: str) -> tuple[str | None, str]:
    """The case that a text begins with, if it does, and what is left."""
    found = _CASE.match(text)
    return (found[0], text[found.end() :].strip()) if found else (None, text)
