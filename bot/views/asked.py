"""What somebody asked for by a command."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: the command, the text after it as Slack sends it, when, and which page of the answer."""

    command: str
    text: str
    at: datetime
    page: int = 0
