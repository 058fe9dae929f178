from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from tests.benchmark.making import write_rows
from tests.benchmark.test_predictions import write_malformed
from viewer.benchmark.help import CLASSIFY_MODELS, FORMAT_HELP, PREDICT_MODELS
from viewer.benchmark.predict import FIGURES
from viewer.benchmark.predictions import Predictions
from viewer.benchmark.report import CSV_HEADER, TITLES
from viewer.benchmark.sequences import take
from viewer.cli import main
from viewer.datasets.sequences.rows import Rows

TRAIN, TEST = 150, 60


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, sample: dict[str, Rows]) -> Path:
    """A folder with some of the sample's sequences, and predictions of them."""
    folder = tmp_path_factory.mktemp("benchmark")
    train = take(sample["train"], np.arange(TRAIN))
    test = take(sample["test"], np.arange(TEST))
    write_rows(folder / "train.npz", train)
    write_rows(folder / "test.npz", test)
    np.savez(folder / "bare.npz", rows=test.rows, offsets=test.offsets, split=test.split)
    for task, model in (("predict", "ngram"), ("classify", "neighbour")):
        arguments = ("--train", folder / "train.npz", "--test", folder / "test.npz")
        output = ("--model", model, "--output", folder / f"{task}.npz")
        assert main(["benchmark", "baseline", task, *map(str, (*arguments, *output))]) == 0
    return folder


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    capsys.readouterr()
    code = main(["benchmark", *map(str, arguments)])
    printed = capsys.readouterr()
    assert code == 0, printed.err
    assert not any(line.endswith(" ") for line in printed.out.splitlines())
    return printed.out


def complain(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    capsys.readouterr()
    code = main(["benchmark", *map(str, arguments)])
    printed = capsys.readouterr()
    assert (code, printed.out) == (2, ""), arguments
    assert printed.err.count("\n") == 1
    return printed.err


def test_predicted_steps(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sequences, output = files / "test.npz", files / "steps.csv"
    arguments = ("predict", "--sequences", sequences, "--predictions", files / "predict.npz")
    text = run(capsys, *arguments, "--output", output)
    assert text.startswith(f"{sequences}: {TEST} sequences, ")
    figures = {line.split("  ")[0]: line for line in text.split("\n\n")[1].splitlines()}
    assert list(figures) == ["figure", *TITLES.values()]
    classes = text[text.index("By class") :].splitlines()[2:]
    assert [line.split()[0] for line in classes] == ["class", *"0123456789"]
    with output.open(newline="") as file:
        header, *lines = csv.reader(file)
    assert tuple(header) == CSV_HEADER
    whole = {line[2]: [float(number) for number in line[3:6]] for line in lines if line[0] == "all"}
    assert set(whole) == set(FIGURES)
    value, low, high = whole["rmse"]
    assert figures["RMSE px"].split()[2:] == [f"{value:.4f}", f"{low:.4f}", "to", f"{high:.4f}"]
    assert f"{100 * whole['exact'][0]:.2f}" in figures["exact %"]
    assert sum(line[0] == "class" for line in lines) == 10 * len(FIGURES)
    first = output.read_bytes()
    assert "exists already" in complain(capsys, *arguments, "--output", output)
    run(capsys, *arguments, "--output", output, "--overwrite")
    assert output.read_bytes() == first


def test_predicted_classes(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sequences, output = files / "test.npz", files / "classes.csv"
    arguments = ("classify", "--sequences", sequences, "--predictions", files / "classify.npz")
    text = run(capsys, *arguments, "--output", output)
    made = Predictions.of(files / "classify.npz").label
    with np.load(sequences) as held:
        wrong = int((made != held["label"]).sum())
    assert text.startswith(f"{sequences}: {TEST} sequences, {wrong} misclassified")
    assert f"Test error rate: {100 * wrong / TEST:.2f} % (95 % interval " in text
    confusion = text[text.index("Confusion") :].splitlines()[3:]
    cells = [line.replace(".", "0").split() for line in confusion]
    assert [line[0] for line in cells] == list("0123456789")
    counts = np.array([[int(cell) for cell in line[1:]] for line in cells])
    assert counts.sum() == TEST
    assert counts.trace() == TEST - wrong
    with output.open(newline="") as file:
        header, *lines = csv.reader(file)
    assert tuple(header) == CSV_HEADER
    assert float(lines[0][3]) == pytest.approx(wrong / TEST)
    assert [line[0] for line in lines].count("confusion") == 100
    assert sum(int(line[3]) for line in lines if line[0] == "confusion") == TEST


@pytest.mark.parametrize(
    ("task", "model"),
    [
        *(("predict", model) for model in PREDICT_MODELS),
        *(("classify", model) for model in CLASSIFY_MODELS),
    ],
)
def test_a_baseline_prints_what_its_file_is_worth(
    files: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, task: str, model: str
) -> None:
    output = tmp_path / "made.npz"
    arguments = ("baseline", task, "--train", files / "train.npz", "--test", files / "test.npz")
    text = run(capsys, *arguments, "--model", model, "--output", output)
    head, _, rest = text.partition("\n\n")
    assert head.startswith(f"Model {model}, {TRAIN} training sequences: ")
    again = run(capsys, task, "--sequences", files / "test.npz", "--predictions", output)
    assert rest.startswith(again.rstrip("\n"))
    assert rest.splitlines()[-1].startswith(f"{output}: written in ")
    assert "exists already" in complain(capsys, *arguments, "--output", output)
    first = output.read_bytes()
    run(capsys, *arguments, "--model", model, "--output", output, "--overwrite")
    assert output.read_bytes() == first


def test_one_file_may_be_divided(
    files: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    train, output = files / "train.npz", tmp_path / "made.npz"
    arguments = ("baseline", "classify", "--output", output, "--train", f"{train}:0-99", "--test")
    text = run(capsys, *arguments, f"{train}:train:100-149")
    assert "100 training sequences" in text
    assert f"{train}:train:100-149: 50 sequences, " in text
    text = run(capsys, "classify", "--sequences", train, "--predictions", output)
    assert "Only 50 of 150 sequences are predicted: the other 100 do not count." in text
    text = run(capsys, "classify", "--sequences", f"{train}:145-149", "--predictions", output)
    assert "45 predictions are of other digits, and not used." in text
    assert "51 digits are in the training and in the test sequences" in complain(
        capsys, *arguments, f"{train}:49-149", "--overwrite"
    )


def test_only_so_many_rows(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = (
        *("predict", "--sequences", files / "test.npz"),
        *("--predictions", files / "predict.npz", "--longest"),
    )
    text = run(capsys, *arguments, "2")
    assert f"{TEST} sequences, {TEST} predicted steps" in text
    assert "Of each sequence the first 2 rows count." in text
    assert "not a number of rows, 2 or more" in complain(capsys, *arguments, "1")


def test_labels_from_a_set(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bare = ("--sequences", files / "bare.npz")
    steps = ("predict", *bare, "--predictions", files / "predict.npz")
    assert "with --labels-from there is a table by class" in run(capsys, *steps)
    assert "By class" in run(capsys, *steps, "--labels-from", "sample")
    classes = ("classify", *bare, "--predictions", files / "classify.npz")
    assert "have no labels. Name the digits" in complain(capsys, *classes)
    known = ("classify", "--sequences", files / "test.npz", "--predictions", files / "classify.npz")
    found = run(capsys, *classes, "--labels-from", "sample").split("\n", 1)[1]
    assert found == run(capsys, *known).split("\n", 1)[1]


def test_the_form_of_the_file_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in ((), ("predict",), ("classify",)):
        with pytest.raises(SystemExit) as caught:
            main(["benchmark", *arguments, "--help"])
        assert caught.value.code == 0
        text = capsys.readouterr().out
        assert text.endswith(FORMAT_HELP)
        assert max(map(len, text.splitlines()[:-20])) < 160


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "TASK"),
        (("baseline",), "TASK"),
        (("predict", "--sequences", "{}/test.npz"), "--predictions"),
        (("predict", "--sequences", "{}/none.npz", "--predictions", "{}/predict.npz"), "none.npz"),
        (
            ("predict", "--sequences", "{}/test.npz", "--predictions", "{}/classify.npz"),
            "no rows and offsets, so no steps",
        ),
        (
            ("classify", "--sequences", "{}/test.npz", "--predictions", "{}/predict.npz"),
            "no label, so no classes",
        ),
        (
            ("predict", "--sequences", "{}/train.npz", "--predictions", "{}/predict.npz"),
            "none of the sequences is predicted: it is about test:0 and others, not train:0",
        ),
        (
            ("predict", "--sequences", "{}/test.npz", "--predictions", "{}/test.npz"),
            "it has 41 steps for test:0, whose sequence has 40 after its first row",
        ),
        (
            ("baseline", "predict", "--train", "{}/train.npz", "--test", "{}/test.npz",
             "--model", "oracle", "--output", "{}/new.npz"),
            "oracle",
        ),
        (
            ("baseline", "classify", "--train", "{}/train.npz:0-2", "--test", "{}/test.npz",
             "--output", "{}/new.npz"),
            "3 sequences are too few to learn from",
        ),
        (
            ("baseline", "classify", "--train", "{}/train.npz", "--test", "{}/bare.npz",
             "--output", "{}/new.npz"),
            "have no labels",
        ),
        (
            ("baseline", "predict", "--train", "{}/train.npz", "--test", "{}/test.npz",
             "--output", "{}/nowhere/new.npz"),
            "folder does not exist",
        ),
        (
            ("predict", "--sequences", "{}/test.npz", "--predictions", "{}/predict.npz",
             "--labels-from", "{}/none"),
            "none",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told(
    files: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    assert words in complain(capsys, *(each.format(files) for each in arguments))
    assert not (files / "new.npz").exists()


def test_malformed_files_are_told_in_one_line(
    files: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for name, (path, words) in write_malformed(tmp_path).items():
        told = complain(capsys, "predict", "--sequences", files / "test.npz", "--predictions", path)
        assert words in told, name
