"""Direct speech: quotations and the persons to whom the text around them gives them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.german.syntax.structures import FINITE
from extractors.quotes import Quotation, quotations
from extractors.rules.speakers.coreference import Speaker
from extractors.rules.speakers.framed import later_paragraphs
from extractors.rules.speakers.patterns import VERBS
from extractors.rules.speakers.speech import Transcript
from extractors.tokens import Tokens

_SPEECH_WORDS = 6
"""Fewer words without a verb between quotation marks are a name or a term."""
_SHORTEST_SENTENCE = 2
_TITLE_WORDS = 3
"""Words before a name that a fragment begins with: "Staatssekretär Prof. Dr."."""
_SEPARATORS = frozenset({",", "–", "-", "—", "…"})
_SIGNING = frozenset({"–", "-", "—", "("})
_SIGNATURE_WORDS = 16
_SENTENCE_ENDS = (".", "!", "?", "…", ":")
_LOOKING_BACK = frozenset({"Das", "Dies", "So"})


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation with its place among the tokens, `first` up to `stop`, marks excluded."""

    start: int
    end: int
    first: int
    stop: int
    closed: bool
    speaker: Speaker | None = None


def find_direct(transcript: Transcript) -> list[Quoted]:
    """Add to a transcript what is said between quotation marks; return quotations that nobody is known to say."""
    quoted: list[Quoted] = []
    for quotation in _spoken(transcript.tokens):
        previous = quoted[-1] if quoted else None
        speaker, end = _interposed(transcript, quotation)
        if speaker is not None:
            quotation = replace(quotation, end=end, stop=transcript.tokens.at(end))
        else:
            speaker = (
                _after(transcript, quotation)
                or _signed(transcript, quotation)
                or _announced(transcript, quotation)
                or _looked_back_upon(transcript, quotation)
                or (_continued(transcript, previous, quotation) if previous else None)
                or _told_before(transcript, quotation)
            )
        quoted.append(replace(quotation, speaker=speaker))
        if speaker is not None:
            _record(transcript, quotation, speaker)
            _give_to_unclosed(transcript, quoted, speaker)
    return [quotation for quotation in quoted if quotation.speaker is None]


def find_left_over(transcript: Transcript, quoted: Sequence[Quoted]) -> None:
    """Give quotations to the person whose indirect speech they follow."""
    for quotation in quoted:
        speaker = _told_before(transcript, quotation)
        if speaker is not None:
            _record(transcript, quotation, speaker)


def _spoken(tokens: Tokens) -> Iterator[Quoted]:
    """The outermost quotations that are no mere names or terms."""
    for quotation in _outermost(tokens.text):
        first, stop = tokens.at(quotation.start), tokens.at(quotation.end)
        if tokens.starts[first] < quotation.start:
            first += 1
        if first >= stop:
            continue
        has_verb = any(tag in FINITE for tag in tokens.tags[first:stop])
        sentence = stop - first > _SHORTEST_SENTENCE and tokens.words[stop - 1] in (".", "!", "?")
        if has_verb or sentence or stop - first >= _SPEECH_WORDS:
            yield Quoted(quotation.start, quotation.end, first, stop, quotation.closed)


def _outermost(text: str) -> Iterator[Quotation]:
    """Quotations of depth 0; one that nobody closed ends where the next one begins after a sentence."""
    found = quotations(text)
    unclosed_until, opened = -1, -1
    for place, quotation in enumerate(found):
        if quotation.depth and not (quotation.start < unclosed_until and quotation.depth == opened + 1):
            continue
        if quotation.closed:
            yield quotation
            continue
        inner = (
            other.start - 1
            for other in found[place + 1 :]
            if other.start < quotation.end and text[: other.start - 1].rstrip().endswith(_SENTENCE_ENDS)
        )
        end = _before_announcement(text, quotation.start, next(inner, quotation.end))
        end = _with_inner_mark(text, found[place + 1 :], end)
        unclosed_until, opened = quotation.end, quotation.depth
        yield Quotation(quotation.start, end, quotation.depth, False)


def _with_inner_mark(text: str, later: Sequence[Quotation], end: int) -> int:
    """One mark may close two: "„… unsere Kampagne „Dabei!“ Das Haus …", where a sentence ends within the inner one."""
    closed = (other for other in later if other.closed and other.end < end and text[other.end - 1] in ".!?")
    return next((other.end for other in closed if text[other.end + 1 : other.end + 3].strip()[:1].isupper()), end)


def _before_announcement(text: str, start: int, end: int) -> int:
    """An unclosed quotation does not hold the words that announce the next one ("Ina Muster, Senatorin: „")."""
    if not text[start:end].rstrip().endswith(":"):
        return end
    last = max(text.rfind(mark, start, end) for mark in (". ", "! ", "? "))
    return last + 1 if last > start else end


def _interposed(transcript: Transcript, quotation: Quoted) -> tuple[Speaker | None, int]:
    """ "„Das freut mich, sagte Ministerin Muster. …": the closing mark is forgotten before the verb of saying."""
    tokens = transcript.tokens
    if quotation.closed:
        return None, quotation.end
    for index in range(quotation.first + 2, quotation.stop - 1):
        if tokens.words[index - 1] != ",":
            continue
        if tokens.words[index] == "so":
            speaker = transcript.persons.named_at(index + 1)
        elif tokens.tags[index] in FINITE and tokens.lemmas[index] in VERBS.saying:
            speaker = transcript.persons.subject(range(index + 1, tokens.sentences[tokens.sentence[index]][1]), index)
        else:
            continue
        if speaker is not None and speaker.name is not None:
            return speaker, tokens.starts[index - 1]
    return None, quotation.end


def _after(transcript: Transcript, quotation: Quoted) -> Speaker | None:
    """ "…“, sagte Ministerin Ina Muster", "…“, so Muster": the person named after the quotation."""
    tokens = transcript.tokens
    if not quotation.closed:
        return None
    index = quotation.stop + 1
    separated = False
    while index < len(tokens.words) and tokens.words[index] in _SEPARATORS:
        separated = True
        index += 1
    if index >= len(tokens.words) - 1:
        return None
    word, stop = tokens.words[index], _attribution_end(tokens, index)
    if word in ("so", "So"):
        speaker = transcript.persons.named_at(index + 1)
        return speaker if speaker is not None and (speaker.name is not None or (word == "so" and separated)) else None
    if word == "wie" and any(lemma in VERBS.saying for lemma in tokens.lemmas[index:stop]):
        return transcript.persons.subject(range(index + 1, stop)) or Speaker(None, index, index)
    said = tokens.lemmas[index] in VERBS.saying
    if word[:1].islower() and tokens.tags[index] in FINITE and (separated or said):
        return transcript.persons.subject(range(index + 1, stop), index) or Speaker(None, index, index)
    return None


def _signed(transcript: Transcript, quotation: Quoted) -> Speaker | None:
    """ "„…“ – Umweltministerin Tessa Muster", "„…“ (Tessa Muster)": a name behind a dash or in brackets."""
    tokens, mark = transcript.tokens, quotation.stop + 1
    if not quotation.closed or mark + 1 >= len(tokens.words) or tokens.words[mark] not in _SIGNING:
        return None
    stop = tokens.sentences[tokens.sentence[mark + 1]][1]
    if tokens.words[mark] == "(":
        stop = next((index for index in range(mark + 1, stop) if tokens.words[index] == ")"), mark)
    if stop - mark > _SIGNATURE_WORDS or any(tag in FINITE for tag in tokens.tags[mark:stop]):
        return None
    speaker = transcript.persons.subject(range(mark + 1, stop))
    return speaker if speaker is not None and speaker.name is not None else None


def _attribution_end(tokens: Tokens, index: int) -> int:
    """End of the words after a quotation that may name its speaker: the sentence's, or the next quotation."""
    stop = tokens.sentences[tokens.sentence[index]][1]
    return next((place for place in range(index, stop) if tokens.words[place] in ("„", "»", "“", '"')), stop)


def _announced(transcript: Transcript, quotation: Quoted) -> Speaker | None:
    """ "Bettina Muster, Senatorin für Umwelt: „…", "Muster sagte, „…": the subject before the colon."""
    tokens = transcript.tokens
    before = tokens.text[: quotation.start - 1].rstrip(" \n–-")
    mark = tokens.at(len(before) - 1)
    first = tokens.sentences[tokens.sentence[mark]][0]
    if not before.endswith((":", ",")):
        return _titled(transcript, quotation, first, mark)
    first = next((i + 1 for i in range(mark - 1, first, -1) if tokens.words[i] == ":"), first)
    clause = transcript.clause(mark) or transcript.clause(max(first, mark - 1))
    verb = clause.verb if clause and clause.verb and (clause.verb.finite or 0) >= first else None
    says = verb is not None and not VERBS.saying.isdisjoint(verb.lemmas)
    if before.endswith(",") and not says:
        return None
    found = None
    if clause is not None and verb is not None:
        found = transcript.persons.subject([token for token in clause.tokens if first <= token < mark], verb.finite)
    if found is None:
        opening = next((i for i in range(mark - 1, first - 1, -1) if transcript.is_quoted(i)), first)
        found = transcript.persons.subject(range(opening, mark))
    if found is None or found.name is None:
        found = transcript.persons.ending_at(mark - 1) or found
    if (found is None or found.name is None) and not says:
        found = _only_one(transcript, first, mark) or _owner(transcript, first) or found
    return found or Speaker(None, mark, mark)


def _only_one(transcript: Transcript, first: int, stop: int) -> Speaker | None:
    """ "Für Landrätin Ina Muster ist klar: „…": the only person of whom the words before the colon tell."""
    inside = [person for person in transcript.persons.people if first <= person.first < stop]
    names = {person.name for person in inside}
    return Speaker(inside[0].name, inside[0].first, inside[0].last) if len(names) == 1 else None


def _owner(transcript: Transcript, first: int) -> Speaker | None:
    """ "Ihre Rede im Wortlaut: „…": the person named last before a possessive that begins the announcement."""
    word = transcript.tokens.word(first).lower()
    owned = transcript.tokens.tag(first) == "PPOSAT" and word.startswith(("sein", "ihr"))
    return transcript.persons.last_before(first, feminine=word.startswith("ihr")) if owned else None


def _titled(transcript: Transcript, quotation: Quoted, first: int, last: int) -> Speaker | None:
    """ "Bettina Muster, Senatorin für Umwelt „…": a name and role without a verb, the colon forgotten."""
    tokens = transcript.tokens
    if not _is_whole(tokens, quotation) or any(tag in FINITE for tag in tokens.tags[first : last + 1]):
        return None
    speaker = transcript.persons.subject(range(first, last + 1))
    return speaker if speaker is not None and speaker.first - first <= _TITLE_WORDS else None


def _looked_back_upon(transcript: Transcript, quotation: Quoted) -> Speaker | None:
    """ "„…“ Das sagte Ministerin Muster": a sentence that names the speaker of the quotation before it."""
    tokens = transcript.tokens
    index = quotation.stop + 1
    if not quotation.closed or index + 1 >= len(tokens.words) or tokens.words[index] not in _LOOKING_BACK:
        return None
    if tokens.lemmas[index + 1] not in VERBS.saying:
        return None
    return transcript.persons.subject(range(index + 2, _attribution_end(tokens, index)), index + 1)


def _continued(transcript: Transcript, previous: Quoted, quotation: Quoted) -> Speaker | None:
    """The second half of a quotation: "…“, sagte die Ministerin. „…", or the next paragraph of a long one."""
    tokens, speaker = transcript.tokens, previous.speaker
    if speaker is None:
        return None
    between = tokens.text[previous.end : quotation.start]
    if not between.strip('„“”»«"‚‘’›‹ \n'):
        return speaker
    before = tokens.at(len(tokens.text[: quotation.start - 1].rstrip()) - 1)
    if "\n" in between or speaker.first < previous.stop or tokens.sentence[before] != tokens.sentence[speaker.last]:
        return None
    return speaker


def _told_before(transcript: Transcript, quotation: Quoted) -> Speaker | None:
    """ "Ministerin Muster freute sich. „…": whole sentences in quotation marks after one that tells of a person."""
    tokens = transcript.tokens
    mark = quotation.first - 1
    if mark <= 0 or not _is_whole(tokens, quotation):
        return None
    before = mark - 1
    while before > 0 and tokens.is_space(before):
        before -= 1
    sentence = tokens.sentence[before]
    if not tokens.words[before].endswith((".", "!", "?")) and tokens.words[before] not in ("“", "«", "”", '"'):
        return None
    if transcript.same_paragraph(before, mark):
        return transcript.teller(sentence) or _last_teller(transcript, sentence, mark)
    return transcript.stated_by.get(sentence)


def _last_teller(transcript: Transcript, sentence: int, mark: int) -> Speaker | None:
    """ "„…“, sagte Ina Muster. Das Haus hilft Vereinen. „…": a sentence of the publisher between two of a person."""
    first, stop = transcript.tokens.sentences[sentence]
    before = sentence - 1
    if before < 0 or transcript.persons.any_in(first, stop) or transcript.tokens.words[stop - 1] == ":":
        return None
    same = transcript.same_paragraph(transcript.tokens.sentences[before][1] - 1, mark)
    return transcript.stated_by.get(before) if same else None


def _is_whole(tokens: Tokens, quotation: Quoted) -> bool:
    after = tokens.text[quotation.end + 1 : quotation.end + 2]
    return tokens.text[quotation.end - 1] in ".!?" or after in (".", "") or not quotation.closed


def _record(transcript: Transcript, quotation: Quoted, speaker: Speaker) -> None:
    tokens = transcript.tokens
    transcript.say_characters(speaker, quotation.start, quotation.end)
    if not quotation.closed:
        for start, end in later_paragraphs(tokens.text, quotation.start, quotation.end):
            transcript.say_characters(speaker, start, end)
    transcript.attributions.update(range(speaker.first, speaker.last + 1))
    for sentence in range(tokens.sentence[quotation.first], tokens.sentence[quotation.stop - 1] + 1):
        transcript.stated_by[sentence] = speaker
    if abs(tokens.sentence[speaker.first] - tokens.sentence[quotation.stop - 1]) <= 1:
        transcript.stated_by[tokens.sentence[speaker.first]] = speaker


def _give_to_unclosed(transcript: Transcript, quoted: list[Quoted], speaker: Speaker) -> None:
    """Paragraphs before that open a quotation and leave it open belong to the one that closes it."""
    tokens = transcript.tokens
    for place in range(len(quoted) - 2, -1, -1):
        earlier, later = quoted[place], quoted[place + 1]
        if earlier.closed or earlier.speaker or tokens.text[earlier.end : later.start].strip('„“”»«" \n'):
            return
        quoted[place] = replace(earlier, speaker=speaker)
        _record(transcript, earlier, speaker)
