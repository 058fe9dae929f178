"""What can be known about a digit: the columns that queries, facets and captions name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["number", "real", "word", "flag"]
Origin = Literal["identity", "metadata", "facts", "marks"]


@dataclass(frozen=True)
class Column:
    """One thing that is known about digits.

    Parameters
    ----------
    name : str
        Its name in queries; a letter, then letters, digits and underscores.
    title : str
        Its name for people.
    help : str
        What it means, in a sentence.
    kind : str
        ``number`` (whole), ``real``, ``word`` (one of few texts) or ``flag`` (yes or no).
    origin : str
        Where it is from: what a digit is called, metadata that came with the set, what
        extraction found, or the user's marks.
    aliases : tuple of str
        Other names for it in queries; the names of metadata columns are among them.
    unit : str
        Unit of its values, such as ``px``.
    """

    name: str
    title: str
    help: str
    kind: Kind = "number"
    origin: Origin = "metadata"
    aliases: tuple[str, ...] = ()
    unit: str = ""


def _fact(name: str, title: str, help_text: str, kind: Kind = "number", unit: str = "") -> Column:
    return Column(name, title, help_text, kind, "facts", unit=unit)


SPLIT = Column("split", "Split", "Part of the set, such as train or test.", "word", "identity")
INDEX = Column("index", "Index", "Place of the digit in its split, from 0.", origin="identity")
CLASS = Column(
    "class", "Class", "What was written, by the labels of the set.", aliases=("label", "digit")
)
METADATA = (
    Column("writer", "Writer", "Number of the person who wrote it, as NIST counts them."),
    Column(
        "hsf",
        "HSF series",
        "NIST's series of handwriting sample forms: 0 to 3 are of census employees, 4 of "
        "high-school students, 6 and 7 of census employees.",
        aliases=("hsf_series", "series"),
    ),
    Column("digit_index", "Digit index", "Place among all characters that the writer wrote."),
    Column("nist_class", "NIST class", "NIST's code of the class: the digit + 30."),
    Column("global_index", "Global index", "Place among all digits of NIST.", aliases=("global",)),
    Column(
        "duplicate",
        "Duplicate",
        "0, or the global index of the digit of NIST's set that it is a copy of.",
    ),
    Column("unused", "Unused", "Always 0; QMNIST's tables have this column."),
)
FACTS = (
    _fact("strokes", "Strokes", "Strokes of the sequence."),
    _fact("points", "Points", "Points of the sequence: pixels of the skeleton.", unit="px"),
    _fact("lifts", "Pen lifts", "How often the pen is lifted between strokes."),
    _fact("travel", "Pen-up travel", "Way of the lifted pen.", "real", "px"),
    _fact("length", "Path length", "Way of the pen on paper.", "real", "px"),
    _fact("level", "Threshold level", "Pixels above this grey level were kept."),
    _fact("endpoints", "End points", "Pixels of the skeleton with at most one neighbour."),
    _fact("junctions", "Junctions", "Places where three or more branches of the skeleton meet."),
    _fact("loops", "Loops", "Areas that the skeleton encloses."),
    _fact("aspect", "Aspect", "Width of the skeleton divided by its height.", "real"),
    _fact("slant", "Slant", "Lean of the skeleton from upright; to the right is positive.",
          "real", "°"),
    _fact("exact", "Exact order", "Whether the search for the order was complete.", "flag"),
    _fact("order_gap", "Orders disagree",
          "How far the orders nearest and natural of its pixels are apart, by dynamic time "
          "warping; 0 where they are the same.", "real", "px"),
    _fact("unusual", "Unusual", "Share of its class whose strokes are more usual than its own.",
          "real", "%"),
)  # fmt: skip
FACT_NAMES = frozenset(column.name for column in FACTS)
MARKS = (
    Column("favourite", "Favourite", "Whether you marked it as a favourite.", "flag", "marks",
           ("favorite",)),
    Column("colour", "Colour mark", "The colour mark you gave it.", "word", "marks", ("color",)),
    Column("noted", "Note", "Whether you wrote a note on it.", "flag", "marks"),
)  # fmt: skip
MARK_NAMES = frozenset(column.name for column in MARKS)
CORRECTED = Column(
    "corrected", "Corrected", "Whether you corrected its strokes by hand.", "flag", "marks"
)
COLUMNS = (SPLIT, CLASS, *METADATA, *FACTS, *MARKS, CORRECTED, INDEX)
"""All columns that have a meaning here, in the order in which they are offered."""


def find_column(name: str) -> Column:
    """Return the column of a metadata name; one that is not known speaks for itself.

    Parameters
    ----------
    name : str
        Such as ``hsf_series``.

    Returns
    -------
    column : Column
    """
    for column in COLUMNS:
        if name == column.name or name in column.aliases:
            return column
    plain = "".join(letter if letter.isalnum() else "_" for letter in name)
    plain = plain if plain[:1].isalpha() else f"column_{plain}"
    return Column(plain, name.replace("_", " ").capitalize(), "A column of the set's metadata.")
