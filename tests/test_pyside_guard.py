"""The PySide installed here must survive what the window does all day.

PySide6 6.12.0 releases None and True once too often on Python 3.10 and 3.11: the process
aborts after some 5,000 void calls or some 600 signals.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

CALLS = """
from PySide6.QtCore import QObject
o = QObject()
for i in range(20_000):
    o.setObjectName("name")
print("done")
"""
EMITS = """
from PySide6.QtCore import QObject, Signal
class Emitter(QObject):
    sent = Signal(int, bool)
arrived = []
emitter = Emitter()
emitter.sent.connect(lambda number, flag: arrived.append(number))
for number in range(20_000):
    emitter.sent.emit(number, True)
assert arrived == list(range(20_000))
print("done")
"""


@pytest.mark.parametrize("code", [CALLS, EMITS], ids=["calls", "emits"])
def test_pyside_survives(code: str) -> None:
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60
    )
    assert (result.returncode, result.stdout) == (0, "done\n"), result.stderr
