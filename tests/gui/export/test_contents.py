"""What is in the bytes of usual containers."""

from __future__ import annotations

import io
import tarfile

import numpy as np
import pytest
from PIL import Image

from viewer.gui.export import contents
from viewer.gui.export.contents import (
    LINE,
    LINES,
    SIDE,
    STILL,
    Drawing,
    Film,
    Text,
    read_content,
    read_folder,
)


def lines_of(data: bytes) -> list[str]:
    content = read_content(data)
    assert isinstance(content, Text)
    return content.text.splitlines()


def film_of(data: bytes) -> Film:
    content = read_content(data)
    assert isinstance(content, Film)
    return content


def test_arrays_are_listed_with_types_shapes_and_first_values() -> None:
    file = io.BytesIO()
    np.savez(
        file, rows=np.arange(40, dtype=np.int8).reshape(10, 4), split=np.array(["train", "test"]),
        empty=np.zeros((0, 3)), ragged=np.array([np.zeros(2), np.zeros(3)], dtype=object),
    )  # fmt: skip
    assert [line.split() for line in lines_of(file.getvalue())] == [
        ["rows", "int8", "10", "×", "4", "0", "1", "2", "3", "4", "5", "…"],
        ["split", "str", "2", "train", "test"],
        ["empty", "float64", "0", "×", "3"],
        ["ragged", "object", "2"],
    ]


def test_a_pickle_is_not_run() -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, ...]:
            return (pytest.fail, ("a pickle was run",))

    file = io.BytesIO()
    np.savez(file, trap=np.array([Trap()], dtype=object))
    assert lines_of(file.getvalue()) == ["trap  object  1"]


def test_columns_of_parquet_are_listed() -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    file = io.BytesIO()
    table = pa.table({"index": [7, 8], "dx": pa.array([[1, -1], []], pa.list_(pa.int8()))})
    pq.write_table(table, file)
    assert [line.split() for line in lines_of(file.getvalue())] == [
        ["index", "int64", "7"],
        ["dx", "list<element:", "int8>", "[1,", "-1]"],
    ]


def test_of_a_text_the_beginning_is_shown() -> None:
    assert lines_of(b"a,b\n1,2\n") == ["a,b", "1,2"]
    assert lines_of(b"") == []
    many = lines_of("".join(f"{n} ä\n" for n in range(5000)).encode())
    assert many == [*(f"{n} ä" for n in range(LINES)), "…"]
    (long,) = lines_of(b"x" * 100_000)
    assert len(long) == LINE
    assert long.endswith(" …")


def test_an_archive_is_listed_with_the_first_lines_of_its_files() -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        folder = tarfile.TarInfo("sequences")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
        for name, data in (("sequences/a.txt", b"1 2\n3 4\n"), ("b.txt", b"5\n" * 50)):
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    assert lines_of(file.getvalue()) == [
        "sequences/a.txt", "    1 2", "    3 4", "", "b.txt", *["    5"] * 6, "    …",
    ]  # fmt: skip


def test_a_folder_shows_its_first_picture_or_lists_its_texts() -> None:
    picture = io.BytesIO()
    Image.new("L", (3, 2), 7).save(picture, "PNG")
    files = {"a.png": picture.getvalue(), "b.png": b""}
    assert isinstance(read_folder(files), Film)
    content = read_folder({"a.txt": b"1\n", "a.png": picture.getvalue()})
    assert content == Text("a.txt\n    1\n\na.png")
    assert isinstance(read_folder({}), Text)
    many = read_folder({f"{n}.txt": b"" for n in range(100)})
    assert isinstance(many, Text)
    assert len(many.text) < 200


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP"])
def test_a_film_has_the_frames_and_times_of_its_file(kind: str) -> None:
    shades = (10, 120, 250)
    frames = [Image.new("RGB", (8, 6), (shade, 0, 0)) for shade in shades]
    file = io.BytesIO()
    more = {"lossless": True} if kind == "WEBP" else {}
    frames[0].save(
        file, kind, save_all=True, append_images=frames[1:], duration=[40, 80, 500], loop=0, **more
    )
    film = film_of(file.getvalue())
    assert film.size == (8, 6)
    assert [frame.shape for frame in film.frames] == [(6, 8, 4)] * 3
    assert film.milliseconds == (40, 80, 500)
    assert [int(frame[0, 0, 0]) for frame in film.frames] == pytest.approx(shades, abs=2)
    assert all((frame[..., 3] == 255).all() for frame in film.frames)


def test_a_still_is_a_film_of_one_frame_and_keeps_its_transparency() -> None:
    file = io.BytesIO()
    Image.new("RGBA", (5, 4), (1, 2, 3, 4)).save(file, "PNG")
    film = film_of(file.getvalue())
    assert film.frames[0].tolist() == [[[1, 2, 3, 4]] * 5] * 4
    assert film.milliseconds == (STILL,)


def shades(count: int, side: int) -> bytes:
    """Return a GIF of frames that differ."""
    frames = [Image.new("P", (side, side), n % 256) for n in range(count)]
    for frame in frames:
        frame.putpalette([shade for shade in range(256) for _ in range(3)])
    file = io.BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:], duration=50)
    return file.getvalue()


def test_large_pictures_are_made_smaller() -> None:
    file = io.BytesIO()
    Image.new("L", (2000, 1000)).save(file, "PNG")
    film = film_of(file.getvalue())
    assert film.size == (2000, 1000)
    assert film.frames[0].shape == (SIDE // 2, SIDE, 4)


def test_long_films_are_made_smaller_and_then_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "PIXELS", 100_000)
    monkeypatch.setattr(contents, "LEAST_SIDE", 24)
    film = film_of(shades(50, 70))
    assert len(film.frames) == 50
    side = film.frames[0].shape[0]
    assert 24 < side < 70
    assert 0.95 * 100_000 < 50 * side * side <= 100_000
    film = film_of(shades(200, 30))
    assert film.frames[0].shape[0] == 24
    assert len(film.frames) == 100_000 // 24**2 < 200


def test_a_drawing_tells_whether_it_moves() -> None:
    still = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>'
    assert read_content(still) == Drawing(still, moves=False)
    for moving in (b"<svg><style>@keyframes x {}</style></svg>", b"<svg><animate/></svg>"):
        assert read_content(moving) == Drawing(moving, moves=True)
    assert isinstance(read_content(b'<?xml version="1.0"?><ink/>'), Text)
