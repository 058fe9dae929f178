"""The parts of the export dialog, and how they lie in it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from viewer.export.registry import formats
from viewer.gui.export.code_box import CodeBox
from viewer.gui.export.format_list import FormatList
from viewer.gui.export.option_form import OptionForm
from viewer.gui.export.preview_pane import PreviewPane
from viewer.gui.export.scope_row import ScopeRow
from viewer.gui.export.scopes import Scope
from viewer.gui.export.target_row import TargetRow

COMMAND_TIP = "The command line that writes the same"
PYTHON_TIP = "Lines of Python that load what is written"
OPTIONS_WIDTH = 256


class DialogParts:
    """Everything in the dialog, from top to bottom.

    Parameters
    ----------
    dialog : QDialog
        Empty yet.
    scopes : sequence of Scope
    path : path
        The target, without a suffix.
    manifest : bool
        Whether a manifest is kept at first.
    """

    def __init__(
        self, dialog: QDialog, scopes: Sequence[Scope], path: Path, *, manifest: bool
    ) -> None:
        known = formats().values()
        self.scopes = ScopeRow(scopes)
        self.formats = FormatList(known)
        self.formats.setToolTip("What the digits are written as")
        self.meaning = _remark("What the format is", lines=2)
        self.option_column = QWidget()
        self.options = QStackedWidget()
        self.reset_button = _button("&Reset", "Let the format's options be as they are by default")
        self.preview = PreviewPane()
        self.target = TargetRow(path, [form.suffix for form in known], manifest=manifest)
        self.command = CodeBox("Command", "&Copy", COMMAND_TIP, lines=2, wrapped=True)
        self.python = CodeBox("Python", "Cop&y", PYTHON_TIP, lines=5, wrapped=False)
        self.problem = QLabel()
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setWordWrap(True)
        self.problem.setAccessibleName("Problem")
        self.problem.setMinimumHeight(2 * self.problem.fontMetrics().lineSpacing())
        self.cancel_button = _button("Cancel", "Export nothing (Esc)")
        self.export_button = _button("&Export", "Write the digits, in the background (Enter)")
        self.export_button.setDefault(True)
        self._lay_out(dialog)

    def say(self, text: str, *, wrong: bool) -> None:
        """Say what is wrong, or what is to be known."""
        roles = QPalette.ColorRole
        self.problem.setForegroundRole(roles.BrightText if wrong else roles.PlaceholderText)
        self.problem.setToolTip("Why this cannot be exported" if wrong else text)
        self.problem.setText(text)

    def add_options(self, form: OptionForm) -> None:
        """Take in the options of a format."""
        self.options.addWidget(form)

    def show_options(self, form: OptionForm) -> None:
        """Show the options of a format, if it has any, and let Tab lead through them."""
        self.options.setCurrentWidget(form)
        self.option_column.setVisible(bool(form.fields))
        chain = [self.formats, *form.fields.values(), self.reset_button, self.preview.text]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def _lay_out(self, dialog: QDialog) -> None:
        """Put the parts into the dialog, what they are about in front of them."""
        form = QHBoxLayout()
        form.setSpacing(16)
        form.addWidget(self._option_column())
        form.addWidget(self.preview, 1)
        body = QGridLayout()
        body.setHorizontalSpacing(16)
        body.setVerticalSpacing(8)
        body.addWidget(self.formats, 0, 0, 2, 1)
        body.addWidget(self.meaning, 0, 1)
        body.addLayout(form, 1, 1)
        body.setColumnStretch(1, 1)
        end = QHBoxLayout()
        end.setSpacing(8)
        end.addWidget(self.problem, 1)
        end.addWidget(self.cancel_button)
        end.addWidget(self.export_button)
        rows = QGridLayout(dialog)
        rows.setContentsMargins(16, 16, 16, 16)
        rows.setHorizontalSpacing(16)
        rows.setVerticalSpacing(12)
        rows.addWidget(QLabel("Digits"), 0, 0)
        rows.addWidget(self.scopes, 0, 1)
        rows.addWidget(_label("&Format", self.formats), 1, 0)
        rows.addLayout(body, 1, 1)
        rows.addWidget(_label("&Target", self.target.edit), 2, 0)
        rows.addWidget(self.target, 2, 1)
        rows.addWidget(_label("Command", self.command.edit), 3, 0)
        rows.addWidget(self.command, 3, 1)
        rows.addWidget(_label("Python", self.python.edit), 4, 0)
        rows.addWidget(self.python, 4, 1)
        rows.addLayout(end, 5, 1)
        rows.setRowStretch(1, 1)
        rows.setColumnStretch(1, 1)

    def _option_column(self) -> QWidget:
        """Return the options, which scroll, above the button that resets them."""
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.options)
        self.option_column.setFixedWidth(OPTIONS_WIDTH)
        rows = QVBoxLayout(self.option_column)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(area, 1)
        rows.addWidget(self.reset_button, 0, Qt.AlignmentFlag.AlignLeft)
        return self.option_column


def _label(text: str, buddy: QWidget) -> QLabel:
    """Return what stands in front of a part, in line with its first words."""
    label = QLabel(text)
    label.setBuddy(buddy)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    label.setContentsMargins(0, 4, 0, 0)
    return label


def _remark(name: str, lines: int) -> QLabel:
    """Return an empty label in the colour of captions."""
    label = QLabel()
    label.setAccessibleName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    label.setWordWrap(True)
    label.setFixedHeight(lines * label.fontMetrics().lineSpacing() + 2)  # so that nothing moves
    return label


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    button.setAutoDefault(False)
    return button
