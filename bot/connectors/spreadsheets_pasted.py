"""Tables that people paste into a message."""

import re

from bot.connectors.slack import as_typed
from bot.domain.imports_headings import COLUMNS, columns_of

_BLOCK = re.compile(r"```(.*?)```", re.DOTALL)
# Slack makes links of addresses in what people type.
_LINK = re.compile(r"<(?:mailto:|tel:)?((?:https?://)?[^@#!|>][^|>]*)(?:\|([^>]*))?>")
_SEPARATORS = re.compile(r"[,;\t]")


def pasted_table(text: str) -> str | None:
    """The table in the text of a message, None for a message that holds none.

    It stands in a code block, or its lines have tabs, or begin with a header that has e-mails and more.
    """
    plain = as_typed(_LINK.sub(lambda found: found[2] or found[1], text))
    block = _BLOCK.search(plain)
    if block and _SEPARATORS.search(block[1]):
        return block[1].strip("\n")
    lines = [line for line in plain.splitlines() if line.strip()]
    if len(lines) < 2:
        return None
    known = COLUMNS.intersection(columns_of(_SEPARATORS.split(lines[0])))
    is_table = all("\t" in line for line in lines) or (len(known) > 1 and "email" in known)
    return plain if is_table else None
