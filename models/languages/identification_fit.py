"""Fit what tells languages apart: for each language a linear model against all others."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy import sparse

from models.features.array_types import Floats
from models.fitting.linear_svm import SparseMatrix, linear_machine
from models.fitting.progress import ProgressCallback
from models.languages.language_rows import language_codes, read_english, read_language
from models.serving.artefact import Weights, quantise
from models.serving.languages.grades import ENGLISH
from models.serving.languages.language_features import COLUMNS, language_features, words_alone
from models.serving.languages.scripts import LANGUAGES_BY_SCRIPT, script_counts
from models.serving.stopwords import STOPWORDS

OTHERS: Mapping[str, str] = tomllib.loads(
    Path(__file__).with_name("other_languages.toml").read_text(encoding="utf-8")
)
STEPS = 10  # of a fit that takes minutes
HELD_OUT_STEP = 6  # each sixth comment is held out
_MOST = 2_500  # comments of a language
_MOST_ENGLISH = 15_000  # it must not wait for its language
_PARTS_OF_OTHERS = 120  # made of a few sentences
_PHRASES = 100  # made of little words
_BATCH = 2_000


def training_texts(data: Path, seed: int) -> dict[str, list[str]]:
    """Return the texts of each language that are fitted to, by its code.

    Comments of the languages that there are files of, whole and in short pieces; sentences, little
    words and rude words of the others.
    """
    random = np.random.default_rng(seed)
    texts = {ENGLISH: _pieces(_known(read_english(data), _MOST_ENGLISH, random), random)}
    for code in language_codes(data):
        rows = read_language(data, code)
        if rows.texts and _script([*rows.texts[:100]]) not in LANGUAGES_BY_SCRIPT:
            comments = _known(rows.texts, _MOST, random)
            texts[code] = [*_pieces(comments, random), *rows.rude_words]
    for code, sentences in OTHERS.items():
        lists = data / "multi" / "lists" / f"{code}.txt"
        listed = lists.read_text(encoding="utf-8").split("\n") if lists.is_file() else []
        texts.setdefault(code, []).extend(
            [*_of_other(code, sentences.split("\n"), random), *listed]
        )
    return texts


def held_out(texts: Sequence[str]) -> list[str]:
    """Return each sixth of the comments of a language, which no fit has seen."""
    return list(texts[::HELD_OUT_STEP])


def not_held_out(texts: Sequence[str]) -> list[str]:
    """Return the others."""
    return [text for place, text in enumerate(texts) if place % HELD_OUT_STEP]


def fit_identification(
    texts: Mapping[str, Sequence[str]], on_step: ProgressCallback
) -> tuple[dict[str, str], Weights]:
    """Fit the models.

    Args:
        texts: By the code of their language, at least STEPS of them.
        on_step: Called STEPS times.

    Returns:
        The script of each language by its code, in the order of the weights' rows; the weights.
    """
    words = {
        code: [plain for text in own if (plain := words_alone(text))] for code, own in texts.items()
    }
    codes = list(words)
    matrix = _matrix([text for code in codes for text in words[code]])
    owners = np.repeat(np.arange(len(codes)), [len(words[code]) for code in codes])
    sizes = np.bincount(owners)
    weights = (1 / np.sqrt(sizes))[owners]
    weights *= len(owners) / weights.sum()
    fitted = []
    for number, places in enumerate(np.array_split(range(len(codes)), STEPS), start=1):
        on_step(f"languages: telling them apart, {number} of {STEPS}")
        fitted += [_fit_one(matrix, owners == place, weights) for place in places]
    coefficients, intercepts = zip(*fitted, strict=True)
    scripts = {code: _script(words[code][:200]) for code in codes}
    return scripts, quantise(np.vstack(coefficients), np.array(intercepts))


def _fit_one(matrix: SparseMatrix, labels: Floats, weights: Floats) -> tuple[Floats, float]:
    # A C of 1 tells held-out comments .0008 worse.
    machine = linear_machine(0.5, tolerance=0.1, seed=1, passes=200)
    machine.fit(matrix, labels, sample_weight=weights)
    return machine.coef_[0], float(machine.intercept_[0])


def _matrix(words: Sequence[str]) -> SparseMatrix:
    parts = []
    for first in range(0, len(words), _BATCH):
        rows = language_features(words[first : first + _BATCH])
        shape = (len(rows.starts) - 1, COLUMNS)
        parts.append(sparse.csr_matrix((rows.values, rows.columns, rows.starts), shape=shape))
    return sparse.vstack(parts, format="csr")


def _known(texts: Sequence[str], most: int, random: np.random.Generator) -> list[str]:
    """Some of the comments that are not held out."""
    kept = not_held_out(texts)
    return [kept[place] for place in random.permutation(len(kept))[:most]]


def _pieces(texts: Sequence[str], random: np.random.Generator) -> list[str]:
    """Each text, and of a longer one a few words in a row: people write short comments."""
    return [piece for text in texts for piece in (text, *_short_piece(text, random))]


def _short_piece(text: str, random: np.random.Generator) -> Iterator[str]:
    words = text.split()
    if len(words) > 8:
        first = random.integers(0, len(words) - 4)
        yield " ".join(words[first : first + random.integers(2, 6)])


def _of_other(code: str, lines: Sequence[str], random: np.random.Generator) -> Iterator[str]:
    sentences = [line for line in lines if line]
    yield from sentences
    for _ in range(_PARTS_OF_OTHERS):
        words = sentences[random.integers(len(sentences))].split()
        length = int(random.integers(2, max(3, len(words))))
        first = int(random.integers(0, max(1, len(words) - length + 1)))
        yield " ".join(words[first : first + length])
    little = sorted(STOPWORDS.get(code, ()))
    if little:
        yield from (" ".join(random.choice(little, 5)) for _ in range(_PHRASES))


def _script(texts: Sequence[str]) -> str:
    return script_counts(words_alone(" ".join(texts)[:1_000])).most_common(1)[0][0]
