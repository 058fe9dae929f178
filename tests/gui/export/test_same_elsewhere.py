"""The command line writes the same bytes, and the Python shown loads them."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QSpinBox
from pytestqt.qtbot import QtBot

from tests.gui.export.conftest import FORMATS, FORMS
from viewer.catalog.table import Table
from viewer.cli import main
from viewer.export.format import Format
from viewer.export.registry import find_format
from viewer.export.run import export_digits
from viewer.gui.export.dialog import ExportDialog
from viewer.gui.export.python_lines import write_python
from viewer.gui.export.scopes import Subject

MakeDialog = Callable[..., ExportDialog]


def change(dialog: ExportDialog) -> None:
    """Choose something else in every field, as far as it makes no difference which."""
    for name, field in dialog.options.fields.items():
        if name == "length" and isinstance(field, QSpinBox):
            field.setValue(500)  # a few are too short
        elif isinstance(field, QCheckBox):
            field.click()
        elif isinstance(field, QComboBox):
            field.setCurrentIndex(field.count() - 1)
        elif isinstance(field, QSpinBox):
            field.setValue(max(field.minimum(), min(field.value() + 1, field.maximum())))
        elif isinstance(field, QDoubleSpinBox):
            field.setValue(field.value() * 0.987)


def contents(target: Path) -> dict[str, bytes]:
    """Return all files of a target by name, the manifests of folders aside."""
    files = [target] if target.is_file() else [*target.rglob("*")]
    return {
        str(path.relative_to(target.parent)): path.read_bytes()
        for path in files
        if path.is_file() and path.name != "manifest.json"
    }


def export(dialog: ExportDialog, sample: Table, target: Path) -> None:
    """Write what the dialog was left with."""
    choice = dialog.choice()
    digits = Subject(sample).by_split(dialog.scope.positions)
    export_digits(
        sample.dataset, digits, format=choice.format, output=target, options=choice.options
    )


@pytest.mark.parametrize(("name", "folder"), FORMS)
def test_the_command_writes_the_same_bytes(
    make_dialog: MakeDialog, sample: Table, tmp_path: Path, name: str, folder: bool
) -> None:
    some = tuple(sample.position(split, 3) for split in sample.dataset.splits)
    dialog = make_dialog(sample, chosen=some)
    dialog.parts.formats.choose(name)
    change(dialog)
    target = tmp_path / ("out" if folder else f"out{find_format(name).suffix}")
    dialog.parts.target.edit.setText(str(target))
    program, *words = shlex.split(dialog.parts.command.edit.toPlainText())
    assert program == "digit-strokes"
    assert main(words) == 0
    expected = tmp_path / "window" / target.name
    expected.parent.mkdir()
    export(dialog, sample, expected)
    assert contents(target) == contents(expected) != {}


@pytest.mark.parametrize(
    ("scope", "query", "shown"),
    [
        ("set", "", ()),
        ("shown", "class=3 & strokes>=1", "class=3"),
        ("shown", "", (5, 6, 7, 450)),
        ("selection", "", ()),
    ],
)
def test_the_command_means_the_same_digits(
    make_dialog: MakeDialog, sample: Table, tmp_path: Path, scope: str, query: str,
    shown: tuple[int, ...] | str,
) -> None:  # fmt: skip
    if isinstance(shown, str):
        from viewer.catalog.where import find_digits

        shown = tuple(find_digits(sample, query).tolist())
    dialog = make_dialog(sample, chosen=(1, 499, 2), shown=shown, query=query)
    dialog.parts.scopes.buttons[scope].click()
    dialog.parts.formats.choose("identifiers")
    command = dialog.parts.command.code
    assert ("--where 'class=3 & strokes>=1'" in command) == bool(query)
    target = tmp_path / "bars-strokes.txt"
    assert main(shlex.split(command)[1:]) == 0
    names = [sample.identity(position) for position in dialog.scope.positions.tolist()]
    assert target.read_text().split() == names


def test_the_python_shown_loads_what_is_written(
    qtbot: QtBot, make_dialog: MakeDialog, sample: Table, tmp_path: Path
) -> None:
    """All in one process, each in a place of its own."""
    dialog = make_dialog(sample, chosen=(3, 7))
    snippets = []
    for name in FORMATS:
        form = find_format(name)
        dialog.parts.formats.choose(name)
        for target in _targets(form, tmp_path / name):
            dialog.parts.target.edit.setText(str(target))
            export(dialog, sample, target)
            code = dialog.parts.python.code
            assert 1 <= len(code.splitlines()) <= 5
            snippets.append(code)
    script = "".join(f"exec({code!r}, {{}})\n" for code in snippets)
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, check=False,
        cwd=tmp_path,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr


def test_a_place_that_is_called_like_a_digit_is_left_alone(tmp_path: Path) -> None:
    form = find_format("svg")
    target = tmp_path / "train-0"
    assert write_python(form, target, "test:7") == form.snippet(str(target))
    target = tmp_path / "mine"
    assert f"{target}/test-7.svg" in write_python(form, target, "test:7")


def _targets(form: Format, stem: Path) -> list[Path]:
    file = [] if form.file is None else [stem.with_name(f"{stem.name} it's{form.suffix}")]
    return file if form.folder is None else [*file, stem]
