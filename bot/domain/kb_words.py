"""What a text is made of for a search: words without case, accents and punctuation."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

# Whose words are known: how they end, and which of them say nothing.
LANGUAGES = ("en", "de", "fr", "es")

_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
# A version, a date or an amount is one word: 5.2 is neither 5 nor 2.
_WORD = re.compile(r"[vV]?\d+(?:\.\d+)+|[^\W_]+(?:['’][^\W_]+)?")
_UMLAUT = re.compile(r"([aou])e")
_CODE = re.compile(r"^(?:```|~~~).*$", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)?\)")
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t](.+)$", re.MULTILINE)
_STOP = {
    "en": """a about after all also am an and any are as at be been before but by can could did do does for from
        get had has have he her his how i if in into is it its just let may me might must my no not of on or our
        out s shall she should so some such than that the their them then there these they this those to too up
        us use was we were what when where which while who whom whose why will with would you your""",
    "de": """aber alle als also am an auch auf aus bei beim bin bis da damit dann das dass dein dem den der des die
        dies diese dieser doch du durch ein eine einem einen einer eines er es etwas euch fur habe haben hat ich
        ihm ihn ihr ihre im in ist ja kann kein keine konnen mein meine mich mir mit muss nach nicht noch nur
        oder ohne sein seine sich sie sind so soll uber um und uns unser vom von vor wann warum was wenn wer
        werden wie wir wird wo zu zum zur""",
    "fr": """ai au aux avec c ce ces cet cette comment d dans de des du elle en est et etre eux fait faut il ils j
        je l la le les leur lui m ma mais me mes moi mon n ne nos notre nous on ou par pas peut plus pour pourquoi
        qu quand que quel quelle qui quoi s sa sans se ses si son sont sur t ta te tes toi ton tu un une vos
        votre vous y""",
    "es": """a al ante como con cual cuando de del desde donde el ella ellos en entre era es esa ese eso esta este
        esto ha hace han hay la las le les lo los mas me mi mis muy no nos o para pero por porque puede puedo
        que quien se ser si sin sobre son su sus te tiene tu tus un una uno unos y ya yo""",
}
_STOP_WORDS = {language: frozenset(words.split()) for language, words in _STOP.items()}


class Word(NamedTuple):
    """A word of a text, folded, and where it stands there."""

    folded: str
    starts: int
    ends: int


def fold(text: str) -> str:
    """Without case and accents: “Rückläufer” and “RUCKLAUFER” are the same, and so are “ß” and “ss”."""
    if text.isascii():
        return text.lower()
    parted = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(each for each in parted if not unicodedata.combining(each)).translate(_LETTERS)


def words(text: str) -> Iterator[Word]:
    """The words of a text; what an apostrophe parts counts by its longer half, as in “l’article” and “team’s”."""
    for found in _WORD.finditer(unicodedata.normalize("NFC", text)):
        whole = found[0].replace("’", "'")
        word = max(whole.split("'"), key=len) if "'" in whole else whole
        if "." in word:
            word = word.lstrip("vV")
        yield Word(fold(word), found.start(), found.end())


def folded_words(text: str) -> list[str]:
    """The same without where they stand."""
    return [word.folded for word in words(text)]


def as_written(folded: str, text: str) -> str:
    """The word as it stands in a text, with its accents; as it is where it does not stand there."""
    return next((text[each.starts : each.ends] for each in words(text) if each.folded == folded), folded)


def stop_words(language: str) -> frozenset[str]:
    """The words that say nothing in a language, folded; none where it is not known."""
    return _STOP_WORDS.get(language, frozenset())


def says_nothing(word: str, language: str) -> bool:
    """Whether a folded word is as good as none in this language."""
    return word in stop_words(language)


def without_umlauts(word: str) -> str:
    """As the word is folded where it was typed with “ue” for “ü”."""
    return _UMLAUT.sub(r"\1", word)


def headings(body: str) -> list[str]:
    """The headings of a Markdown text."""
    return [found.strip(" \t#") for found in _HEADING.findall(body)]


def bare(body: str) -> str:
    """A Markdown text without its fences and the addresses of its links."""
    within = _LINK.sub(r"\1", _CODE.sub("", body))
    return _LINK.sub(r"\1", within)  # of a picture that is a link, the words of the picture
