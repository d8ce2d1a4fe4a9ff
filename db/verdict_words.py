"""Verdicts in one plain sentence, in German and English."""

from collections.abc import Mapping, Sequence

from db.figures import Evidence
from models.claim import Claim
from models.wording import LANGUAGES, Language, amount, comparator_word, day, status_words

_SENTENCES: Mapping[str, Mapping[Language, str]] = {
    "same": {
        "de": "Die Meldung vom {published} sagt dasselbe: {stated}, Stand {date}.",
        "en": "The release of {published} says the same: {stated}, as of {date}.",
    },
    "earlier": {
        "de": "Das entspricht dem Stand {date}; zuletzt genannt ist {stated}, Stand {latest}.",
        "en": "That was the state as of {date}; the latest that is stated is {stated}, as of {latest}.",
    },
    "other_at_date": {
        "de": "Für {date} nennt die Meldung vom {published} etwas anderes: {stated} statt {asked}.",
        "en": "For {date} the release of {published} states something else: {stated} instead of {asked}.",
    },
    "other_latest": {
        "de": "Zuletzt genannt ist etwas anderes: {stated} statt {asked}, Stand {date}, Meldung vom {published}.",
        "en": "The latest that is stated is something else: {stated} instead of {asked}, as of {date}, "
        "in the release of {published}.",
    },
    "leaves_room": {
        "de": "Die Meldung vom {published} sagt nur „{stated}“, Stand {date}; das lässt {asked} zu, "
        "belegt es aber nicht.",
        "en": "The release of {published} says only “{stated}”, as of {date}; that leaves room for {asked}, "
        "but does not prove it.",
    },
    "several_numbers": {
        "de": "Für {date} sind mehrere Zahlen genannt, {asked} ist nicht darunter; welche gemeint ist, "
        "lässt sich nicht sagen.",
        "en": "Several numbers are stated for {date}, {asked} is not among them; which one is meant cannot be told.",
    },
    "other_state": {
        "de": "Zu {programme} ist nur anderes genannt, etwa {stated}, Stand {date}; "
        "damit lässt sich {asked} nicht vergleichen.",
        "en": "Only other things are stated about {programme}, such as {stated}, as of {date}; "
        "{asked} cannot be compared with that.",
    },
    "not_asserted": {
        "de": "Die Aussage verneint etwas oder hält es nur für möglich; das lässt sich nicht mit Zahlen vergleichen.",
        "en": "The statement denies something or holds it merely possible; that cannot be compared with numbers.",
    },
    "no_programme": {
        "de": "Die Aussage nennt kein bekanntes Programm; Zahlen zum selben Wort gibt es, etwa {stated}, Stand {date}.",
        "en": "The statement names no known programme; there are numbers for the same word, such as {stated}, "
        "as of {date}.",
    },
    "nothing_at_date": {
        "de": "Für den genannten Zeitpunkt wurde keine Angabe gefunden; zuletzt genannt ist {stated}, Stand {date}.",
        "en": "Nothing was found for the time that is named; the latest that is stated is {stated}, as of {date}.",
    },
    "nothing": {
        "de": "In den gespeicherten Meldungen wurde dazu nichts gefunden.",
        "en": "Nothing was found about this in the stored releases.",
    },
}  # fmt: skip


def sentences(
    asked: Claim, reason: str, programme: str | None, date: str | None, proofs: Sequence[Evidence]
) -> dict[Language, str]:
    """The sentence of a finding by language; `proofs` begin with the claim that it speaks of."""
    return {language: _sentence(language, asked, reason, programme, date, proofs) for language in LANGUAGES}


def _sentence(
    language: Language, asked: Claim, reason: str, programme: str | None, date: str | None, proofs: Sequence[Evidence]
) -> str:
    parts = {"asked": _asked(asked, language), "programme": programme, "date": day(date or "", language)}
    if proofs:
        first = proofs[0]
        parts |= {
            "stated": _stated(first, asked, language),
            "latest": day(first.reporting_date, language),
            "published": day(first.published, language) if first.published else _undated(language),
        }
    return _SENTENCES[reason][language].format(**parts)


def _asked(claim: Claim, language: Language) -> str:
    if claim.value is None:
        return status_words(claim.status, language) if claim.status else f"„{claim.quote}“"
    # German comparator words fit a German sentence only.
    word = comparator_word(claim) if language == "de" else None
    return amount(claim.value, claim.value_to, word or claim.comparator, claim.unit, language)


def _stated(proof: Evidence, asked: Claim, language: Language) -> str:
    status = status_words(proof.status, language) if proof.status else None
    if proof.value is None:
        return status or proof.quote
    shown = amount(proof.value, proof.value_to, proof.comparator, asked.unit, language)
    return f"{shown} ({status})" if status else shown


def _undated(language: Language) -> str:
    return "unbekanntem Datum" if language == "de" else "unknown date"
