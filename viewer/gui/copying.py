"""What can be copied of the digit on show: its name, its picture, its rows, its command."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from viewer.gui.actions import ActionSpec
from viewer.gui.opening import SAMPLE, OpenRequest
from viewer.options import write_options

if TYPE_CHECKING:
    from viewer.gui.window import MainWindow


class Copying:
    """Puts what is known of the current digit of a window on the clipboard."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def copy_name(self) -> None:
        """Copy the digit's name, such as ``train:13``."""
        if name := self._name():
            self._copy(name, name)

    def copy_picture(self) -> None:
        """Copy the panels, or the digits compared, as they are on the screen."""
        stage = self._window.stage
        panels = stage.compare.panels if stage.comparing else stage.inspector.panels
        if self._name():
            QGuiApplication.clipboard().setPixmap(panels.grab())
            self._window.status.say("The picture was copied")

    def copy_rows(self) -> None:
        """Copy all rows of the digit's sequence, with tabs between the columns."""
        text = self._window.inspector.details.table.text()
        if self._name() and text:
            self._copy(text, "The rows of the sequence")

    def copy_command(self) -> None:
        """Copy the command line that opens the window at this digit and filter."""
        if command := self.command():
            self._copy(command, command)

    def command(self) -> str:
        """Return the command line that opens the window as it is; "" where nothing is open."""
        name, request = self._name(), self._window.request
        if not name or request is None:
            return ""
        words = ["digit-strokes", "show", *source_words(request), "--digit", name]
        if self._window.filter.text and self._window.filter.error is None:
            words += ["--where", self._window.filter.text]
        return shlex.join([*words, *write_options(self._window.strokes.settings)])

    def actions_table(self) -> list[ActionSpec]:
        """Return the actions for the window's menus and keys."""
        rows = (
            ("copy-name", "&Copy the digit's name", "Ctrl+Shift+C", self.copy_name,
             "Copy a name such as train:13, which --digit and Go to take"),
            ("copy-picture", "Copy the &picture", "Ctrl+Shift+P", self.copy_picture,
             "Copy the panels as they are on the screen"),
            ("copy-rows", "Copy the ro&ws", "Ctrl+Shift+T", self.copy_rows,
             "Copy all rows of the sequence table, with tabs between the columns"),
            ("copy-command", "Copy the comma&nd line", "Ctrl+Shift+L", self.copy_command,
             "Copy the command that opens the window at this digit, with this filter"),
        )  # fmt: skip
        return [
            ActionSpec(name, "Edit", text, key, slot, help_text, section=name == "copy-name")
            for name, text, key, slot, help_text in rows
        ]

    def _name(self) -> str:
        """Return the name of the current digit; "" where there is none."""
        table, position = self._window.table, self._window.browser.current()
        return "" if table is None or position is None else table.identity(position)

    def _copy(self, text: str, what: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._window.status.say(f"Copied: {what}")


def source_words(request: OpenRequest) -> list[str]:
    """Return the words of a command line that open what was opened, from every folder."""
    words = [_absolute(request.source)]
    for name, path in (("--labels", request.labels), ("--sequences", request.sequences)):
        words += [name, _absolute(path)] if path else []
    return words


def _absolute(source: str) -> str:
    """Return a path as it can be used from every folder; the sample has none."""
    return source if source == SAMPLE else str(Path(source).absolute())
