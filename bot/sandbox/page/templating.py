"""The page's templates."""

import zlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.sandbox.state import Json

HERE = Path(__file__).parent
HUES = 8  # colours of avatars in page.css


@cache
def environment() -> Environment:
    """The templates, with everything escaped that is not marked as HTML."""
    found = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    found.filters |= {"initials": initials, "hue": hue}
    found.globals["part"] = part
    return found


def part(name: str, context: Json) -> Markup:
    """A fragment of the page, drawn from its own context."""
    return Markup(environment().get_template(f"{name}.html").render(context))


def initials(name: str) -> str:
    """One or two letters for an avatar."""
    words = name.split()
    return "".join(word[0] for word in words[:1] + words[1:][-1:]).upper()


def hue(name: str) -> int:
    """The colour of an avatar, always the same for a name."""
    return zlib.crc32(name.encode()) % HUES
