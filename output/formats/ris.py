"""RIS, for reference managers."""

from models.calendar import berlin_day
from models.origin import web_address
from output.citation import Citation, CitationFormat, one_line
from output.quotation import paired


def ris(citation: Citation) -> str:
    """The claim as a press release."""
    published = (berlin_day(citation.stored.published) or "").replace("-", "/")
    collection = citation.collection("de")
    fields = [
        ("TY", "PRESS"),
        ("TI", citation.stored.release_title),
        ("AU", citation.publisher or ""),
        ("PY", published[:4]),
        ("DA", published),
        ("UR", web_address(citation.stored.url) or citation.address),
        ("L2", citation.address),
        ("AB", paired(citation.stored.claim.sentence)),
        ("T2", (citation.stored.collection or "") if collection else ""),
        ("N1", collection or ""),
        ("N1", f"SHA-256 {citation.stored.snapshot_hash}"),
        ("Y2", citation.read_on.strftime("%Y/%m/%d")),
        ("LA", "de"),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {one_line(value)}\r\n" for tag, value in fields if value or tag == "ER")


FORMAT = CitationFormat("ris", "application/x-research-info-systems", ris)
