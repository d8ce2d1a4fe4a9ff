"""What the pipeline sees in a text, as plain data for whoever writes a rule."""

from dataclasses import dataclass

from extractors.german.pipeline import load


@dataclass(frozen=True, slots=True)
class TokenRow:
    """One token: its sentence and clause count from 0 (-1: white space, in no clause)."""

    text: str
    start: int
    tag: str
    lemma: str
    sentence: int
    clause: int
    clause_kind: str
    verb: str
    """The clause's verb complex in words, at the first token of the clause."""
    noun_phrase: str
    """The words of the noun phrase whose head the token is."""


def show(text: str, tagger: str | None = None) -> list[TokenRow]:
    """The tokens of a text with tags, lemmas, sentences, clauses, verb complexes and noun phrases.

    Args:
        text: one or more sentences.
        tagger: see `load`.
    """
    doc = load(tagger)(text)
    clauses = doc._.bilanz_clauses
    phrases = {phrase.head: doc[phrase.start : phrase.end].text for phrase in doc._.bilanz_noun_phrases}
    described: set[int] = set()
    rows = []
    sentence = -1
    for token, place in zip(doc, doc._.bilanz_clause_of, strict=True):
        sentence += bool(token.is_sent_start)
        clause = clauses[place] if place >= 0 else None
        verb = ""
        if clause is not None and clause.verb is not None and place not in described and token.tag_[0] != "$":
            described.add(place)
            found = clause.verb
            parts = ["+".join(found.lemmas), found.tense, found.mood, found.voice]
            parts += [f"modal:{found.modal}"] * (found.modal is not None)
            parts += ["negated"] * bool(found.negation)
            verb = " ".join(parts)
        rows.append(
            TokenRow(
                text=token.text,
                start=token.idx,
                tag=token.tag_,
                lemma=token.lemma_,
                sentence=sentence,
                clause=place,
                clause_kind=clause.kind if clause is not None else "",
                verb=verb,
                noun_phrase=phrases.get(token.i, ""),
            )
        )
    return rows
