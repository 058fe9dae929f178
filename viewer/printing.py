"""What commands print: results on stdout, whatever the terminal can show."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from viewer.errors import UserError


def in_one_line(text: str) -> str:
    """Return text with line breaks and other control characters escaped."""
    return "".join(
        character if character.isprintable() else ascii(character)[1:-1] for character in text
    )


def print_result(text: str) -> None:
    """Print a result; a full disk behind stdout is the user's to know."""
    encoding = sys.stdout.encoding or "utf-8"
    try:
        print(text.encode(encoding, "backslashreplace").decode(encoding), flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        mute_stdout()
        raise UserError(f"the result cannot be printed: {error.strerror}") from error


def mute_stdout() -> None:
    """Keep Python from trying once more to write what could not be written."""
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
