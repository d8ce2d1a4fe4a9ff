"""What each verdict means, in German and English."""

from collections.abc import Mapping

from comparison.findings import Verdict
from models.language import Language

MEANINGS: Mapping[Verdict, Mapping[Language, str]] = {
    "supported": {
        "de": "Eine Meldung nennt dieselbe Zahl, vielleicht genauer, für dieselbe Sache und für den Zeitpunkt, den die "
        "Aussage nennt; nennt sie keinen, dann als zuletzt Genanntes. Sagt kein Satz, wer es war, steht das dabei.",
        "en": "A release states the same number, perhaps more exactly, for the same thing and for the time that the "
        "statement names; if it names none, as the latest that is stated. If none says who did it, that is told.",
    },
    "disputed": {
        "de": "Eine Meldung nennt die Zahl so, eine andere nennt für dieselbe Sache und denselben Zeitpunkt eine "
        "andere. Beide Sätze stehen darunter; welche Zahl gilt, kann nur die Pressestelle sagen.",
        "en": "A release states the number, another one states another number for the same thing and the same time. "
        "Both sentences stand below; which number holds only the press office can say.",
    },
    "outdated": {
        "de": "Die Zahl wurde früher so genannt; inzwischen nennt eine Meldung für dieselbe Sache eine andere.",
        "en": "The number was stated before; since then a release states another one for the same thing.",
    },
    "contradicted": {
        "de": "Für genau den Zeitpunkt, den die Aussage nennt, nennt eine Meldung eine andere Zahl derselben Sache.",
        "en": "For exactly the time that the statement names a release states another number of the same thing.",
    },
    "differs": {
        "de": "Die Aussage nennt keinen Zeitpunkt, und die zuletzt genannte Zahl derselben Sache ist eine andere.",
        "en": "The statement names no time, and the latest stated number of the same thing is another one.",
    },
    "not_comparable": {
        "de": "Die Meldungen sprechen von der Sache, nennen aber nichts, was sich neben diese Zahl stellen lässt: "
        "gezählt wird anderes, an anderem Ort, zu anderer Zeit, es ist ein Plan, oder es bleibt unsicher.",
        "en": "The releases speak of the thing, but state nothing that can be laid beside this number: something else "
        "is counted, elsewhere, at another time, it is a plan, or it stays unsure.",
    },
    "unknown": {
        "de": "In den gespeicherten Meldungen wurde zu dieser Sache nichts gefunden. Das heißt nicht, dass die "
        "Aussage falsch ist.",
        "en": "Nothing was found about this thing in the stored releases. That does not mean that the statement is "
        "false.",
    },
}
