"""A set from mirrors that misbehave: nothing wrong is installed, nothing right comes twice."""

from __future__ import annotations

import contextlib
import dataclasses
import fcntl
import os
import random
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from tests.fetch.conftest import HOSTS, IMAGES, LABELS, PART, Fetching, Mirrors
from tests.fetch.server import (
    Answer,
    bare_page,
    bare_range,
    changed,
    chunks,
    code,
    drip,
    endless,
    extra,
    hang_up,
    honour,
    nonsense,
    page,
    redirect,
    short,
    short_chunk,
    silent,
    stall,
    whole,
    wrong_range,
)
from tests.fetch.server import unsized as without_size
from viewer.datasets.source import open_source
from viewer.errors import Cancelled, UserError
from viewer.fetch.catalogue import SETS, RemoteSet, find_set
from viewer.fetch.install import fetch
from viewer.fetch.report import FetchError

MISBEHAVIOUR: dict[str, tuple[Answer, str]] = {
    "short body": (short(5000), "broke off"),
    "nothing": (short(0), "broke off"),
    "truncated chunk": (short_chunk, "broke off"),
    "stall": (stall(900), "sent nothing"),
    "silence": (silent, "sent nothing"),
    "a byte now and then": (drip, "sent nothing"),
    "404": (code(404), "answers 404 Not Found"),
    "500": (code(500), "answers 500"),
    "999": (code(999), "answers 999"),
    "204": (code(204), "answers 204"),
    "HTML": (page("text/html; charset=utf-8"), "web page"),
    "HTML of no type": (bare_page, "web page"),
    "HTML as data": (page("application/gzip", 200), "offers 2,036 bytes"),
    "wrong checksum": (changed, "wrong checksum"),
    "redirect to file:": (redirect("file:///etc/passwd"), "not an https address"),
    "redirect to ftp:": (redirect("ftp://127.0.0.1/x.gz"), "not an https address"),
    "redirect to http:": (redirect("http://198.51.100.1/x.gz"), "not an https address"),
    "redirect to data:": (redirect("data:,x", 308), "not an https address"),
    "redirect to itself": (redirect(IMAGES), "without an end"),
    "redirect to nowhere": (redirect(""), "answers 302"),
    "redirect to nonsense": (redirect("https://[", 307), "no proper answer"),
    "oversize": (extra, "gives more"),
    "endless": (endless, "gives more"),
    "hang-up": (hang_up, "broke off"),
    "no HTTP": (nonsense, "no proper answer"),
    "unasked range": (bare_range, "answers 206"),
}


@pytest.fixture(params=MISBEHAVIOUR, ids=str)
def misbehaviour(request: pytest.FixtureRequest) -> tuple[Answer, str]:
    answer, words = MISBEHAVIOUR[request.param]
    if words == "sent nothing":
        request.getfixturevalue("impatient")
    return answer, words


def test_a_set_is_fetched_and_can_be_opened(fetching: Fetching, contents: dict[str, bytes]) -> None:
    folder = fetching()
    assert fetching.there() == contents
    assert [(report.name, report.host) for report in fetching.reports] == [
        (IMAGES, "127.0.0.1"),
        (LABELS, "127.0.0.1"),
    ]
    total = sum(map(len, contents.values()))
    assert fetching.progress[-1] == (total, total)
    dones = [done for done, _total in fetching.progress]
    assert dones == sorted(dones)
    assert len(open_source(folder)) == 200


def test_nothing_right_is_fetched_twice(fetching: Fetching, mirrors: Mirrors) -> None:
    fetching()
    fetching()
    assert mirrors[0].names() == [IMAGES, LABELS]
    assert [report.address for report in fetching.reports] == ["", ""]


def test_only_what_is_missing_is_fetched(fetching: Fetching, mirrors: Mirrors) -> None:
    fetching()
    (fetching.folder / LABELS).unlink()
    fetching()
    assert mirrors[0].names() == [IMAGES, LABELS, LABELS]


def test_a_part_beside_the_right_file_is_swept_away(
    fetching: Fetching, contents: dict[str, bytes]
) -> None:
    fetching.folder.mkdir()
    for name, content in contents.items():
        (fetching.folder / name).write_bytes(content)
        (fetching.folder / f"{name}.part").write_bytes(b"x")
        (fetching.folder / f"{name}.part-from").write_bytes(b"x")
    fetching()
    assert fetching.there() == contents


def test_one_bad_mirror_is_no_harm(
    fetching: Fetching,
    mirrors: Mirrors,
    contents: dict[str, bytes],
    misbehaviour: tuple[Answer, str],
) -> None:
    mirrors[0].answers[IMAGES] = [misbehaviour[0]]
    fetching()
    assert fetching.there() == contents
    assert fetching.reports[0].address == mirrors[1].base + IMAGES


def test_bad_mirrors_install_nothing(
    fetching: Fetching, mirrors: Mirrors, misbehaviour: tuple[Answer, str]
) -> None:
    answer, words = misbehaviour
    for mirror in mirrors:
        mirror.answers[IMAGES] = [answer]
    with pytest.raises(FetchError, match="2 of 2 files of Tiny could not be fetched") as raised:
        fetching()
    assert words in str(raised.value)
    left = fetching.there()
    assert set(left) <= {PART, f"{PART}-from"}
    assert not fetching.reports
    # what is kept for a later try is never more than the beginning of the right file
    assert mirrors[0].files[IMAGES].startswith(left.get(PART, b""))
    assert b"\n" not in str(raised.value).encode()


@pytest.mark.parametrize("seed", range(12))
def test_whatever_mirrors_do_only_right_files_are_installed(
    fetching: Fetching, mirrors: Mirrors, contents: dict[str, bytes], seed: int
) -> None:
    draws = random.Random(seed)
    quick = [answer for answer, words in MISBEHAVIOUR.values() if words != "sent nothing"]
    quick += [honour, short(30_000), short(70_000), whole, wrong_range(-5), code(416), without_size]
    for mirror in mirrors:
        mirror.answers = {name: draws.choices(quick, k=12) for name in contents}
    for _try in range(4):
        with contextlib.suppress(FetchError):
            fetching()
        for name, held in fetching.there().items():
            if name in contents:
                assert held == contents[name]
            elif name.endswith(".part"):
                assert contents[name.removesuffix(".part")].startswith(held)
    mirrors[0].answers.clear()
    fetching()
    assert fetching.there() == contents


@pytest.mark.usefixtures("unsized")
@pytest.mark.parametrize("answer", [extra, endless, short(5000), changed, page("x/y"), short_chunk])
def test_without_a_known_size_nothing_wrong_is_installed_either(
    fetching: Fetching, mirrors: Mirrors, contents: dict[str, bytes], answer: Answer
) -> None:
    mirrors[0].answers[IMAGES] = [answer]
    fetching()
    assert fetching.there() == contents


@pytest.mark.parametrize("answer", [without_size, chunks], ids=["without size", "chunks"])
def test_a_length_need_not_be_given(
    fetching: Fetching, mirrors: Mirrors, contents: dict[str, bytes], answer: Answer
) -> None:
    mirrors[0].answers[IMAGES] = [answer]
    fetching()
    assert fetching.there() == contents
    assert mirrors[1].asked == []


def test_a_redirect_to_another_mirror_is_followed(
    fetching: Fetching, mirrors: Mirrors, contents: dict[str, bytes]
) -> None:
    one, two = mirrors
    one.answers[IMAGES] = [redirect(two.base + IMAGES)]
    fetching()
    assert fetching.there() == contents
    assert one.names() == [IMAGES, LABELS]


def test_the_mirror_that_gave_a_file_is_asked_first_for_the_next(
    fetching: Fetching, mirrors: Mirrors
) -> None:
    mirrors[0].answers[IMAGES] = [code(404)]
    fetching()
    assert mirrors[0].names() == [IMAGES]
    assert mirrors[1].names() == [IMAGES, LABELS]


def test_a_cancel_keeps_what_has_come(
    fetching: Fetching, mirrors: Mirrors, contents: dict[str, bytes]
) -> None:
    mirrors[0].answers[IMAGES] = [stall(70_000), honour]
    with pytest.raises(Cancelled):
        fetching(cancelled=lambda: bool(fetching.progress) and fetching.progress[-1][0] >= 70_000)
    assert fetching.there()[PART] == contents[IMAGES][:70_000]
    fetching()
    assert fetching.there() == contents
    assert mirrors[0].asked[1] == (IMAGES, "bytes=70000-")
    assert mirrors[0].sent == sum(map(len, contents.values()))
    assert mirrors[1].asked == []


def test_a_cancel_before_anything_leaves_nothing(fetching: Fetching, mirrors: Mirrors) -> None:
    with pytest.raises(Cancelled):
        fetching(cancelled=lambda: True)
    assert fetching.there() == {}
    assert mirrors[0].asked == []


def test_other_files_of_the_same_name_stay(fetching: Fetching, mirrors: Mirrors) -> None:
    fetching.folder.mkdir()
    (fetching.folder / LABELS).write_bytes(b"mine")
    with pytest.raises(UserError, match="not the file that Tiny has under this name"):
        fetching()
    assert fetching.there() == {LABELS: b"mine"}
    assert mirrors[0].asked == []


def test_they_are_replaced_when_asked_for(
    fetching: Fetching, mirrors: Mirrors, contents: dict[str, bytes]
) -> None:
    fetching.folder.mkdir()
    (fetching.folder / LABELS).write_bytes(b"mine")
    mirrors[0].answers[LABELS] = mirrors[1].answers[LABELS] = [code(404)]
    with pytest.raises(FetchError, match="1 of 2 files"):
        fetching(replace=True)
    assert fetching.there()[LABELS] == b"mine"
    mirrors[0].answers.clear()
    fetching(replace=True)
    assert fetching.there() == contents


def test_a_folder_in_the_place_of_a_file_is_never_replaced(fetching: Fetching) -> None:
    (fetching.folder / LABELS).mkdir(parents=True)
    with pytest.raises(UserError, match="not the file"):
        fetching(replace=True)


def test_too_little_room_is_said_before(
    fetching: Fetching, mirrors: Mirrors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: SimpleNamespace(free=1000))
    with pytest.raises(UserError, match=r"too little room\. 0\.2 MB are needed"):
        fetching()
    assert mirrors[0].asked == []


def test_a_folder_that_cannot_be_made_is_said(fetching: Fetching, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    fetching.folder = tmp_path / "file" / "tiny"
    with pytest.raises(UserError, match="cannot be written: Not a directory"):
        fetching()


def test_two_do_not_fetch_into_one_folder(fetching: Fetching, mirrors: Mirrors) -> None:
    fetching.folder.mkdir()
    handle = os.open(fetching.folder, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    with pytest.raises(UserError, match="another fetch is at work"):
        fetching()
    os.close(handle)
    fetching()
    assert mirrors[0].names() == [IMAGES, LABELS]


def test_plain_http_is_refused_unless_handed_in(
    tiny: RemoteSet, mirrors: Mirrors, tmp_path: Path
) -> None:
    with pytest.raises(FetchError, match="not an https address"):
        fetch("tiny", tmp_path, mirrors=[mirrors[0].base])
    assert mirrors[0].asked == []


@pytest.mark.parametrize("host", ["192.0.2.1", "example.org"])
def test_no_other_machine_may_be_asked_in_plain(tiny: RemoteSet, tmp_path: Path, host: str) -> None:
    with pytest.raises(ValueError, match=host):
        fetch("tiny", tmp_path, plain_hosts=(*HOSTS, host))


def test_a_set_that_is_not_there() -> None:
    with pytest.raises(UserError, match="no set 'cifar' to fetch"):
        fetch("cifar")


def test_the_default_folder_is_the_users(
    fetching: Fetching, mirrors: Mirrors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    folder = fetch("tiny", mirrors=[mirrors[0].base], plain_hosts=HOSTS)
    assert folder == tmp_path / "digit-strokes" / "data" / "tiny"
    assert (folder / IMAGES).is_file()


@pytest.mark.data
def test_the_published_files_pass_and_open_with_their_writers(
    fetching: Fetching, mirrors: Mirrors, shared_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mnist = find_set("mnist")
    there = {path.name: path for path in shared_data.glob("*mnist/*")}
    files = tuple(file for file in mnist.files if file.name.startswith(("t10k", "qmnist-test")))
    monkeypatch.setitem(SETS, "tiny", dataclasses.replace(mnist, files=files))
    mirrors[0].files = {file.name: there[file.name].read_bytes() for file in files}
    test = open_source(fetching()).split("test")
    assert [report.size for report in fetching.reports] == [1_648_877, 4_542, 526_800]
    assert len(test) == 10_000
    assert set(np.unique(test.columns["writer"])) <= {*range(326, 611), *range(2350, 2600)}
