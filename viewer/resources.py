"""Where the files that belong to the program are, installed or in a checkout."""

from __future__ import annotations

from pathlib import Path

from viewer.errors import UserError

_PACKAGE = Path(__file__).resolve().parent
_PLACES = (_PACKAGE / "resources", _PACKAGE.parent / "resources")
"""In a wheel within the package; in a checkout or editable install beside it."""


def resource_path(name: str) -> Path:
    """Return the path of a resource such as ``sample.npz``.

    Raises
    ------
    UserError
        When there is no such file: the installation is not complete.
    """
    for place in _PLACES:
        path = place / name
        if path.is_file():
            return path
    raise UserError(
        "a file of the program is missing",
        path=_PLACES[0] / name,
        advice="Install Digit Stroke Viewer again.",
    )
