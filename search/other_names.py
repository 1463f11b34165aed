"""Which of the other names that were looked for are told to the reader, and how they are written.

A few, as one would say them in a sentence, and only those that lead to something that was found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from search.analysis import analyse, analyser
from search.asking import Asked, Understood, ask
from search.documents import Concept
from search.expansion import Name
from search.parser import Clause, ParsedQuery
from search.queries import LANGUAGE, Combined, Expansion, Term, build_query, query_words
from search.vocabularies import Snapshot

MOST = 5
# So many names are asked for at most, each by a query to the index.
_MOST_ASKED = 8
# Of more words than these, ``build_query`` asks for two at least.
_FEW = 3
# Names of things by nature; those of others may be of one of a kind: a county, an organisation.
_GENERAL = frozenset({"theme", "target_group", "phase"})
_NAMED = frozenset({"region", "collection"})
_SMALL_WORDS = frozenset({"a", "an", "and", "at", "by", "for", "in", "of", "on", "or", "the", "to"})


def told(
    asked: Asked, understood: Understood, standing: Iterable[Expansion], names: Snapshot
) -> tuple[Name, ...]:
    """Of the names that stand somewhere, at most ``MOST`` by which something was found.

    The reader's own language comes first; a name that says what was typed, or what another one
    says, is left out. ``standing`` are names that the question was widened by.
    """
    apart = list(_apart(understood, standing))[:_MOST_ASKED]
    found: list[Name] = []
    for name in apart:
        if len(found) == MOST:
            break
        if _finds(name, asked, understood):
            found.append(Name(_in_a_sentence(name, names), name.language))
    return tuple(found)


def _apart(understood: Understood, standing: Iterable[Expansion]) -> Iterator[Expansion]:
    """Names that say something that neither what was typed nor one before them says."""
    words = query_words(understood.parsed, understood.language)
    typed = {understood.parsed.text.lower()}
    said: list[tuple[str, frozenset[str]]] = []
    for name in sorted(standing, key=lambda one: one.language != understood.language):
        run = words[name.start : name.end]
        typed |= {
            " ".join(token.surface.lower() for token in run),
            " ".join((token.lemmas or (token.form,))[0] for token in run),
        }
        text = name.text.lower()
        stems = _stems(name)
        if text in typed or any(
            text == other or stems <= others or others <= stems for other, others in said
        ):
            continue
        said.append((text, stems))
        yield name


def _stems(name: Expansion) -> frozenset[str]:
    """What a name says, whatever the forms of its words."""
    stop_words = analyser(name.language).stop_words
    tokens = analyse(name.text, name.language)
    telling = [token for token in tokens if token.form not in stop_words] or tokens
    return frozenset((token.lemmas or (token.form,))[0] for token in telling)


def _finds(name: Expansion, asked: Asked, understood: Understood) -> bool:
    """Whether something that was found has the name, in a text of its language."""
    quoted = ParsedQuery(name.text, (Clause(name.text, phrase=True),))
    itself, found = build_query(quoted, name.language), understood.query
    if not isinstance(itself, Combined) or not isinstance(found, Combined):
        return False
    # Of few words one is enough to be found: then a document that has the name is, and the long
    # question need not be asked once more.
    words = query_words(understood.parsed, understood.language)
    others = found.must if understood.parsed.phrases or len(words) > _FEW else ()
    query = Combined(
        must=(Term(LANGUAGE, name.language), *itself.must, *others), without=found.without
    )
    # Not by relevance: nobody reads these hits.
    result = ask(replace(asked, sort="newest", page=1), query, 1)
    return result is not None and result.total > 0


def _in_a_sentence(name: Expansion, names: Snapshot) -> str:
    """The name without the capital that it has only as a label."""
    text = name.text
    if (text, name.language) in _general_labels(names):
        return text[:1].lower() + text[1:]
    return text


@lru_cache(maxsize=2)
def _general_labels(names: Snapshot) -> frozenset[tuple[str, str]]:
    """The labels of what is no single thing's own name and begin with a mere capital."""
    return frozenset(
        (text, language)
        for concept in names.every()
        if _is_general(concept)
        for language, text in concept.labels.items()
        if text[:1].isupper() and not any(letter.isupper() for letter in text.split()[0][1:])
    )


def _is_general(concept: Concept) -> bool:
    """Whether a concept is a kind of thing, as far as its labels tell.

    English writes names of one of a kind with capitals throughout; a name of one word is a common
    noun where every language has its own word for it.
    """
    if concept.key in _NAMED:
        return False
    english = concept.labels.get("en", "").split()
    if len(english) > 1:
        later = [word for word in english[1:] if word.lower() not in _SMALL_WORDS]
        return not any(word[:1].isupper() for word in later)
    words = {label.lower() for label in concept.labels.values()}
    return concept.key in _GENERAL or len(words) == len(concept.labels) > 2
