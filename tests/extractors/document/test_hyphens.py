"""Words broken at the ends of lines, set on real pages."""

import io
import re
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from extractors.document.read import read_pdf

_CASES = re.compile(r"\S+?-\| \S+|\S+")


def _cases() -> list[str]:
    lines = (Path(__file__).parent / "hyphens.txt").read_text("utf-8").splitlines()
    return [case for line in lines if not line.startswith("#") for case in _CASES.findall(line)]


def _page_of(cases: list[str]) -> bytes:
    """Each case in a paragraph of two lines, broken where the first one ends."""
    made = io.BytesIO()
    canvas = Canvas(made, invariant=1)
    height = 0.0
    for case in cases:
        if height < 80:
            canvas.showPage()
            height = 780
        before, behind = case.replace("-|", "|").split("|")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(70, height, f"Zu Beginn steht hier ein Satz mit {before}-")
        canvas.drawString(70, height - 12, f"{behind.strip()} bis zum Ende.")
        height -= 40
    canvas.save()
    return made.getvalue()


def test_hyphens_at_the_ends_of_lines() -> None:
    cases = _cases()
    assert len(cases) >= 300
    text = read_pdf(_page_of(cases)).text
    wrong = [case for case in cases if f" mit {case.replace('|', '')} bis zum Ende." not in text]
    assert len(wrong) <= 0.01 * len(cases), wrong
