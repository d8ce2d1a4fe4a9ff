"""Trains the network that judges words by their context (`extractors.decisions.network`), with PyTorch.

What of a release is a project's name, where it tells a state, which numbers are of things in a state and what is
planned, is shown to the network word by word. It learns, too, what is about something named, which it is not asked
for later, but which makes it see more.
"""

import logging
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from extractors.contexts import places
from extractors.decisions.network import DILATIONS, HEADS, MODALITY, NAME, PIECES, ROWS, STATES, place, rows
from extractors.tokens import Tokens, tokens
from extractors.training.gold import Annotated, stem

WIDTH, EMBEDDED = 96, 48
EPOCHS = 6
_BATCH = 6000
"""Words."""
_RATE, _DECAY, _CLIP = 3e-3, 0.05, 1.0
_DROPOUT, _UNSEEN = 0.3, 0.15
"""How often the network does not see what a word is, but only its beginning, its end and its shape."""
_WHOLE = (0, 3)
"""The tables that know a word nearly whole."""
_LEARNED = {**HEADS, "subject": (False, True)}
_LOSS = {"name": 1.0, "state": 1.0, "number": 0.3, "modality": 0.3, "subject": 0.2}
"""How much each answer counts."""
_NOTHING = -1
"""The answer of a word of which nothing is asked."""
_EXCERPTS, _LONGEST_EXCERPT = 0.25, 4
"""How often some sentences are shown instead of their release, and how many: what people check is short."""
_SEED = 1
_WORDS = re.compile(r"\w+(?:[-/.]\w+)*|[^\w\s]")

log = logging.getLogger("extractors.training.network")
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A release as the network sees it, and the right answer for each word and head."""

    forms: Numbers
    """Words by tables."""
    tags: list[str]
    places: Numbers
    answers: dict[str, Numbers]
    weight: int


def lesson(release: Annotated) -> Lesson:
    """What the network learns of an annotated release."""
    listed = tokens(release.doc)
    count = len(listed.words)
    answers = {name: np.full(count, _NOTHING, np.int64) for name in _LEARNED}
    answers["name"][:] = _names(release, listed)
    answers["state"][:] = 0
    for start, end, status in release.states:
        answers["state"][_within(listed, start, end)] = STATES.index(status)
    for claim in release.claims:
        here = _within(listed, *release.span(claim))
        answers["modality"][here] = MODALITY.index(claim["modality"])
        answers["subject"][here] = claim["subject"] is not None
        if claim["kind"] != "status":
            answers["number"][here] = STATES.index(claim["status"])
    forms = np.array([rows(word) for word in listed.words], np.int64).reshape(count, len(ROWS))
    return Lesson(forms, listed.tags, np.array(places(listed), np.int64), answers, release.weight)


def _within(listed: Tokens, start: int, end: int) -> slice:
    return slice(listed.at(start), listed.at(end - 1) + 1)


def _names(release: Annotated, listed: Tokens) -> Numbers:
    """Where the names of the projects stand, in any inflection; the longest first."""
    stems = list(map(stem, listed.words))
    found = np.zeros(len(stems), np.int64)
    names = (name for project in release.projects for name in (project["name"], *project.get("aliases", ())))
    forms = [list(map(stem, _WORDS.findall(name))) for name in names]
    for form in sorted(filter(None, forms), key=len, reverse=True):
        for begin in range(len(stems) - len(form) + 1):
            here = slice(begin, begin + len(form))
            if stems[here] == form and not found[here].any():
                found[here] = NAME.index("inside")
                found[begin] = NAME.index("begins")
    return found


class Model(nn.Module):  # type: ignore[misc]
    """The network as it learns."""

    def __init__(self, tags: Sequence[str]) -> None:
        super().__init__()
        self.tags = {tag: index for index, tag in enumerate(tags)}
        self.tables = nn.ModuleList(nn.Embedding(size, EMBEDDED) for size in ROWS)
        self.mix = nn.Linear(EMBEDDED * len(ROWS), WIDTH * PIECES)
        self.norm = nn.LayerNorm(WIDTH)
        self.tag = nn.Embedding(len(tags), WIDTH)
        self.place = nn.Embedding(4, WIDTH)
        self.layers = nn.ModuleList(nn.Conv1d(WIDTH, WIDTH * PIECES, 3, padding=d, dilation=d) for d in DILATIONS)
        self.norms = nn.ModuleList(nn.LayerNorm(WIDTH) for _ in DILATIONS)
        self.heads = nn.ModuleDict({name: nn.Linear(WIDTH * 2, len(answers)) for name, answers in _LEARNED.items()})
        self.dropout = nn.Dropout(_DROPOUT)
        for table in (*self.tables, self.tag, self.place):
            nn.init.normal_(table.weight, std=0.1)

    def forward(
        self, forms: torch.Tensor, tags: torch.Tensor, places: torch.Tensor, mask: torch.Tensor
    ) -> dict[str, torch.Tensor]:
        """Scores of all answers for each word of a batch of releases (releases by words by answers)."""
        seen = []
        for number, table in enumerate(self.tables):
            vectors = table(forms[..., number])
            if self.training:
                rate = _UNSEEN if number in _WHOLE else _UNSEEN / 3
                vectors = vectors * (torch.rand(vectors.shape[:-1]) > rate).unsqueeze(-1)
            seen.append(vectors)
        words = self.norm(_largest(self.mix(torch.cat(seen, -1)))) + self.tag(tags) + self.place(places)
        mask = mask.unsqueeze(-1)
        for layer, norm in zip(self.layers, self.norms, strict=True):
            words = words * mask
            around = layer(self.dropout(words).transpose(1, 2)).transpose(1, 2)
            words = words + norm(_largest(around))
        about = (words * mask).sum(1, keepdim=True) / mask.sum(1, keepdim=True)
        words = self.dropout(torch.cat([words, about.expand_as(words)], -1))
        return {name: head(words) for name, head in self.heads.items()}


def _largest(pieces: torch.Tensor) -> torch.Tensor:
    return pieces.view(*pieces.shape[:-1], PIECES, WIDTH).amax(-2)


def train(lessons: Sequence[Lesson]) -> Model:
    """A network that has seen all releases `EPOCHS` times, those of more weight more often."""
    torch.manual_seed(_SEED)
    order = random.Random(_SEED)
    model = Model(sorted({tag for lesson in lessons for tag in lesson.tags}))
    shown = [lesson for lesson in lessons for _ in range(lesson.weight)]
    optimizer = torch.optim.AdamW(model.parameters(), lr=_RATE, weight_decay=_DECAY)
    steps = EPOCHS * len(list(_batches(shown, order)))
    # Where other excerpts are shown, there may be some batches more.
    rates = torch.optim.lr_scheduler.OneCycleLR(optimizer, _RATE, total_steps=steps + steps // 10 + EPOCHS)
    for epoch in range(EPOCHS):
        total = 0.0
        for batch in _batches(shown, order):
            loss = _loss(model, batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), _CLIP)
            optimizer.step()
            rates.step()
            total += loss.item()
        log.info("network: round %d of %d, loss %.1f", epoch + 1, EPOCHS, total)
    model.eval()
    return model


def _batches(lessons: Sequence[Lesson], order: random.Random) -> Iterator[list[Lesson]]:
    """Releases and excerpts of about one length together, in random order."""
    shown = (_excerpt(lesson, order) if order.random() < _EXCERPTS else lesson for lesson in lessons)
    by_length = sorted(shown, key=lambda lesson: len(lesson.tags) + 60 * order.random())
    made: list[list[Lesson]] = [[]]
    for each in by_length:
        if made[-1] and (len(made[-1]) + 1) * len(each.tags) > _BATCH:
            made.append([])
        made[-1].append(each)
    order.shuffle(made)
    yield from made


def _excerpt(lesson: Lesson, order: random.Random) -> Lesson:
    """Some sentences of a release that follow each other."""
    begins = [*np.flatnonzero(lesson.places >= place(False, True)).tolist(), len(lesson.tags)]
    first = order.randrange(len(begins) - 1)
    here = slice(begins[first], begins[min(first + order.randint(1, _LONGEST_EXCERPT), len(begins) - 1)])
    answers = {name: values[here] for name, values in lesson.answers.items()}
    return Lesson(lesson.forms[here], lesson.tags[here], lesson.places[here], answers, lesson.weight)


def _loss(model: Model, batch: Sequence[Lesson]) -> torch.Tensor:
    longest = max(len(lesson.tags) for lesson in batch)

    def padded(values: Sequence[Numbers], fill: int = 0) -> torch.Tensor:
        room = np.full((len(values), longest, *values[0].shape[1:]), fill, np.int64)
        for row, value in zip(room, values, strict=True):
            row[: len(value)] = value
        return torch.from_numpy(room)

    tags = [np.array([model.tags[tag] for tag in lesson.tags], np.int64) for lesson in batch]
    mask = padded([np.ones(len(lesson.tags), np.int64) for lesson in batch]).float()
    scores = model(padded([each.forms for each in batch]), padded(tags), padded([each.places for each in batch]), mask)
    losses = [
        share
        * nn.functional.cross_entropy(
            scores[name].flatten(0, 1), padded([each.answers[name] for each in batch], _NOTHING).flatten(),
            ignore_index=_NOTHING,
        )
        for name, share in _LOSS.items()
    ]  # fmt: skip
    return torch.stack(losses).sum()


def write(model: Model, path: Path) -> None:
    """Writes the network in the form in which it is read, tables in a byte a number."""
    content: dict[str, Any] = {"tags": np.array(list(model.tags))}
    for number, table in enumerate(model.tables):
        weights = _array(table.weight)
        unit = np.abs(weights).max(keepdims=True) / 127
        content |= {f"table {number}": np.round(weights / unit).astype(np.int8), f"unit {number}": unit}
    content |= {"mix": _array(model.mix.weight).T.astype(np.float16), "mix bias": _array(model.mix.bias)}
    content |= {"norm scale": _array(model.norm.weight), "norm shift": _array(model.norm.bias)}
    content |= {"tag": _array(model.tag.weight), "place": _array(model.place.weight)}
    for number, (layer, norm) in enumerate(zip(model.layers, model.norms, strict=True)):
        # from (outputs, inputs, neighbours) to (neighbours times inputs, outputs)
        below = _array(layer.weight).transpose(2, 1, 0).reshape(3 * WIDTH, -1)
        content |= {f"layer {number}": below.astype(np.float16), f"layer {number} bias": _array(layer.bias)}
        content |= {f"layer {number} scale": _array(norm.weight), f"layer {number} shift": _array(norm.bias)}
    for name in HEADS:
        content |= {name: _array(model.heads[name].weight).T, f"{name} bias": _array(model.heads[name].bias)}
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **content)


def _array(weights: torch.Tensor) -> npt.NDArray[np.float32]:
    values: npt.NDArray[np.float32] = weights.detach().numpy()
    return values
