"""What a user is told when files cannot be had."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fetch.conftest import IMAGES, LABELS, Fetching, Mirrors
from tests.fetch.server import code
from viewer.fetch.catalogue import RemoteSet
from viewer.fetch.install import fetch
from viewer.fetch.report import FetchError


def test_offline_says_what_to_put_where(
    tiny: RemoteSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(FetchError, match="there is no connection: 2 of 2 files") as raised:
        fetch("tiny", tmp_path)
    error = raised.value
    for address in ("https://one.invalid/" + IMAGES, "https://one.invalid/" + LABELS):
        assert address in str(error)
        assert f"\n    {address}\n" in error.text
    assert str(tmp_path) in str(error)
    assert error.text.endswith(f"\n    {tmp_path}")
    assert list(tmp_path.iterdir()) == []


def test_what_is_missing_is_named_alone(
    fetching: Fetching, mirrors: Mirrors, contents: dict[str, bytes]
) -> None:
    for mirror in mirrors:
        mirror.answers[LABELS] = [code(503)]
    with pytest.raises(FetchError, match="1 of 2 files of Tiny") as raised:
        fetching()
    assert [file.name for file in raised.value.missing] == [LABELS]
    assert IMAGES not in str(raised.value)
    assert fetching.there() == {IMAGES: contents[IMAGES]}
