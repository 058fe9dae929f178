from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from viewer.errors import UserError


@pytest.mark.parametrize(
    "error",
    [
        UserError("it is damaged"),
        UserError("it is damaged", path="a.npz", advice="Get it again."),
        UserError("it is damaged", path=Path("b")),
    ],
)
def test_an_error_comes_whole_out_of_another_process(error: UserError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is UserError
    assert str(again) == str(error)
    assert (again.problem, again.path, again.advice) == (error.problem, error.path, error.advice)
