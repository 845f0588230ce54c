"""Whether somebody who writes to the bot says that they are ill or late, in English, German, French or Spanish.

Only whether, and when: what else stands there is nobody's business, and nothing of it is kept.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

# Nobody who calls in sick writes more, and a table that is pasted is longer.
_LONGEST = 200
_SICK = (
    r"sick|ill|unwell|not (?:feeling|feel) (?:well|good)|under the weather|"
    r"krank|krankgemeldet|nicht fit|"
    r"malade|souffrante?|"
    r"enferm[oa]|mal[oa]|de baja"
)
_LATE = (
    r"late|later|running behind|"
    r"verspätet?|verspaetet?|später|spaeter|zu spät|zu spaet|"
    r"en retard|retard|"
    r"tarde|retraso"
)
# Words beside it that say nothing of when.
_FILLING = (
    r"hi|hello|hey|good morning|morning|sorry|i'm|im|i’m|i'll|i’ll|i|am|will|be|feel|feeling|calling|call|in|out|"
    r"and|cannot|can't|come|to work|off|running|about|by|a bit|bit|"
    r"hallo|guten morgen|moin|ich|bin|melde|mich|leider|komme|etwa|ca|um|"
    r"bonjour|salut|désolée?|je|suis|serai|j'ai|environ|de|"
    r"hola|buenos días|buenos dias|lo siento|estoy|llego|llegaré|con|unos|me encuentro"
)
_NOT = re.compile(r"\b(?:not|nicht mehr|no longer|plus|ya no)\s+(?:" + _SICK + r")\b", re.IGNORECASE)
_SAYS_SICK = re.compile(rf"(?<!\w)(?:{_SICK})(?!\w)", re.IGNORECASE)
_SAYS_LATE = re.compile(rf"(?<!\w)(?:{_LATE})(?!\w)", re.IGNORECASE)
_FILLS = re.compile(rf"(?<!\w)(?:{_FILLING})(?!\w)", re.IGNORECASE)
_LENGTH = re.compile(
    r"(?<![\w:.,])(\d{1,3}(?:[.,]5)?)\s*(m|min|mins|minutes?|minuten|minutos?|h|hrs?|hours?|stunden?|heures?|horas?)(?!\w)",
    re.IGNORECASE,
)
_PUNCTUATION = re.compile(r"[.,;!…]+(?=\s|$)")
_MOST_LATE = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Said:
    """They are ill or, where ``late`` is there, come so much later. ``rest`` may say when."""

    rest: str = ""
    late: timedelta | None = None


def read_said(text: str) -> Said | None:
    """What somebody says of themselves; None: nothing that is known, a question, or about somebody else."""
    if len(text) > _LONGEST or "?" in text or "<@" in text or "\n" in text.strip() or _NOT.search(text):
        return None
    if _SAYS_SICK.search(text):
        rest = _PUNCTUATION.sub(" ", _SAYS_SICK.sub(" ", text))
        return Said(" ".join(_FILLS.sub(" ", rest).split()))
    late = read_length(text) if _SAYS_LATE.search(text) else None
    return Said(late=late) if late else None


def read_length(text: str) -> timedelta | None:
    """How long a text says: 30m, 20 minutes, 1h, 1,5 Stunden; None for nothing, or for longer than half a day."""
    found = _LENGTH.search(text)
    if found is None:
        return None
    number = float(found[1].replace(",", "."))
    length = timedelta(hours=number) if found[2].lower()[0] in "hs" else timedelta(minutes=number)
    return length if timedelta() < length <= _MOST_LATE else None
