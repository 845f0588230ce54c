"""What is typed after ``/kb``: an article by its number, a word of the command, or what somebody looks for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_NUMBER = re.compile(r"(?:article\s+)?#?(\d{1,9})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Typed:
    """``number`` for an article, ``word`` (in small letters) with ``rest`` for one of ours, else a ``query``.

    A mere number is both: one that no article has may be that of an error.
    """

    word: str = ""
    rest: str = ""
    number: int | None = None
    query: str = ""


# What follows each word where it is one of ours. Everything else that begins with it is looked for: "new laptop
# for a customer" is no order to write something.
_ALONE = re.compile(r"$")
WORDS: Mapping[str, re.Pattern[str]] = {
    "help": _ALONE,
    "mine": _ALONE,
    "missing": _ALONE,
    "due": re.compile(r"(?:mine|all|overdue|orphans|reported|waiting)?$", re.IGNORECASE),
    "synonyms": _ALONE,
    "new": re.compile(r"(?:(?:article|sop|procedure|guide|canned|response)(?::.*)?)?$", re.IGNORECASE | re.DOTALL),
    # A tag as releases have it: with a digit in it, marked as a tag, or quoted.
    "release": re.compile(r"(?:list|(?:#\S+|\S*\d\S*|\"[^\"]+\"|“[^”]+”)(?:\s.*)?)?$", re.DOTALL),
    "canned": re.compile(r".*$", re.DOTALL),
}


def read_kb_text(text: str) -> Typed:
    """What is meant by it; nothing typed is nothing meant."""
    text = text.strip()
    if found := _NUMBER.fullmatch(text):
        return Typed(number=int(found[1]), query=text if text == found[1] else "")
    word, _, rest = text.partition(" ")
    meant = WORDS.get(word.casefold())
    if meant and meant.match(rest.strip()):
        return Typed(word.casefold(), rest.strip())
    return Typed(query=text)
