"""How a statement puts a status: one word stands for several that people tell apart, "bewilligt" and "beschlossen"."""

import re
from collections.abc import Mapping

from models.claim import Claim
from models.language import Language
from models.statuses import Status
from output.words import status_words

_SAID: Mapping[Status, tuple[tuple[re.Pattern[str], Mapping[Language, str]], ...]] = {
    "proposed": (
        (
            re.compile("antr[aä]g|eingereich|einzureich|angemeldet|eingegangen"),
            {"de": "beantragt", "en": "applied for"},
        ),
        (
            re.compile("eingebrach|einzubring|zugeleitet|zuleitung|beschlussfassung"),
            {"de": "eingebracht", "en": "tabled"},
        ),
        (re.compile("vorgeleg|vorzuleg|legt"), {"de": "vorgelegt", "en": "submitted"}),
        (re.compile("nominier"), {"de": "nominiert", "en": "nominated"}),
        (re.compile("vorgeschlag|vorschl|schlägt"), {"de": "vorgeschlagen", "en": "proposed"}),
    ),
    "approved": (
        (re.compile("beschl|verabschied|zugestimmt|stimmt|erlassen"), {"de": "beschlossen", "en": "resolved"}),
        (re.compile("ausgewähl"), {"de": "ausgewählt", "en": "selected"}),
        (re.compile("genehmig"), {"de": "genehmigt", "en": "approved"}),
        (re.compile("ausgegeben|ausgezahlt|investier"), {"de": "ausgegeben", "en": "spent"}),
        (
            re.compile(
                "bewillig|förder|finanzier|verfügung|erh[aä]lt|erhielt|verg[ia]b|vergeb|dotier|unterstütz|gewähr|bereit"
            ),
            {"de": "bewilligt", "en": "granted"},
        ),
    ),
}
"""By the words that say it, the first that fits."""


def status_said(claim: Claim, language: Language) -> str:
    """The status of a claim as its sentence puts it; "" without one, all that it may be where no word tells."""
    if claim.status is None:
        return ""
    first = claim.sentence_start
    cues = " ".join(
        claim.sentence[cue.start - first : cue.end - first].lower() for cue in claim.cues if cue.role == "status"
    )
    said = (words[language] for pattern, words in _SAID.get(claim.status, ()) if pattern.search(cues))
    return next(said, status_words(claim.status, language))
