"""What is remembered of exports comes back; garbage does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.gui.export.conftest import FORMATS
from viewer.export.registry import find_format
from viewer.gui.export.choice import ExportChoice, Memory, recall, remember
from viewer.gui.settings import EXPORT_FOLDER, EXPORT_FORMAT, EXPORT_FORMATS, Settings


def test_at_first_everything_is_as_usual() -> None:
    memory = recall(Settings(None))
    assert memory == Memory("npz", Path.home(), False, {})
    for name in FORMATS:
        form = find_format(name)
        assert memory.options(form) == form.complete({})
        assert memory.is_folder(form) == (form.file is None)


def test_each_format_has_its_own_memory(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "window.ini")
    svg, png = find_format("svg"), find_format("png")
    remember(settings, ExportChoice("set", "svg", tmp_path / "a", options={"scale": 3}), svg)
    remember(
        settings,
        ExportChoice("set", "png", tmp_path / "b.png", options={"numbers": False}, manifest=True),
        png,
    )
    settings.save()
    memory = recall(Settings(tmp_path / "window.ini"))
    assert (memory.format, memory.folder, memory.manifest) == ("png", tmp_path, True)
    assert memory.options(svg) == svg.complete({"scale": 3})
    assert memory.options(png) == png.complete({"numbers": False})
    assert memory.is_folder(svg)
    assert not memory.is_folder(png)
    assert json.loads(settings.get(EXPORT_FORMATS))["svg"]["options"] == {"scale": 3}


@pytest.mark.parametrize(
    "stored",
    [
        "", "{", "[]", "7", '{"svg": 7}', '{"svg": {"options": []}}',
        '{"svg": {"options": {"scale": null}}}', '{"svg": {"options": {"scale": [1]}}}',
        '{"svg": {"options": {"scale": 4000}}}', '{"svg": {"options": {"none": 1}}}',
        '{"svg": {"options": {"palette": "pink"}, "folder": "yes"}}',
    ],
)  # fmt: skip
def test_garbage_counts_as_nothing(stored: str) -> None:
    settings = Settings(None)
    settings.set(EXPORT_FORMATS, stored)
    memory, svg = recall(settings), find_format("svg")
    assert memory.options(svg) == svg.complete({})
    assert not memory.is_folder(svg)


def test_of_spoiled_options_the_good_ones_are_kept() -> None:
    svg = find_format("svg")
    about = {"svg": {"options": {"scale": 3, "palette": "pink"}}}
    assert Memory("svg", Path(), False, about).options(svg) == svg.complete({"scale": 3})


def test_what_is_too_long_is_not_remembered() -> None:
    settings = Settings(None)
    choice = ExportChoice("set", "npz", Path("/" + "x" * 5000) / "a.npz")
    remember(settings, choice, find_format("npz"))
    assert settings.get(EXPORT_FOLDER) == ""
    assert settings.get(EXPORT_FORMAT) == "npz"
