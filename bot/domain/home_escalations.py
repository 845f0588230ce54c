"""Open questions to departments as they stand on a Home."""

from dataclasses import dataclass, field

from bot.domain.chase_shown import Open, Reader


@dataclass(frozen=True, slots=True)
class OpenSeen:
    """The first of those that concern the reader, how many there are and how many of them are late.

    ``waiting`` are the first of those that the reader has asked and that wait for them now; they do not stand
    among the ``first``.
    """

    first: tuple[Open, ...] = ()
    total: int = 0
    late: int = 0
    reader: Reader = field(default_factory=Reader)
    waiting: tuple[Open, ...] = ()
