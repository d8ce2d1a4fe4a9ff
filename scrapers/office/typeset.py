"""Sets the progress reports of the bundled press office as PDFs (reportlab): `python -m scrapers.office.typeset`."""

import io
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Spacer
from reportlab.platypus.tables import LongTable, TableStyle

STATES = {"P": "in Prüfung", "U": "in Umsetzung", "A": "abgeschlossen", "N": "nicht weiterverfolgt"}
MEANINGS = {
    "P": "Machbarkeit und Finanzierung werden noch geklärt.",
    "U": "Es gibt einen Träger, und die Arbeiten laufen.",
    "A": "Das Vorhaben hat sein Ziel erreicht; was bleibt, trägt sich ohne die Konferenz.",
    "N": "Es fand sich kein Träger, oder andere Programme haben die Aufgabe übernommen.",
}


@dataclass(frozen=True, slots=True)
class ProgressReport:
    """A progress report: of which year it tells, and how its table is drawn."""

    year: int
    column: int
    """Which letter of a project's path tells its state."""
    rules: str
    as_at: str = "31. Dezember"

    @property
    def file(self) -> str:
        """Its name on the server."""
        return f"fortschrittsbericht-{self.year}.pdf"


REPORTS = (
    ProgressReport(2021, 0, "grid", "30. November"),
    ProgressReport(2022, 1, "rows"),
    ProgressReport(2024, 2, "open"),
)

_PLAIN = ParagraphStyle(
    "plain", fontName="Times-Roman", fontSize=10.5, leading=13.5, spaceAfter=7, alignment=TA_JUSTIFY
)
_TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=21, leading=26, spaceAfter=10)
_HEADING = ParagraphStyle("heading", fontName="Helvetica-Bold", fontSize=13, leading=17, spaceBefore=8, spaceAfter=6)
_CELL = ParagraphStyle("cell", fontName="Helvetica", fontSize=8.5, leading=10.5)
_HEAD = ParagraphStyle("head", parent=_CELL, fontName="Helvetica-Bold")
_WIDTHS = (28, 236, 94, 112)


def typeset(report: ProgressReport) -> bytes:
    """The PDF of a report; the same report gives the same bytes."""
    made = io.BytesIO()
    document = BaseDocTemplate(
        made, pagesize=A4, title=f"Fortschrittsbericht {report.year} der Ruhr-Konferenz", lang="de", invariant=1
    )
    frame = Frame(62, 70, A4[0] - 124, A4[1] - 145, 0, 0, 0, 0)
    document.addPageTemplates([PageTemplate("page", [frame], onPage=_furniture)])
    document.build([*_foreword(report), _table(report)])
    return made.getvalue()


def _furniture(canvas: Any, document: Any) -> None:
    canvas.saveState()
    canvas.setFont("Helvetica", 8)
    canvas.drawString(62, A4[1] - 45, "Ruhr-Konferenz: Bericht der Landesregierung (Übungsausgabe)")
    canvas.drawRightString(A4[0] - 62, 40, f"Seite {document.page}")
    canvas.restoreState()


def _foreword(report: ProgressReport) -> list[Any]:
    told = [
        Paragraph(f"Fortschrittsbericht {report.year} der Ruhr-Konferenz", _TITLE),
        Paragraph(f"Stand: {report.as_at} {report.year}", _PLAIN),
        Paragraph("Wozu dieser Bericht dient", _HEADING),
        Paragraph(
            "Die Landesregierung legt offen, was aus den Projekten der Ruhr-Konferenz geworden ist. Der Bericht nennt "
            "jedes einzelne, auch dort, wo eine Idee an Grenzen stieß. Grundlage sind die Auskünfte der Träger, die "
            "von den federführenden Häusern geprüft wurden.",
            _PLAIN,
        ),
        Paragraph("Wie die Tabelle zu lesen ist", _HEADING),
    ]
    used = {project["path"][report.column] for field in _fields() for project in field["projects"]}
    told += [Paragraph(f"„{STATES[key]}“: {MEANINGS[key]}", _PLAIN) for key in STATES if key in used]
    return [*told, Paragraph("Die Projekte und ihr Stand", _HEADING), Spacer(1, 4)]


def _table(report: ProgressReport) -> LongTable:
    rows: list[list[Any]] = [[Paragraph(name, _HEAD) for name in ("Nr.", "Projekt", "Federführung", "Umsetzungsstand")]]
    style: list[Any] = [("VALIGN", (0, 0), (-1, -1), "TOP"), *_rules(report)]
    number = 0
    for field in _fields():
        style.append(("SPAN", (0, len(rows)), (-1, len(rows))))
        rows.append([Paragraph(f"Handlungsfeld {field['field']}", _HEAD), "", "", ""])
        for project in field["projects"]:
            number += 1
            state = STATES[project["path"][report.column]]
            cells = (str(number), project["name"], project["lead"], state)
            rows.append([Paragraph(cell, _CELL) for cell in cells])
    return LongTable(rows, colWidths=_WIDTHS, repeatRows=1, style=TableStyle(style))


def _rules(report: ProgressReport) -> list[Any]:
    every = ((0, 0), (-1, -1))
    if report.rules == "grid":
        return [("GRID", *every, 0.5, colors.black)]
    if report.rules == "rows":
        return [("LINEBELOW", *every, 0.4, colors.grey)]
    return [("LINEABOVE", (0, 0), (-1, 0), 1, colors.black), ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black)]


def _fields() -> list[dict[str, Any]]:
    fields: list[dict[str, Any]] = yaml.safe_load((files("scrapers.office") / "projects.yaml").read_text("utf-8"))
    return fields


def main() -> None:
    """Writes all reports to the folder from which the office serves them."""
    for report in REPORTS:
        (Path(__file__).with_name("documents") / report.file).write_bytes(typeset(report))


if __name__ == "__main__":
    main()
