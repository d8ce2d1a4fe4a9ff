"""Progress reports of invented programmes in many layouts, with what a reader must find in each: made by reportlab."""

import io
import random
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2
from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Frame, NextPageTemplate, PageBreak, PageTemplate, Paragraph, Spacer
from reportlab.platypus.tables import LongTable, TableStyle

_PLACES = (
    "Halde Rungenberg", "Zeche Holland", "Emscherquelle", "Kanal Nord", "Hafen Walsum", "Stadtpark Hüls", "Bahnhof Süd",
    "Campus Lichtenfeld", "Ruhraue", "Quartier Altmarkt", "Gewerbehof Ostwall", "Lippeufer", "Werkstadt Kamp",
)  # fmt: skip
_KINDS = (
    "Radschnellweg", "Gründerhaus", "Talentwerkstatt", "Wärmenetz", "Bildungscampus", "Wasserstofflabor", "Bürgerforum",
    "Mobilstation", "Klimalabor", "Kulturhaus", "Forschungsverbund", "Pflegeschule", "Logistikhof", "Digitallotse",
)  # fmt: skip
_TAILS = (
    "", "", "", " mit offener Werkstatt", " für Handwerk und junge Betriebe", " II", " in kommunaler Trägerschaft",
)  # fmt: skip
STATES = {
    "abgeschlossen": "completed",
    "in Umsetzung": "in_progress",
    "nicht weiterverfolgt": "discontinued",
    "in Prüfung": "under_review",
    "in Vorbereitung": "planned",
    "begonnen": "started",
    "verstetigt": "continued",
    "bewilligt": "approved",
}
_OFFICES = ("Wirtschaft", "Verkehr", "Wissenschaft", "Umwelt", "Kultur", "Schule", "Inneres")
_SENTENCES = (
    "Das Kabinett hat den Bericht zur Kenntnis genommen.",
    "Die Geschäftsstelle begleitet {n} Vorhaben von der ersten Idee bis zum letzten Bauabschnitt.",
    "Im Jahr {y} kamen die Beteiligten zu {n} Sitzungen zusammen, meist in den Rathäusern der Region.",
    "Für den Ausbau der Wege stehen {n} Millionen Euro bereit, weitere Mittel kommen vom Bund.",
    "Nach Auskunft der Träger lassen sich die Arbeiten vor dem Winter kaum noch beschleunigen.",
    "Rund {n} Fachleute haben die Unterlagen geprüft und ihre Einwände schriftlich mitgeteilt.",
    "Wer am Wasser wohnt, kennt die Sorgen mit dem Grundwasser, das seit {y} wieder steigt.",
    "Ob sich die Zusammenarbeit bewährt, zeigt sich erst, wenn die Förderung ausläuft.",
    "Die Hochschulen wollen {n} Stellen dauerhaft aus ihren Haushalten bezahlen.",
    "Am Ende zählt, was die Menschen im Quartier davon haben.",
    "Auch kleine Gemeinden mit weniger als {n} Betrieben konnten sich beteiligen.",
)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a report looks."""

    name: str
    columns: int = 1
    font: str = "Helvetica"
    size: float = 10
    justified: bool = False
    rules: str = "grid"
    """Of its tables: grid, rows, box, outer, none."""
    zebra: bool = False
    header_again: bool = True
    fields: tuple[str, ...] = ("Nr.", "Projekt", "Ressort", "Status")
    middle: bool = False
    groups: bool = False
    """Rows across all columns that name what follows."""
    merged: bool = False
    """The first column has one cell for several rows."""
    wide: bool = False
    turned: bool = False
    head: str | None = "Fortschrittsbericht zur Konferenz {page}"
    foot: str | None = "Seite {page}"
    padding: float = 3
    projects: int = 73
    symbols: bool = False
    notes: bool = False
    two_tables: bool = False
    title_size: float = 18
    widths: dict[str, float] = field(default_factory=dict)


SEEN = (
    Layout("plain"),
    Layout("two columns", columns=2),
    Layout("two columns justified, Times", columns=2, font="Times-Roman", justified=True),
    Layout("three columns landscape", columns=3, wide=True, size=9),
    Layout("rows only", rules="rows"),
    Layout("outer rules", rules="outer"),
    Layout("no rules", rules="none"),
    Layout("no rules, two columns before", rules="none", columns=2, font="Times-Roman"),
    Layout("zebra", rules="none", zebra=True),
    Layout("no header again", header_again=False),
    Layout("no header again, no rules", rules="none", header_again=False, font="DejaVuSans", size=8),
    Layout("middle", middle=True),
    Layout("middle, no rules", middle=True, rules="none", padding=5),
    Layout("groups", groups=True),
    Layout("groups, no rules", groups=True, rules="none"),
    Layout("merged", merged=True, fields=("Handlungsfeld", "Projekt", "Status")),
    Layout("money", fields=("Lfd. Nr.", "Maßnahme", "Federführung", "Mittel in Tsd. Euro", "Frist", "Umsetzungsstand")),
    Layout("money, no rules", rules="none", wide=True,
           fields=("Lfd. Nr.", "Maßnahme", "Federführung", "Mittel in Tsd. Euro", "Frist", "Umsetzungsstand")),
    Layout("no number", fields=("Vorhaben", "Sachstand"), rules="rows", padding=2),
    Layout("no number, no rules", fields=("Vorhaben", "Sachstand", "Träger"), rules="none"),
    Layout("symbols", symbols=True),
    Layout("turned", turned=True),
    Layout("landscape box", wide=True, rules="box", font="DejaVuSans", size=9),
    Layout("no head", head=None, foot="{page}"),
    Layout("notes", notes=True, columns=2),
    Layout("tight", rules="none", padding=0.5, projects=40),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Report:
    """A report, and what a reader must find in it.

    Attributes:
        body: the PDF.
        words: all words but running heads and feet, in reading order.
        rows: the cells of the project rows.
        states: status by project.
    """

    body: bytes
    words: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    states: dict[str, str]


def made(layout: Layout, seed: int = 1, *, packed: bool = True) -> Report:
    """The report of that layout; the same seed makes the same bytes. What it draws is compressed, or readable."""
    return _Maker(layout, random.Random(f"{layout.name} {seed}"), packed=packed).report()


def sentences(chance: random.Random, count: int) -> str:
    """So many sentences of a report."""
    drawn = [chance.choice(_SENTENCES) for _ in range(count)]
    return " ".join(each.format(n=chance.randint(2, 980), y=chance.randint(2015, 2024)) for each in drawn)


def projects(chance: random.Random, count: int) -> list[str]:
    """Names of so many projects, no two alike."""
    every = [f"{kind} {place}{chance.choice(_TAILS)}" for kind in _KINDS for place in _PLACES]
    return chance.sample(every, count)


def font(name: str) -> str:
    """The font, registered where it comes from a file."""
    if name.startswith("DejaVu") and name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, str(Path("/usr/share/fonts/truetype/dejavu") / f"{name}.ttf")))
    return name


def _turned(body: bytes) -> bytes:
    """The document with its pages shown sideways."""
    turned = io.BytesIO()
    with closing(pypdfium2.PdfDocument(body)) as document:
        for number in range(len(document)):
            document[number].set_rotation(90)
        document.save(turned)
    return turned.getvalue()


class _Maker:
    def __init__(self, layout: Layout, chance: random.Random, *, packed: bool) -> None:
        self.layout = layout
        self.chance = chance
        self.packed = packed
        self.words: list[str] = []
        self.rows: list[tuple[str, ...]] = []
        self.states: dict[str, str] = {}
        name = font(layout.font)
        alignment = {"alignment": TA_JUSTIFY} if layout.justified else {}
        self.plain = ParagraphStyle("p", fontName=name, fontSize=layout.size, leading=layout.size * 1.25, **alignment)
        self.cell = ParagraphStyle("c", fontName=name, fontSize=layout.size, leading=layout.size * 1.2)
        self.heading = ParagraphStyle(
            "h", fontName=name, fontSize=layout.title_size, leading=layout.title_size * 1.3, spaceAfter=6
        )
        self.chapter = ParagraphStyle("h2", self.heading, fontSize=13, leading=17)

    def report(self) -> Report:
        story: list[Any] = []
        self._say(story, "Fortschrittsbericht 2024 zur Konferenz", self.heading)
        story.append(NextPageTemplate("body"))
        sections = 4 if self.layout.columns > 1 else 2
        for number in range(sections):
            self._say(story, f"{number + 1} Kapitel zur Lage", self.chapter)
            for _ in range(3):
                self._say(story, self._prose(), self.plain)
                story.append(Spacer(1, 6))
        story += [NextPageTemplate("table"), PageBreak()]
        self._say(story, "Stand der einzelnen Projekte", self.chapter)
        if self.layout.symbols:
            self._say(story, "Legende: ● abgeschlossen, ◐ in Umsetzung, ○ nicht weiterverfolgt", self._symbols())
        story.append(self._table())
        story.append(Spacer(1, 12))
        self._say(story, sentences(self.chance, 4), self.plain)
        return Report(self._build(story), tuple(self.words), tuple(self.rows), self.states)

    def _symbols(self) -> ParagraphStyle:
        return ParagraphStyle("sym", self.plain, fontName=font("DejaVuSans"))

    def _prose(self) -> str:
        return sentences(self.chance, self.chance.randint(3, 7))

    def _say(self, story: list[Any], text: str, style: ParagraphStyle) -> None:
        self.words += text.split()
        if self.layout.notes and style is self.plain:
            first, _, rest = text.partition(".")
            text = f"{first}<super size=6>3</super>.{rest}"
        story.append(Paragraph(text, style))

    def _table(self) -> LongTable:
        layout = self.layout
        names = projects(self.chance, layout.projects)
        states = list(STATES) if not layout.symbols else ["abgeschlossen", "in Umsetzung", "nicht weiterverfolgt"]
        data: list[list[Any]] = [[Paragraph(name, self.cell) for name in layout.fields]]
        self.words += " ".join(layout.fields).split()
        style: list[Any] = [
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE" if layout.middle else "TOP"),
            *((f"{side}PADDING", (0, 0), (-1, -1), layout.padding) for side in ("TOP", "BOTTOM")),
        ]
        field_name, span = "", 0
        for number, name in enumerate(names, start=1):
            if layout.groups and number % 12 == 1:
                group = f"Handlungsfeld {number // 12 + 1}: Leben am Wasser"
                self.words += group.split()
                style.append(("SPAN", (0, len(data)), (-1, len(data))))
                data.append([Paragraph(group, self.cell)] + [""] * (len(layout.fields) - 1))
            if layout.merged and not span:
                span = min(self.chance.randint(2, 4), layout.projects - number + 1)
                field_name = f"Feld {self.chance.choice(_OFFICES)}"
                style.append(("SPAN", (0, len(data)), (0, len(data) + span - 1)))
                self.words += field_name.split()
                starts = True
            else:
                starts = False
            span -= 1
            state = self.chance.choice(states)
            self.states[name] = STATES[state]
            row = [self._value(column, number, name, state, field_name) for column in layout.fields]
            self.rows.append(tuple(row))
            shown = ["", *row[1:]] if layout.merged and not starts else row
            self.words += " ".join(row[1:] if layout.merged else row).split()
            data.append([Paragraph(cell, self._symbols() if cell in "●◐○" else self.cell) for cell in shown])
        style += self._rules(len(data))
        again = 1 if layout.header_again else 0
        return LongTable(data, colWidths=self._widths(), repeatRows=again, style=TableStyle(style))

    def _value(self, column: str, number: int, name: str, state: str, field_name: str) -> str:
        if column in ("Nr.", "Lfd. Nr."):
            return str(number)
        if column in ("Projekt", "Maßnahme", "Vorhaben"):
            return name
        if column in ("Status", "Umsetzungsstand", "Sachstand"):
            symbols = {"abgeschlossen": "●", "in Umsetzung": "◐", "nicht weiterverfolgt": "○"}
            return symbols[state] if self.layout.symbols else state
        if column == "Mittel in Tsd. Euro":
            return f"{self.chance.randint(1, 9)}.{self.chance.randint(100, 999)}"
        if column == "Frist":
            return f"{self.chance.randint(1, 12):02}/{self.chance.randint(2023, 2029)}"
        return field_name if column == "Handlungsfeld" else self.chance.choice(_OFFICES)

    def _widths(self) -> list[float]:
        shares = {"Nr.": 1, "Lfd. Nr.": 1.4, "Projekt": 5, "Maßnahme": 5, "Vorhaben": 6, "Ressort": 2.5, "Träger": 3}
        shares |= {"Federführung": 3, "Mittel in Tsd. Euro": 2.2, "Frist": 1.8, "Handlungsfeld": 3}
        parts = [shares.get(name, 3.0) for name in self.layout.fields]
        width = (A4[1] if self.layout.wide else A4[0]) - 120
        return [width * part / sum(parts) for part in parts]

    def _rules(self, rows: int) -> list[Any]:
        black, every = colors.black, ((0, 0), (-1, -1))
        style: list[Any] = {
            "grid": [("GRID", *every, 0.5, black)],
            "rows": [("LINEBELOW", *every, 0.4, colors.grey)],
            "box": [("BOX", *every, 1, black), ("INNERGRID", *every, 0.25, colors.grey)],
            "outer": [("LINEABOVE", (0, 0), (-1, 0), 1, black), ("LINEBELOW", (0, 0), (-1, 0), 0.5, black),
                      ("LINEBELOW", (0, -1), (-1, -1), 1, black)],
            "none": [],
        }[self.layout.rules]  # fmt: skip
        if self.layout.zebra:
            style += [("BACKGROUND", (0, row), (-1, row), colors.whitesmoke) for row in range(2, rows, 2)]
        return style

    def _build(self, story: list[Any]) -> bytes:
        size = landscape(A4) if self.layout.wide else A4
        width, height = size[0] - 120, size[1] - 130
        gap, columns = 18, self.layout.columns
        one = (width - gap * (columns - 1)) / columns
        body = [Frame(60 + (one + gap) * i, 65, one, height, 0, 0, 0, 0) for i in range(columns)]
        first_height = height - 60
        first = [Frame(60, 65 + first_height, width, 60, 0, 0, 0, 0)]
        first += [Frame(60 + (one + gap) * i, 65, one, first_height, 0, 0, 0, 0) for i in range(columns)]
        whole = [Frame(60, 65, width, height, 0, 0, 0, 0)]
        made_of = io.BytesIO()
        document = BaseDocTemplate(
            made_of, pagesize=size, title="Fortschrittsbericht 2024", invariant=1, pageCompression=int(self.packed)
        )
        document.addPageTemplates(
            [
                PageTemplate("first", first, onPage=self._furniture),
                PageTemplate("body", body, onPage=self._furniture),
                PageTemplate("table", whole, onPage=self._furniture),
            ]
        )
        document.build(story)
        return _turned(made_of.getvalue()) if self.layout.turned else made_of.getvalue()

    def _furniture(self, canvas: Any, document: Any) -> None:
        canvas.saveState()
        canvas.setFont(font(self.layout.font), 8)
        width, height = document.pagesize
        if self.layout.head:
            canvas.drawString(60, height - 40, self.layout.head.format(page=document.page))
        if self.layout.foot:
            canvas.drawCentredString(width / 2, 35, self.layout.foot.format(page=document.page))
        canvas.restoreState()
