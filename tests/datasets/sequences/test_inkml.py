"""InkML: traces, channels, differences, groups and references."""

from __future__ import annotations

import gzip
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.datasets.sequences.reading import read, unpack
from tests.datasets.sequences.sequence_files import BAR, DIGITS, PLUS, inkml, rows_of
from viewer.datasets.sequences.rows import load_rows
from viewer.datasets.sequences.trace import Channels, TraceError, read_trace
from viewer.errors import UserError


def read_text(folder: Path, text: str | bytes) -> list[list[list[tuple[float, float]]]]:
    """Return the strokes in a text of ink, from 0 as it has them."""
    path = folder / "a.inkml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    digits = unpack(read(path))
    return [[[(x - 1, y - 1) for x, y in stroke] for stroke in digit] for digit in digits]


def ink(inside: str) -> str:
    return f'<ink xmlns="http://www.w3.org/2003/InkML">{inside}</ink>'


def test_digits_on_pixels_are_read_exactly(tmp_path: Path) -> None:
    path = tmp_path / "a.inkml"
    path.write_text(inkml(DIGITS, [1, 4, 8, 0, 7, 2]))
    drawn = read(path)
    assert drawn.on_pixels
    assert unpack(drawn) == DIGITS
    assert drawn.label.tolist() == [1, 4, 8, 0, 7, 2]
    rows = load_rows(path)
    assert [rows.sequence(digit).tolist() for digit in range(6)] == [*map(rows_of, DIGITS)]


def test_the_example_of_the_recommendation() -> None:
    """Section 3.2.1: differences of differences, values without spaces, switches left out."""
    text = "1125 18432,'23'43,\"7\"-8,3-5,7 -3,6 2,6 8,3 6 T,2 4*T,3 6,3-6 F F"
    points = read_trace(text, Channels(0, 1, 2, 4))
    assert points[::2] == [1125, 1148, 1178, 1211, 1251, 1297, 1349, 1404, 1461, 1521, 1584]
    assert points[1::2] == [
        18432, 18475, 18510, 18540, 18567, 18596, 18633, 18676, 18723, 18776, 18823,
    ]  # fmt: skip


@given(
    st.lists(st.tuples(st.integers(-99, 99), st.integers(-99, 99)), min_size=3, max_size=9),
    st.integers(0, 2),
)
def test_differences_say_the_same_as_values(points: list[tuple[int, int]], order: int) -> None:
    values = [read_trace(", ".join(f"{x} {y}" for x, y in points), Channels())]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)]
    changes = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(steps)]
    first = f"!{points[0][0]}!{points[0][1]}"
    marked = [f"'{x}'{y}" for x, y in steps]
    if order == 1:
        marked[1:] = [f"{x} {y}" for x, y in steps[1:]]
    if order == 2:
        marked[1:] = [f'"{x}"{y}' for x, y in changes]
    values.append(read_trace(",".join([first, *marked]), Channels()))
    assert values[0] == values[1] == [float(value) for point in points for value in point]


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("1 2", [1, 2]),
        (" 1.5   -2.25 ,\n\t.5 3. ", [1.5, -2.25, 0.5, 3]),
        ("#1F #ff,1 2", [31, 255, 1, 2]),
        ("5 5,* 6,7 *", [5, 5, 5, 6, 7, 6]),
        ("5 5,'2'1,* *,!9 1", [5, 5, 7, 6, 9, 7, 9, 8]),
        ("5 5,'2'1,\"1\"1,* *", [5, 5, 7, 6, 10, 8, 14, 11]),
        ("1-2,3-4", [1, -2, 3, -4]),
    ],
)
def test_values_are_read(text: str, points: list[float]) -> None:
    assert read_trace(text, Channels()) == points


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("  ", "without points"),
        ("1 2,", "0 of 2 values in point 1"),
        ("1", "1 of 2"),
        ("1 2 3", "more than 2 values in point 0"),
        ("1 2;3 4", "holds ';3 4' in point 0"),
        ("one two", "holds 'one two'"),
        ("'1'2", "difference from nothing in point 0"),
        ('1 2,"1"1', "difference from nothing in point 1"),
        ("? 2", "does not tell x and y in point 0"),
        ("1 2,? 2,'1 1", "does not tell x and y in point 1"),
        ("* 2", "does not tell x and y"),
        ("1 2,1e5 3", "holds 'e5 3'"),
        ("1 2,nan inf", "holds 'nan inf'"),
        ("1 ' 2,3 4", "difference from nothing"),
        ("1_0 2", "holds '_0 2'"),
    ],
)
def test_traces_that_are_none_are_refused(text: str, problem: str) -> None:
    with pytest.raises(TraceError) as caught:
        read_trace(text, Channels())
    assert problem in str(caught.value)


def test_other_channels_are_passed_over(tmp_path: Path) -> None:
    text = ink(
        "<traceFormat><channel name='T'/><channel name='Y' orientation='-ve'/>"
        "<channel name='X'/><intermittentChannels><channel name='S'/></intermittentChannels>"
        "</traceFormat><trace>0 10 3, 5 11 4 T</trace><trace>9 1 2</trace>"
    )
    assert read_text(tmp_path, text) == [[[(3, -10), (4, -11)], [(2, -1)]]]


def test_formats_are_found_by_reference(tmp_path: Path) -> None:
    def channels(*names: str) -> str:
        return "".join(f'<channel name="{name}"/>' for name in names)

    text = ink(
        f"""<definitions>
        <traceFormat xml:id="f">{channels("Y", "X")}</traceFormat>
        <context xml:id="c"><inkSource xml:id="s"><traceFormat>{channels("F", "X", "Y")}
        </traceFormat></inkSource></context>
        <context xml:id="d" traceFormatRef="#f"/>
        <context xml:id="e" contextRef="#c"/>
        <context xml:id="plain"><brush/></context>
        </definitions>
        <traceGroup><trace>1 2</trace><trace contextRef="#c">9 1 2</trace></traceGroup>
        <traceGroup contextRef="#d"><trace>2 1</trace><trace contextRef="#plain">1 2</trace>
        </traceGroup>
        <traceGroup contextRef="#e"><trace>9 1 2</trace></traceGroup>
        <context inkSourceRef="#s"/>
        <traceGroup><trace>9 1 2</trace></traceGroup>"""
    )
    assert read_text(tmp_path, text) == [[[(1, 2)]] * 2, [[(1, 2)]] * 2, [[(1, 2)]], [[(1, 2)]]]


def test_traces_without_groups_are_one_digit(tmp_path: Path) -> None:
    """As in files of the CROHME competitions, whose groups only refer to traces."""
    text = ink(
        '<annotation type="truth">$+$</annotation><trace id="0">1 2, 3 4</trace>'
        '<trace id="1">5 6</trace><traceGroup xml:id="A"><annotation type="truth">x</annotation>'
        '<traceGroup xml:id="B"><annotation type="truth">+</annotation>'
        '<traceView traceDataRef="0"/></traceGroup></traceGroup>'
    )
    assert read_text(tmp_path, text) == [[[(1, 2), (3, 4)], [(5, 6)]]]
    assert read(tmp_path / "a.inkml").class_names == ("$+$",)


def test_groups_in_groups_are_digits(tmp_path: Path) -> None:
    text = ink(
        "<traceGroup><traceGroup><trace>1 2</trace></traceGroup>"
        "<traceGroup/></traceGroup><traceGroup><trace>3 4</trace></traceGroup>"
    )
    assert read_text(tmp_path, text) == [[[(1, 2)]], [], [[(3, 4)]]]


def test_the_pen_in_the_air_is_not_drawn(tmp_path: Path) -> None:
    text = ink('<trace>1 2</trace><trace type="penUp">2 2, 3 3</trace><trace>4 4</trace>')
    assert read_text(tmp_path, text) == [[[(1, 2)], [(4, 4)]]]


def test_continued_traces_are_one_stroke(tmp_path: Path) -> None:
    text = ink(
        '<trace xml:id="a" continuation="begin">1 2, 2 2</trace>'
        '<trace xml:id="b" continuation="middle" priorRef="#a">3 2</trace>'
        '<trace xml:id="c" continuation="end" priorRef="#b">4 2</trace><trace>9 9</trace>'
    )
    assert read_text(tmp_path, text) == [[[(1, 2), (2, 2), (3, 2), (4, 2)], [(9, 9)]]]


def test_identities_and_metadata_are_read(tmp_path: Path) -> None:
    notes = "".join(
        f'<annotation type="{name}">{value}</annotation>'
        for name, value in {"truth": "seven", "split": "test", "index": 12, "label": 7,
                            "writer": 88, "favourite": "true", "note": "a &lt; b"}.items()
    )  # fmt: skip
    path = tmp_path / "a.inkml"
    path.write_text(ink(f"<traceGroup>{notes}<trace>1 1</trace></traceGroup>"))
    drawn = read(path)
    assert (drawn.split[0], drawn.index[0], drawn.label[0]) == ("test", 12, 7)
    assert drawn.class_names[7] == "seven"
    assert {name: values.tolist() for name, (values, _) in drawn.columns.items()} == {
        "writer": [88]
    }


def test_encodings_prefixes_and_packing(tmp_path: Path) -> None:
    text = inkml([BAR, PLUS]).replace("<ink xmlns=", "<!-- ü --><ink xmlns=")
    plain = read_text(tmp_path, text)
    assert len(plain) == 2
    assert read_text(tmp_path, b"\xef\xbb\xbf" + text.encode()) == plain
    assert read_text(tmp_path, text.encode("utf-16")) == plain
    head = '<?xml version="1.0" encoding="ISO-8859-1"?>'
    assert read_text(tmp_path, (head + text).encode("latin-1")) == plain
    assert read_text(tmp_path, gzip.compress(text.encode())) == plain
    prefixed = text.replace("xmlns=", "xmlns:i=").replace("<tra", "<i:tra").replace("</", "</i:")
    assert read_text(tmp_path, prefixed.replace("<ink", "<i:ink")) == plain


def test_traces_that_span_pieces_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("viewer.datasets.sequences.inkml.PIECE", 5)
    path = tmp_path / "a.inkml"
    path.write_text(inkml(DIGITS))
    assert unpack(read(path)) == DIGITS


def test_ink_is_told_by_its_root_or_its_name(tmp_path: Path) -> None:
    text = inkml([PLUS])
    comment = f"<!--{'-.' * 400}-->"
    for name, data in (
        ("a.txt", text.encode()),
        ("b", text.encode("utf-16")),
        ("c.xml", b" \n<?xml version='1.0'?>\n"[2:] + text.encode()),
        ("d.InkML", (comment + text).encode()),
    ):
        (tmp_path / name).write_bytes(data)
        assert unpack(read(tmp_path / name)) == [PLUS]
    for name, other in (("e.xml", comment + text), ("f", "<!DOCTYPE html><html></html>")):
        (tmp_path / name).write_text(other)
        with pytest.raises(UserError, match="no sequences in this file"):
            read(tmp_path / name)
