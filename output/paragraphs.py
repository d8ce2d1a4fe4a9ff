"""Long blocks of text in parts that can be read: what is imported as one line has lost its paragraphs."""

import re

_LONG, _PART = 1200, 500
"""Characters of a paragraph that nobody wrote so, and of the parts that it is shown in."""
_SENTENCE_END = re.compile(r"(?<=[a-zäöüß0-9)%€“\"][.!?])[“\"]?\s+(?=[„\"]?[A-ZÄÖÜ])")
_ABBREVIATION = re.compile(
    r"\b(?:\d{1,2}|Dr|Prof|St|Nr|Abs|Art|bzw|ca|rd|inkl|ggf|usw|z\. ?B|u\. ?a|d\. ?h|Mio|Mrd|Str)\.$"
)


def readable_parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where a paragraph is parted when it is shown: begin and end of each part; no character is left out or changed.

    Args:
        text: what it stands in.
        start: where the paragraph begins in it, `end` where it ends.
        end: see `start`.
    """
    if end - start <= _LONG:
        return [(start, end)]
    cuts = [start]
    for match in _SENTENCE_END.finditer(text, start, end):
        far = match.end() - cuts[-1] >= _PART and end - match.end() >= _PART // 2
        if far and not _ABBREVIATION.search(text, max(start, match.start() - 12), match.start()):
            cuts.append(match.end())
    return list(zip(cuts, [*cuts[1:], end], strict=True))
