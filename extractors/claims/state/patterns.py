"""The words of states and modality: the schemas of this folder's YAML files, whose comments explain each key."""

from extractors.patterns import Patterns
from models.claim import Modality
from models.statuses import Status


class StatusWords(Patterns):
    """status.yaml: how what a number counts and a predicate go together."""

    planning: frozenset[str]
    lasting: frozenset[str]
    money_only: frozenset[str]
    for_recipients: frozenset[str]
    sizes: frozenset[str]
    decisions: frozenset[str]
    amounting: frozenset[str]
    given: frozenset[str]
    taking_along: frozenset[Status]
    among: frozenset[str]
    either: frozenset[str]
    places_of_deeds: frozenset[str]
    of_a_noun: frozenset[str]


class ModalityWords(Patterns):
    """modality.yaml: what is planned, possible, denied."""

    modals: dict[str, Modality]
    planning_verbs: frozenset[str]
    planning_words: frozenset[str]
    possible_words: frozenset[str]
    coming: frozenset[str]
    coming_times: frozenset[str]
    conditions: frozenset[str]
    unreal_verbs: frozenset[str]
    reporting_verbs: frozenset[str]
    coming_into_being: frozenset[str]
    existing: tuple[str, ...]
    not_denying: frozenset[str]
    done_in_past: frozenset[str]
    suppositions: frozenset[str]
    infinitive_openers: dict[str, Modality]
    success_verbs: frozenset[str]
    denying_verbs: frozenset[str]
    disputing_verbs: frozenset[str]
    doubting_verbs: frozenset[str]
    exceeding_verbs: frozenset[str]
    doubting_words: frozenset[str]
    doubting_nouns: frozenset[str]
    content_connectors: frozenset[str]
    untrue_words: frozenset[str]
    bound_words: frozenset[str]
    oblique_articles: frozenset[str]
    where: frozenset[str]
    meant: tuple[str, ...]
    next_words: frozenset[str]
    next_times: frozenset[str]
    estimating_verbs: frozenset[str]
    at_last: frozenset[str]
    going_on: frozenset[str]
    until_now: frozenset[str]
    deciding_verbs: frozenset[str]
    invitations: tuple[str, ...]
    event_statuses: frozenset[Status]
    announcing: tuple[str, ...]


STATUS = StatusWords.beside(__file__, "status.yaml")
MODALITY = ModalityWords.beside(__file__, "modality.yaml")
