"""Faulty files of sequences: what each is, and what is said about it."""

from __future__ import annotations

import gzip
import io
import json
import os
import pickle
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from tests.datasets.sequences.sequence_files import (
    BAR,
    DIGITS,
    DOT,
    PLUS,
    inkml,
    ndjson,
    npy_header,
    objects,
    padded,
    published_files,
    ragged,
    stroke5,
    write_folder,
    write_npy,
    write_npz,
    write_tar,
)

Case = tuple[str, Path, str]
"""Name, source, and a part of what is said."""
GOOD = ragged(DIGITS)
FORMAT = "<traceFormat>{}</traceFormat>"
CHANNEL = '<channel name="{}"/>'


class Hostile:
    """Pickles as a call of the system."""

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return os.system, ("touch PWNED",)


def build(folder: Path) -> list[Case]:
    """Write all faulty sources below a folder."""
    cases = []
    for make in (_npz, _objects, _published, _tars, _ndjson, _inkml):
        place = folder / make.__name__
        place.mkdir()
        cases += [(f"{make.__name__[1:]}-{name}", path, said) for name, path, said in make(place)]
    return cases


def _npz(folder: Path) -> Iterator[Case]:
    """Rows, padded rows and stroke-5."""
    rows, offsets = GOOD["rows"], GOOD["offsets"]

    def changed(row: int, *values: int) -> dict[str, Any]:
        other = rows.copy()
        other[row] = values
        return {**GOOD, "rows": other}

    five = stroke5(DIGITS)["strokes"]
    bent = five.copy()
    bent[1, 2, 2:] = 1, 1, 0
    wild = five.astype(np.float32)
    wild[2, 0, 0] = np.nan
    faulty: dict[str, tuple[dict[str, Any], str]] = {
        "eos-of-2": (changed(1, 0, 1, 2, 0), "digit 0 has an eos or eod that is not 0 or 1"),
        "marker-moves": (changed(8, 1, 0, 1, 0), "digit 1 has a row with eos = 1 that moves"),
        "no-end": (changed(4, 0, 0, 1, 0), "digit 0 does not have the row 0 0 1 1 once"),
        "end-without-eos": (changed(4, 0, 0, 0, 1), "digit 0 does not end with the row"),
        "two-ends": (changed(2, 0, 0, 1, 1), "digit 0 does not have the row 0 0 1 1 once"),
        "left-of-image": (changed(13, 0, 3, 0, 0), "digit 2 leaves the image"),
        "floats": ({**GOOD, "rows": rows / 2}, "rows holds float64 25 x 4, not sequences"),
        "five-columns": ({**GOOD, "rows": np.zeros((25, 5), np.int8)}, "rows holds int8 25 x 5"),
        "flat-rows": ({**GOOD, "rows": rows.ravel()}, "rows holds int8 100, not"),
        "far": (
            {"rows": np.array([[40_000, 1, 0, 0], [0, 0, 1, 1]]), "offsets": np.array([0, 2])},
            "moves the pen farther",
        ),
        "overflow": (
            {"rows": np.array([[1 << 62, 1, 0, 0]] * 4), "offsets": np.array([0, 4])},
            "does not have the row 0 0 1 1 once",
        ),
        "short-offsets": ({**GOOD, "offsets": offsets[:-1]}, "offsets goes from 0 to 20, but"),
        "late-offsets": ({**GOOD, "offsets": offsets + 1}, "offsets goes from 1 to 26"),
        "falling-offsets": (
            {**GOOD, "offsets": offsets[[0, 2, 1, 3, 4, 5, 6]]}, "digit 1 has no rows"
        ),
        "empty-sequence": (
            {**GOOD, "offsets": offsets[[0, 1, 1, 3, 4, 5, 6]]}, "digit 1 has no rows"
        ),
        "no-sequences": (
            {"rows": rows[:0], "offsets": np.zeros(1, np.int64)}, "it holds no sequences"
        ),
        "no-offsets": ({"rows": rows[:0], "offsets": np.zeros(0, np.int64)}, "offsets is empty"),
        "huge-offset": ({**GOOD, "offsets": np.array([0, 2**64 - 1], np.uint64)}, "from 0 to -1"),
        "split-of-numbers": ({**GOOD, "split": np.arange(6)}, "split holds int64 6, not the name"),
        "few-splits": ({**GOOD, "split": np.array(["train"])}, "not the name of each digit's"),
        "nameless-split": ({**GOOD, "split": np.array(["train"] * 5 + [""])}, "named '', which"),
        "split-with-path": ({**GOOD, "split": np.array(["../x"] * 6)}, "named '../x', which is"),
        "split-of-controls": ({**GOOD, "split": np.array(["\x1b[2J"] * 6)}, "which is no name"),
        "many-splits": (ragged([DOT] * 99, split=[f"s{n}" for n in range(99)]), "are 99 splits"),
        "negative-index": ({**GOOD, "index": np.arange(-1, 5)}, "index is -1 for digit 0"),
        "huge-index": ({**GOOD, "index": np.full(6, 2**63, np.uint64)}, "index is 92233720"),
        "index-twice": ({**GOOD, "index": np.zeros(6, np.int64)}, "train:0 is there twice"),
        "first-index": ({**GOOD, "first_index": np.array(-4)}, "first_index is -4"),
        "label-of-999": ({**GOOD, "label": np.full(6, 999)}, "label is 999 for digit 0"),
        "labels-of-words": ({**GOOD, "label": np.array(list("abcdef"))}, "label holds <U1 6"),
        "padded-lengths": ({**padded(DIGITS), "lengths": np.full(6, 99)}, "lengths is 99"),
        "padded-zeros": ({**padded(DIGITS), "lengths": np.arange(6)}, "lengths is 0 for"),
        "padded-few": (
            {**padded(DIGITS), "lengths": np.array([5])}, "rows holds int8 6 x 10 x 4, not"
        ),
        "padded-none": (
            {"rows": np.zeros((0, 3, 4), np.int8), "lengths": np.zeros(0, np.int64)},
            "lengths holds no sequences",
        ),
        "padded-flat": ({"rows": rows, "lengths": np.array([5])}, "rows holds int8 25 x 4, not"),
        "stroke-5-states": ({"strokes": bent}, "neither pen down nor up: row 2 of digit 1"),
        "stroke-5-nan": ({"strokes": wild}, "digit 2 moves the pen by no usable number"),
        "stroke-5-lengths": (
            {"strokes": five, "lengths": np.full(6, 7)}, "neither pen down nor up: row 4"
        ),
        "stroke-5-none": ({"strokes": five[:0]}, "strokes holds no sequences"),
    }  # fmt: skip
    for name, (arrays, said) in faulty.items():
        yield name, write_npz(folder / f"{name}.npz", arrays), said
    wrong = rows.astype("<U4").view("<u4").copy()
    wrong[:] = 0xFFFFFFFF
    points = npy_header("<U4", (6,)) + b"\xff" * 96
    path = _with(folder / "no-code-points.npz", split=points)
    yield "no-code-points", path, "Uffffffff', which is no name"
    path = _with(folder / "cut.npz", offsets=npy_header("<i8", (7,)) + bytes(8))
    yield "cut", path, "offsets does not hold the 56 bytes"
    path = _with(folder / "promise.npz", rows=npy_header("|i1", (1 << 40, 4)))
    yield "promise", path, "more than the 640 MiB"
    path = _with(folder / "no-header.npz", rows=b"nothing of NumPy's")
    yield "no-header", path, "this npz file cannot be read"
    path = _with(folder / "records.npz", rows=npy_header([("a", "<i2")], (3, 4)))  # type: ignore[arg-type]
    yield "records", path, "not sequences"
    whole = write_npz(folder / "whole.npz", GOOD).read_bytes()
    (folder / "half.npz").write_bytes(whole[: len(whole) // 2])
    yield "half", folder / "half.npz", "this npz file cannot be read (file is not a zip file)"
    broken = bytearray(whole)
    broken[60] ^= 255
    (folder / "flipped.npz").write_bytes(broken)
    yield "flipped", folder / "flipped.npz", "this npz file cannot be read"
    (folder / "zip.npz").write_bytes(b"PK\x03\x04" + bytes(40))
    yield "zip", folder / "zip.npz", "this npz file cannot be read"


def _with(path: Path, **entries: bytes) -> Path:
    """Write a good file with other entries in the place of some."""
    content = {}
    for name, array in GOOD.items():
        file = io.BytesIO()
        np.save(file, array)
        content[name] = file.getvalue()
    return write_npy(path, **(content | entries))


def _objects(folder: Path) -> Iterator[Case]:
    """Pickled stroke-3."""
    hostile = objects(DIGITS)
    hostile[3] = Hostile()
    yield "hostile", write_npz(folder / "a.npz", {"train": hostile}), "asks for posix.system"
    mixed = objects(DIGITS)
    mixed[2] = np.zeros((3, 4), np.int16)
    yield "four-columns", write_npz(folder / "b.npz", {"test": mixed}), "3 x 4 numbers of digit 2"
    mixed = objects(DIGITS)
    mixed[2] = "text"
    yield "text", write_npz(folder / "c.npz", {"train": mixed}), "not arrays of numbers"
    states = objects([BAR, PLUS])
    states[1][2, 2] = 2
    yield "states", write_npz(folder / "d.npz", {"train": states}), "digit 1 has a pen state"
    infinite = objects([BAR], np.float64)
    infinite[0][0, 0] = np.inf
    yield "infinite", write_npz(folder / "e.npz", {"train": infinite}), "digit 0 moves the pen"
    empty = np.empty(0, object)
    yield "empty", write_npz(folder / "f.npz", {"train": empty}), "train holds no sequences"
    data = pickle.dumps(objects(DIGITS))
    head = npy_header("|O", (6,))
    for name, content, said in (
        ("cut", head + data[:-9], "train cannot be read: its pickle"),
        ("no-pickle", head + b"text", "train cannot be read: its pickle"),
        ("other-count", npy_header("|O", (7,)) + data, "train holds 6 arrays, not what"),
        ("nothing", head, "its pickle is cut short"),
    ):
        yield f"pickle-{name}", write_npy(folder / f"{name}.npz", train=content), said
    flat = np.zeros((3, 3), np.int16)
    yield "table", write_npz(folder / "g.npz", {"train": flat}), "not stroke-3"
    many = np.empty(100, object)
    many[:] = [np.zeros((90_000, 3), np.int16)] * 100
    yield "one-many-times", write_npz(folder / "h.npz", {"train": many}), "9,000,000 points"
    yield "bomb", _bomb(folder / "bomb.npz"), "more than the 128 MiB of objects"


def _bomb(path: Path) -> Path:
    """Write an array of objects that unpacks to far more than it takes."""
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("train.npy", "w") as entry,
    ):
        entry.write(npy_header("|O", (1,)))
        for _ in range(132):
            entry.write(bytes(1 << 20))
    return path


def _published(folder: Path) -> Iterator[Case]:
    """Folders of the published text files."""
    name = "trainimg-1-inputdata.txt"
    good = published_files([BAR, PLUS], labels=[1, 4])

    def case(kind: str, files: dict[str, str], said: str) -> Case:
        return kind, write_folder(folder / kind, files), said

    def with_input(kind: str, text: str, said: str) -> Case:
        return case(kind, good | {name: text}, said)

    lines = good[name].splitlines(keepends=True)
    yield with_input("empty", "", f"{name} is empty")
    yield with_input("blank-line", "".join([lines[0], "\n", *lines[1:]]), f"line 2 of {name}")
    yield with_input("words", "a b c d\n" + "".join(lines), f"line 1 of {name} does not hold 4")
    yield with_input("decimals", "1.0 1 0 0\n0 0 1 1\n", f"line 1 of {name} does not hold 4")
    yield with_input("plus-minus", "1 1- 0 0\n0 0 1 1\n", f"line 1 of {name} does not hold 4")
    yield with_input("long-number", f"{'9' * 5000} 1 0 0\n", f"line 1 of {name} does not")
    yield with_input("cut", "".join(lines[:-1]), f"of {name} does not have the row 0 0 1 1")
    yield with_input("outside", "0 0 0 0\n0 0 1 1\n", f"of {name} leaves the image")
    yield with_input("binary", "\0\0\0\0\n", f"line 1 of {name}")
    yield with_input("long", "1 1 0 0\n" * 140_000, f"{name} is too long for a sequence")
    yield case("label", good | {"trainlabels.txt": "1\nfour\n"}, "line 2 of trainlabels.txt")
    yield case("label-999", good | {"trainlabels.txt": "1\n999\n"}, "trainlabels.txt is no class")
    yield case("few-labels", good | {"trainlabels.txt": "1\n"}, "trainlabels.txt has 1 labels")
    targets = {key: text for key, text in good.items() if "target" in key}
    two = targets["trainimg-0-targetdata.txt"].replace("0 1", "1 1", 1)
    yield case("two-classes", targets | {"trainimg-0-targetdata.txt": two}, "names 2 classes")
    no_class = {"trainimg-0-targetdata.txt": good["trainimg-0-inputdata.txt"]}
    yield case("no-classes", no_class, "does not hold ten classes")
    leading = good | {"trainimg-01-inputdata.txt": good[name]}
    yield case("twice", leading, "trainimg-1-inputdata.txt is there twice")


def _tars(folder: Path) -> Iterator[Case]:
    """Archives."""
    files = published_files([BAR, PLUS])
    yield "other-files", write_tar(folder / "a.tar", {"a.txt": "a"}, "w"), "no sequences here"
    plain = write_tar(folder / "b.tar", files, "w").read_bytes()

    def case(name: str, data: bytes, said: str) -> Case:
        (folder / name).write_bytes(data)
        return name, folder / name, said

    yield case("cut.tar", plain[:1200], "the archive is cut short at trainimg-0-inputdata.txt")
    yield case("cut-header.tar", plain[:700], "the archive is cut short")
    yield case("damaged.tar", plain[:512] + b"x" * 512 + plain[1024:], "the archive is damaged")
    packed = gzip.compress(plain)
    yield case("cut.tar.gz", packed[: len(packed) // 2], "the gzip data is cut short")
    again = [("trainimg-0-inputdata.txt", b"1 1 0 0\n0 0 1 1\n")] * 2
    with tarfile.open(folder / "twice.tar", "w") as archive:
        for name, data in again:
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    yield "twice", folder / "twice.tar", "trainimg-0-inputdata.txt is there twice"
    huge = {"trainimg-0-inputdata.txt": b"1 1 0 0\n" * 140_000}
    yield "long", write_tar(folder / "long.tar.gz", huge), "is too long for a sequence"
    yield case("sizes.tar", member(b"trainimg-0-inputdata.txt", b"\x80" + b"\xff" * 11),
               "has no size that can be read")  # fmt: skip
    yield case("no-size.tar", member(b"trainimg-0-inputdata.txt", b"abcdefgh"), "no size")
    yield case("long-name.tar", member(b"a", b"77777777", b"L"), "a header that is too long")


def member(name: bytes, size: bytes, kind: bytes = b"0") -> bytes:
    """Return the header of an archive's member, with the sum that belongs to it."""
    block = bytearray(512)
    block[: len(name)] = name
    block[124 : 124 + len(size)] = size
    block[148:156] = b" " * 8
    block[156:157] = kind
    block[148:155] = b"%06o\0" % sum(block)
    return bytes(block)


def _ndjson(folder: Path) -> Iterator[Case]:
    """Lines of JSON."""
    good = json.dumps({"drawing": [[[1, 2], [3, 4]]]})
    faulty = {
        "no-drawing": (good + '\n{"word": "cat"}', "line 2 has no drawing"),
        "no-json": (good + "\n{", "line 2 is not JSON"),
        "two-on-a-line": (good + good, "line 1 is not JSON"),
        "a-list": (good + "\n[1]", "line 2 has no drawing"),
        "a-number": ('{"drawing": 5}', "line 1 has no drawing"),
        "no-strokes": ('{"drawing": [5]}', "line 1 has no lists of x and y"),
        "only-x": ('{"drawing": [[[1, 2]]]}', "line 1 has no lists of x and y"),
        "unequal": ('{"drawing": [[[1, 2], [3]]]}', "of equal lengths in stroke 0"),
        "no-points": ('{"drawing": [[[], []]]}', "line 1 has no lists of x and y"),
        "words": ('{"drawing": [[["1"], [2]]]}', "coordinate that is no number in stroke 0"),
        "nothing": ('{"drawing": [[[null], [2]]]}', "coordinate that is no number"),
        "lists": ('{"drawing": [[[[1]], [2]]]}', "coordinate that is no number"),
        "not-finite": ('{"drawing": [[[NaN], [2]]]}', "digit 0 has a point that is no usable"),
        "infinite": ('{"drawing": [[[1e999], [2]]]}', "digit 0 has a point that is no usable"),
        "huge": ('{"drawing": [[[' + "9" * 400 + "], [2]]]}", "coordinate that is no number"),
        "too-huge": ('{"drawing": [[[' + "9" * 5000 + "], [2]]]}", "line 1 is not JSON"),
        "deep": ('{"drawing": ' + "[" * 100_000, "line 1 is not JSON"),
        "word": ('{"drawing": [], "word": 5}', "line 1 has a class that is no word"),
        "long-word": ('{"drawing": [], "word": "' + "a" * 99 + '"}', "class that is no word"),
        "controls": ('{"drawing": [], "word": "\\u001b[2J"}', "class that is no word"),
        "label": ('{"drawing": [], "source": {"label": 256}}', "digit 0 has the label 256"),
        "index": ('{"drawing": [], "source": {"index": -1}}', "has an index that is none"),
        "split": (
            '{"drawing": [], "source": {"index": 1, "split": "a/b"}}', "a split named 'a/b', which"
        ),
        "split-5": ('{"drawing": [], "source": {"split": 5}}', "has a split that is no word"),
        "no-text": ("{\xff\xfe", "line 1 is not JSON"),
        "long-line": ("{" + " " * (5 << 20), "line 1 is too long"),
        "many-classes": (
            ndjson([{"drawing": [], "word": f"w{n}"} for n in range(300)]), "different classes"
        ),
        "twice": (
            ndjson([{"drawing": [], "source": {"split": "a", "index": 3}}] * 2), "a:3 is there"
        ),
    }  # fmt: skip
    for name, (text, said) in faulty.items():
        path = folder / f"{name}.ndjson"
        path.write_bytes(text.encode("latin-1"))
        yield name, path, said


def _inkml(folder: Path) -> Iterator[Case]:
    """Ink."""
    laughs = "".join(
        f'<!ENTITY a{n} "&a{n - 1};&a{n - 1};">' if n else '<!ENTITY a0 "1 1,">' for n in range(60)
    )

    def ink(inside: str) -> str:
        return f'<ink xmlns="http://www.w3.org/2003/InkML">{inside}</ink>'

    external = '<!DOCTYPE ink [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    faulty = {
        "html": ("<html></html>", "this is XML, but not InkML: it holds 'html'"),
        "svg": ("<?xml version='1.0'?><svg/>", "it holds 'svg'"),
        "no-end": (inkml(DIGITS)[:-9], "is not XML (unclosed token)"),
        "mixed-up": (ink("<trace>1 1</ink></trace>"), "is not XML (mismatched tag)"),
        "entities": (f"<!DOCTYPE ink [{laughs}]>" + ink("<trace>&a59;</trace>"), "document type"),
        "external": (external + ink("<trace>&a;</trace>"), "document type"),
        "parameters": ('<!DOCTYPE ink SYSTEM "http://x/y.dtd">' + ink(""), "document type"),
        "unknown-entity": (ink("<trace>&a;</trace>"), "is not XML (undefined entity)"),
        "nothing": (ink(""), "it holds no drawings"),
        "one-value": (ink("<trace>1</trace>"), "line 1 has 1 of 2 values in point 0"),
        "no-points": (ink("\n<trace> </trace>"), "line 2 is a trace without points"),
        "words": (ink("<trace>1 x</trace>"), "line 1 holds 'x' in point 0"),
        "difference": (ink("<trace>'1'2</trace>"), "has a difference from nothing in point 0"),
        "huge": (ink(f"<trace>{'9' * 400} 1</trace>"), "digit 0 has a point that is no usable"),
        "sum": (ink("<trace>1 1" + ",'2000000000'1" * 9 + "</trace>"), "is no usable number"),
        "no-y": (ink(FORMAT.format(CHANNEL.format("X"))), "ends a format without X and Y"),
        "left-out": (
            ink(FORMAT.format(CHANNEL.format("X") + "<intermittentChannels>"
                              + CHANNEL.format("Y") + "</intermittentChannels>")),
            "in which X or Y may be left out",
        ),
        "reference": (ink('<trace contextRef="#a">1 1</trace>'), "refers to '#a', which is not"),
        "elsewhere": (ink('<context contextRef="http://x/#a"/>'), "which is not there"),
        "continuation": (
            ink('<trace continuation="end" priorRef="#a">1 1</trace>'), "not the one before"
        ),
        "beside-groups": (
            ink("<traceGroup><trace>1 1</trace></traceGroup><trace>1 1</trace>"),
            "has a trace beside groups",
        ),
        "before-groups": (
            ink("<trace>1 1</trace><traceGroup><trace>1 1</trace></traceGroup>"),
            "others stand in none",
        ),
        "group-beside": (
            ink("<traceGroup><trace>1 1</trace><traceGroup/></traceGroup>"), "a group beside"
        ),
        "deep": (ink("<traceGroup>" * 99), "line 1 is inside of 64 other elements"),
        "long-tag": ("<ink " + "a" * (6 << 20), "has a tag that does not end"),
        "long-trace": (ink(f"<trace>{'1 1,' * (1 << 20)}1 1</trace>"), "a trace that is too long"),
        "formats": (ink("".join(f'<context id="{n}"/>' for n in range(5000))), "4,096 formats"),
        "encoding": ('<?xml version="1.0" encoding="utf-7"?>' + ink(""), "unknown encoding"),
        "encoding-none": ('<?xml version="1.0" encoding="nothing"?>' + ink(""), "encoding"),
        "label": (ink('<traceGroup><annotation type="label">999</annotation></traceGroup>'),
                  "digit 0 has the label 999"),
        "no-utf-8": (ink("<trace>1 1</trace>\xff"), "is not XML (not well-formed"),
    }  # fmt: skip
    for name, (text, said) in faulty.items():
        path = folder / f"{name}.inkml"
        path.write_bytes(text.encode("latin-1"))
        yield name, path, said
