"""What an export was asked for, and what is remembered of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from viewer.errors import UserError
from viewer.export.format import Format, Value
from viewer.gui.settings import (
    EXPORT_FOLDER,
    EXPORT_FORMAT,
    EXPORT_FORMATS,
    EXPORT_MANIFEST,
    Settings,
)


@dataclass(frozen=True)
class ExportChoice:
    """What the dialog was left with.

    Parameters
    ----------
    scope : str
        Name of the scope.
    format : str
        Name of the format.
    target : path
        A file or folder; of formats that have both, the suffix decides.
    overwrite : bool
        Whether the user agreed to replace what is there.
    options : mapping of str to value
        Of the format; those that are not there are as by default.
    manifest : bool
        Whether a manifest is kept beside a file.
    """

    scope: str
    format: str
    target: Path
    overwrite: bool = False
    options: Mapping[str, Value] = field(default_factory=dict)
    manifest: bool = False


@dataclass(frozen=True)
class Memory:
    """What exports were done with last.

    Parameters
    ----------
    format : str
        Name of the format; it may not be there any more.
    folder : path
        Where to.
    manifest : bool
        Whether manifests were kept.
    formats : dict of str to dict
        By the name of a format: its ``options`` that are not as by default, and whether it
        was written as a ``folder``.
    """

    format: str
    folder: Path
    manifest: bool = False
    formats: dict[str, dict[str, Any]] = field(default_factory=dict)

    def options(self, form: Format) -> dict[str, Value]:
        """Return the values of all options of a format; what does not fit is as by default."""
        values = form.complete({})
        given = self._about(form).get("options")
        for name, value in given.items() if isinstance(given, dict) else ():
            try:
                values |= {name: form.complete({name: value})[name]}
            except (UserError, TypeError):
                continue
        return values

    def is_folder(self, form: Format) -> bool:
        """Return whether a format is written as a folder, where it can be both."""
        if form.file is None or form.folder is None:
            return form.file is None
        return self._about(form).get("folder") is True

    def _about(self, form: Format) -> dict[str, Any]:
        about = self.formats.get(form.name)
        return about if isinstance(about, dict) else {}


def recall(settings: Settings) -> Memory:
    """Return what is remembered; garbage counts as nothing."""
    try:
        formats = json.loads(settings.get(EXPORT_FORMATS))
    except ValueError:
        formats = None
    return Memory(
        settings.get(EXPORT_FORMAT),
        Path(settings.get(EXPORT_FOLDER) or Path.home()),
        settings.get(EXPORT_MANIFEST),
        formats if isinstance(formats, dict) else {},
    )


def remember(settings: Settings, choice: ExportChoice, form: Format) -> None:
    """Remember a choice for the next export."""
    options = form.complete(choice.options)
    changed = {
        option.name: options[option.name]
        for option in form.options
        if options[option.name] != option.default
    }
    about = {"options": changed, "folder": form.is_folder(choice.target)}
    text = json.dumps(recall(settings).formats | {form.name: about})
    settings.set(EXPORT_FORMAT, form.name)
    settings.set(EXPORT_MANIFEST, choice.manifest)
    if EXPORT_FORMATS.accepts(text):
        settings.set(EXPORT_FORMATS, text)
    folder = str(choice.target.absolute().parent)
    if EXPORT_FOLDER.accepts(folder):
        settings.set(EXPORT_FOLDER, folder)
