"""Lasting keys: of releases, revisions and claims. Nothing in a claim's key changes with the rules."""

import re
import unicodedata
from base64 import b32encode
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256

from models.claim import Claim

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_QUOTES_AND_DASHES = str.maketrans(
    {**dict.fromkeys("„“”«»‚‘’`´'", '"'), **dict.fromkeys("‐‑‒–—−", "-"), "\u00ad": None}
)
_FIGURES = re.compile(r"\d+(?:[.,\u202f\u00a0 ]\d+)*")
_NUMBER_WORDS = re.compile(
    r"\b(?:(?:null|ein(?:e[rnms]?|s)?|zwei|zwo|drei|vier|fünf|sechs|sech|sieb(?:en)?|acht|neun|zehn|elf|zwölf|zig|ßig|"
    r"hundert|tausend|million(?:en)?|milliarden?|und|halb(?:e[rnms]?)?|einhalb|andert|kein(?:e[rnms]?)?|"
    r"hälfte|drittel|viertel|fünftel|zehntel|dutzend|zwanzig|jede[rs]?|dritte|vierte|fünfte|zehnte|zweite)+)\b"
)


def fold(words: str) -> str:
    """Words in the form in which they are compared: case, umlauts and spacing do not count."""
    return " ".join(unicodedata.normalize("NFKC", words).casefold().translate(_UMLAUTS).split())


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """A project's name as it is compared: "Ruhr-Konferenz" and "Ruhrkonferenz" are one."""
    folded = fold(name)
    return "".join(filter(str.isalnum, folded)) or folded


def release_key(source_id: str, url: str) -> str:
    """The id of a release that was first seen at `url`."""
    return _digest(source_id, url)


def revision_key(release_id: str, snapshot_hash: str, seen_at: str) -> str:
    """The id of what a release said from `seen_at` (ISO) on."""
    return _digest(release_id, snapshot_hash, seen_at)


def claim_keys(release_id: str, text: str, claims: Sequence[Claim]) -> list[str]:
    """A key for each claim, in their order.

    It is made of the release, the sentence (with its place among equal ones) and the number or
    status words (with theirs): no offsets, values, kinds or versions, so that reviews and permanent
    addresses outlive new rules and corrections elsewhere in the text. Readings that still
    coincide, such as two that rest on the same words, are told apart by their order.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    keys: dict[int, str] = {}
    for index, claim in sorted(enumerate(claims), key=lambda item: (item[1].start, item[1].end, item[0])):
        place = (*_sentence_place(text, claim), *_words_place(text, claim))
        keys[index] = _digest(release_id, *place, str(seen[place]))
        seen[place] += 1
    return [keys[index] for index in range(len(claims))]


def _sentence_place(text: str, claim: Claim) -> tuple[str, str]:
    sentence = _normal(claim.sentence)
    if _normal_text(text).count(sentence) == 1:
        return sentence, "0"  # as nearly always; long texts with many claims would be read again for each
    return sentence, str(_normal(text[: claim.sentence_start]).count(sentence))


def _words_place(text: str, claim: Claim) -> tuple[str, str]:
    words = _number_words(claim.quote) if claim.value is not None else _status_words(text, claim)
    before = text[claim.sentence_start : claim.start]
    return words, str(_normal(before).count(words))


def _number_words(quote: str) -> str:
    found = _FIGURES.findall(quote) or _NUMBER_WORDS.findall(quote.casefold())
    return _normal(" ".join(found) or quote)


def _status_words(text: str, claim: Claim) -> str:
    spans = sorted({(cue.start, cue.end) for cue in claim.cues if cue.role == "status"})
    return _normal(" ".join(text[start:end] for start, end in spans) or claim.quote)


@lru_cache(maxsize=4)
def _normal_text(text: str) -> str:
    return _normal(text)


def _normal(words: str) -> str:
    return fold(words.translate(_QUOTES_AND_DASHES))


def _digest(*parts: str) -> str:
    # 80 bits: among a hundred million keys two are alike with a chance of one in 200 million.
    return b32encode(sha256("\x1f".join(parts).encode()).digest()[:10]).decode().lower()
