"""Some digits of an export, encoded for a preview, and from them what all of them will take."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from viewer.errors import UserError
from viewer.export.batch import work
from viewer.export.format import FileWriter, Format, Value
from viewer.export.plan import make_plan
from viewer.export.registry import formats
from viewer.gui.export.contents import Content, Drawing, read_content, read_folder
from viewer.gui.export.scopes import Positions, Subject
from viewer.gui.jobs import Job

FEW = 4
"""Digits of a file that are shown."""
MANY = 256
"""Digits that sizes are estimated from, if that takes less than `PATIENCE` seconds."""
PATIENCE = 0.5
FILMS = ("apng", "gif", "webp")
"""Formats one of which is shown in the place of an SVG that moves."""


@dataclass(frozen=True)
class Wish:
    """What a preview is asked for.

    Parameters
    ----------
    subject : Subject
    positions : ndarray of int64, shape (n,)
        All digits that would be written, ascending.
    form : Format
    options : mapping of str to value
        All of the format's.
    folder : bool
        Whether a folder would be written.
    """

    subject: Subject
    positions: Positions
    form: Format
    options: Mapping[str, Value]
    folder: bool

    @property
    def output(self) -> Path:
        """A name of the output, so that it is what is wished for."""
        return Path("digits" if self.folder else f"digits{self.form.suffix}")


@dataclass(frozen=True)
class Preview:
    """What came out.

    Parameters
    ----------
    content : Text, Film or Drawing
    digits : int
        How many digits of the export are in it.
    size : int
        Their bytes.
    files : int
        The number of their files.
    name : str
        Name of the file that is shown; "" where there is only one.
    """

    content: Content
    digits: int
    size: int
    files: int
    name: str = ""


@dataclass(frozen=True)
class Estimate:
    """About how many bytes all digits take."""

    size: int


def find_problem(wish: Wish) -> str:
    """Return why a format has no room for the digits, "" where it does."""
    subject = wish.subject
    try:
        make_plan(
            subject.table.dataset, subject.by_split(wish.positions), wish.form, wish.output,
            wish.options, None, None, subject.settings,
        )  # fmt: skip
    except UserError as error:
        text = str(error)
        return text if error.path is not None else text[:1].upper() + text[1:]
    return ""


def preview(job: Job, wish: Wish) -> Iterator[object]:
    """Work on a wish: yield the problem as a str, the `Preview` and the `Estimate`.

    The first of these is "" if there is no problem; the others come where they can.
    """
    problem = find_problem(wish)
    yield problem
    count = len(wish.positions)
    few = wish.positions[: 1 if wish.folder else FEW]
    began = time.monotonic()
    try:
        files = encode(wish, few)
    except UserError:
        return  # what keeps a few digits out keeps all of them out, and was said
    took = time.monotonic() - began
    size = sum(map(len, files.values()))
    name = next(iter(files)) if wish.folder and len(files) else ""
    yield Preview(show(wish, few, files), len(few), size, len(files), name)
    if problem or len(few) == count or job.cancelled():
        return
    if took > PATIENCE / 2:  # perhaps because much was loaded for the first time
        began = time.monotonic()
        encode(wish, few)
        took = time.monotonic() - began
    if not job.cancelled():
        many = int(min(MANY, count, len(few) * PATIENCE / max(took, 1e-6)))
        yield Estimate(estimate(wish, len(few), size, many))


def estimate(wish: Wish, few: int, size: int, many: int) -> int:
    """Return about how many bytes all digits take.

    Parameters
    ----------
    wish : Wish
    few, size : int
        Digits that were encoded, and their bytes.
    many : int
        Digits from all over that may be encoded to know better: what comes once a file
        does not grow with the digits.
    """
    count = len(wish.positions)
    proportional = round(size / few * count)
    if many < 2 * few:
        return proportional
    chosen = wish.positions[np.linspace(0, count - 1, many).astype(np.int64)]
    try:
        larger = sum(map(len, encode(wish, chosen).values()))
    except UserError:  # such as no room for so many
        return proportional
    each = max(larger - size, 0) / (many - few)
    return round(larger + each * (count - many))


def encode(wish: Wish, positions: Positions) -> dict[str, bytes]:
    """Return the files that an export of these digits alone would write, by name.

    Raises
    ------
    UserError
        If the format has no room for them.
    """
    subject = wish.subject
    plan = make_plan(
        subject.table.dataset, subject.by_split(positions), wish.form, wish.output,
        wish.options, subject.marks, subject.corrections, subject.settings,
    )  # fmt: skip
    results = [work(task) for task in plan.tasks({})]
    pieces = (result.piece for result in results)
    writer = wish.form.writer(wish.output)
    if isinstance(writer, FileWriter):
        file = io.BytesIO()
        writer.join(pieces, file, plan.whole, plan.options)
        return {wish.output.name: file.getvalue()}
    files = {name: data for result in results for name, data in result.files.items()}
    return files | writer.finish(plan.whole, pieces, plan.options)


def show(wish: Wish, positions: Positions, files: Mapping[str, bytes]) -> Content:
    """Return what is shown of encoded digits: of an SVG that moves a film, if there can be."""
    content = read_folder(files) if wish.folder else read_content(next(iter(files.values())))
    if not isinstance(content, Drawing) or not content.moves:
        return content
    own = {option.name for option in wish.form.options}
    for name in FILMS:
        form = formats().get(name)
        if form is None or not own <= {option.name for option in form.options}:
            continue
        try:
            film = replace(wish, form=form, options=form.complete(wish.options))
            return show(film, positions, encode(film, positions))
        except UserError:  # pixels have less room than lines
            continue
    return content
