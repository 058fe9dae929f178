"""What the command says about the tasks, its files and the reference models."""

from __future__ import annotations

SEQUENCES = "FILE[:SPLIT][:DIGITS]"
FILE_HELP = (
    "sequences that extract wrote, or published ones; a split and ranges of indices may follow, "
    "such as FILE.npz:train:0-7999 or FILE.npz:8000-9999"
)
PREDICT = """\
Given rows 1 to k of a sequence, predict row k + 1. The first row, where the pen
begins, is not predicted; every other row is a step, also the marker rows 0 0 1 0
and 0 0 1 1.

RMSE px is the publication's figure: the root of the mean, over all steps and the
two coordinates, of the squared errors of dx and dy in pixels. (The original code
trains on (d + 22.6) / 55.2 and undoes that before it takes errors; eos and eod do
not enter. The root mean square distance is the root of 2 larger.) To compare with
the original experiments: they learned from the first 10,000 training digits and
scored one draw from the predicted mixture at each step, on the first 5,000 test
digits, each cut to 100 rows: --sequences FILE.npz:test:0-4999 --longest 100. A mean
in the place of a draw makes the figure smaller, by the root of 2 where the mixture
is right.
Source: E. D. de Jong (2016), incremental-sequence-learning, train.py and stats.py.

The other figures are explained below their table. Intervals of 95 % are analytic:
over sequences, from the linearised standard error of a ratio.
"""
CLASSIFY = """\
Given a sequence, tell its class. The figure is the test error rate in %, with
Wilson's interval of 95 %. (In the original experiments a sequence is right if the
likeliest class after its last row but one is; the last one is always 0 0 1 1.)
Source: E. D. de Jong (2016), incremental-sequence-learning, train.py and stats.py.
"""
BASELINE = (
    "Models to compare with, in seconds on the CPU. What they leave open is chosen on every "
    "fifth training sequence; then they are made of all, and see the test sequences once."
)
FORMAT_HELP = """\
The predictions file is an npz without pickles:
  rows     float32 (S, 4)  predicted dx dy eos eod of every step, sequence after
                           sequence; a sequence of T rows has T - 1 steps, its
                           rows 2 to T
  offsets  int64 (n + 1,)  sequence i has the steps rows[offsets[i]:offsets[i + 1]]
or, for classes:
  label    uint8 (n,)      predicted class of each sequence
  score    float32 (n, c)  optional: a number for each class, the largest the likeliest
and in both, so that predictions are matched by identity and not by place:
  split    str (n,)        such as train
  index    int64 (n,)      index of the digit in the split
Without split and index there must be one prediction for each sequence, in their order.
"""
PREDICT_MODELS = {
    "repeat": "every step is as the one before",
    "ngram": "the mean row after the same last rows, with back-off to fewer: the mean, because "
    "it minimises the root mean square error",
    "ngram-likely": "the likeliest row after the same last rows: most steps exactly right, "
    "with a larger error",
}
CLASSIFY_MODELS = {
    "neighbour": "the class of the nearest training sequences, by 32 points along their paths",
    "linear": "multinomial logistic regression on how far the pen goes in which direction in "
    "each of 4 x 4 zones",
}
