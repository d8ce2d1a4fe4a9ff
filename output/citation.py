"""Citing a claim: in words and for search engines; formats of reference managers are among `output.formats`."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.calendar import berlin_day
from models.language import Language
from models.origin import SCHEME, web_address
from models.stored import StoredClaim
from output.words import day, quoted

_NO_OFFICE: Mapping[Language, str] = {
    "de": "aus der Sammlung „{collection}“; wer die einzelne Meldung herausgab, nennt der Import nicht",
    "en": "from the collection “{collection}”, whose import does not name who issued the single release",
}
_NO_ADDRESS: Mapping[Language, str] = {
    "de": "ohne öffentliche Adresse (Datensatz {record})",
    "en": "no public address (record {record})",
}


@dataclass(frozen=True, slots=True)
class Citation:
    """A claim as a source to be cited.

    Attributes:
        stored: the claim.
        publisher: the press office's name; None where a collection was imported, which names none.
        address: permanent address of the claim.
        read_on: the day of citing.
    """

    stored: StoredClaim
    publisher: str | None
    address: str
    read_on: date

    @property
    def _titled(self) -> str:
        return ": ".join(filter(None, (self.publisher, self.stored.release_title)))

    def collection(self, language: Language) -> str | None:
        """Of which collection the release is, and that no press office is known; None where one is."""
        if self.publisher is not None or self.stored.collection is None:
            return None
        return _NO_OFFICE[language].format(collection=self.stored.collection)

    def words(self, language: Language) -> str:
        """One sentence for a footnote."""
        stored, published = self.stored, berlin_day(self.stored.published)
        when = day(published, language) if published else ("o. D." if language == "de" else "n.d.")
        read_on = day(self.read_on.isoformat(), language)
        said, kind, seen, proof = {
            "de": (quoted(stored.claim.sentence, "de"), "Pressemitteilung", f"abgerufen am {read_on}", "Nachweis"),
            "en": (quoted(stored.claim.sentence, "en"), "press release", f"accessed {read_on}", "evidence"),
        }[language]
        title = ", ".join(filter(None, (self._titled, kind, when, self.collection(language))))
        place = web_address(stored.url) or _NO_ADDRESS[language].format(record=stored.url.removeprefix(SCHEME))
        return f"{said} {title}, {place}; {proof}: {self.address} (SHA-256 {stored.snapshot_hash}), {seen}."

    def quotation(self, language: Language) -> str:
        """The sentence with its source, to be printed as it is."""
        stored, published = self.stored, berlin_day(self.stored.published)
        kind = {"de": "Pressemitteilung", "en": "press release"}[language]
        when = day(published, language) if published else None
        told = (self._titled, kind, when, self.collection(language), web_address(stored.url))
        return f"{quoted(stored.claim.sentence, 'de')} ({', '.join(filter(None, told))})"

    def json_ld(self) -> str:
        """As schema.org Claim, safe to stand within a page."""
        stored = self.stored
        office = {"@type": "GovernmentOrganization", "name": self.publisher} if self.publisher else None
        speaker = {"@type": "Person", "name": stored.claim.speaker} if stored.claim.speaker else office
        release: dict[str, Any] = {"@type": "CreativeWork", "headline": stored.release_title}
        if office:
            release["publisher"] = office
        if collection := self.collection("de"):
            release["isPartOf"] = {"@type": "Collection", "name": stored.collection, "description": collection}
        if address := web_address(stored.url):
            release["url"] = address
        if stored.published:
            release["datePublished"] = berlin_day(stored.published)
        document = {
            "@context": "https://schema.org",
            "@type": "Claim",
            "@id": self.address,
            "url": self.address,
            "text": stored.claim.sentence,
            "inLanguage": "de",
            "firstAppearance": release,
            "appearance": release,
        }
        if speaker:
            document["author"] = speaker
        return json.dumps(document, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")


@dataclass(frozen=True, slots=True)
class CitationFormat:
    """A form of citations that reference managers read; `suffix` is that of its files."""

    suffix: str
    media_type: str
    text: Callable[[Citation], str]


def one_line(value: str) -> str:
    """The words without what would end a field."""
    return " ".join(value.split())
