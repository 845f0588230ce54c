"""What Slack answers when it will not take something."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Slack's error code, and the lines of `response_metadata.messages` that say where and why."""

    error: str
    messages: tuple[str, ...] = ()
