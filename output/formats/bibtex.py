"""BibTeX, for LaTeX."""

from models.calendar import berlin_day
from models.origin import web_address
from output.citation import Citation, CitationFormat, one_line
from output.quotation import paired


def bibtex(citation: Citation) -> str:
    """The claim as an entry of its own."""
    published = berlin_day(citation.stored.published)
    fields = {
        "title": citation.stored.release_title,
        "author": f"{{{_tex(citation.publisher)}}}" if citation.publisher else "",
        "howpublished": citation.collection("de") or "",
        "year": (published or "")[:4],
        "date": published or "",
        "url": web_address(citation.stored.url) or citation.address,
        "note": f"Nachweis: {citation.address}, SHA-256 {citation.stored.snapshot_hash}",
        "abstract": paired(citation.stored.claim.sentence),
        "urldate": citation.read_on.isoformat(),
    }
    verbatim = {"author", "url"}
    lines = [f"  {name} = {{{value if name in verbatim else _tex(value)}}}" for name, value in fields.items() if value]
    return f"@misc{{claim-{citation.stored.key},\n" + ",\n".join(lines) + "\n}\n"


def _tex(value: str) -> str:
    for character in "\\{}&%$#_":
        value = value.replace(character, "\\textbackslash " if character == "\\" else "\\" + character)
    return one_line(value)


FORMAT = CitationFormat("bib", "application/x-bibtex", bibtex)
