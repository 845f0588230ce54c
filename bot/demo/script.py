"""What the tour prints, line by line: who does what, and what they read."""

import re
import textwrap
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from bot.sandbox import Modal, Shown

Watch = Callable[[str], None]
_ID = re.compile(r"\bU0SB\d+\b")
_WIDTH = 96  # of what is read; with what stands before it, a line of 117 characters


class Script:
    """Tells whoever watches; ``names`` are those of people by their id."""

    def __init__(self, watch: Watch, names: Mapping[str, str]) -> None:
        self._watch, self._names = watch, names

    def did(self, who: str, verb: str, what: str, how: str = "") -> None:
        """Somebody did something."""
        self._watch(f"{who:>9} {verb:8} {what}{f'  ({how})' if how else ''}".rstrip())

    def saw(self, who: str, where: str, text: str, buttons: Sequence[str] = ()) -> None:
        """Somebody reads something."""
        self.did(who, "reads", f"{where}:")
        lines = [part for line in self._named(text).splitlines() for part in _wrapped(line)]
        times = Counter(buttons)
        foot = " ".join(f"[{label}]{f' × {number}' if number > 1 else ''}" for label, number in times.items())
        for line in [*lines, *([foot] if foot else [])]:
            self._watch(f"{'':9} {'':8} │ {line}")

    def saw_lines(self, who: str, where: str, text: str, words: Sequence[str]) -> None:
        """Somebody reads something of which only the lines with these words are printed."""
        lines = text.splitlines()
        found = [number for number, line in enumerate(lines) if any(each in line for each in words)]
        first, last = found[0], found[-1]
        before, after = ["…"][: first > 0], ["…"][: last + 1 < len(lines)]
        self.saw(who, where, "\n".join([*before, *(lines[number] for number in found), *after]))

    def saw_form(self, who: str, modal: Modal) -> None:
        """Somebody reads a form, and what its fields hold."""
        fields = modal.fields
        lines = [line for line in modal.text.splitlines() if line not in fields]
        for label, value in fields.items():
            lines.append(f"{label}: {(', '.join(value) if isinstance(value, list) else value) or '–'}")
        ends = [label for label in (modal.close_label, modal.submit_label) if label]
        self.saw(who, f"a form, “{modal.title}”", "\n".join(lines), [*modal.buttons, *ends])

    def saw_home(self, who: str, home: Shown, parts: tuple[str, ...]) -> None:
        """Somebody reads the parts of their Home whose headings begin like this; without any, all of it."""
        if not parts:
            self.saw(who, "Home", home.text, home.buttons)
            return
        headings = {block["text"]["text"] for block in home.blocks if block["type"] == "header"}
        read, lines = False, []
        for line in home.text.splitlines():
            read = line.startswith(parts) if line in headings else read
            lines += [line] if read else []
        self.saw(who, "Home", "\n".join(lines))

    def _named(self, text: str) -> str:
        """A menu of people holds their ids; a person reads names."""
        return _ID.sub(lambda found: f"@{self._names.get(found[0], found[0])}", text)


def _wrapped(line: str) -> list[str]:
    """A line as lines of that width, unless it has no gaps to break it at."""
    return textwrap.wrap(line, _WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
