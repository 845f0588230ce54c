"""Files that go with a message: pictures within it, other files below it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.views.blocks import Block, Message, context

_UNSENT = (
    "{name} is not here: it could not be made, or Slack did not take it. "
    "An admin can look into my log, and whether I may upload files."
)


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of a message, uploaded once for its ``key``, which is its own in the workspace.

    ``content`` is asked for only where Slack has no such file yet: a picture takes its time to draw. ``spoken`` is
    what a screen reader says of a picture.
    """

    key: str
    name: str
    content: Callable[[], bytes]
    spoken: str | None = None


def picture(file: Attached) -> Block:
    """A block that shows a picture, which has to be one of the files of its message."""
    return {"type": "image", "slack_file": {"id": file.key}, "alt_text": file.spoken or file.name}


def with_files(drawn: Message, *files: Attached) -> Message:
    """A message with files. One that no block shows is shared by its address, so its message is text alone.

    Slack shares what the text of a message links to, but with blocks the text is only read aloud.
    """
    return {**drawn, "files": files}


def files_of(drawn: Message) -> tuple[Attached, ...]:
    """The files that a message goes with."""
    files: tuple[Attached, ...] = drawn.get("files", ())
    return files


def as_sent(drawn: Message, placed: Mapping[str, tuple[str, str]]) -> Message:
    """The message as Slack takes it; ``placed`` has the id and the address of each file that is there by now.

    Where one is missing it says so.
    """
    files = {file.key: file for file in files_of(drawn)}
    said = {name: value for name, value in drawn.items() if name != "files"}
    if "blocks" in said:
        return {**said, "blocks": [_as_sent(block, files, placed) for block in said["blocks"]]}
    lines = [
        f"<{placed[key][1]}|{file.name}>" if key in placed else _UNSENT.format(name=file.name)
        for key, file in files.items()
    ]
    return {**said, "text": "\n".join([said["text"], *lines])}


def _as_sent(block: Block, files: Mapping[str, Attached], placed: Mapping[str, tuple[str, str]]) -> Block:
    key = block.get("slack_file", {}).get("id")
    if key not in files:
        return block
    if key not in placed:
        return context(_UNSENT.format(name=files[key].name))
    return {**block, "slack_file": {"id": placed[key][0]}}
