"""The one error that is meant for the person at the keyboard."""

from __future__ import annotations

from pathlib import Path


class UserError(Exception):
    """Something a user gave or asked for cannot be used.

    The command line prints it as one line and exits with code 2; the window shows it
    in a banner. Every other exception is a defect of the program.

    Parameters
    ----------
    problem : str
        What is wrong, as a clause without a final full stop.
    path : path, optional
        The file or folder it is about.
    advice : str, optional
        What to do about it, as a sentence.
    """

    def __init__(self, problem: str, *, path: Path | str | None = None, advice: str = "") -> None:
        self.problem = problem
        self.path = None if path is None else Path(path)
        self.advice = advice
        where = "" if path is None else f"{path}: "
        super().__init__(f"{where}{problem}." + (f" {advice}" if advice else ""))


class Cancelled(Exception):  # noqa: N818 - not an error
    """A job ended early because it was asked to; nothing it made is kept."""
