"""What to export, as what, and where to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from viewer.errors import UserError
from viewer.export.format import Format
from viewer.export.run import check_output
from viewer.gui.export.choice import ExportChoice, Memory
from viewer.gui.export.command_line import name_digits, write_command
from viewer.gui.export.dialog_parts import DialogParts
from viewer.gui.export.format_list import how_to_install, is_missing, meaning_of
from viewer.gui.export.option_form import OptionForm
from viewer.gui.export.previewer import Previewer
from viewer.gui.export.python_lines import write_python
from viewer.gui.export.sample import Wish, find_problem
from viewer.gui.export.scopes import Scope, Subject
from viewer.gui.jobs import Jobs

NO_COMMAND = (
    "So many separate digits cannot be named on a command line. Where a filter finds them, "
    "export what it shows."
)
SIZE = (1000, 808)
MARKS_ASIDE = (
    "Your marks, where the format has room for them, are written from here; the command writes "
    "none."
)
NO_TARGET = "Name a target."
NOT_INSTALLED = "This format needs a library that is not installed."


class ExportDialog(QDialog):
    """Asks for digits, format, options and target; targets are replaced only when agreed.

    Parameters
    ----------
    subject : Subject
        What the digits are of.
    scopes : sequence of Scope
        The first one with digits is chosen.
    memory : Memory
        What was chosen last.
    stem : str
        Name of the target, without a suffix.
    jobs : Jobs
        Run the previews.
    """

    def __init__(
        self,
        subject: Subject,
        scopes: Sequence[Scope],
        memory: Memory,
        stem: str,
        jobs: Jobs,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export")
        self._subject = subject
        self._memory = memory
        self._overwrite = False
        self._refused = ""
        self._folder = False
        self._forms: dict[str, OptionForm] = {}
        self._digits: dict[str, list[str] | None] = {}
        self._marked: dict[str, bool] = {}
        self.previewer = Previewer(jobs, self)
        self.parts = DialogParts(self, scopes, memory.folder / stem, manifest=memory.manifest)
        self._connect()
        self.parts.formats.choose(memory.format)
        self.resize(self.minimumSizeHint().expandedTo(self._room()))

    @property
    def form(self) -> Format:
        """The format chosen."""
        return self.parts.formats.chosen

    @property
    def scope(self) -> Scope:
        """The digits chosen."""
        return self.parts.scopes.chosen

    @property
    def options(self) -> OptionForm:
        """The fields of the format's options."""
        return self._forms[self.form.name]

    def choice(self) -> ExportChoice:
        """Return what was chosen."""
        target = self.parts.target
        return ExportChoice(
            self.scope.name,
            self.form.name,
            target.path or Path(),
            self._overwrite,
            self.options.values,
            target.manifest,
        )

    def accept(self) -> None:
        """Close, after a question where something would be replaced."""
        path = self.parts.target.path
        if path is None or self._problem():
            return
        self._refused = find_problem(self._wish())
        self._show_problem()
        if self._refused:
            return
        self._overwrite = False
        if question := _question(path):
            answer = QMessageBox.question(self, "Export", question)
            if answer != QMessageBox.StandardButton.Yes:
                return
            self._overwrite = True
        super().accept()

    def done(self, result: int) -> None:
        """Close; no preview comes any more."""
        self.previewer.stop()
        super().done(result)

    def _room(self) -> QSize:
        """Return how large the dialog is at first: as it is good, or as the screen has room."""
        room = self.screen().availableSize() - QSize(64, 64)
        return QSize(*SIZE).boundedTo(room)

    def _connect(self) -> None:
        """Wire the parts to each other."""
        parts = self.parts
        parts.scopes.changed.connect(self._scope_changed)
        parts.formats.chosen_changed.connect(self._format_changed)
        parts.target.changed.connect(self._target_changed)
        parts.reset_button.clicked.connect(lambda: self.options.reset())
        parts.export_button.clicked.connect(self.accept)
        parts.cancel_button.clicked.connect(self.reject)
        self.previewer.checked.connect(self._checked)
        self.previewer.made.connect(parts.preview.show_preview)
        self.previewer.estimated.connect(parts.preview.show_estimate)
        self.previewer.failed.connect(
            lambda error: parts.preview.show_message(f"There is no preview: {error}")
        )

    def _format_changed(self, form: Format) -> None:
        """Show a format: what it is, its options, the target's suffix."""
        if form.name not in self._forms:
            made = OptionForm(form, self._memory.options(form))
            made.changed.connect(self._options_changed)
            self._forms[form.name] = made
            self.parts.add_options(made)
        self.parts.meaning.setText(meaning_of(form))
        self.parts.show_options(self.options)
        self.parts.target.blockSignals(True)
        self.parts.target.set_format(form, folder=self._memory.is_folder(form))
        self.parts.target.blockSignals(False)
        self.parts.preview.show_waiting()
        self._options_changed()

    def _scope_changed(self) -> None:
        self.parts.preview.show_waiting()
        self._options_changed()

    def _options_changed(self) -> None:
        self.parts.reset_button.setEnabled(not self.options.is_default)
        self._preview()
        self._target_changed()

    def _target_changed(self) -> None:
        """Show what would be written where, and say at once what is wrong with that."""
        if self.parts.target.is_folder != self._folder:
            self.parts.preview.show_waiting()
            self._preview()
        self._show_problem()
        self._show_code()

    def _wish(self) -> Wish:
        folder = self.parts.target.is_folder
        positions = self.scope.positions
        return Wish(self._subject, positions, self.form, self.options.values, folder)

    def _preview(self) -> None:
        """Wish for a preview of what is chosen."""
        self._refused = ""
        self._folder = self.parts.target.is_folder
        self.parts.preview.total = len(self.scope)
        if is_missing(self.form):
            self.previewer.ask(None)
            how = how_to_install(self.form)
            self.parts.preview.show_message(f"{NOT_INSTALLED} To install it:\n\n{how}")
        elif not len(self.scope):
            self.previewer.ask(None)
            self.parts.preview.show_message("There is no digit.")
        else:
            self.previewer.ask(self._wish())

    def _checked(self, problem: str) -> None:
        """Say why there is no room for the digits, if there is none."""
        self._refused = problem
        if problem:
            self.parts.preview.show_message("")
        self._show_problem()

    def _problem(self) -> str:
        """Return what is known to be wrong, "" for nothing."""
        path = self.parts.target.path
        if is_missing(self.form):
            return NOT_INSTALLED
        if path is not None:
            try:
                check_output(path, self.form, overwrite=True)
            except UserError as error:
                return str(error)
        return self._refused

    def _show_problem(self) -> None:
        """Say what is wrong; offer to export where nothing is."""
        problem = self._problem()
        self.parts.say(problem or self._note(), wrong=bool(problem))
        self.parts.export_button.setEnabled(
            not problem and self.parts.target.path is not None and len(self.scope) > 0
        )

    def _note(self) -> str:
        """Return what is to be known of the digits, "" for nothing."""
        name, subject = self.scope.name, self._subject
        if name not in self._marked:
            self._marked[name] = subject.is_marked(self.scope.positions)
        return MARKS_ASIDE if self._marked[name] else ""

    def _show_code(self) -> None:
        """Show the command line that does the same, and Python that loads the result."""
        path = self.parts.target.path
        if path is None:
            self.parts.command.set_code("", NO_TARGET)
            self.parts.python.set_code("", NO_TARGET)
            return
        self.parts.command.set_code(self._command(path), NO_COMMAND)
        positions = self.scope.positions
        first = self._subject.table.identity(int(positions[0])) if len(positions) else ""
        self.parts.python.set_code(write_python(self.form, path, first))

    def _command(self, path: Path) -> str:
        """Return the command line, "" where there are too many digits for one."""
        name, subject = self.scope.name, self._subject
        if name not in self._digits:
            positions = self.scope.positions
            self._digits[name] = name_digits(subject.table, positions, subject.query)
        digits = self._digits[name]
        if digits is None:
            return ""
        return write_command(
            subject, digits, self.form, self.options.values, path,
            manifest=self.parts.target.manifest, overwrite=bool(_question(path)),
        )  # fmt: skip


def _question(path: Path) -> str:
    """Return what is asked before writing to a path, "" where nothing would be replaced."""
    try:
        if path.is_file():
            return f"{path} exists. Replace it?"
        if path.is_dir() and any(path.iterdir()):
            return f"{path} holds files. Replace those of the same names?"
    except OSError:
        return ""
    return ""
