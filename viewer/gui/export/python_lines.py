"""The lines of Python that load what an export wrote."""

from __future__ import annotations

import re
from pathlib import Path

from viewer.export.format import Format

FIRST = re.compile(r"\btrain(img)?-0\b")
"""How formats name a file of the first digit, not knowing which digits there are."""


def write_python(form: Format, target: Path, first: str) -> str:
    """Return the lines that load an output.

    Parameters
    ----------
    form : Format
    target : path
        The file or folder.
    first : str
        The first digit in it, such as ``train:13``.

    Returns
    -------
    code : str
        Where a file of one digit is read, it is that of the first one.
    """
    place = str(target.absolute())
    split, _colon, index = first.rpartition(":")
    code = form.snippet(place)
    named = FIRST.sub(lambda found: f"{split}{found[1] or ''}-{index}", code)
    return named if repr(place)[1:-1] in named else code
