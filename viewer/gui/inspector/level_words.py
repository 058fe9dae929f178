"""What the threshold's plot says, each text in a long and shorter forms; no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.gui.inspector.words import count

if TYPE_CHECKING:
    from viewer.core.extract import Extraction
    from viewer.core.threshold import LevelCounts


def level_words(level: int, automatic: int) -> tuple[str, ...]:
    """Return a level and how far it is from the automatic choice, the longest text first."""
    if level == automatic:
        return f"level {level}: the automatic choice", f"level {level}: automatic", f"level {level}"
    side = "above" if level > automatic else "below"
    short = f"{level} ({level - automatic:+d})".replace("-", "\N{MINUS SIGN}")
    return (
        f"level {level}: {abs(level - automatic)} {side} the automatic {automatic}",
        f"level {level}, automatic {automatic}",
        f"level {short}",
        short,
    )


def stop_words(extraction: Extraction) -> tuple[str, ...]:
    """Return where the climb stopped and by which rule, the longest text first."""
    trace = extraction.threshold
    place = f"stop at {trace.levels[-1]}"
    if trace.stopped_by in ("components4", "components8"):
        kind = "4" if trace.stopped_by == "components4" else "8"
        parts = trace.components4 if kind == "4" else trace.components8
        change = f"{parts[0]} \N{RIGHTWARDS ARROW} {parts[-1]}"
        reason, brief = f"{kind}-connected parts {change}", f"{kind}-conn. {change}"
    elif trace.stopped_by == "pixels":
        share = f"{extraction.settings.threshold_keep:.0%}"
        reason, brief = f"under {share} of the pixels left", f"under {share}"
    else:
        reason, brief = f"the ceiling of {extraction.settings.threshold_ceiling}", "ceiling"
    return f"{place}: {reason}", f"stop: {reason}", f"stop: {brief}", brief, "stop"


def legend_words(kept: int, parts4: int, parts8: int) -> tuple[tuple[str, str, str], ...]:
    """Return numbers of pixels and of 4- and 8-connected parts, the longest texts first."""
    return (
        (
            f"{count(kept, 'pixel')} kept",
            count(parts4, "4-connected part"),
            count(parts8, "8-connected part"),
        ),
        (f"{kept:,} kept", f"{parts4} 4-conn.", f"{parts8} 8-conn."),
        (f"{kept:,}", f"4: {parts4}", f"8: {parts8}"),
        (f"{kept:,}", f"4:{parts4}", f"8:{parts8}"),
    )


def counts_sentence(counts: LevelCounts, level: int) -> str:
    """Return what is above a level, as a sentence."""
    kept, parts4, parts8 = counts_at(counts, level)
    return (
        f"Above level {level}: {count(kept, 'pixel')}, {count(parts4, '4-connected part')}, "
        f"{count(parts8, '8-connected part')}."
    )


def counts_at(counts: LevelCounts, level: int) -> tuple[int, int, int]:
    """Return pixels, 4- and 8-connected parts above a level."""
    return (
        int(counts.pixels[level]),
        int(counts.components4[level]),
        int(counts.components8[level]),
    )
