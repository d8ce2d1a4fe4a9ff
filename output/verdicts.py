"""Verdicts in one plain sentence, in German and English."""

from collections.abc import Mapping
from decimal import Decimal

from comparison.figures import Evidence
from comparison.findings import Finding, Reason
from comparison.named_dates import named_date
from models.claim import Claim
from models.language import Language
from output.states import state_said
from output.terms import value_term
from output.words import amount, day, hedge, number, own_hedge, quoted

_SENTENCES: Mapping[Reason, Mapping[Language, str]] = {
    "same": {
        "de": "Die Meldung vom {published} sagt dasselbe: {stated}, Stand {date}.",
        "en": "The release of {published} says the same: {stated}, as of {date}.",
    },
    "at_one_time": {
        "de": "Die Meldung vom {published} sagt dasselbe für die Woche bis {date}: {stated}. Zu anderer Zeit kann es "
        "anders gewesen sein.",
        "en": "The release of {published} says the same for the week until {date}: {stated}. At another time it may "
        "have been otherwise.",
    },
    "others_since": {
        "de": "Die Meldung vom {published} sagt dasselbe: {stated}, Stand {date}. Seither ist auch genannt: {newer}, "
        "Stand {latest}; ob das dasselbe meint, ist nicht sicher.",
        "en": "The release of {published} says the same: {stated}, as of {date}. Stated since is also: {newer}, as of "
        "{latest}; whether that means the same is not sure.",
    },
    "others_then": {
        "de": "Die Meldung vom {published} sagt dasselbe: {stated}, Stand {date}. Für dieselbe Zeit ist auch genannt: "
        "{newer}, Meldung vom {newer_published}; ob das dasselbe meint, ist nicht sicher.",
        "en": "The release of {published} says the same: {stated}, as of {date}. Stated for the same time is also: "
        "{newer}, in the release of {newer_published}; whether that means the same is not sure.",
    },
    "otherwise_too": {
        "de": "{for_date} nennen Meldungen Verschiedenes: {stated} in der Meldung vom {published}, {other} in der "
        "vom {other_published}. Welche Zahl gilt, sagt keine; wer sie verwendet, nennt beide oder fragt die "
        "Pressestelle.",
        "en": "For {date} releases state different numbers: {stated} in the release of {published}, {other} in that of "
        "{other_published}. None says which one holds; who uses it names both or asks the press office.",
    },
    "computed": {
        "de": "Aus zwei genannten Zahlen gerechnet: {stated} von {whole} sind {percent} Prozent, Stand {date}, "
        "Meldung vom {published}.",
        "en": "Computed from two stated numbers: {stated} of {whole} are {percent} percent, as of {date}, "
        "in the release of {published}.",
    },
    "earlier": {
        "de": "Das entspricht dem Stand {date}; seither ist genannt: {newer}, Stand {latest}.",
        "en": "That was the state as of {date}; stated since is {newer}, as of {latest}.",
    },
    "not_since": {
        "de": "Das entspricht dem Stand {date}; im neueren Stand {latest} wurde dazu nichts gefunden.",
        "en": "That was the state as of {date}; nothing was found about it in the newer report as of {latest}.",
    },
    "other_at_date": {
        "de": "{for_date} nennt die Meldung vom {published} etwas anderes: {stated} statt {asked}.",
        "en": "For {date} the release of {published} states something else: {stated} instead of {asked}.",
    },
    "other_latest": {
        "de": "Die neueste Angabe, die gefunden wurde, ist eine andere: {stated} statt {asked}, Stand {date}, "
        "Meldung vom {published}.",
        "en": "The latest that was found is something else: {stated} instead of {asked}, as of {date}, "
        "in the release of {published}.",
    },
    "leaves_room": {
        "de": "Die Meldung vom {published} sagt nur {stated}, Stand {date}; das lässt {asked} zu, "
        "belegt es aber nicht.",
        "en": "The release of {published} says only {stated}, as of {date}; that leaves room for {asked}, "
        "but does not prove it.",
    },
    "several_numbers": {
        "de": "Mehrere Zahlen sind genannt, Stand {date}{not_among}; welche die Aussage meint, lässt sich nicht sagen.",
        "en": "Several numbers are stated, as of {date}{not_among}; which one the statement means cannot be told.",
    },
    "other_state": {
        "de": "Nichts, was gefunden wurde, lässt sich mit {asked} vergleichen; das Ähnlichste steht darunter.",
        "en": "Nothing that was found can be compared with {asked}; what is most similar stands below.",
    },
    "difference": {
        "de": "Gefragt ist nach einem Unterschied ({asked} mehr oder weniger). Voneinander abziehen lassen sich "
        "{stated}, Stand {date}, und {older}, Stand {older_date}; beide Sätze stehen darunter.",
        "en": "A difference is asked for ({asked} more or less). What can be subtracted is {stated}, as of {date}, and "
        "{older}, as of {older_date}; both sentences stand below.",
    },
    "no_difference": {
        "de": "Gefragt ist nach einem Unterschied ({asked} mehr oder weniger). Zwei Zahlen, die sich sicher "
        "voneinander abziehen lassen, wurden nicht gefunden.",
        "en": "A difference is asked for ({asked} more or less). No two numbers were found that can surely be "
        "subtracted.",
    },
    "other_actor": {
        "de": "Die Meldung vom {published} nennt {stated}, Stand {date}; dort war es aber jemand anderes als in der "
        "Aussage.",
        "en": "The release of {published} states {stated}, as of {date}; but there it was somebody else than in the "
        "statement.",
    },
    "told_elsewhere": {
        "de": "{asked} ist genannt, aber nicht sicher von dem, was die Aussage meint; das Ähnlichste steht darunter.",
        "en": "{asked} is stated, but not surely of what the statement means; what is most similar stands below.",
    },
    "may_differ": {
        "de": "{asked} ist genannt, zu Ähnlichem aber auch anderes; was davon gilt, lässt sich nicht sicher sagen.",
        "en": "{asked} is stated, but something else of what is similar, too; which holds cannot be told for sure.",
    },
    "vague": {
        "de": "Die Aussage sagt nicht, wovon {asked} gilt; das Ähnlichste steht darunter.",
        "en": "The statement does not say of what {asked} holds; what is most similar stands below.",
    },
    "not_asserted": {
        "de": "Wo {asked} steht, enthält die Aussage {mode}; ob das die Zahl selbst betrifft, lässt sich nicht "
        "sicher sagen.",
        "en": "Where {asked} stands, the statement has {mode}; whether that is said of the number itself cannot be "
        "told for sure.",
    },
    "nothing_at_date": {
        "de": "Für den genannten Zeitpunkt wurde nichts gefunden, was sich mit {asked} vergleichen lässt; das "
        "Ähnlichste steht darunter.",
        "en": "For the time that is named nothing was found that can be compared with {asked}; what is most similar "
        "stands below.",
    },
    "other_time": {
        "de": "{stated} ist genannt, aber von anderer Zeit: Stand {date}, Meldung vom {published}.",
        "en": "{stated} is stated, but of another time: as of {date}, in the release of {published}.",
    },
    "nothing": {
        "de": "In den gespeicherten Meldungen wurde dazu nichts gefunden.",
        "en": "Nothing was found about this in the stored releases.",
    },
}  # fmt: skip
_ACTOR_UNSAID: Mapping[Language, str] = {
    "de": "Ob es „{actor}“ war, sagt der Satz nicht.",
    "en": "Whether it was “{actor}”, the sentence does not say.",
}
_OTHERS_THEN: Mapping[Language, str] = {"de": "Belegt, auch anders genannt", "en": "Supported, otherwise stated, too"}
_NUMBER_ALONE: Mapping[Language, str] = {
    "de": "Zahl belegt, nicht wer es war",
    "en": "Number supported, not who did it",
}


def sentence(finding: Finding, language: Language) -> str:
    """A finding in words: of the first claim that it rests on, and of the first that overtook it."""
    asked = finding.asked
    parts = {"asked": _asked(asked, language), "programme": finding.programme, "mode": _mode(asked, language)}
    if finding.stated:
        first = finding.stated[0]
        parts |= {
            "stated": _stated(first, language),
            "date": day(_time(first, finding), language),
            "for_date": _for_date(_time(first, finding)),
            "published": _published(first, language),
        }
    if finding.reason == "computed":
        part, whole = sorted(finding.stated[:2], key=lambda each: each.value or 0)
        parts |= {"stated": _count(part, language), "whole": _count(whole, language)}
        parts["percent"] = _share(part, whole, language)
    if finding.reason == "difference":
        older = finding.stated[1]
        parts |= {"older": _stated(older, language), "older_date": day(_time(older, finding), language)}
    if finding.reason == "several_numbers":
        parts["not_among"] = _not_among(finding, language)
    if finding.otherwise:
        other = finding.otherwise[0]
        parts |= {"other": _stated(other, language), "other_published": _published(other, language)}
    if finding.later:
        newer = finding.later[0]
        parts |= {"newer": _stated(newer, language), "latest": day(_time(newer, finding), language)}
        parts["newer_published"] = _published(newer, language)
    said = _SENTENCES[finding.reason][language].format(**parts)
    if finding.unsaid_actor is None:
        return said
    return f"{said} {_ACTOR_UNSAID[language].format(actor=finding.unsaid_actor)}"


def headline(finding: Finding, language: Language) -> str:
    """The verdict in a word or two; with its date where it holds of that one for sure: "Belegt für den 3. Mai 2024"."""
    if finding.verdict == "supported" and finding.unsaid_actor is not None:
        return _NUMBER_ALONE[language]
    verdict = value_term("verdict", finding.verdict, language)
    if finding.reason == "others_then":
        return _OTHERS_THEN[language]
    if finding.reason not in ("at_one_time", "others_since"):
        return verdict
    time = _time(finding.stated[0], finding)
    of_time = _for_date(time) if language == "de" else f"For {day(time, language)}"
    return f"{verdict} {of_time[0].lower()}{of_time[1:]}"


def _time(proof: Evidence, finding: Finding) -> str:
    """As of when a number is: the date that its sentence names, before the day on which it was published.

    Where it stands against a date that the statement names, it is that one.
    """
    if proof.reporting_basis != "published":
        return proof.reporting_date
    named = named_date(finding.asked) if finding.reason in ("other_at_date", "several_numbers") else None
    return named or proof.as_of or proof.reporting_date


def _asked(claim: Claim, language: Language) -> str:
    if claim.value is None:
        return quoted(claim.quote, language)
    return amount(claim.value, claim.value_to, own_hedge(claim, language), claim.unit, language)


def _not_among(finding: Finding, language: Language) -> str:
    """That none of the numbers shown is the one asked for, where none has its value."""
    asked = finding.asked
    if any(each.value == asked.value for each in finding.stated):
        return ""
    said = _asked(asked, language)
    return f", {said} ist nicht darunter" if language == "de" else f", {said} is not among them"


def _mode(claim: Claim, language: Language) -> str:
    """What a statement has that does not simply say that something is so."""
    if claim.modality == "denied":
        return "eine Verneinung" if language == "de" else "a negation"
    return "etwas bloß Mögliches" if language == "de" else "a mere possibility"


def _stated(proof: Evidence, language: Language) -> str:
    if proof.value is None:
        return quoted(proof.quote, language) + _by_hand(proof, language, " ({})")
    shown = amount(proof.value, proof.value_to, own_hedge(proof, language), proof.unit, language)
    if state := state_said(proof, language):
        return f"{shown} ({state}{_by_hand(proof, language, ', {}')})"
    return shown + _by_hand(proof, language, " ({})")


def _count(proof: Evidence, language: Language) -> str:
    assert proof.value is not None
    return amount(proof.value, proof.value_to, own_hedge(proof, language), None, language) + _by_hand(
        proof, language, " ({})"
    )


def _share(part: Evidence, whole: Evidence, language: Language) -> str:
    """A part in percent of its whole, to a tenth where both are told exactly."""
    assert part.value is not None and whole.value
    exact = {part.comparator, whole.comparator} <= {"=", None}
    shown = number((100 * part.value / whole.value).quantize(Decimal("0.1" if exact else "1")), language)
    return shown if exact else f"{hedge('~', language)} {shown}"


def _by_hand(proof: Evidence, language: Language, form: str) -> str:
    """What a reviewer corrected is not passed off as the publisher's."""
    return form.format(value_term("decision", "corrected", language)) if proof.corrected else ""


def _for_date(date: str) -> str:
    """The beginning of a German sentence on a date: "Für den 3. Mai 2024", "Für Mai 2024", "Für Ende 2024"."""
    said = day(date, "de")
    return f"Für den {said}" if said[:1].isdigit() and "." in said else f"Für {said}"


def _published(proof: Evidence, language: Language) -> str:
    if proof.published:
        return day(proof.published, language)
    return "unbekanntem Datum" if language == "de" else "unknown date"
