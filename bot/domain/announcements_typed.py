"""What is typed after ``/announce``."""

from dataclasses import dataclass
from enum import StrEnum


class What(StrEnum):
    """What somebody wants."""

    WRITE = "write"
    LIST = "list"
    ONE = "one"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Typed:
    """What is wanted; ``number`` of one, ``text`` of what is to be written."""

    what: What
    number: int = 0
    text: str = ""


def read_typed(text: str) -> Typed:
    """``list``, ``help`` and a number stand alone; anything else is what is to be announced.

    >>> read_typed("12").number
    12
    >>> read_typed("12 new laptops are here").text
    '12 new laptops are here'
    """
    words = text.split()
    if len(words) == 1:
        word = words[0].casefold().removeprefix("#")
        if word in (What.LIST, What.HELP):
            return Typed(What(word))
        if word.isdecimal() and len(word) < 10:
            return Typed(What.ONE, int(word))
    return Typed(What.WRITE, text=text.strip())
