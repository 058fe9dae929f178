from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from hypothesis import given, settings

from tests.export.formats.samples import (
    BLANK,
    DOT,
    LAST_JUMP,
    MANY,
    Part,
    Point,
    Rows,
    mixed_parts,
    strokes_of,
    write,
)
from viewer.export.formats.inkml import FORMAT

INK = "{http://www.w3.org/2003/InkML}"
XML = "{http://www.w3.org/XML/1998/namespace}"
MODEL: dict[str, tuple[set[str], set[str]]] = {
    "ink": (
        {"annotation", "annotationXML", "context", "definitions", "trace", "traceGroup"},
        {"documentID"},
    ),
    "definitions": ({"context", "traceFormat", "trace", "traceGroup"}, set()),
    "context": ({"traceFormat", "canvas", "inkSource", "brush"}, {XML + "id"}),
    "traceFormat": ({"channel", "intermittentChannels"}, {XML + "id"}),
    "channel": (set(), {"name", "type", "min", "max", "default", "units", "orientation"}),
    "traceGroup": ({"annotation", "annotationXML", "trace", "traceGroup"}, {"contextRef"}),
    "trace": (set(), {"type", "contextRef"}),
    "annotation": (set(), {"type", "encoding"}),
}
"""Children and attributes that the Recommendation allows, of the elements that are used."""


def check_model(element: Element) -> None:
    assert element.tag.startswith(INK)
    children, attributes = MODEL[element.tag.removeprefix(INK)]
    assert set(element.attrib) <= attributes
    for child in element:
        assert child.tag.removeprefix(INK) in children
        check_model(child)


def read(content: bytes) -> list[tuple[dict[str, str], list[list[Point]]]]:
    """Return annotations and strokes of each trace group."""
    root = ElementTree.fromstring(content)
    check_model(root)
    (context,) = root.findall(f"{INK}definitions/{INK}context")
    channels = [(c.get("name"), c.get("type")) for c in context.iter(INK + "channel")]
    assert channels == [("X", "integer"), ("Y", "integer")]
    digits = []
    for group in root.findall(INK + "traceGroup"):
        assert group.get("contextRef") == "#" + context.attrib[XML + "id"]
        known = {note.attrib["type"]: note.text or "" for note in group.iter(INK + "annotation")}
        assert len(known) == len(group.findall(INK + "annotation"))
        strokes = []
        for trace in group.findall(INK + "trace"):
            points = [point.split() for point in (trace.text or "").split(",")]
            strokes.append([(int(x), int(y)) for x, y in points])
        digits.append((known, strokes))
    return digits


@settings(max_examples=60, deadline=None)
@given(rows=MANY)
def test_traces_are_the_strokes(rows: list[Rows]) -> None:
    digits = read(write(FORMAT, {"a": Part(rows)}))
    assert [strokes for _known, strokes in digits] == [strokes_of(own) for own in rows]


def test_annotations() -> None:
    digits = read(write(FORMAT, mixed_parts()))
    train = {"split": "train"}
    assert [known for known, _strokes in digits[1:5]] == [
        train
        | {
            "truth": "1",
            "label": "1",
            "index": "4",
            "writer": "-5",
            "hand": "",
            "favourite": "true",
        },
        train
        | {
            "truth": "0",
            "label": "0",
            "index": "10",
            "writer": "7",
            "hand": 'a "b", c',
            "colour": "red",
            "note": "+1 <&>",
            "corrected": "true",
        },
        train
        | {
            "truth": "2",
            "label": "2",
            "index": "99",
            "writer": "8",
            "hand": "-",
            "colour": "blue",
        },
        train
        | {
            "truth": "7",
            "label": "7",
            "index": "100",
            "writer": "9",
            "hand": "x\ny",
            "note": "two\r\nlines",
        },
    ]
    odd = {"split": "@test, <2> & 'more'"}
    assert digits[6][0] == odd | {"index": "0", "score": "0.5"}
    assert [len(strokes) for _known, strokes in digits] == [2, 0, 2, 1, 2, 2, 1, 0]


def test_truth_is_the_name_of_the_class() -> None:
    parts = {"a": Part([DOT, BLANK, LAST_JUMP], [1, 0, 2])}
    digits = read(write(FORMAT, parts, class_names=("zero", r"a<\1>&")))
    assert [known["truth"] for known, _strokes in digits] == [r"a<\1>&", "zero", "2"]
    assert [known["label"] for known, _strokes in digits] == ["1", "0", "2"]


def test_text_that_no_document_can_hold() -> None:
    parts = {
        "a\x00\ud800]]>": Part([DOT], [3], {'na"me\x01': ["\x0b\ufffe\U0001f58a\t"]}),
        "b": Part([DOT], [4], {'na"me\x01': ['<annotation type="truth">4</annotation>']}),
    }
    (first, _), (second, _) = read(write(FORMAT, parts, class_names=tuple("abcde")))
    assert first["split"] == "a\ufffd\ufffd]]>"
    assert first['na"me\ufffd'] == "\ufffd\ufffd\U0001f58a\t"
    assert second['na"me\ufffd'] == '<annotation type="truth">4</annotation>'
    assert (first["truth"], second["truth"]) == ("d", "e")
