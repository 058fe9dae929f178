"""Time each format over a whole set, with one and two processes.

    python -m tests.benchmarks.exporting SOURCE [--formats npz,stroke-3]

Seconds and memory are those of the whole command, opening the set included; memory is that of
the largest process. The ratio is to one digit at a time through the publication's R step, 10 ms
a digit.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from viewer.datasets.source import open_source
from viewer.export.registry import formats

PUBLISHED_SECONDS = 0.01
"""Of the publication's R step, a digit."""
PROCESSES = (1, 2)
LEFT_OUT = ("gif", "apng", "webp", "svg", "svg-animated", "png")
"""Pictures are made of some digits, not of whole sets."""
TEXT_ONLY = "content=sequences"


def run(source: str, form: str, jobs: int, output: Path) -> tuple[float, int]:
    """Export a set in a process of its own; return seconds and the memory in bytes."""
    command = [
        sys.executable, "-m", "viewer", "extract", source, "--where", "index>=0",
        "--format", form, "--jobs", str(jobs), "--output", str(output), "--no-corrections",
    ]  # fmt: skip
    if form == "published":
        command += ["--option", TEXT_ONLY]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} failed")
    return time.perf_counter() - began, usage.ru_maxrss * 1024


def size_of(path: Path) -> int:
    """Return the bytes of a file or of all files of a folder."""
    if path.is_file():
        return path.stat().st_size
    return sum(entry.stat().st_size for entry in path.rglob("*") if entry.is_file())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source")
    parser.add_argument("--formats", help="with commas between; all but pictures by default")
    chosen = parser.parse_args()
    digits = len(open_source(chosen.source))
    names = chosen.formats.split(",") if chosen.formats else None
    print(f"{digits:,} digits")
    print(f"{'format':22}{'processes':>10}{'s':>8}{'MB, peak':>10}{'MB':>8}{'ratio':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for name, form in formats().items():
            if name not in names if names else name in LEFT_OUT:
                continue
            kinds = [(form.file, f"out{form.suffix}"), (form.folder, "out")]
            for output in [Path(folder) / place for writer, place in kinds if writer is not None]:
                for jobs in PROCESSES:
                    seconds, memory = run(chosen.source, name, jobs, output)
                    shown = f"{name}{form.suffix if output.suffix else '/'}"
                    print(
                        f"{shown if shown != name + form.suffix else name + ' ' + form.suffix:22}"
                        f"{jobs:>10}{seconds:>8.1f}{memory / 1e6:>10.0f}"
                        f"{size_of(output) / 1e6:>8.1f}"
                        f"{digits * PUBLISHED_SECONDS / seconds:>8.0f}",
                        flush=True,
                    )
                    if output.is_dir():
                        shutil.rmtree(output)
                    else:
                        output.unlink()


if __name__ == "__main__":
    main()
