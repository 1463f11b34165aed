"""What a reader may have meant: for words that stand nowhere, words like them that do.

And which of the other names that were looked for stand somewhere.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from threading import Lock

from search.analysis import LANGUAGES, Token, analyse, analyser, known_forms
from search.asking import Understood, frequencies, indexed_words, witnesses
from search.queries import Expansion, query_words
from search.spelling import SHORTEST, Speller, fold, halves

_MAX_WORDS = 8
_MAX_CORRECTED = 3
_MAX_CANDIDATES = 400
# Some 60 bytes each in memory, beside the form itself.
_MAX_FORMS = 400_000


@dataclass(frozen=True, slots=True)
class Better:
    """A question with words that stand somewhere, and some pages in which each of them does."""

    text: str
    seen_in: Mapping[str, frozenset[int]]

    def witnesses(self) -> frozenset[int]:
        """The pages of which to ask which are public."""
        return frozenset().union(*self.seen_in.values())

    def is_public(self, pages: Container[int]) -> bool:
        """Whether each word stands in one of these pages, which anybody may read."""
        return all(any(page_id in pages for page_id in ids) for ids in self.seen_in.values())


class Meant:
    """The words of a question with what the index knows of them: asked once, used twice."""

    def __init__(self, understood: Understood) -> None:
        self._understood = understood
        self._tokens = _asked_for(understood)
        self._names = {
            name: _telling(analyse(name.text, name.language), name.language)
            for name in understood.expansions
        }
        terms = {term for token in self._tokens for term in (token.form, *token.lemmas)}
        for tokens in self._names.values():
            terms.update(term for token in tokens for term in (token.form, *token.lemmas))
        self._known = frequencies(terms)

    def names_that_stand(self) -> tuple[Expansion, ...]:
        """The other names that were looked for and whose words stand somewhere."""
        return tuple(name for name, tokens in self._names.items() if self._stands(tokens))

    def better(self) -> Better | None:
        """The question with words that do stand somewhere in place of those that don't.

        To be offered only where it ``is_public``; ``None`` where there is nothing to correct.
        """
        text = self._understood.parsed.text
        missing = [token for token in self._tokens if self._is_missing(token)]
        joined = self._joined(text)
        replaced: dict[int, tuple[Token, str]] = {}
        if missing and not joined:
            better = _better(missing[:_MAX_CORRECTED], self._understood.language)
            replaced = {
                token.start: (token, better[token.form])
                for token in missing
                if token.form in better
            }
        words = {word for _token, word in replaced.values()} | set(joined.values())
        if not words:
            return None
        for token, word in sorted(replaced.values(), key=lambda one: -one[0].start):
            text = text[: token.start] + word + text[token.end :]
        for (start, end), word in sorted(joined.items(), reverse=True):
            text = text[:start] + word + text[end:]
        return Better(text, witnesses({part for word in words for part in word.split()}))

    def _stands(self, tokens: Sequence[Token]) -> bool:
        return all(
            any(self._known.get(term) for term in (token.form, *token.lemmas)) for token in tokens
        )

    def _is_missing(self, token: Token) -> bool:
        if len(token.form) < SHORTEST or not token.form.isalpha():
            return False
        if token.form in analyser(self._understood.language).stop_words:
            return False
        return not self._stands([token]) and not self._has_a_name(token)

    def _has_a_name(self, token: Token) -> bool:
        """Whether another name of the word, or of a run of words it is in, stands somewhere."""
        words = query_words(self._understood.parsed, self._understood.language)
        places = {place for place, word in enumerate(words) if word.form == token.form}
        return any(
            place in range(name.start, name.end) and self._stands(tokens)
            for name, tokens in self._names.items()
            for place in places
        )

    def _joined(self, text: str) -> dict[tuple[int, int], str]:
        """A pair of words that is known as one: "etä palvelut" as "etäpalvelut"."""
        pairs = {
            (first.start, second.end): first.form + second.form
            for first, second in pairwise(self._tokens)
            if text[first.end : second.start] == " "
            and first.form.isalpha()
            and second.form.isalpha()
        }
        known = frequencies(set(pairs.values()) | _base_forms(pairs.values(), self._understood))
        for place, word in pairs.items():
            if any(known.get(one) for one in (word, *_base_forms([word], self._understood))):
                return {place: word}
        return {}


def _asked_for(understood: Understood) -> list[Token]:
    """The words that are looked for, by their places in the question; excluded ones are not."""
    parsed = understood.parsed
    excluded = {
        token.form
        for clause in parsed.exclusions
        for token in analyse(clause.text, understood.language)
    }
    tokens = analyse(parsed.text, understood.language)
    return [token for token in tokens if token.form not in excluded][:_MAX_WORDS]


def _telling(tokens: list[Token], language: str) -> list[Token]:
    stop_words = analyser(language).stop_words
    return [token for token in tokens if token.form not in stop_words] or tokens


def _base_forms(words: Iterable[str], understood: Understood) -> set[str]:
    word = analyser(understood.language).word
    return {lemma for one in words for lemma in word(one).lemmas[:1]}


def _better(tokens: Sequence[Token], language: str) -> dict[str, str]:
    """For words that stand nowhere the likeliest that do: near ones, else the word as two."""
    near = {token.form: _near(token.form, language) for token in tokens}
    split = {token.form: list(halves(token.form)) for token in tokens}
    known = frequencies({word for words in near.values() for word, _distance in words})
    better: dict[str, str] = {}
    for form, words in near.items():
        found = [(distance, -known[word], word) for word, distance in words if known.get(word)]
        if found:
            better[form] = min(found)[2]
    pairs = [pair for form, ways in split.items() if form not in better for pair in ways]
    known = frequencies({half for pair in pairs for half in pair})
    for form, ways in split.items():
        standing = [
            (min(known[a], known[b]), f"{a} {b}") for a, b in ways if a in known and b in known
        ]
        if form not in better and standing:
            better[form] = max(standing)[1]
    return better


class _Spellers:
    """A speller a language, which learns the forms that indexing on this machine meets."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: dict[str, tuple[Speller, tuple[str, ...]]] = {}

    def of(self, language: str) -> Speller:
        """The speller of a language, with every form that is known by now."""
        # Those that were met first are the most frequent; of the rest most are met once.
        forms = known_forms(language)
        if len(forms) > _MAX_FORMS:
            forms = forms[:_MAX_FORMS]
        with self._lock:
            speller, learnt = self._known.get(language, (Speller(), ()))
            if learnt is not forms and learnt != forms:
                if forms[: len(learnt)] == learnt:
                    speller.add(forms[len(learnt) :])
                else:
                    speller = Speller(forms)
                self._known[language] = speller, forms
            return speller


_spellers = _Spellers()


def learn_spelling() -> None:
    """Know the words by now, so that no reader waits for it: half a second for a full index."""
    for language in LANGUAGES:
        _spellers.of(language)


def _near(word: str, language: str) -> list[tuple[str, int]]:
    """Words like this one, the nearest first: of the reader's language, then of the others."""
    found: dict[str, int] = {}
    for spoken in (language, *(other for other in LANGUAGES if other != language)):
        for one, distance in _spellers.of(spoken).near(word):
            found.setdefault(one, distance)
    if not found and not known_forms(language):
        # Where another machine does the indexing: base forms that begin alike.
        beginnings = {word[:2], fold(word)[:2], word[:1]}
        words = {one for start in beginnings for one in indexed_words(start, _MAX_CANDIDATES)}
        found = dict(Speller(words).near(word))
    return list(found.items())
