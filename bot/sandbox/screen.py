"""What a person has before them, as the person client hands it out."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.elements import Spot, spots
from bot.sandbox.state import Json


@dataclass(frozen=True, slots=True)
class Shown:
    """A message, or the Home tab, as one person reads it.

    `text` is what stands there; `notification` the fallback that notifications and screen readers use.
    `thread` is the ts of the thread's first message, if it is in one; `where` says where it was seen.
    """

    text: str
    blocks: list[Json] = field(repr=False)
    values: Json = field(repr=False)
    where: str = ""
    author: str = ""
    ts: str = ""
    channel: str = ""
    notification: str = ""
    edited: bool = False
    only_you: bool = False
    thread: str | None = None
    replies: int = 0
    reactions: dict[str, list[str]] = field(default_factory=dict)
    files: tuple[Json, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, raw: Json, where: str) -> "Shown":
        """A message as the control API gives it."""
        return cls(
            **{key: raw[key] for key in ("text", "blocks", "values", "author", "ts", "channel")},
            **{key: raw[key] for key in ("notification", "edited", "only_you", "replies", "reactions")},
            thread=raw["thread_ts"],
            files=tuple(raw["files"]),
            where=where,
        )

    @property
    def buttons(self) -> list[str]:
        """The labels of its buttons, top to bottom."""
        return _button_labels(self.blocks)

    @property
    def labels(self) -> list[str]:
        """The label of every control in it."""
        return [labels_of(spot)[0] for spot in spots(self.blocks)]

    @property
    def surface(self) -> Json:
        """How the control API names this place."""
        return {"channel": self.channel, "ts": self.ts} if self.ts else {"home": True}

    def __str__(self) -> str:
        marks = [mark for mark, on in (("only you", self.only_you), ("edited", self.edited)) if on]
        aside = f" ({', '.join(marks)})" if marks else ""
        times = Counter(self.labels)
        foot = "".join(f"\n  [{label}]{f' × {number}' if number > 1 else ''}" for label, number in times.items())
        return f"{self.author or 'Home'}{aside}: " + self.text.replace("\n", "\n  ") + foot


@dataclass(frozen=True, slots=True)
class Modal:
    """The modal on top of the stack.

    `fields` are its values by label, options by their text; `errors` what is shown under a field, by label;
    `notice` is the line that says that something went wrong.
    """

    title: str
    text: str
    submit_label: str | None
    close_label: str | None
    notice: str
    depth: int
    blocks: list[Json] = field(repr=False)
    values: Json = field(repr=False)
    errors_by_block: dict[str, str] = field(repr=False)

    @classmethod
    def of(cls, raw: Json) -> "Modal":
        """A modal as the control API gives it."""
        return cls(
            **{key: raw[key] for key in ("title", "text", "notice", "depth", "blocks", "values")},
            submit_label=raw["submit"],
            close_label=raw["close"],
            errors_by_block=raw["errors"],
        )

    @property
    def surface(self) -> Json:
        """How the control API names this place."""
        return {"modal": True}

    @property
    def buttons(self) -> list[str]:
        """The labels of the buttons in its blocks, top to bottom; submit and close are not among them."""
        return _button_labels(self.blocks)

    @property
    def labels(self) -> list[str]:
        """The label of every control in its blocks."""
        return [labels_of(spot)[0] for spot in spots(self.blocks)]

    @property
    def fields(self) -> dict[str, Any]:
        """What every field holds, by label; where nothing was entered None, or [] if several can be chosen."""
        found: dict[str, Any] = {}
        for spot in spots(self.blocks):
            block_id, action_id = spot.key
            value = self.values.get(block_id, {}).get(action_id)
            if value is not None:
                found[labels_of(spot)[0]] = readable(value)
        return found

    @property
    def errors(self) -> dict[str, str]:
        """What Slack or the app has against the input, by label."""
        names = {spot.block["block_id"]: labels_of(spot)[0] for spot in spots(self.blocks)}
        return {names.get(block_id, block_id): text for block_id, text in self.errors_by_block.items()}

    def __str__(self) -> str:
        lines = [f"┌ {self.title}", *(f"│ {line}" for line in self.text.splitlines())]
        lines += [f"│ {label} = {value or '–'}" for label, value in self.fields.items()]
        lines += [f"│ [{label}]" for label in self.buttons]
        lines += [f"│ ! {label}: {text}" for label, text in self.errors.items()]
        lines += [f"│ !! {self.notice}"] if self.notice else []
        return "\n".join([*lines, f"└ ({self.close_label}) ({self.submit_label or 'no submit'})"])


def labels_of(spot: Spot) -> list[str]:
    """By what words a person would call this control, the plainest first."""
    element, block = spot.element, spot.block
    words: list[str] = []
    if element["type"] == "button":
        words.append(element["text"]["text"])
    if block["type"] == "input":
        words.append(block["label"]["text"])
    if "placeholder" in element:
        words.append(element["placeholder"]["text"])
    if "accessibility_label" in element:
        words.append(element["accessibility_label"])
    if block["type"] == "section" and block.get("text"):
        words.append(block["text"]["text"].replace("*", "").replace("_", " "))
    words += ["More", "⋯"] if element["type"] == "overflow" else []
    return words or [element["action_id"]]


def readable(value: Any) -> Any:
    """A value of `state.values` as the field shows it: options by their text."""
    inner = next((held for name, held in value.items() if name != "type"), None)
    if isinstance(inner, dict) and "text" in inner:
        return inner["text"]["text"]
    if isinstance(inner, list):
        return [each["text"]["text"] if isinstance(each, dict) and "text" in each else each for each in inner]
    return inner


def _button_labels(blocks: list[Json]) -> list[str]:
    return [s.element["text"]["text"] for s in spots(blocks) if s.element["type"] == "button"]
