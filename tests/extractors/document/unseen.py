"""Five more layouts, drawn by other means than those of `reports`: by hand on a canvas, with other words and habits.

They were made after the reader was written, and it is not to be fitted to them.
"""

import io
import random
from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import Color, black
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from tests.extractors.document.reports import Report, font

_NOUNS = (
    "Ladepark", "Uferweg", "Stadtarchiv", "Rechenzentrum", "Sportlabor", "Musikschule", "Grünzug", "Fährstelle",
    "Jugendhaus", "Marktplatz", "Solarfeld", "Lesesaal", "Turnhalle", "Werkhof", "Pumpwerk", "Bahnhalt",
)  # fmt: skip
_AT = (
    "an der Wupper", "am Alten Zoll", "in Oberfeld", "zwischen Nord- und Südstadt", "für die ganze Region", "im Tal",
    "auf dem Schlachthofgelände mit angeschlossener Lehrwerkstatt", "bei Sankt Josef", "Phase 2", "am Ring",
)  # fmt: skip
STATES = {
    "umgesetzt": "completed",
    "laufend": "in_progress",
    "in Planung": "planned",
    "entfallen": "discontinued",
    "zurückgestellt": "paused",
    "genehmigt": "approved",
}
_HOUSES = ("Bau", "Soziales", "Finanzen", "Gesundheit", "Europa")
_TEXTS = (
    "Der Kreistag hat das Programm vor {n} Monaten beschlossen und seither zweimal nachgesteuert.",
    "Von den Anliegern kamen {n} Hinweise, die meisten zum Lärm an der Bundesstraße.",
    "Eine Lenkungsgruppe tagt seit {y} und gibt alle zwei Jahre einen Überblick.",
    "Was zuerst gebaut wird, entscheidet der Ausschuss nach Lage der Kasse.",
    "Rund {n} Schülerinnen und Schüler haben an den Werkstätten teilgenommen.",
    "Die Kosten stiegen um {n} Prozent, weil Stahl und Holz teurer wurden.",
    "Manches Vorhaben scheiterte an fehlenden Flächen, manches am Denkmalschutz.",
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """How a report is drawn: its columns by name, left edge and width, and what parts its rows."""

    name: str
    columns: tuple[tuple[str, float, float], ...]
    rules: str
    """lines, grid, upright, shades or none."""
    size: float = 9.0
    gap: float = 5.0
    """White between rows."""
    text_columns: int = 1
    font: str = "Helvetica"
    head: str = "Umsetzungsbericht {page}/{page}"
    spaced: bool = False
    """Each cell is drawn word by word, as some programs do."""
    columns_first: bool = False
    """The file draws the cells of a page column by column."""


UNSEEN = (
    Drawn(
        "grid, column by column",
        (("Kennung", 50, 50), ("Bezeichnung der Maßnahme", 100, 240), ("Zuständig", 340, 90), ("Status", 430, 115)),
        "grid",
        columns_first=True,
    ),
    Drawn(
        "ruled rows, words apart",
        (("Vorhaben", 50, 230), ("Träger", 290, 100), ("Stand", 400, 140)),
        "lines",
        spaced=True,
        text_columns=2,
    ),
    Drawn(
        "nothing but white",
        (("ID", 50, 30), ("Projekttitel", 85, 230), ("Ressort", 325, 80), ("Umsetzungsstand", 410, 130)),
        "none",
        gap=7,
        font="Times-Roman",
        size=10.5,
    ),
    Drawn(
        "shades, three columns",
        (("Maßnahme", 45, 260), ("Verantwortlich", 315, 90), ("Sachstand", 415, 130)),
        "shades",
        text_columns=3,
        size=8,
    ),
    Drawn(
        "upright lines only",
        (("Nr", 50, 35), ("Projekt", 85, 250), ("Federführung", 335, 95), ("Projektstand", 430, 115)),
        "upright",
        gap=4,
        font="DejaVuSans",
        size=8,
    ),
)


def made(layout: Drawn, seed: int = 7) -> Report:
    """The report of that layout; the same seed makes the same bytes."""
    return _Hand(layout, random.Random(f"{layout.name} {seed}")).report()


class _Hand:
    def __init__(self, layout: Drawn, chance: random.Random) -> None:
        self.layout = layout
        self.chance = chance
        self.made = io.BytesIO()
        self.canvas = Canvas(self.made, pagesize=A4, invariant=1)
        self.page = 1
        self.words: list[str] = []
        self.rows: list[tuple[str, ...]] = []
        self.states: dict[str, str] = {}
        self.leading = layout.size * 1.22

    def report(self) -> Report:
        self._furniture()
        self.canvas.setFont(font(self.layout.font), 20)
        self._line(50, 770, "Umsetzungsbericht des Regionalprogramms")
        self._prose(735)
        self._next_page()
        self.canvas.setFont(font(self.layout.font), 14)
        self._line(50, 775, "Übersicht aller Vorhaben")
        self._table(750)
        self.canvas.save()
        return Report(self.made.getvalue(), tuple(self.words), tuple(self.rows), self.states)

    def _furniture(self) -> None:
        self.canvas.setFont(font(self.layout.font), 7.5)
        self.canvas.drawRightString(545, 810, self.layout.head.format(page=self.page))
        self.canvas.drawString(50, 28, f"Regionalprogramm · {self.page}")

    def _next_page(self) -> None:
        self.canvas.showPage()
        self.page += 1
        self._furniture()

    def _line(self, x: float, y: float, text: str) -> None:
        self.words += text.split()
        self.canvas.drawString(x, y, text)

    def _prose(self, top: float) -> None:
        """Columns of text as high as they get, in paragraphs with an indent."""
        count = self.layout.text_columns
        width = (495 - 20 * (count - 1)) / count
        lines: list[tuple[float, str]] = []
        while len(lines) < 34 * count:
            chosen = [self.chance.choice(_TEXTS) for _ in range(4)]
            text = " ".join(
                each.format(n=self.chance.randint(3, 800), y=self.chance.randint(2015, 2023)) for each in chosen
            )
            broken = simpleSplit(text, font(self.layout.font), 10, width - 12)
            lines += [(12 if number == 0 else 0, line) for number, line in enumerate(broken)]
        self.canvas.setFont(font(self.layout.font), 10)
        per_column = -(-len(lines) // count)
        for column in range(count):
            for number, (indent, line) in enumerate(lines[column * per_column : (column + 1) * per_column]):
                self._line(50 + column * (width + 20) + indent, top - number * 13, line)

    def _table(self, y: float) -> None:
        named = [f"{noun} {at}" for noun in _NOUNS for at in _AT]
        todo = self.chance.sample(named, 73)
        number = 0
        again = False
        while todo:
            y = self._header(y, told=not again)
            again = True
            drawn: list[tuple[float, float, list[list[str]]]] = []
            top = y
            while todo and y > 90:
                number += 1
                cells = self._cells(todo.pop(), number)
                lines = [self._broken(cell, column) for cell, column in zip(cells, self.layout.columns, strict=True)]
                height = max(map(len, lines)) * self.leading + self.layout.gap
                drawn.append((y, height, lines))
                y -= height
            self._draw(drawn)
            self._rules(top, drawn)
            if todo:
                self._next_page()
                y = 775

    def _header(self, y: float, *, told: bool) -> float:
        self.canvas.setFont(font(self.layout.font), self.layout.size)
        self.canvas.setFillColor(black)
        for name, x, _ in self.layout.columns:
            self.canvas.drawString(x + 3, y - self.layout.size, name)
            if told:
                self.words += name.split()
        if self.layout.rules in ("grid", "lines", "upright"):
            self.canvas.line(50, y - self.leading - 3, 545, y - self.leading - 3)
        return y - self.leading - 3

    def _cells(self, name: str, number: int) -> tuple[str, ...]:
        state = self.chance.choice(list(STATES))
        self.states[name] = STATES[state]
        values = []
        for column, _, _ in self.layout.columns:
            if column in ("Kennung", "ID", "Nr"):
                values.append(str(number) if column != "Kennung" else f"M{number}")
            elif column in ("Zuständig", "Träger", "Ressort", "Verantwortlich", "Federführung"):
                values.append(self.chance.choice(_HOUSES))
            elif column in ("Status", "Stand", "Umsetzungsstand", "Sachstand", "Projektstand"):
                values.append(state)
            else:
                values.append(name)
        self.rows.append(tuple(values))
        self.words += " ".join(values).split()
        return tuple(values)

    def _broken(self, cell: str, column: tuple[str, float, float]) -> list[str]:
        lines: list[str] = simpleSplit(cell, font(self.layout.font), self.layout.size, column[2] - 8)
        return lines

    def _draw(self, drawn: list[tuple[float, float, list[list[str]]]]) -> None:
        if self.layout.rules == "shades":
            self.canvas.setFillColor(Color(0.9, 0.93, 0.96))
            for y, height, _ in drawn[::2]:
                self.canvas.rect(45, y - height, 505, height, stroke=0, fill=1)
            self.canvas.setFillColor(black)
        places = [(number, row) for number in range(len(self.layout.columns)) for row in drawn]
        if not self.layout.columns_first:
            places = [(number, row) for row in drawn for number in range(len(self.layout.columns))]
        for number, (y, _, lines) in places:
            for at, line in enumerate(lines[number]):
                height = y - self.layout.gap / 2 - self.layout.size - at * self.leading
                self._cell_line(self.layout.columns[number][1] + 3, height, line)

    def _cell_line(self, x: float, y: float, line: str) -> None:
        if not self.layout.spaced:
            self.canvas.drawString(x, y, line)
            return
        for word in line.split():
            self.canvas.drawString(x, y, word)
            x += self.canvas.stringWidth(word + " ", font(self.layout.font), self.layout.size)

    def _rules(self, top: float, drawn: list[tuple[float, float, list[list[str]]]]) -> None:
        bottom = drawn[-1][0] - drawn[-1][1]
        edges: list[Any] = [column[1] for column in self.layout.columns] + [545]
        if self.layout.rules in ("grid", "lines"):
            for y, height, _ in drawn:
                self.canvas.line(50, y - height, 545, y - height)
        if self.layout.rules in ("grid", "upright"):
            for x in edges:
                self.canvas.line(x, top + self.leading + 3, x, bottom)
        if self.layout.rules == "grid":
            self.canvas.line(50, top + self.leading + 3, 545, top + self.leading + 3)
