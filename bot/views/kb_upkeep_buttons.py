"""The buttons by which whoever reads an article, or keeps it, says whether it is still true."""

from uuid import UUID

from bot.views.blocks import Block, button

VERIFY, REASSIGN = "kb.verify", "kb.reassign"
REPORTS = "kb.reports"
# All that waits for a second person.
WAITING = "kb.waiting"
OUTDATED, HELPFUL, UNHELPFUL = "kb.outdated", "kb.helpful", "kb.unhelpful"


def verify_button(article_id: UUID, number: int, where: str = "") -> Block:
    """It is true as it stands; ``where`` is the list that shows that, if one does."""
    return button("Verify", VERIFY, f"{article_id} {where}".strip(), f"Article {number} is true as it stands")


def reassign_button(article_id: UUID, number: int) -> Block:
    """Somebody else is to keep it."""
    return button("Reassign…", REASSIGN, str(article_id), f"Give article {number} to somebody else")


def waiting_button(label: str = "Look at them") -> Block:
    """All that waits for a second person."""
    return button(label, WAITING, "0", "Look at all that needs approval")


def outdated_button(article_id: UUID, number: int) -> Block:
    """Somebody says that it is not true any more."""
    return button("Outdated?", OUTDATED, str(article_id), f"Say what is wrong with article {number}")


def opinion_buttons(article_id: UUID, number: int) -> tuple[Block, Block]:
    """Whether it helped."""
    return (
        button("Helpful", HELPFUL, str(article_id), f"Article {number} helped me"),
        button("Not helpful", UNHELPFUL, str(article_id), f"Article {number} did not help me"),
    )


def reports_button(article_id: UUID, number: int, count: int) -> Block:
    """For its owner: what people say is wrong with it."""
    return button(f"Reports · {count}", REPORTS, str(article_id), f"What is wrong with article {number}")
