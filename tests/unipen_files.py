"""UNIPEN files written from the format's description, apart from the reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Stroke = Sequence[tuple[int, int]]
HEADER = '.INCLUDE\tdene.doc\n\n.LEXICON "0" "1"\n.HIERARCHY DIGIT\n\n'
BAR: Stroke = ((0, 9), (0, 5), (0, 0))
DASH: Stroke = ((3, 5), (9, 5))
RING: Stroke = ((5, 9), (0, 5), (5, 0), (9, 5), (5, 9))


def pack_strokes(strokes: Iterable[Stroke]) -> str:
    """Return strokes as pendigits has them."""
    return "".join(
        ".PEN_DOWN\n" + "".join(f" {x}  {y}\n" for x, y in stroke) + ".PEN_UP\n.DT 100\n"
        for stroke in strokes
    )


def pack_unipen(digits: Iterable[tuple[str, int, int, Sequence[Stroke]]], first: int = 0) -> str:
    """Return digits (label, writer, sample, strokes) in the form of UCI's pendigits."""
    text = HEADER
    for label, writer, sample, strokes in digits:
        last = first + len(strokes) - 1
        named = f"{first}-{last}" if last > first else f"{first}"
        text += f'.SEGMENT DIGIT {named:>4} ? "{label}"\n.COMMENT {label} {writer:2} {sample:4}\n'
        text += pack_strokes(strokes) + "\n"
        first = last + 1
    return text


GOOD = pack_unipen([("1", 12, 224, [BAR]), ("4", 7, 3, [BAR, DASH]), ("0", 12, 30, [RING])])


def faults() -> dict[str, tuple[str, str]]:
    """Return faulty texts by name, each with what is said about it."""
    one = '.SEGMENT DIGIT 0 ? "1"\n'
    stroke = ".PEN_DOWN\n1 2\n.PEN_UP\n"
    return {
        "no-characters": (HEADER, "it holds no digit or character"),
        "words-only": ('.SEGMENT WORD 0 ? "one"\n' + stroke, "it holds no digit or character"),
        "cut-in-stroke": (GOOD[: GOOD.rindex(" 5  9\n")], "ends in the middle of a stroke"),
        "cut-between-strokes": (GOOD[: GOOD.index(".PEN_DOWN\n 3")], "names 2 components, but 1"),
        "stroke-without-points": (one + ".PEN_DOWN\n.PEN_UP\n", "line 3 ends a stroke without"),
        "one-number": (one + ".PEN_DOWN\n1\n.PEN_UP\n", "line 3 holds '1', not the coord"),
        "word-among-points": (one + ".PEN_DOWN\n1 two\n.PEN_UP\n", "line 3 holds '1 two', not"),
        "not-a-number": (one + ".PEN_DOWN\n1 nan\n.PEN_UP\n", "line 3 holds '1 nan', not"),
        "infinite": (one + ".PEN_DOWN\n-inf 1\n.PEN_UP\n", "line 3 holds '-inf 1', not"),
        "huge-number": (one + ".PEN_DOWN\n1 9e99\n.PEN_UP\n", "line 3 holds '1 9e99', not"),
        "underlined": (one + ".PEN_DOWN\n1_0 2\n.PEN_UP\n", "line 3 holds '1_0 2', not"),
        "other-figures": (one + ".PEN_DOWN\n² 2\n.PEN_UP\n", "line 3 holds "),
        "fewer-columns": (".COORD X Y T\n" + one + stroke, "line 4 holds '1 2', not"),
        "no-x": (".COORD T Y\n" + one + stroke, "line 1 names no X and Y"),
        "no-strokes": (one, "names component 0, but there are 0"),
        "no-numbers": ('.SEGMENT DIGIT ? "1"\n', "names no strokes, and none follow"),
        "backward-range": (stroke + '.SEGMENT DIGIT 1-0 ? "1"\n', "not a range of a few"),
        "endless-range": (stroke + '.SEGMENT DIGIT 0-999999999 ? "1"\n', "not a range of a few"),
        "numbers-overflow": (stroke + f'.SEGMENT DIGIT {9**40} ? "1"\n', "not in a known way"),
        "points-named": (stroke + '.SEGMENT DIGIT 0:1-0:2 ? "1"\n', "not in a known way"),
        "component-missing": (stroke + '.SEGMENT DIGIT 0,1 ? "1"\n', "names component 1, but"),
        "pen-up-only": (
            '.SEGMENT DIGIT 0 ? "1"\n.PEN_UP\n1 2\n.DT 1\n', "names no strokes"
        ),
        "without-a-label": (".SEGMENT DIGIT 0 ?\n" + stroke, "line 1 is a .SEGMENT without a"),
        "long-label": (f'.SEGMENT DIGIT 0 ? "{"1" * 40}"\n' + stroke, "line 1 has a label"),
        "label-of-controls": ('.SEGMENT DIGIT 0 ? "\x1b[2J"\n' + stroke, "line 1 has a label"),
        "open-label": ('.SEGMENT DIGIT 0 ? "1\n' + stroke, "line 1 is a .SEGMENT that cannot"),
        "empty-segment": (".SEGMENT\n" + stroke, "line 1 is a .SEGMENT that cannot"),
        "binary-inside": (one + ".PEN_DOWN\n1 2\n\0\0\n", "this is not text"),
        "long-line": (one + ".COMMENT " + "x" * (1 << 21), "does not end"),
        "many-points": (one + ".PEN_DOWN\n" + "1 2\n" * 530_000, "behind 524,288 points"),
        "many-strokes": (one + stroke * 66_000, "behind 65,536 strokes"),
        "many-segments": (one * 33_000, "behind 32,768 characters"),
        "many-classes": (
            "".join(f'.SEGMENT CHARACTER ? "{chr(97 + n % 26)}{n}"\n{stroke}' for n in range(300)),
            "different characters",
        ),
    }  # fmt: skip
