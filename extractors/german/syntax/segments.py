"""Divides a sentence into clauses by its brackets: commas, conjunctions, and where the finite verbs stand.

The rules read forms and STTS tags. A clause has at most one finite verb; a verb-last clause that has
its verb is complete, and what follows goes on with the clause around it.

Clauses that share one finite verb are parted where each has a participle or number of its own: "42 sind
abgeschlossen, 16 in Umsetzung und 15 eingestellt" gives three. Coordinated verbs with one
subject that share their auxiliary ("übernommen und so erhalten werden") are one clause.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.german.syntax.coordination import NOMINAL_STARTS, parted
from extractors.german.syntax.openers import CONNECTORS, Opening, opened
from extractors.german.syntax.structures import FINITE, INFINITIVES, NONFINITE, PARTICIPLES, ClauseKind
from extractors.german.words import lexicon

BEFORE_CONNECTOR = frozenset({"KON", "ADV", "APPR", "ADJD", "PTKNEG"})
COMMAS = frozenset({","})
STOPS = frozenset({":", ";", "!", "?", ".", "…"})
DASHES = frozenset({"–", "—", "-", "--", "•", "▪", "·", "|", "//"})
OPENING = {"(": ")", "[": "]", "„": "“", "“": "”", "»": "«", "«": "»", "``": "''", "‚": "‘", '"': '"'}
_DENIED_WORDS = 5
"""Words of a clause that says nothing but "nicht"."""
CLOSING = frozenset({"“", "”", "«", "»", ""})
BRACKETS = frozenset({"(", "["})


@dataclass(slots=True)
class Words:
    """The tokens of one document as parallel lists."""

    forms: list[str]
    """In lower case."""
    tags: list[str]
    lemmas: list[str]


@dataclass(slots=True, eq=False)
class Draft:
    """A clause in the making."""

    kind: ClauseKind
    parent: "Draft | None"
    connector: int | None = None
    tokens: list[int] = field(default_factory=list)
    finite: int | None = None
    nonfinite: list[int] = field(default_factory=list)
    sharing: "Draft | None" = None
    """The clause whose finite verb this one shares."""
    repeats: bool = False
    """Whether it shares participles and infinitives, too: "22 wurden saniert, [neun nicht]"."""

    @property
    def verb_last(self) -> bool:
        """Whether its finite verb stands last."""
        return self.kind in ("subordinate", "relative", "infinitive")

    @property
    def complete(self) -> bool:
        """Whether it has the verb that it needs, its own or a shared one."""
        return self.finite is not None or self.kind == "infinitive" or self.sharing is not None


def divide(words: Words, tokens: Sequence[int]) -> list[Draft]:
    """The clauses of the sentence that consists of `tokens` (indices, white space left out)."""
    return [draft for draft in _Divider(words).divide(list(tokens), None) if draft.tokens]


class _Divider:
    def __init__(self, words: Words) -> None:
        self.forms = words.forms
        self.tags = words.tags
        self.drafts: list[Draft] = []
        self.stack: list[Draft] = []

    def divide(self, tokens: list[int], parent: Draft | None) -> list[Draft]:
        outer = self.stack
        self._restart(parent)
        pending: list[int] = []
        delimiter = ""
        unclosed: set[str] = set()
        position = 0
        while position < len(tokens):
            token = tokens[position]
            form = self.forms[token]
            if self.tags[token][0] != "$" and form not in OPENING:
                pending.append(token)
            elif form in OPENING and (close := self._close(tokens, position, unclosed)) is not None:
                if self._holds_clauses(tokens, position, close):
                    self._take(pending, delimiter)
                    pending, delimiter = [], "" if pending else delimiter
                    host = self.stack[-1]
                    self._punctuate(token)
                    self.divide(tokens[position + 1 : close], host)
                    host.tokens.extend(tokens[close : close + 1])
                else:
                    self._name(tokens[position:close])
                    pending.extend(tokens[position : close + 1])
                position = close
            elif form in CLOSING and position > 1:
                # The quotation began in a sentence before.
                self._take(pending, delimiter)
                pending, delimiter = [], ""
                self._punctuate(token)
                self._restart(parent)
            elif form in COMMAS or form in STOPS or form in DASHES or self._is_slash_of_two(token):
                self._take(pending, delimiter)
                pending, delimiter = [], "//" if form == "/" else form
                self._punctuate(token)
                if delimiter in (":", ";", "//") and self.stack[-1].tokens:
                    self._restart(parent)
            else:
                pending.append(token)
            position += 1
        self._take(pending, delimiter)
        self.stack = outer
        return self.drafts

    def _restart(self, parent: Draft | None) -> None:
        root = Draft("main", parent)
        self.drafts.append(root)
        self.stack = [root]

    def _punctuate(self, token: int) -> None:
        self.stack[-1].tokens.append(token)

    def _close(self, tokens: list[int], position: int, unclosed: set[str]) -> int | None:
        """Where the bracket or quotation that opens here closes; a quotation may go on to the sentence's end.

        Adds to `unclosed` what nothing closes: later ones of its kind are not closed either.
        """
        opener = self.forms[tokens[position]]
        closers = {"“", "”", '"'} if opener == "„" else {OPENING[opener]}
        close = len(tokens) if opener in unclosed else position + 1
        while close < len(tokens) and self.forms[tokens[close]] not in closers:
            close += 1
        if close == len(tokens):
            unclosed.add(opener)
        if close == len(tokens) and (opener in BRACKETS or opener in CLOSING or position == 0):
            return None
        return close

    def _holds_clauses(self, tokens: list[int], position: int, close: int) -> bool:
        """Whether a bracket or quotation holds clauses of its own, not just a name or an addition."""
        inner = tokens[position + 1 : close]
        tags = [self.tags[token] for token in inner]
        if self.forms[tokens[position]] in BRACKETS:
            verbal = any(tag in FINITE or tag in PARTICIPLES for tag in tags)
            return verbal or (len(inner) > 2 and "CARD" in tags and "$," not in tags)
        if len(inner) < 3 or not any(tag in FINITE for tag in tags):
            return False
        # A name may hold a verb ("Berlin hilft"); a quotation has a full stop of its own, or marks around it.
        before = self.forms[tokens[position - 1]] if position else ":"
        after = self.forms[tokens[close + 1]] if close + 1 < len(tokens) else "."
        marked = before in (":", ",") or after == "," or any(self.forms[token] in STOPS for token in inner)
        return marked or len(inner) > 7

    def _name(self, tokens: list[int]) -> None:
        """Verbs within a name are no verbs of the clause ("das Programm „Berlin hilft“ endet")."""
        if self.forms[tokens[0]] in BRACKETS:
            return
        verbs = [token for token in tokens if self.tags[token][0] == "V"]
        if verbs:
            self.tags = list(self.tags)
            for token in verbs:
                self.tags[token] = "NE"

    def _take(self, segment: list[int], delimiter: str) -> None:
        """Adds the words between two delimiters to the clauses."""
        if not any(self.tags[token][0] != "$" for token in segment):
            self.stack[-1].tokens.extend(segment)
            return
        for number, part in enumerate(parted(self.tags, segment, self.stack[-1].complete)):
            self._place(part, "" if number else delimiter)

    def _place(self, part: list[int], delimiter: str) -> None:
        finite = next((token for token in part if self.tags[token] in FINITE), None)
        opened = self._opener(part, delimiter, finite)
        if opened is not None:
            kind, connector = opened
            self._open(Draft(kind, self._parent_of(part), connector), part, finite)
        elif finite is not None:
            self._place_finite(part, finite, delimiter)
        else:
            self._place_verbless(part, delimiter)

    def _open(self, draft: Draft, part: list[int], finite: int | None) -> None:
        self.drafts.append(draft)
        self.stack.append(draft)
        self._fill(draft, part, finite)

    def _fill(self, draft: Draft, part: list[int], finite: int | None) -> None:
        draft.tokens.extend(part)
        if draft.finite is None:
            draft.finite = finite
        draft.nonfinite.extend(token for token in part if self.tags[token] in NONFINITE)

    def _parent_of(self, part: list[int]) -> Draft:
        """The clause that a new dependent clause belongs to: a coordinated one has the parent of its fellow."""
        last = self.stack[-1]
        if self.tags[part[0]] == "KON" and last.verb_last and last.complete and last.parent is not None:
            return last.parent
        return last

    def _opener(self, part: list[int], delimiter: str, finite: int | None) -> tuple[ClauseKind, int] | None:
        """Kind and connector, if the segment begins a dependent clause that has a connector."""
        begin = 0
        while begin < len(part) - 1 and begin < 4 and self.tags[part[begin]] in BEFORE_CONNECTOR:
            begin += 1
        if self.tags[part[begin]] not in CONNECTORS:
            return None
        opening = Opening(
            part,
            [self.tags[token] for token in part],
            begin,
            self.forms[part[begin]],
            after_comma=delimiter == ",",
            after_clause=self.stack[-1].finite is not None,
            finite=finite,
            verb_last=finite is not None and finite == self._last_word(part),
        )
        return opened(opening)

    def _last_word(self, part: list[int]) -> int:
        return next((token for token in reversed(part) if self.tags[token][0] != "$"), part[-1])

    def _place_finite(self, part: list[int], finite: int, delimiter: str) -> None:
        conjoined = self.tags[part[0]] == "KON"
        last = self.stack[-1]
        if last.verb_last and not last.complete:
            self._fill(last, part, finite)
            return
        verb_last = finite == self._last_verb(part) and part.index(finite) > 1
        if last.verb_last and last.complete and conjoined and verb_last:
            self.stack.pop()
            self._open(Draft(last.kind, last.parent), part, finite)
            return
        waiting = next((draft for draft in reversed(self.stack) if not draft.complete), None)
        if waiting is not None and not (waiting.nonfinite and waiting.kind == "main" and conjoined):
            del self.stack[self.stack.index(waiting) + 1 :]
            self._fill(waiting, part, finite)
            return
        first = self.stack[0]
        if delimiter == "," and first.finite is not None and first.finite == first.tokens[0] and finite == part[0]:
            first.kind = "subordinate"  # "Wird der Antrag bewilligt, beginnt der Bau": a condition without connector
            self._restart(None)
            first.parent = self.stack[0]
        else:
            reported = delimiter == "," and self.forms[finite] in lexicon.sections("verb_forms")["subjunctive1"]
            self._restart(first if reported and first.finite is not None else first.parent)
        self._fill(self.stack[0], part, finite)

    def _last_verb(self, part: list[int]) -> int:
        verbs = [token for token in part if self.tags[token][0] == "V"]
        return verbs[-1] if verbs else -1

    def _place_verbless(self, part: list[int], delimiter: str) -> None:
        last = self.stack[-1]
        infinitive = self._zu_infinitive(part)
        if infinitive is not None and delimiter in (",", "–") and last.complete:
            self._open(Draft("infinitive", last), part, None)
            return
        while self.stack[-1].verb_last and self.stack[-1].complete and len(self.stack) > 1:
            if self.tags[part[0]] == "KON" and infinitive is not None:
                break
            self.stack.pop()
        host = self.stack[-1]
        participle = any(self.tags[token] in PARTICIPLES for token in part)
        if self._gapped(host, part, participle):
            repeats = self._only_denies(host, part)
            gapped = Draft(host.kind, host.parent, sharing=host.sharing or host, repeats=repeats)
            self.drafts.append(gapped)
            self.stack[-1] = gapped
            self._fill(gapped, part, None)
        elif participle and (self._adjunct(host, part) or (delimiter in DASHES and not self._waits(host))):
            adjunct = Draft("fragment", host)
            self.drafts.append(adjunct)
            self._fill(adjunct, part, None)
        else:
            self._fill(host, part, None)

    def _is_slash_of_two(self, token: int) -> bool:
        """Headlines part their halves by "//", which are two tokens."""
        around = self.forms[max(0, token - 1) : token + 2]
        return self.forms[token] == "/" and around.count("/") > 1

    def _zu_infinitive(self, part: list[int]) -> int | None:
        for before, token in zip([-1, *part], part, strict=False):
            tag = self.tags[token]
            if tag == "VVIZU" or (tag in INFINITIVES and before >= 0 and self.tags[before] == "PTKZU"):
                return token
        return None

    def _gapped(self, host: Draft, part: list[int], participle: bool) -> bool:
        """Whether the segment is a clause without its finite verb: "15 eingestellt", "16 weitere in Umsetzung"."""
        shared = host.sharing or host
        if self._only_denies(host, part):
            return True
        if shared.finite is None or self.tags[shared.finite] == "VVFIN":
            return False
        words = [token for token in part if self.tags[token] not in ("KON", "ADV")]
        if not words or self.tags[words[0]] not in NOMINAL_STARTS:
            return False
        filled = any(self.tags[token] in PARTICIPLES for token in host.nonfinite)
        if participle:
            return filled or host.sharing is not None
        numbered = self.tags[words[0]] == "CARD" and any(self.tags[token] in ("APPR", "APPRART") for token in words)
        return numbered and self.forms[shared.finite] in ("ist", "sind", "war", "waren", "seien", "sei")

    def _only_denies(self, host: Draft, part: list[int]) -> bool:
        """ "neun nicht", "an 18 noch nicht": of others than before, all that the verb before says is denied."""
        shared = host.sharing or host
        words = [token for token in part if self.tags[token] not in ("KON", "ADV")]
        short = 1 < len(words) <= _DENIED_WORDS
        tags = [self.tags[token] for token in words]
        starts = short and (tags[0] in NOMINAL_STARTS or (tags[0] in ("APPR", "APPRART") and "CARD" in tags))
        denies = starts and self.forms[part[-1]] == "nicht"
        return denies and shared.finite is not None

    def _adjunct(self, host: Draft, part: list[int]) -> bool:
        """Whether a segment with a participle is no part of the clause's verb complex: "gefördert vom Land"."""
        words = [token for token in part if self.tags[token] not in ("KON", "ADV", "ADJD")]
        leading = self.tags[words[0]] in PARTICIPLES
        full = host.finite is not None and self.tags[host.finite] == "VVFIN"
        return (leading and (host.finite is None or full or bool(host.nonfinite))) or full

    def _waits(self, host: Draft) -> bool:
        """Whether a clause has an auxiliary or modal verb, but not yet what goes with it."""
        return host.finite is not None and self.tags[host.finite] != "VVFIN" and not host.nonfinite
