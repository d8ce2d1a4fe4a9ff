"""Tokens of German official prose, by one pattern that sees the whole text.

What belongs together is one token even across a blank: "11 000", "z. B.", "3." before a month.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extractors.german.words import columns, lexicon
from extractors.german.words.months import FULL_NAMES

BLANK = r"[ \u00a0\u2009\u202f]"
LETTER = r"[^\W\d_]|\u00ad"
SOFT_HYPHEN = "\u00ad"


def _abbreviations() -> str:
    entries = sorted((line.removesuffix("!").strip() for line in lexicon.lines("abbreviations")), key=len, reverse=True)
    joined = (rf"{BLANK}?".join(re.escape(part) for part in entry.split()) for entry in entries)
    return "|".join(joined)


def _pattern() -> re.Pattern[str]:
    word = rf"(?:{LETTER})[^\W\d_]*(?:{SOFT_HYPHEN}[^\W\d_]*)*"
    month = "|".join(FULL_NAMES)
    opener = "|".join(sorted(lexicon.words("sentence_openers")))
    ordinal_follows = rf"(?={BLANK}+(?:(?:{month})\b|[a-zäöü„»(]|(?!(?:{opener})\b)[A-ZÄÖÜ]|\d{{1,2}}\.(?!\d)))"
    compound = rf"(?:[-‑](?:\d+(?:,\d+)?|{word})(?:{LETTER}|\d)*)"
    lettered = rf"(?:[-‑]{word}(?:{LETTER}|\d)*{compound}*)"
    gender = rf"(?:[:*_]in(?:nen)?(?:{LETTER})*|/-?in(?:nen)?\b|\(in(?:nen)?\))"
    alternatives = [
        r"(?:https?://|www\.)[^\s<>„“\"»«]*[\w/]",
        r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
        r"(?:[\w-]+\.)+(?:de|com|org|net|eu|info|berlin|nrw|gov|at|ch)\b(?:/[^\s„“\"»«]*[\w/])?",
        r"[#@]\w+",
        # dates; grouped figures; ordinals; words that begin with a figure; plain figures
        r"\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})?(?!\d)",
        rf"(?<!\d)(?<!\d[.,])[1-9]\d{{0,2}}(?:(?:{BLANK}|['’])\d{{3}})+(?!\d)(?:[.,]\d+)?",
        rf"(?<!Nr\. )(?<!Abs\. )(?<!§ )(?<!traße )(?<!weg )(?<!latz )(?<!llee )(?<![\d,])\d{{1,3}}\.{ordinal_follows}",
        rf"\d+(?:[.,]\d+)*(?:{lettered}[-‑]?|(?:er|fach|köpfig|jährig|tägig|stündig|stellig)(?:{LETTER})*{compound}*)",
        r"\d+(?:\.\d+)*,[-–]{1,2}(?!\w)",
        r"\d{4}/\d{2}(?:\d{2})?(?!\d)|(?<!\d)\d{1,2}:\d{2}(?!\d)",
        r"\d+(?:[.,]\d+)*",
        r"(?:km/h|kWh/a|m/s|°C)\b",
        rf"(?<![\w.])(?:{_abbreviations()})(?!\w)",
        rf"(?<!\w)[IVXL]{{2,}}\.(?={BLANK}(?!(?:{opener})\b)[A-ZÄÖÜ])",
        rf"(?:{word}[-‑])*(?:{word})?[Ss]tr\.(?={BLANK}?\d)",
        rf"{word}\d+\.\d+(?![\d.])",
        rf"{word}(?:\.[A-ZÄÖÜ](?:{LETTER})+){{2,}}",
        rf"(?<!\w)[A-ZÄÖÜ]\.(?={BLANK}?[A-ZÄÖÜ][\w.])",
        rf"(?:{word}(?:\d+(?:{LETTER})*)?)(?:['’]{word}|{gender}|{compound})*(?:[-‑](?![\w-]))?",
        rf"[-‑](?=[a-zäöü]){word}",
        r"``|''|\.{2,}|-{2,}|\S",
    ]
    # Most tokens are words that nothing follows with which they could be one: they need no look at the others.
    return re.compile(rf"({word}(?=[\s,;!?])|(?:{'|'.join(alternatives)}))( ?)|(\s+)")


def mended(form: str) -> str:
    """The token without what typesetting put into it: soft hyphens and inner blanks."""
    if form.isalnum():
        return form
    return re.sub(BLANK, "", form.replace(SOFT_HYPHEN, ""))


class Tokenizer:
    """Splits a text into a Doc whose text is the text, character by character."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self._parts = _pattern().findall

    def __call__(self, text: str) -> Doc:
        """The Doc of a text. A blank follows its token; other white space is a token of its own."""
        parts = self._parts(text)
        words = [token or white for token, _, white in parts]
        spaces = [blank == " " for _, blank, _ in parts]
        lengths = [len(token) + len(blank) + len(white) for token, blank, white in parts]
        offsets = [0, *accumulate(lengths)][:-1]
        doc = Doc(self.vocab, words=words, spaces=spaces)
        columns.keep_forms(doc, text, words, offsets)
        return doc

    def pipe(self, texts: Iterable[str], batch_size: int = 1000) -> Iterator[Doc]:
        """Docs of many texts, one after the other."""
        for text in texts:
            yield self(text)

    # The pattern is code and the vocabulary belongs to the pipeline: there is nothing to save.

    def to_bytes(self, **_: object) -> bytes:
        """Nothing."""
        return b""

    def from_bytes(self, _data: bytes, **_: object) -> "Tokenizer":
        """Itself."""
        return self

    def to_disk(self, path: str | Path, **_: object) -> None:
        """Writes nothing."""
        return

    def from_disk(self, path: str | Path, **_: object) -> "Tokenizer":
        """Itself."""
        return self


@spacy.registry.tokenizers("bilanz_tokenizer")  # type: ignore[untyped-decorator]
def create_tokenizer() -> Callable[[Language], Tokenizer]:
    """The registered factory of the tokenizer."""

    def create(nlp: Language) -> Tokenizer:
        return Tokenizer(nlp.vocab)

    return create
