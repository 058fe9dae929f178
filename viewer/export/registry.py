"""All formats there are, in the order they are offered; a new one is a module named here."""

from __future__ import annotations

from functools import cache

from viewer.errors import UserError
from viewer.export.format import Format


@cache
def formats() -> dict[str, Format]:
    """Return the formats by name."""
    from viewer.export.formats import (
        animation,
        identifiers,
        inkml,
        ndjson,
        npz,
        npz_padded,
        parquet,
        png,
        point_csv,
        published,
        stroke3,
        stroke5,
        svg,
        svg_animated,
    )

    found = (
        npz.FORMAT, npz_padded.FORMAT, stroke3.FORMAT, stroke5.FORMAT, published.FORMAT,
        ndjson.FORMAT, inkml.FORMAT, point_csv.FORMAT, parquet.FORMAT, identifiers.FORMAT,
        svg.FORMAT, svg_animated.FORMAT, animation.GIF, animation.APNG, animation.WEBP,
        png.FORMAT,
    )  # fmt: skip
    return {form.name: form for form in found}


def find_format(name: str) -> Format:
    """Return a format by name; a UserError lists those there are."""
    try:
        return formats()[name]
    except KeyError:
        raise UserError(
            f"there is no format {name!r}", advice=f"There are: {', '.join(formats())}."
        ) from None
