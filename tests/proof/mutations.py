"""What may befall a page or a text on its way; each mutation takes a source of chance, so that a seed is a case."""

import random
import re
from collections.abc import Callable

PageMutation = Callable[[random.Random, bytes], bytes]
TextMutation = Callable[[random.Random, str], str]

_TAG = re.compile(rb"<[^<>]{1,400}>")
_MARKS = (
    "\u200e\u200f\u202a\u202b\u202d\u202e\u202c\u2066\u2067\u2069\u200b\u200d\ufeff\u00ad\u0301\u0308\u0336\u2028\u0085"
)
_EMOJI = ("😀", "👩‍👩‍👧‍👦", "🇩🇪", "✊🏿", "❤️‍🔥", "1️⃣", "🏗️", "𝟜𝟚", "④", "٤٢", "४२", "四十二", "½", "²", "Ⅻ")
_NUMBERS = (
    "9" * 400, "1." + "000." * 60 + "000", "0,0000000000000000000000001 Euro", "1e999999 Euro", "12,,5,.3 Mrd. Euro",
    "Von den 0 Projekten sind 0 abgeschlossen", "31.02.2023", "99.99.9999", "seit 0000", "bis 12.12.12.12",
    "minus 5 bis minus 3 Prozent", "einundneunzigtausendeinundneunzigmillionen Schulen", "zwischen 5 und",
    "je " * 60 + "5 Euro", "rund etwa knapp über fast 7 von rund 3 von etwa 9 Projekten", "%" * 300, "1/0 der 0,0 %",
)  # fmt: skip


def _cut(chance: random.Random, length: int) -> tuple[int, int]:
    first, last = sorted((chance.randrange(length + 1), chance.randrange(length + 1)))
    return first, last


def _times(chance: random.Random, most: int) -> int:
    """How often: each order of magnitude as likely as the next."""
    return round(most ** chance.uniform(0.2, 1))


def _sprinkled(chance: random.Random, text: str, pieces: tuple[str, ...]) -> str:
    for _ in range(chance.randrange(1, 60)):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(pieces) + text[at:]
    return text


def truncated(chance: random.Random, page: bytes) -> bytes:
    return page[: chance.randrange(len(page) + 1)]


def shuffled_tags(chance: random.Random, page: bytes) -> bytes:
    """The same tags in another order, all of them or those of one stretch."""
    first, last = _cut(chance, len(page))
    tags = _TAG.findall(page[first:last])
    chance.shuffle(tags)
    rest = iter(tags)
    return page[:first] + _TAG.sub(lambda _: next(rest), page[first:last]) + page[last:]


def lost_tags(chance: random.Random, page: bytes) -> bytes:
    share = chance.random()
    return _TAG.sub(lambda tag: b"" if chance.random() < share else tag[0], page)


def random_bytes(chance: random.Random, page: bytes) -> bytes:
    damaged = bytearray(page)
    for _ in range(chance.randrange(1, 300)):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    return bytes(damaged)


def inserted_bytes(chance: random.Random, page: bytes) -> bytes:
    at = chance.randrange(len(page) + 1)
    return page[:at] + chance.randbytes(chance.randrange(1, 2000)) + page[at:]


def nested_deep(chance: random.Random, page: bytes) -> bytes:
    name = chance.choice((b"div", b"span", b"ul><li", b"table><tr><td", b"blockquote", b"b", b"a", b"section", b"font"))
    first, _ = _cut(chance, len(page))
    return page[:first] + (b"<" + name + b">") * _times(chance, 4000) + page[first:]


def with_huge_table(chance: random.Random, page: bytes) -> bytes:
    cells = chance.randrange(1, 12)
    row = "".join(f"<td>{chance.randrange(10**6)} Projekte, {chance.random():.2f} %</td>" for _ in range(cells))
    at = chance.randrange(len(page) + 1)
    return page[:at] + f"<table>{f'<tr>{row}' * _times(chance, 1000)}</table>".encode() + page[at:]


def mixed_encodings(chance: random.Random, page: bytes) -> bytes:
    """Stretches of one page in other encodings, as databases behind a site mix them."""
    first, last = _cut(chance, len(page))
    encoding = chance.choice(("cp1252", "utf-16", "utf-16-be", "utf-7", "mac-roman", "cp437", "utf-8-sig"))
    again = page[first:last].decode("utf-8", "replace").encode(encoding, "xmlcharrefreplace")
    if chance.random() < 0.3:
        again = again.decode("cp1252", "replace").encode("utf-8")
    return page[:first] + again + page[last:]


def entities(chance: random.Random, page: bytes) -> bytes:
    """Numeric references to half characters, to what is no character and to what does not exist."""
    for _ in range(chance.randrange(1, 40)):
        at = chance.randrange(len(page) + 1)
        code = chance.choice((0, 8, 0x80, 0xAD, 0xD83D, 0xDC00, 0xFFFE, 0x10FFFF, 0x110000, 10**12))
        page = page[:at] + f"&#{code};".encode() + page[at:]
    return page


def doubled(chance: random.Random, page: bytes) -> bytes:
    first, last = _cut(chance, len(page))
    return page[:first] + page[first:last] * chance.randrange(2, 6) + page[last:]


def as_page(change: TextMutation) -> PageMutation:
    """A mutation of texts, for the characters of a page."""
    return lambda chance, page: change(chance, page.decode("utf-8", "replace")).encode("utf-8", "replace")


def with_marks(chance: random.Random, text: str) -> str:
    return _sprinkled(chance, text, tuple(_MARKS))


def with_emoji(chance: random.Random, text: str) -> str:
    return _sprinkled(chance, text, _EMOJI)


def with_strange_numbers(chance: random.Random, text: str) -> str:
    return _sprinkled(chance, text, tuple(f" {number} " for number in _NUMBERS))


def shuffled_words(chance: random.Random, text: str) -> str:
    words = text.split(" ")
    chance.shuffle(words)
    return " ".join(words)


def cut_text(chance: random.Random, text: str) -> str:
    first, last = _cut(chance, len(text))
    return text[first:last]


def without_breaks(chance: random.Random, text: str) -> str:
    lost = chance.choice((" ", "\n", ".", ",", "\n\n", "-"))
    return text.replace(lost, chance.choice(("", "\t", "\r\n", "\u00a0", "\n", "…")))


def repeated(chance: random.Random, text: str) -> str:
    first, last = _cut(chance, len(text))
    return text[:first] + text[first : min(last, first + 300)] * _times(chance, 80) + text[last:]


def unbalanced(chance: random.Random, text: str) -> str:
    return _sprinkled(chance, text, ("„", "“", "(", ")", "»", "«", "–", "[", "*", ":", "“„", "((", "|", "\x00", "\x1b"))


def other_case(chance: random.Random, text: str) -> str:
    return chance.choice((str.upper, str.lower, str.title, str.swapcase))(text)


def half_characters(chance: random.Random, text: str) -> str:
    """What JSON may hold and no encoding can write."""
    return _sprinkled(chance, text, ("\ud83d", "\udc00"))


def wrong_encoding(chance: random.Random, text: str) -> str:
    return text.encode("utf-8", "replace").decode(chance.choice(("cp1252", "latin-1", "cp437")), "replace")


TEXTS: tuple[TextMutation, ...] = (
    with_marks, with_emoji, with_strange_numbers, shuffled_words, cut_text, without_breaks, repeated, unbalanced,
    other_case, half_characters, wrong_encoding,
)  # fmt: skip
PAGES: tuple[PageMutation, ...] = (
    truncated, shuffled_tags, lost_tags, random_bytes, inserted_bytes, nested_deep, with_huge_table, mixed_encodings,
    entities, doubled, *map(as_page, (with_marks, with_emoji, with_strange_numbers, repeated, unbalanced)),
)  # fmt: skip
