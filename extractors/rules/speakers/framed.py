"""What stands under a name: "Landrätin Ina Muster: …", in a line or above paragraphs, without quotation marks."""

from collections.abc import Iterator

from extractors.german.syntax.structures import FINITE
from extractors.rules.speakers.coreference import Speaker
from extractors.rules.speakers.speech import Transcript

_FRAME_WORDS = 14
"""Tokens of "Bettina Muster, Senatorin für Umwelt, Verkehr und Klimaschutz:"."""
_TITLE_WORDS = 3
"""Tokens before a name that a frame begins with: "Staatssekretär Prof. Dr."."""
_SENTENCES = 3
"""Sentences of what is said under a name in the midst of a paragraph."""
_MARKUP = frozenset({"bq."})
"""Textile's mark of a quotation, which some pages show."""
_OPENING = frozenset({"„", "“", "»", "«", '"', "‚"})
_FARTHEST = 4
"""Paragraphs over which a quotation that was opened may go on."""


def find_framed(transcript: Transcript) -> None:
    """Add to a transcript what follows a name and a colon at the beginning of a line or sentence."""
    for first, stop in transcript.tokens.sentences:
        colon = _colon(transcript, first, stop)
        speaker = _named(transcript, first, colon) if colon is not None else None
        if speaker is None or colon is None or transcript.is_quoted(first):
            continue
        start = _start(transcript, colon)
        if start is not None:
            _say_paragraph(transcript, speaker, first, start)


def _colon(transcript: Transcript, first: int, stop: int) -> int | None:
    """The colon before which no verb stands."""
    tokens = transcript.tokens
    if tokens.starts[first] < tokens.title_end:
        return None
    colon = next((i for i in range(first, min(stop, first + _FRAME_WORDS)) if tokens.words[i] == ":"), None)
    told = colon is not None and any(tag in FINITE for tag in tokens.tags[first:colon])
    return None if told else colon


def _named(transcript: Transcript, first: int, colon: int) -> Speaker | None:
    speaker = transcript.persons.subject(range(first, colon))
    if speaker is None or speaker.name is None or speaker.first - first > _TITLE_WORDS:
        return None
    return speaker if transcript.persons.any_in(first, colon) else None


def _start(transcript: Transcript, colon: int) -> int | None:
    """Where a whole sentence begins behind the colon, or in the paragraph below it."""
    tokens = transcript.tokens
    start = colon + 1
    while start < len(tokens.words) and (tokens.is_space(start) or tokens.words[start] in _MARKUP):
        start += 1
    if start >= len(tokens.words) or tokens.words[start] in _OPENING:
        return None
    sentence = tokens.sentences[tokens.sentence[start]]
    told = any(tag in FINITE for tag in tokens.tags[start : sentence[1]])
    return start if told and tokens.words[start][:1].isupper() else None


def _say_paragraph(transcript: Transcript, speaker: Speaker, first: int, start: int) -> None:
    """What is said goes on to the paragraph's end; under a name in the midst of one it soon ends."""
    tokens = transcript.tokens
    end = tokens.text.find("\n", tokens.starts[start])
    end = len(tokens.text) if end < 0 else end
    opens = not tokens.text[: tokens.starts[first]].rstrip(" ") or tokens.text[tokens.starts[first] - 1] == "\n"
    if not opens:
        last = min(tokens.sentence[start] + _SENTENCES, len(tokens.sentences)) - 1
        end = min(end, tokens.ends[tokens.sentences[last][1] - 1])
    transcript.say_characters(speaker, tokens.starts[start], end)
    for sentence in range(tokens.sentence[start], tokens.sentence[tokens.at(end - 1)] + 1):
        transcript.stated_by.setdefault(sentence, speaker)


def later_paragraphs(text: str, opened: int, end: int) -> Iterator[tuple[int, int]]:
    """The paragraphs over which an opened quotation goes on, up to the mark that closes it."""
    opener = text[opened - 1]
    closers = {"„": "“”", "»": "«"}.get(opener)
    if closers is None or text[end : end + 1] != "\n":
        return
    found, start = [], end
    for _ in range(_FARTHEST):
        while text[start : start + 1] == "\n":
            start += 1
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        marks = [place for place in range(start, end) if text[place] in closers or text[place] == opener]
        if marks and text[marks[0]] == opener:
            return
        found.append((start, marks[0] if marks else end))
        if marks:
            yield from found
            return
        start = end
