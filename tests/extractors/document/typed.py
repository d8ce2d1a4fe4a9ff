"""Seven more reports, set as word processors set them: words placed one by one, borders as thin boxes around each cell,
rows that go on over the page, cells that stand for several rows, notes of their own size in cells.

They were made after the reader was written, and it is not to be fitted to them.
"""

import io
import random
from dataclasses import dataclass

from reportlab.lib.colors import Color, black
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from tests.extractors.document.reports import Report, font

_THINGS = (
    "Breitbandausbau", "Ärztehaus", "Dorfladen", "Mitfahrbank", "Kita-Neubau", "Bürgerbus", "Schwimmhalle", "Ortsmitte",
    "Feuerwehrhaus", "Seniorentreff", "Co-Working-Raum", "Streuobstwiese",
)  # fmt: skip
_PLACES = (
    "Ober-Ramstatt", "in den Ortsteilen Hassel, Loh und Wiebelsfeld", "Kirchditmold", "am Bahnhof (1. Stufe)",
    "Bruchtal",    "für die Verbandsgemeinde", "Steinfurth", "mit Tagespflege und Apotheke im Erdgeschoss", "Waldeck",
)  # fmt: skip
STATES = {
    "realisiert": "completed",
    "in Umsetzung": "in_progress",
    "in Abstimmung": "under_review",
    "noch nicht gestartet": "planned",
    "aufgegeben": "discontinued",
    "Förderung bewilligt": "approved",
    "verlängert": "extended",
    "in Betrieb": "operating",
}
_OFFICES = ("Landkreis", "Gemeinde", "Regierungspräsidium Mitte", "Verein", "LEADER-Gruppe Oberland")
_FIELDS = ("Daseinsvorsorge", "Mobilität im ländlichen Raum", "Ortskerne", "Ehrenamt")
_REMARKS = (
    "", "Bescheid vom 3. März.", "Bauantrag gestellt, Genehmigung steht aus.", "Eigenanteil der Gemeinde: 20 Prozent.",
    "Nach dem Rückzug des Betreibers wird ein neuer gesucht; drei Vereine haben sich gemeldet, entschieden ist nichts.",
)  # fmt: skip
_TOLD = (
    "In jeder Gemeinde fand eine Versammlung statt, zu der {n} Menschen kamen.",
    "Über {n} Anträge liegen vor, und nicht alle lassen sich erfüllen.",
    "Das Programm begann {y} und endet mit der Förderperiode.",
    "Was gut läuft, wird andernorts nachgemacht.",
)


@dataclass(frozen=True, slots=True)
class Typed:
    """A report: its columns with their widths in points, which borders each cell has, and how it is set."""

    name: str
    columns: tuple[tuple[str, float], ...]
    borders: str
    """Sides of each cell: l, r, t, b; those of the table's edge are left out where "open"."""
    face: str = "Times-Roman"
    size: float = 10
    wide: bool = False
    is_open: bool = False
    middle: bool = False
    cut: bool = False
    """Rows go on over the page, line by line."""
    again: bool = True
    """Each page begins with the header."""
    blank: float = 0.0
    """Points above and below the words of a cell."""

    @property
    def ruled(self) -> bool:
        """Whether lines go in both directions."""
        return len(set(self.borders)) == 4


TYPED = (
    Typed("full borders, cut rows", (("Nr.", 34), ("Vorhaben", 190), ("Erläuterung", 170), ("Umsetzungsstand", 96)),
          "lrtb", cut=True, blank=1.5),
    Typed("borders within", (("Maßnahme", 230), ("Federführung", 110), ("Stand", 110)), "lrtb", face="DejaVuSans",
          size=8, is_open=True, blank=3),
    Typed("fields over rows, landscape", (("Themenfeld", 140), ("Projekt", 280), ("Träger", 150), ("Status", 130)),
          "lrtb", face="Helvetica", size=11, wide=True, middle=True, blank=4),
    Typed("header once, notes in cells", (("ID", 30), ("Bezeichnung", 250), ("Sachstand", 120), ("Ressort", 90)),
          "lrtb", size=12, again=False, blank=0.5),
    Typed("lines below", (("Lfd. Nr.", 50), ("Titel", 220), ("Zuständigkeit", 120), ("Projektstatus", 100)), "b",
          face="Helvetica", size=9, middle=True, blank=2.5),
    Typed("no lines, cut rows", (("Vorhaben", 210), ("Bemerkung", 180), ("Stand", 100)), "", face="DejaVuSans", size=8,
          blank=4),
    Typed("no lines, close", (("Nr.", 30), ("Projekttitel", 240), ("Realisierungsstand", 120), ("Träger", 100)), "",
          size=11, blank=1.5),
)  # fmt: skip


def typed(layout: Typed, seed: int = 5) -> Report:
    """The report of that layout; the same seed makes the same bytes."""
    return _Typist(layout, random.Random(f"{layout.name} {seed}")).report()


Cells = list[list[tuple[str, float]]]
"""Of each cell the lines, with the size in which each is set."""


class _Typist:
    def __init__(self, layout: Typed, chance: random.Random) -> None:
        self.layout = layout
        self.chance = chance
        self.paper = landscape(A4) if layout.wide else A4
        self.made = io.BytesIO()
        self.canvas = Canvas(self.made, pagesize=self.paper, invariant=1)
        self.face = font(layout.face)
        self.page = 0
        self.y = 0.0
        self.rows: list[tuple[str, ...]] = []
        self.states: dict[str, str] = {}
        self.field: tuple[str, int] = ("", 0)

    def report(self) -> Report:
        self._begin_page()
        self._line(56, "Halbzeitbericht Ländlicher Raum", 18)
        self._prose(14)
        self._line(56, "Übersicht", 13)
        self._table()
        self._prose(5)
        self.canvas.save()
        return Report(self.made.getvalue(), (), tuple(self.rows), self.states)

    def _begin_page(self) -> None:
        if self.page:
            self.canvas.showPage()
        self.page += 1
        self._words(56, self.paper[1] - 34, "Halbzeitbericht – Entwurf der Geschäftsstelle", 8)
        self._words(self.paper[0] / 2, 30, f"- {self.page} -", 8)
        self.y = self.paper[1] - 70

    def _words(self, x: float, y: float, text: str, size: float) -> None:
        """Each word by itself, as kerned text is placed."""
        self.canvas.setFont(self.face, size)
        for word in text.split(" "):
            self.canvas.drawString(x, y, word)
            x += self.canvas.stringWidth(word + " ", self.face, size)

    def _line(self, x: float, text: str, size: float) -> None:
        if self.y - size * 1.5 < 60:
            self._begin_page()
        self.y -= size * 1.3
        self._words(x, self.y, text, size)
        self.y -= size * 0.2

    def _prose(self, count: int) -> None:
        for _ in range(count // 2):
            told = " ".join(self.chance.choice(_TOLD) for _ in range(5))
            text = told.format(n=self.chance.randint(12, 900), y=self.chance.randint(2014, 2023))
            for line in simpleSplit(text, self.face, 10.5, self.paper[0] - 112):
                self._line(56, line, 10.5)
            self.y -= 7

    def _table(self) -> None:
        names = self.chance.sample([f"{thing} {place}" for thing in _THINGS for place in _PLACES], 56)
        header = [[(line, self.layout.size) for line in self._broken(name, width, self.layout.size)]
                  for name, width in self.layout.columns]  # fmt: skip
        self._row(header, first=True)
        for number, name in enumerate(names, start=1):
            cells = self._cells(number, name)
            if self.y - self._height(cells) < 60:
                if self.layout.cut and self.y - 2 * self._height([[("", self.layout.size)]]) > 60:
                    cells = self._beginning(cells)
                self._begin_page()
                if self.layout.again:
                    self._row(header, first=True)
            self._row(cells, first=self.y > self.paper[1] - 75)
        self.y -= 16

    def _beginning(self, cells: Cells) -> Cells:
        """Sets the lines of a row that fit on the page; the others."""
        fit = int((self.y - 60 - 2 * self.layout.blank) / (self.layout.size * 1.2))
        self._row([lines[:fit] for lines in cells])
        return [lines[fit:] for lines in cells]

    def _cells(self, number: int, name: str) -> Cells:
        state = self.chance.choice(list(STATES))
        self.states[name] = STATES[state]
        values, cells = [], []
        for title, width in self.layout.columns:
            small = ""
            if title in ("Nr.", "ID", "Lfd. Nr."):
                value = str(number)
            elif title in ("Stand", "Umsetzungsstand", "Status", "Sachstand", "Projektstatus", "Realisierungsstand"):
                value = state
            elif title in ("Erläuterung", "Bemerkung"):
                value = self.chance.choice(_REMARKS)
            elif title == "Themenfeld":
                told, left = self.field
                begins = left == 0
                self.field = (f"{self.chance.choice(_FIELDS)} {number}", self.chance.randint(0, 3)) if begins else (
                    told, left - 1)  # fmt: skip
                value = self.field[0]
                values.append(value)
                cells.append([(line, self.layout.size) for line in self._broken(value if begins else "", width, 0)])
                continue
            elif title in ("Vorhaben", "Maßnahme", "Projekt", "Bezeichnung", "Titel", "Projekttitel"):
                value = name
                small = "Hinweis: siehe Anlage" if "notes" in self.layout.name and number % 4 == 0 else ""
            else:
                value = self.chance.choice(_OFFICES)
            lines = [(line, self.layout.size) for line in self._broken(value, width, self.layout.size)]
            lines += [(line, self.layout.size * 0.8) for line in self._broken(small, width, self.layout.size * 0.8)]
            values.append(f"{value} {small}".strip())
            cells.append(lines)
        self.rows.append(tuple(values))
        return cells

    def _broken(self, text: str, width: float, size: float) -> list[str]:
        lines: list[str] = simpleSplit(text, self.face, size or self.layout.size, width - 10.8)
        return lines

    def _height(self, cells: Cells) -> float:
        lines = max(sum(size for _, size in cell) for cell in cells)
        return lines * 1.2 + 2 * self.layout.blank

    def _row(self, cells: Cells, *, first: bool = False) -> None:
        height, x = self._height(cells), 56.0
        for number, ((title, width), lines) in enumerate(zip(self.layout.columns, cells, strict=True)):
            own = sum(size for _, size in lines) * 1.2
            y = self.y - self.layout.blank - ((height - 2 * self.layout.blank - own) / 2 if self.layout.middle else 0)
            if title == "Themenfeld":
                y = self.y - self.layout.blank
            for line, size in lines:
                y -= size * 1.2
                self._words(x + 5.4, y + size * 0.25, line, size)
            self._borders(x, width, height, number, first=first, joined=title == "Themenfeld" and not lines)
            x += width
        self.y -= height

    def _borders(self, x: float, width: float, height: float, number: int, *, first: bool, joined: bool) -> None:
        last = number == len(self.layout.columns) - 1
        sides = self.layout.borders
        self.canvas.setFillColor(Color(0.2, 0.2, 0.2))
        if "l" in sides and not (self.layout.is_open and number == 0):
            self.canvas.rect(x - 0.24, self.y - height, 0.48, height, stroke=0, fill=1)
        if "r" in sides and last and not self.layout.is_open:
            self.canvas.rect(x + width - 0.24, self.y - height, 0.48, height, stroke=0, fill=1)
        if "t" in sides and not joined and not (self.layout.is_open and first):
            self.canvas.rect(x, self.y - 0.24, width, 0.48, stroke=0, fill=1)
        elif sides == "b":
            self.canvas.rect(x, self.y - height - 0.24, width, 0.48, stroke=0, fill=1)
        self.canvas.setFillColor(black)
