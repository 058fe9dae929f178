"""The page about a set as HTML that Qt understands; no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

import numpy as np

from viewer.catalog.about import SERIES_WRITERS, UNKNOWN, AboutSet, CountTable, Meaning, Writers
from viewer.catalog.columns import Origin
from viewer.gui.theme import Theme

BAR = 120
"""Logical pixels of the longest bar."""
BAR_HEIGHT = 8
ABREAST = 5
"""Wrong labels that stand side by side."""
ABSENT = "–"
WHOLE = "all"
ORIGINS: dict[Origin, str] = {
    "identity": "What a digit is called, and its class",
    "metadata": "Metadata that came with the set",
    "facts": "Facts of the strokes, found by extraction",
    "marks": "Your marks",
}

Cells = Sequence[str]
"""A row of a table, in HTML."""


def about_html(about: AboutSet, theme: Theme) -> str:
    """Return the page; pictures are named ``bar:`` and ``digit:POSITION``, links likewise.

    Parameters
    ----------
    about : AboutSet
        What is known.
    theme : Theme
        Colours of captions and lines.

    Returns
    -------
    html : str
        Headings, sentences and tables; every word of the set is escaped.
    """
    style = f"""<style>
        h1 {{ font-weight: 500; margin-bottom: 4px; }}
        h2 {{ font-weight: 500; font-size: large; margin-top: 24px; margin-bottom: 8px; }}
        p {{ margin-top: 4px; margin-bottom: 8px; }}
        th {{ color: {theme.muted}; font-weight: 400; }}
        td, th {{ padding-top: 3px; padding-bottom: 3px; padding-left: 0px; padding-right: 20px; }}
        a {{ color: {theme.accent}; }}
        .muted {{ color: {theme.muted}; }}
    </style>"""
    return style + "".join(_sections(about))


def _sections(about: AboutSet) -> Iterator[str]:
    yield f"<h1>{escape(about.name)}</h1>"
    if about.family is not None:
        yield _paragraph(about.family.description)
    yield from map(_paragraph, about.notes)
    yield _origin(about)
    splits = [images.split for images in about.images]
    if about.classes is not None:
        yield "<h2>Classes</h2>" + _counts(about.classes, splits, "Class")
    if about.series is not None:
        yield "<h2>HSF series</h2>"
        yield _paragraph("NIST's series of handwriting sample forms tell who wrote a digit.")
        yield _counts(about.series, splits, "Series", who=True)
    if about.writers:
        yield "<h2>Writers</h2>" + _writers(about.writers)
    yield "<h2>Images</h2>" + _images(about)
    yield from _wrong_labels(about)
    yield "<h2>Columns</h2>"
    yield _paragraph("What queries, facets and captions can name.")
    yield _columns(about.columns)


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>" if text else ""


def _origin(about: AboutSet) -> str:
    """Say what was opened and, of a known set, where it is from."""
    rows = [("Digits", f"{about.size:,}"), ("Opened from", escape(about.source))]
    if about.family is not None:
        url = escape(about.family.url)
        rows += [
            ("Origin", escape(about.family.origin)),
            ("Licence", escape(about.family.licence)),
            ("Citation", escape(about.family.citation)),
            ("Published at", f"<a href='{url}'>{url}</a>" if url else ""),
        ]
    return _table((), [(_muted(name), text) for name, text in rows if text], left=2)


def _counts(counts: CountTable, splits: Sequence[str], title: str, *, who: bool = False) -> str:
    """Return digits by value and split, with a bar for the sum."""
    totals = counts.totals
    largest, all_digits = max(int(totals.max(initial=0)), 1), max(int(totals.sum()), 1)
    absent = (counts.counts == UNKNOWN).all(axis=0)
    sums = np.where(absent, UNKNOWN, counts.counts.sum(axis=0))
    several = len(splits) > 1

    def line(name: str, row: Sequence[int], total: int, *more: str) -> Cells:
        writers = [SERIES_WRITERS.get(int(name), "") if name.isdecimal() else ""] if who else []
        figures = [*row, total] if several else row
        shown = [ABSENT if figure == UNKNOWN else f"{figure:,}" for figure in figures]
        return [escape(name), *writers, *shown, *more]

    rows = [
        line(name, row, total, f"{total / all_digits:.1%}", _bar(total / largest))
        for name, row, total in zip(
            counts.names, counts.counts.tolist(), totals.tolist(), strict=True
        )
    ]
    rows.append(line(WHOLE, sums.tolist(), int(totals.sum())))
    heads = [title, *(["Written by"] if who else []), *splits, *([WHOLE] if several else [])]
    return _table([escape(head) for head in (*heads, "Share", "")], rows, left=2 if who else 1)


def _writers(writers: Iterable[Writers]) -> str:
    rows = [
        (
            escape(figures.split or WHOLE),
            f"{figures.count:,}",
            f"{figures.fewest:,}",
            f"{figures.median:,g}",
            f"{figures.most:,}",
        )
        for figures in writers
    ]
    heads = ("Split", "Writers", "Fewest digits", "Median", "Most digits")
    return _table(heads, rows)


def _images(about: AboutSet) -> str:
    rows = [
        (
            escape(images.split),
            f"{images.count:,}",
            f"{images.shape[0]} x {images.shape[1]}",
            f"{images.mean:.1f}",
            f"{images.ink:.1%}",
        )
        for images in about.images
    ]
    return _table(("Split", "Images", "Pixels", "Mean grey value", "Pixels with ink"), rows)


def _wrong_labels(about: AboutSet) -> Iterator[str]:
    """Show the digits whose label is known to be wrong; a click goes to one."""
    wrong = about.wrong_labels
    if not wrong:
        return
    yield "<h2>Known label errors</h2>"
    yield _paragraph("Digits whose label is wrong by common reading. A click goes to the digit.")
    cells = [
        f"<a href='digit:{digit.position}'><img src='digit:{digit.position}'><br>"
        f"{escape(digit.identity)}</a><br>"
        f"{_muted(f'label {digit.given}, likely {digit.likely}')}"
        for digit in wrong
    ]
    rows = [cells[start : start + ABREAST] for start in range(0, len(cells), ABREAST)]
    yield _table((), rows, left=ABREAST)


def _columns(columns: Sequence[Meaning]) -> str:
    rows: list[Cells] = []
    for origin, words in ORIGINS.items():
        mine = [meaning for meaning in columns if _place(meaning) == origin]
        if mine:
            rows.append((f"<br>{_muted(words)}",))
        rows.extend(
            (
                f"<b>{escape(meaning.column.name)}</b>",
                escape(meaning.column.title),
                escape(meaning.help),
                escape(meaning.values or ABSENT),
            )
            for meaning in mine
        )
    return _table(("Name", "Title", "Meaning", "Values"), rows, left=4)


def _place(meaning: Meaning) -> Origin:
    """Return where a column is listed: the class beside the digit's name."""
    return "identity" if meaning.column.name == "class" else meaning.column.origin


def _table(heads: Cells, rows: Iterable[Cells], *, left: int = 1) -> str:
    """Return a table, the first `left` columns to the left, the others to the right."""
    width = max([len(heads), *map(len, rows := list(rows))])

    def line(cells: Cells, tag: str) -> str:
        made = []
        for place, cell in enumerate(cells):
            span = f" colspan='{width}'" if len(cells) == 1 else ""
            picture = cell.startswith("<img")
            align = "left" if place < left or picture else "right"
            middle = "middle" if picture else "top"
            made.append(f"<{tag} align='{align}' valign='{middle}'{span}>{cell}</{tag}>")
        return f"<tr>{''.join(made)}</tr>"

    head = line(heads, "th") if heads else ""
    body = "".join(line(cells, "td") for cells in rows)
    return f"<table cellspacing='0' cellpadding='0'>{head}{body}</table>"


def _muted(text: str) -> str:
    return f"<span class='muted'>{escape(text)}</span>"


def _bar(share: float) -> str:
    """Return a bar, at least a pixel long."""
    size = f"width='{max(round(share * BAR), 1)}' height='{BAR_HEIGHT}'"
    return f"<img src='bar:' {size} style='vertical-align: middle;'>"
