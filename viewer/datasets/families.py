"""The sets of digits and characters that the field knows: where they are from, how to cite them."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass, field

from viewer.datasets.digits import DigitSet

LabelError = tuple[str, int, int, int]
"""A digit whose label is known to be wrong: split, index, label, and what most people read."""


@dataclass(frozen=True)
class Family:
    """A known set.

    Parameters
    ----------
    key : str
        Short name, such as ``mnist``.
    name : str
        Name for people.
    origin : str
        Who wrote the characters and who made the set, in a sentence or two.
    licence : str
        Terms under which it may be used.
    citation : str
        The publication to cite.
    url : str
        Where it is published.
    class_names : tuple of str
        Names of the classes by label; empty where the classes are the digits 0 to 9.
    label_errors : tuple of (str, int, int, int)
        Known wrong labels, see `LabelError`.
    description : str
        What is in it, in a sentence or two.
    column_help : mapping of str to str
        What is peculiar to its metadata, by name of the column.
    """

    key: str
    name: str
    origin: str
    licence: str
    citation: str
    url: str
    class_names: tuple[str, ...] = ()
    label_errors: tuple[LabelError, ...] = ()
    description: str = ""
    column_help: Mapping[str, str] = field(default_factory=dict)

    @property
    def class_count(self) -> int:
        """How many labels there are, from 0 on."""
        return len(self.class_names) or 10


_TEST_ERRORS = (
    (947, 8, 9), (1621, 0, 6), (1901, 9, 4), (2462, 2, 0), (2597, 5, 3), (3558, 5, 0),
    (5937, 5, 3), (6651, 0, 6), (6783, 1, 6), (9729, 5, 6),
)  # fmt: skip
"""Index, label and likely label of MNIST test digits.

Of the 15 label errors that Northcutt et al. [1]_ confirmed in the MNIST test split, those for
which three or more of their five readers agreed on one other digit; on the remaining five
they did not agree.

.. [1] C. Northcutt, A. Athalye, J. Mueller (2021), Pervasive Label Errors in Test Sets
   Destabilize Machine Learning Benchmarks; readers' answers in mturk/mnist_mturk.json of
   github.com/cleanlab/label-errors.
"""
_LABEL_ERRORS: tuple[LabelError, ...] = tuple(("test", *error) for error in _TEST_ERRORS)
_NIST_WRITERS = (
    "Handwriting sample forms that NIST collected in the early 1990s, published as Special "
    "Database 19: employees of the US Census Bureau filled in series HSF 0 to 3, 6 and 7, "
    "high-school students in Bethesda, Maryland, series HSF 4."
)
_MNIST_COLUMNS = {
    "writer": "Training writers are 0 to 288 and 2100 to 2349, test writers 326 to 610 and 2350 "
    "to 2599; nobody wrote for both.",
    "hsf_series": "Training digits are of series 0 and 4, test digits of 0, 1 and 4. Series 4 "
    "is of high-school students, the others of census employees.",
}
_QMNIST_CITATION = (
    "Chhavi Yadav and Léon Bottou. Cold Case: The Lost MNIST Digits. Advances in Neural "
    "Information Processing Systems 32, 2019."
)
_QMNIST_URL = "https://github.com/facebookresearch/qmnist"

_MNIST = Family(
    "mnist",
    "MNIST",
    _NIST_WRITERS + " Yann LeCun, Corinna Cortes and Christopher Burges made MNIST of them.",
    "CC BY-SA 3.0",
    "Yann LeCun, Léon Bottou, Yoshua Bengio and Patrick Haffner. Gradient-Based Learning Applied "
    "to Document Recognition. Proceedings of the IEEE, 86(11):2278-2324, 1998.",
    "http://yann.lecun.com/exdb/mnist/",
    label_errors=_LABEL_ERRORS,
    description="60,000 training and 10,000 test digits of 28 x 28 pixels, scaled into 20 x 20 "
    "and centred by their mass.",
    column_help=_MNIST_COLUMNS,
)
_QMNIST = Family(
    "qmnist",
    "QMNIST",
    _NIST_WRITERS + " Chhavi Yadav and Léon Bottou rebuilt MNIST from them, test digits that "
    "had been lost included.",
    "BSD 3-Clause",
    _QMNIST_CITATION,
    _QMNIST_URL,
    label_errors=_LABEL_ERRORS,
    description="60,000 training digits that match MNIST's one by one, and 60,000 test digits, "
    "of which the first 10,000 (test10k) match MNIST's and the others (test50k) were lost.",
    column_help=_MNIST_COLUMNS,
)
_NIST = Family(
    "nist",
    "NIST digits",
    _NIST_WRITERS + " Chhavi Yadav and Léon Bottou brought all their digits into MNIST's form.",
    "BSD 3-Clause",
    _QMNIST_CITATION,
    _QMNIST_URL,
    description="All 402,953 digits of NIST Special Database 19 in 28 x 28 pixels, by 3,579 "
    "writers.",
    column_help={
        "hsf_series": "Series 4 is of high-school students; 0 to 3, 6 and 7 are of census "
        "employees.",
        "duplicate": "Global index of the digit of which this is a copy; 0 where there is none.",
    },
)
_CLOTHES = (
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat",
    "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
)  # fmt: skip
_FASHION = Family(
    "fashion",
    "Fashion-MNIST",
    "Photographs of articles sold by Zalando, made into a set in MNIST's form by Zalando Research.",
    "MIT",
    "Han Xiao, Kashif Rasul and Roland Vollgraf. Fashion-MNIST: a Novel Image Dataset for "
    "Benchmarking Machine Learning Algorithms. arXiv:1708.07747, 2017.",
    "https://github.com/zalandoresearch/fashion-mnist",
    _CLOTHES,
    description="60,000 training and 10,000 test pictures of clothes, 28 x 28 pixels: nothing "
    "that was written, so its strokes say little.",
)
_KMNIST = Family(
    "kmnist",
    "Kuzushiji-MNIST",
    "Cursive characters out of classical Japanese books, from the Kuzushiji data set of the "
    "National Institute of Japanese Literature, adapted by the Center for Open Data in the "
    "Humanities.",
    "CC BY-SA 4.0",
    "Tarin Clanuwat, Mikel Bober-Irizar, Asanobu Kitamoto, Alex Lamb, Kazuaki Yamamoto and "
    "David Ha. Deep Learning for Classical Japanese Literature. arXiv:1812.01718, 2018.",
    "https://github.com/rois-codh/kmnist",
    ("o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"),
    description="60,000 training and 10,000 test characters of 28 x 28 pixels, one hiragana "
    "from each row: お き す つ な は ま や れ を.",
)
_PENDIGITS = Family(
    "pendigits",
    "Pen digits",
    "Fevzi Alimoglu and Ethem Alpaydin recorded 44 people at Bogazici University on a tablet "
    "that showed the ink under the pen: 250 digits each, in boxes, in random order.",
    "CC BY 4.0",
    "E. Alpaydin and Fevzi Alimoglu. Pen-Based Recognition of Handwritten Digits. UCI Machine "
    "Learning Repository, 1998. DOI 10.24432/C5MG6K.",
    "https://archive.ics.uci.edu/dataset/81/pen+based+recognition+of+handwritten+digits",
    description="7,494 training digits by 30 people and 3,498 test digits by 14 others: paths of "
    "the pen, drawn by this program in the form of MNIST's.",
    column_help={
        "writer": "Numbered anew in each split: nobody wrote for both.",
        "digit_index": "Place among the writer's 250 digits; the first ones were practice.",
    },
)
_SAMPLE = Family(
    "sample",
    "Sample",
    "A program wrote these digits; no person did.",
    "MIT, as the program",
    "",
    "",
    description="Some hundred synthetic digits that come with the program, with the true path "
    "of the pen.",
)
_MERGED = string.digits + string.ascii_uppercase + "abdefghnqrt"
_LETTERS = ("N/A", *string.ascii_lowercase)
_VARIANTS = {
    "byclass": (tuple(string.digits + string.ascii_uppercase + string.ascii_lowercase),
                "697,932 training and 116,323 test characters in 62 classes, unbalanced."),
    "bymerge": (tuple(_MERGED),
                "697,932 training and 116,323 test characters in 47 classes, unbalanced; letters "
                "whose two cases look alike share a class."),
    "balanced": (tuple(_MERGED),
                 "112,800 training and 18,800 test characters in 47 classes of equal size; "
                 "letters whose two cases look alike share a class."),
    "letters": (_LETTERS,
                "Letters in 26 classes of equal size, labelled 1 to 26, both cases in one class."),
    "digits": ((), "240,000 training and 40,000 test digits in classes of equal size."),
    "mnist": ((), "60,000 training and 10,000 test digits in classes of equal size, as a "
                  "counterpart of MNIST."),
}  # fmt: skip
"""Classes and description of EMNIST's six variants [1]_, which share one licence and origin.

.. [1] G. Cohen, S. Afshar, J. Tapson, A. van Schaik (2017), table II.
"""


def _emnist(variant: str) -> Family:
    names, description = _VARIANTS[variant]
    return Family(
        f"emnist-{variant}",
        f"EMNIST {variant}",
        _NIST_WRITERS + " Cohen and others brought its characters into MNIST's form.",
        "None is stated; it derives from NIST Special Database 19, a work of the US government",
        "Gregory Cohen, Saeed Afshar, Jonathan Tapson and André van Schaik. EMNIST: an extension "
        "of MNIST to handwritten letters. arXiv:1702.05373, 2017.",
        "https://www.nist.gov/itl/products-and-services/emnist-dataset",
        names,
        description=description,
    )


EMNIST_VARIANTS = tuple(_VARIANTS)
_ALL = (_MNIST, _QMNIST, _NIST, _FASHION, _KMNIST, *map(_emnist, _VARIANTS), _PENDIGITS, _SAMPLE)
FAMILIES: Mapping[str, Family] = {family.key: family for family in _ALL}
"""The known sets by key."""


def known_label_errors(dataset: DigitSet) -> tuple[LabelError, ...]:
    """Return the known wrong labels of a set that are there.

    Parameters
    ----------
    dataset : DigitSet
        The set; only a part of its family may be in it.

    Returns
    -------
    errors : tuple of (str, int, int, int)
        Those whose digit is in the set and has the label that is known to be wrong, see
        `LabelError`. QMNIST's first 10,000 test digits are those of MNIST.
    """
    family = FAMILIES.get(dataset.family)
    found: list[LabelError] = []
    for name, index, given, likely in family.label_errors if family else ():
        split = dataset.splits.get(name) or dataset.splits.get(f"{name}10k")
        if split is not None and split.labels is not None:
            labels = split.labels
            if index < len(labels) and labels[index] == given:
                found.append((split.name, index, given, likely))
    return tuple(found)
