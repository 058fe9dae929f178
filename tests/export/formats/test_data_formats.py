"""What holds for all formats of data."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.export.chunks import write_file
from tests.export.formats.samples import ALL, Part, mixed_parts, whole_of, write
from viewer.datasets.digits import DigitSet
from viewer.errors import UserError
from viewer.export.format import FileWriter, Format, Value
from viewer.export.formats import (
    inkml,
    ndjson,
    npz_padded,
    parquet,
    point_csv,
    stroke3,
    stroke5,
)

FORMATS = [
    form.FORMAT for form in (npz_padded, stroke3, stroke5, ndjson, inkml, point_csv, parquet)
]
CASES: list[tuple[Format, dict[str, Value]]] = [
    *((form, {}) for form in FORMATS),
    (npz_padded.FORMAT, {"length": 500}),
    (stroke3.FORMAT, {"scale": 10, "first": "zero", "valid": 20}),
    (stroke5.FORMAT, {"dtype": "float32", "length": 300}),
    (ndjson.FORMAT, {"form": "raw"}),
]
IDS = [" ".join([form.name, *map(str, given.values())]) for form, given in CASES]


@pytest.mark.parametrize(("form", "given"), CASES, ids=IDS)
def test_bytes_do_not_depend_on_chunks(
    form: Format, given: Mapping[str, Value], digits: DigitSet
) -> None:
    assert len({write(form, mixed_parts(), given, size=size) for size in (1, 5, 1000)}) == 1
    assert len({write_file(form, digits, given, size=size) for size in (1, 5, 1000)}) == 1


@pytest.mark.parametrize("form", FORMATS, ids=[form.name for form in FORMATS])
def test_the_snippet_loads_the_file(
    form: Format, digits: DigitSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    name = f'it\'s a "file"{form.suffix}'
    Path(name).write_bytes(write_file(form, digits))
    snippet = form.snippet(name)
    assert len(snippet.splitlines()) <= 5
    found: dict[str, object] = {}
    exec(snippet, found)
    assert len(found) > 2


@pytest.mark.parametrize("form", FORMATS, ids=[form.name for form in FORMATS])
def test_the_writer_can_be_sent_and_names_its_options(form: Format) -> None:
    assert isinstance(form.file, FileWriter)
    assert pickle.loads(pickle.dumps(form.file.encode)) is form.file.encode
    assert form.folder is None
    assert form.sequences
    assert form.suffix.startswith(".")
    assert form.complete({}) == {option.name: option.default for option in form.options}
    for option in form.options:
        assert option.meaning.endswith(".")


@pytest.mark.parametrize("form", FORMATS, ids=[form.name for form in FORMATS])
def test_text_may_be_no_text(form: Format) -> None:
    parts = {"name\udcff": Part(ALL, [1] * 4, {"hand": ["\udcff", "a\x00b", "\ud800", ""]})}
    assert write(form, parts, size=1) == write(form, parts, size=9)


@pytest.mark.parametrize("form", FORMATS, ids=[form.name for form in FORMATS])
def test_metadata_may_not_take_a_name(form: Format) -> None:
    assert isinstance(form.file, FileWriter)
    for name in ("split", "index", "label", "note"):
        whole = whole_of({"a": Part(ALL[:1], columns={name: [1]})})
        with pytest.raises(UserError, match=f"named {name}"):
            form.file.check(whole, form.complete({}))


def test_to_know_the_formats_costs_little() -> None:
    modules = ", ".join(
        f"viewer.export.formats.{name}"
        for name in ("npz_padded", "stroke3", "stroke5", "ndjson", "inkml", "point_csv", "parquet")
    )
    code = f"import sys, {modules}\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.getcwd()},  # noqa: PTH109
    )
    heavy = {"pyarrow", "PIL", "numba", "viewer.core.batch", "viewer.core.extract", "PySide6"}
    assert not heavy & set(done.stdout.split())
