"""Records of cases that somebody should put right: something is missing, or two are about the same."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

# A case that is opened at this moment is still being written.
FRESH = timedelta(hours=1)
# Two of one customer about the same are one only where they were opened so close to each other.
CLOSE = timedelta(days=14)
_REPLY = re.compile(r"^(?:(?:re|fwd?|aw|wg|sv|vs|tr|rv)\s*:\s*)+", re.IGNORECASE)

_MARKS = re.compile(r"[\W_]+")


class What(StrEnum):
    """What seems wrong with the record of a case."""

    TAG = "tag"  # none
    OWNER = "owner"  # nobody's
    CONTACT = "contact"  # it is not known whose it is
    DUPLICATE = "duplicate"  # the same customer wants the same in another one


@dataclass(frozen=True, slots=True)
class Record:
    """What of a live case is looked at."""

    id: UUID
    number: int
    title: str
    customer: str | None
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A case that says what an older one says."""

    case: Record
    of: Record


def subject_of(title: str) -> str:
    """What a title says, without what mail programs put before it, marks and capitals."""
    return _MARKS.sub(" ", _REPLY.sub("", title.strip())).strip().casefold()


def said_twice(cases: Iterable[tuple[int, str, str]]) -> list[int]:
    """Of cases by number, title and customer, the numbers of those that say what another one says."""
    same: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number, title, customer in cases:
        same[customer.casefold(), subject_of(title)].append(number)
    return [each for (_, subject), numbers in same.items() if subject and len(numbers) > 1 for each in numbers]


def duplicates(records: Iterable[Record]) -> tuple[Duplicate, ...]:
    """Cases of one customer with the same title, opened close to each other; each names the one before it."""
    same: defaultdict[tuple[str, str], list[Record]] = defaultdict(list)
    for each in records:
        if each.customer and (subject := subject_of(each.title)):
            same[each.customer.casefold(), subject].append(each)
    found = []
    for alike in same.values():
        ordered = sorted(alike, key=lambda one: (one.opened_at, one.number))
        for older, newer in pairwise(ordered):
            if newer.opened_at - older.opened_at <= CLOSE:
                found.append(Duplicate(newer, older))
    return tuple(sorted(found, key=lambda one: one.case.number))
