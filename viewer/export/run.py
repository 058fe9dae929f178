"""From digits of a set to files: extraction and writing in one call."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from numpy.typing import ArrayLike

from viewer.atomic import check_target
from viewer.core.settings import PUBLISHED, ExtractionSettings
from viewer.datasets.digits import DigitSet
from viewer.errors import Cancelled
from viewer.export.batch import Result, executing, run_tasks
from viewer.export.format import FileWriter, Format, Value
from viewer.export.plan import Plan, make_plan
from viewer.export.registry import find_format
from viewer.export.staging import Staging, staging

if TYPE_CHECKING:
    from viewer.catalog.corrections.corrections import Corrections
    from viewer.catalog.marks.marks import Marks

Progress: TypeAlias = Callable[[int, int], None]
Asked: TypeAlias = Callable[[], bool]


@dataclass(frozen=True)
class Exported:
    """What is told of an export.

    Parameters
    ----------
    digits : int
        Digits written.
    rows : int
        Rows of their sequences.
    exact : int
        Digits whose search for the order was complete.
    corrected : int
        Digits corrected by hand.
    unfit : int
        Digits whose correction does not fit the skeleton under the settings, so that the
        computed sequence was written.
    resumed : int
        Digits that an earlier, interrupted process had done.
    """

    digits: int
    rows: int
    exact: int
    corrected: int
    unfit: int
    resumed: int


def check_output(output: Path, form: Format, *, overwrite: bool) -> None:
    """Make sure that an export could be written; a UserError says why not."""
    check_target(output, folder=form.is_folder(output), overwrite=overwrite)


def export_digits(
    dataset: DigitSet,
    chosen: Mapping[str, ArrayLike],
    *,
    format: str,  # noqa: A002
    output: Path,
    options: Mapping[str, Value] | None = None,
    marks: Marks | None = None,
    corrections: Corrections | None = None,
    settings: ExtractionSettings = PUBLISHED,
    jobs: int = 1,
    executor: Executor | None = None,
    overwrite: bool = False,
    manifest: bool = False,
    progress: Progress | None = None,
    cancelled: Asked | None = None,
    on_done: Callable[[Exported], None] | None = None,
) -> Path:
    """Extract digits and write them; the output appears whole or not at all.

    What a killed process had done of the same export to the same output is used again.

    Parameters
    ----------
    dataset : DigitSet
        The set.
    chosen : mapping of str to array_like of int, shape (n,)
        Digits by the name of their split. They are written in the order of the set's
        splits and of their indices, each once.
    format : str
        Name of a format; `viewer.export.registry.formats` lists them.
    output : path
        The file or folder; of formats that have both, the suffix decides.
    options : mapping of str to value, optional
        Of the format; texts are read.
    marks : Marks, optional
        Marks to write with the digits, where the format has room for them.
    corrections : Corrections, optional
        Corrections of the set; those of the digits stand in the place of the computed
        sequences where they fit the skeleton under the settings.
    settings : ExtractionSettings
        The published ones by default.
    jobs : int
        Threads, or processes for many digits; the result does not depend on it.
    executor : Executor, optional
        Where to work instead, such as dask's ``Client.get_executor()``; `jobs` then says how
        much it works on at a time.
    overwrite : bool
        Whether existing files may be replaced.
    manifest : bool
        Whether a manifest is kept beside a file; folders always hold one.
    progress : callable, optional
        Called with (digits done, digits in all).
    cancelled : callable, optional
        Asked now and then; when it returns True, nothing is left behind.
    on_done : callable, optional
        Called with what was written, once it is.

    Returns
    -------
    output : path
        What was written.

    Raises
    ------
    UserError
        If the digits cannot be extracted or the output cannot be written.
    Cancelled
        If `cancelled` said so.
    """
    form = find_format(format)
    check_output(output, form, overwrite=True)
    plan = make_plan(dataset, chosen, form, output, options or {}, marks, corrections, settings)
    facts: list[Mapping[str, int]] = []
    resumed = len(plan.whole)
    request = plan.request()
    with staging(
        output, request, folder=plan.folder, overwrite=overwrite, manifest=manifest
    ) as stage:
        if stage is not None:
            resumed = sum(some["digits"] for some in stage.finished.values())
            if form.sequences:
                from viewer.jit import prepare

                prepare(order=settings.order)
            here = executing(jobs, len(plan.whole) - resumed, settings.order)
            with here if executor is None else nullcontext(executor) as chosen_executor:
                _fill(stage, plan, chosen_executor, 2 * jobs + 1, progress, cancelled)
            facts += stage.finished.values()
            extra = _join(stage, plan, output, cancelled)
            _stop_if(cancelled)
            stage.finish(plan.about(), output.resolve().name, extra=extra)
    if on_done is not None:
        sums = {key: sum(some[key] for some in facts) for key in ("rows", "exact")}
        on_done(Exported(len(plan.whole), sums["rows"], sums["exact"], len(plan.corrected),
                         plan.unfit, resumed))  # fmt: skip
    return output


def _fill(
    stage: Staging,
    plan: Plan,
    executor: Executor,
    ahead: int,
    progress: Progress | None,
    cancelled: Asked | None,
) -> None:
    """Extract and encode all chunks that are not there yet."""

    def keep(result: Result) -> None:
        stage.keep(result.number, result.piece, result.files, result.facts)
        if progress is not None:
            done = sum(some["digits"] for some in stage.finished.values())
            progress(done, len(plan.whole))

    tasks = plan.tasks(dict(stage.finished))
    run_tasks(tasks, executor, keep, ahead=ahead, cancelled=cancelled)


def _join(stage: Staging, plan: Plan, output: Path, cancelled: Asked | None) -> dict[str, bytes]:
    """Write the file, or the files of the folder that are about all digits; return these."""

    def pieces() -> Iterator[bytes]:
        for piece in stage.pieces():
            _stop_if(cancelled)
            yield piece

    writer = plan.form.writer(output)
    if isinstance(writer, FileWriter):
        with stage.file() as file:
            writer.join(pieces(), file, plan.whole, plan.options)
        return {}
    extra = writer.finish(plan.whole, pieces(), plan.options)
    stage.add(extra)
    return extra


def _stop_if(cancelled: Asked | None) -> None:
    """Raise Cancelled if that was asked for."""
    if cancelled is not None and cancelled():
        raise Cancelled
