"""What somebody reads who changes the matrix, or may not."""

from collections.abc import Sequence

from bot.domain.matrix_change import (
    MOST_ROWS,
    NoSuchRow,
    NothingChanged,
    NotProposed,
    OwnVersion,
    Proposed,
    ReasonMissing,
    State,
    TooManyRows,
)
from bot.views.blocks import Block, Message, message, section


def proposed(number: int) -> list[Block]:
    """A change waits."""
    return [
        section(f"Change {number} is proposed. A second person approves it; until then everything stays as it is.")
    ]


def decided(number: int, state: State) -> list[Block]:
    """What has become of a change."""
    match state:
        case State.IN_FORCE:
            return [section(f"Change {number} holds from now on. What is asked already keeps its times.")]
        case State.WITHDRAWN:
            return [section(f"Change {number} is taken back.")]
    return [section(f"Change {number} is declined. Whoever proposed it is told why.")]


def refused(refusal: Exception) -> list[Block]:
    """Why nothing was changed, and what to do."""
    return [section(_words(refusal))]


def no_departments() -> list[Block]:
    """There is nobody to ask."""
    return [section("There is no department yet. A people file names them: the team of each contact.")]


def as_message(said: Sequence[Block]) -> Message:
    """The same beside a card."""
    return message(" ".join(each["text"]["text"] for each in said))


def _words(refusal: Exception) -> str:
    match refusal:
        case OwnVersion():
            return "You proposed this change, so somebody else approves it. Nothing was changed."
        case NotProposed():
            return "This change is decided or taken back by now. Nothing was changed."
        case Proposed():
            return (
                f"Change {refusal.number} of somebody else waits for approval. Approve or decline that one first; "
                "nothing was changed."
            )
        case ReasonMissing():
            return "A change says why. Nothing was changed."
        case NothingChanged():
            return "It is like that already. Nothing was changed."
        case NoSuchRow():
            return (
                "This row is not there any more, or your own change that waits has it otherwise: take that back "
                "first. Nothing was changed."
            )
        case TooManyRows():
            return f"A matrix has {MOST_ROWS} rows at most. Take one out first; nothing was changed."
    return "Coordinators and managers change the matrix. Nothing was changed."
