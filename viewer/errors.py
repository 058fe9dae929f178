"""The one error that is meant for the person at the keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import Any


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

    def __reduce__(self) -> tuple[Any, ...]:
        """Say how to make it again in another process."""
        return _make_user_error, (self.problem, self.path, self.advice)


def _make_user_error(problem: str, path: Path | None, advice: str) -> UserError:
    return UserError(problem, path=path, advice=advice)


class Cancelled(Exception):  # noqa: N818 - not an error
    """A job ended early because it was asked to; nothing it made is kept."""
