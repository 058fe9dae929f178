"""Going on where an earlier try, or another mirror, stopped."""

from __future__ import annotations

import json

import pytest

from tests.fetch.conftest import IMAGES, LABELS, PART, Fetching, Mirrors
from tests.fetch.server import (
    Answer,
    bare_page,
    bare_range,
    code,
    honour,
    nonsense,
    page,
    short,
    whole,
    wrong_range,
)
from viewer.fetch.report import FetchError


class TestResume:
    """A part of the images is there already."""

    COUNT = 60_000

    @pytest.fixture(autouse=True)
    def _part(self, fetching: Fetching, contents: dict[str, bytes]) -> None:
        fetching.folder.mkdir()
        (fetching.folder / PART).write_bytes(contents[IMAGES][: self.COUNT])

    def test_only_the_rest_is_sent(
        self, fetching: Fetching, mirrors: Mirrors, contents: dict[str, bytes]
    ) -> None:
        fetching()
        assert fetching.there() == contents
        assert mirrors[0].asked[0] == (IMAGES, f"bytes={self.COUNT}-")
        assert mirrors[0].sent == sum(map(len, contents.values())) - self.COUNT

    @pytest.mark.parametrize(
        "answer",
        [whole, wrong_range(-1), wrong_range(10), bare_range],
        ids=["200", "an earlier range", "a later range", "no range named"],
    )
    def test_a_server_that_does_not_honour_it(
        self, fetching: Fetching, mirrors: Mirrors, contents: dict[str, bytes], answer: Answer
    ) -> None:
        mirrors[0].answers[IMAGES] = [answer, whole]
        fetching()
        assert fetching.there() == contents
        assert mirrors[1].asked == []

    def test_a_range_that_is_not_there(
        self, fetching: Fetching, mirrors: Mirrors, contents: dict[str, bytes]
    ) -> None:
        mirrors[0].answers[IMAGES] = [code(416), honour]
        fetching()
        assert fetching.there() == contents
        assert mirrors[0].asked[1] == (IMAGES, "")

    def test_a_web_page_does_not_cost_what_has_come(
        self, fetching: Fetching, mirrors: Mirrors, contents: dict[str, bytes]
    ) -> None:
        for mirror in mirrors:
            mirror.answers[IMAGES] = [page("text/html"), page("x/y"), bare_page, nonsense, honour]
        for words in ("web page", "offers", "web page", "no proper answer"):
            with pytest.raises(FetchError, match=words):
                fetching()
            assert fetching.there()[PART] == contents[IMAGES][: self.COUNT]
        fetching()
        assert fetching.there() == contents
        assert mirrors[0].asked[-2] == (IMAGES, f"bytes={self.COUNT}-")

    def test_a_wrong_beginning_is_found_out(
        self, fetching: Fetching, mirrors: Mirrors, contents: dict[str, bytes]
    ) -> None:
        (fetching.folder / PART).write_bytes(b"\x1f\x8b\x08" + bytes(self.COUNT))
        fetching()
        assert fetching.there() == contents
        assert [asked for name, asked in mirrors[0].asked if name == IMAGES] == [
            f"bytes={self.COUNT + 3}-",
            "",
        ]
        assert mirrors[1].asked == []

    def test_a_part_that_is_whole_is_not_fetched(
        self, fetching: Fetching, mirrors: Mirrors, contents: dict[str, bytes]
    ) -> None:
        (fetching.folder / PART).write_bytes(contents[IMAGES])
        fetching()
        assert fetching.there() == contents
        assert mirrors[0].names() == [LABELS]
        assert fetching.reports[0].host == ""

    def test_a_part_that_is_too_long_begins_anew(
        self, fetching: Fetching, mirrors: Mirrors, contents: dict[str, bytes]
    ) -> None:
        (fetching.folder / PART).write_bytes(contents[IMAGES] + b"x")
        fetching()
        assert fetching.there() == contents
        assert mirrors[0].asked[0] == (IMAGES, "")

    @pytest.mark.parametrize(
        ("etag", "sent"), [('"one"', '"one"'), ('W/"one"', ""), ("", "")], ids=str
    )
    def test_the_same_version_is_asked_for(
        self, fetching: Fetching, mirrors: Mirrors, etag: str, sent: str
    ) -> None:
        note = {"address": mirrors[0].base + IMAGES, "etag": etag}
        (fetching.folder / f"{PART}-from").write_text(json.dumps(note))
        fetching()
        assert mirrors[0].if_range[0] == sent

    def test_the_version_of_another_mirror_is_not_asked_for(
        self, fetching: Fetching, mirrors: Mirrors
    ) -> None:
        note = {"address": mirrors[1].base + IMAGES, "etag": '"one"'}
        (fetching.folder / f"{PART}-from").write_text(json.dumps(note))
        fetching()
        assert mirrors[0].if_range[0] == ""
        assert mirrors[0].asked[0] == (IMAGES, f"bytes={self.COUNT}-")

    @pytest.mark.parametrize("note", ["", "{", "[]", '{"address": 1, "etag": 2}', "null"])
    def test_a_damaged_note_is_no_harm(
        self, fetching: Fetching, mirrors: Mirrors, contents: dict[str, bytes], note: str
    ) -> None:
        (fetching.folder / f"{PART}-from").write_text(note)
        fetching()
        assert fetching.there() == contents
        assert mirrors[0].if_range[0] == ""


def test_another_mirror_goes_on_where_one_broke_off(
    fetching: Fetching, mirrors: Mirrors, contents: dict[str, bytes]
) -> None:
    one, two = mirrors
    one.answers[IMAGES] = [short(50_000), short(20_000), honour]
    two.answers[IMAGES] = [short(30_000), honour]
    fetching()
    assert fetching.there() == contents
    asked = [asked for mirror in mirrors for name, asked in mirror.asked if name == IMAGES]
    assert asked == ["", "bytes=80000-", "bytes=50000-", "bytes=100000-"]
    assert one.sent + two.sent == sum(map(len, contents.values()))
