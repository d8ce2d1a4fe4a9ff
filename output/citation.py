"""Citing a claim: in words, for reference managers, and for search engines."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.calendar import berlin_day
from models.language import Language
from models.stored import StoredClaim
from output.words import day


@dataclass(frozen=True, slots=True)
class Citation:
    """A claim as a source to be cited.

    Attributes:
        stored: the claim.
        publisher: the press office's name.
        address: permanent address of the claim.
        read_on: the day of citing.
    """

    stored: StoredClaim
    publisher: str
    address: str
    read_on: date

    def words(self, language: Language) -> str:
        """One sentence for a footnote."""
        stored, published = self.stored, berlin_day(self.stored.published)
        when = day(published, language) if published else ("o. D." if language == "de" else "n.d.")
        read_on = day(self.read_on.isoformat(), language)
        said, kind, seen, proof = {
            "de": (f"„{stored.claim.sentence}“", "Pressemitteilung", f"abgerufen am {read_on}", "Nachweis"),
            "en": (f"“{stored.claim.sentence}”", "press release", f"accessed {read_on}", "evidence"),
        }[language]
        title = f"{self.publisher}: {stored.release_title}, {kind}, {when}"
        return f"{said} {title}, {stored.url}; {proof}: {self.address} (SHA-256 {stored.snapshot_hash}), {seen}."

    def ris(self) -> str:
        """For reference managers (RIS)."""
        published = (berlin_day(self.stored.published) or "").replace("-", "/")
        fields = [
            ("TY", "PRESS"),
            ("TI", self.stored.release_title),
            ("AU", self.publisher),
            ("PY", published[:4]),
            ("DA", published),
            ("UR", self.stored.url),
            ("L2", self.address),
            ("AB", self.stored.claim.sentence),
            ("N1", f"SHA-256 {self.stored.snapshot_hash}"),
            ("Y2", self.read_on.strftime("%Y/%m/%d")),
            ("LA", "de"),
            ("ER", ""),
        ]
        return "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in fields if value or tag == "ER")

    def bibtex(self) -> str:
        """For LaTeX (BibTeX)."""
        published = berlin_day(self.stored.published)
        fields = {
            "title": self.stored.release_title,
            "author": f"{{{_tex(self.publisher)}}}",
            "year": (published or "")[:4],
            "date": published or "",
            "url": self.stored.url,
            "note": f"Nachweis: {self.address}, SHA-256 {self.stored.snapshot_hash}",
            "abstract": self.stored.claim.sentence,
            "urldate": self.read_on.isoformat(),
        }
        verbatim = {"author", "url"}
        lines = [
            f"  {name} = {{{value if name in verbatim else _tex(value)}}}" for name, value in fields.items() if value
        ]
        return f"@misc{{claim-{self.stored.key[:12]},\n" + ",\n".join(lines) + "\n}\n"

    def json_ld(self) -> str:
        """As schema.org Claim, safe to stand within a page."""
        stored = self.stored
        publisher = {"@type": "GovernmentOrganization", "name": self.publisher}
        speaker = {"@type": "Person", "name": stored.claim.speaker} if stored.claim.speaker else publisher
        release: dict[str, Any] = {
            "@type": "CreativeWork",
            "headline": stored.release_title,
            "url": stored.url,
            "publisher": publisher,
        }
        if stored.published:
            release["datePublished"] = berlin_day(stored.published)
        document = {
            "@context": "https://schema.org",
            "@type": "Claim",
            "@id": self.address,
            "url": self.address,
            "text": stored.claim.sentence,
            "inLanguage": "de",
            "author": speaker,
            "firstAppearance": release,
            "appearance": release,
        }
        return json.dumps(document, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _tex(value: str) -> str:
    for character in "\\{}&%$#_":
        value = value.replace(character, "\\textbackslash " if character == "\\" else "\\" + character)
    return _one_line(value)
