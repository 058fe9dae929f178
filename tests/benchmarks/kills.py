"""Kill an export at random moments, resume it, and compare every byte.

    python -m tests.benchmarks.kills SOURCE [--kills 50] [--format published]

The export runs with two processes; each time it is killed once or twice, with SIGKILL.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from viewer.export.registry import find_format


def command_of(source: str, form: str, output: Path) -> list[str]:
    """Return the command of the export."""
    return [
        sys.executable, "-m", "viewer", "extract", source, "--where", "index>=0",
        "--format", form, "--jobs", "2", "--output", str(output), "--no-corrections",
    ]  # fmt: skip


def digest(path: Path) -> str:
    """Return a checksum over the names and contents of a file or folder."""
    found = hashlib.sha256()
    places = sorted(path.rglob("*")) if path.is_dir() else [path]
    for place in places:
        if place.is_file():
            found.update(str(place.relative_to(path)).encode() + place.read_bytes())
    return found.hexdigest()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--format", default="published")
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    lots = random.Random(chosen.seed)
    form = find_format(chosen.format)
    name = "out" if form.folder is not None else f"out{form.suffix}"
    with tempfile.TemporaryDirectory() as base:
        folder = Path(base) / "a"
        folder.mkdir()
        began = time.monotonic()
        subprocess.run(command_of(chosen.source, form.name, folder / name), check=True)
        long = time.monotonic() - began
        expected = digest(folder / name)
        kills = resumed = finished = 0
        while kills < chosen.kills:
            shutil.rmtree(folder)
            folder.mkdir()
            for _ in range(lots.choice((1, 1, 2))):
                process = subprocess.Popen(
                    command_of(chosen.source, form.name, folder / name),
                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                )  # fmt: skip
                try:
                    process.wait(lots.uniform(0.3, 1.0) * long)
                    finished += 1
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
                    kills += 1
                if (folder / name).exists():
                    break
            if (folder / name).exists() and not list(folder.glob(".export-*")):
                pass  # it was done before it was killed
            else:
                done = subprocess.run(
                    command_of(chosen.source, form.name, folder / name),
                    check=True, capture_output=True, text=True,
                )  # fmt: skip
                resumed += "interrupted run" in done.stdout
            left = sorted(path.name for path in folder.iterdir())
            if left != [name] or digest(folder / name) != expected:
                raise SystemExit(f"after {kills} kills: {left}, or other bytes")
        print(
            f"{kills} kills, {resumed} exports took up what was done, {finished} had ended "
            "before: every byte the same, nothing left behind"
        )


if __name__ == "__main__":
    main()
