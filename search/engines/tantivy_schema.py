"""What the Tantivy index holds: its fields, and a document in them. Pure: no Django."""

from __future__ import annotations

import json
from itertools import chain
from operator import attrgetter

import tantivy

from search.analysis.base import Word
from search.engines.tantivy_facets import add_fields, add_values
from search.engines.tantivy_pairs import pairs
from search.engines.terms import FILLER, Entry, folded
from search.queries import ANYWHERE, FIELD_WEIGHTS, FORMS, LEMMAS, PARTS, TITLE, WHOLE_FIELDS

ID, DIGEST = "id", "digest"
TITLE_KEY, NEWEST_KEY = "title_key", "newest_key"
TYPICAL, TYPICAL_TERMS = "typical", "typical_terms"
# The field that is long enough for phrases in it to be costly, and its pairs of words.
PAIRS_OF = "body"
PAIRS = "body_pairs"
LEMMA_FIELDS = tuple(f"{field}_{LEMMAS}" for field in FIELD_WEIGHTS)

_WHITESPACE = "spaces"
# Words at the end of one text and the beginning of the next make no phrase.
_POSITION_GAP = 50
# Of a word, without a frame of Python for each of a document's thousand.
_form, _parts = attrgetter("form"), attrgetter("parts")


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field(ID, indexed=True, fast=True)
    builder.add_unsigned_field(DIGEST, fast=True)
    builder.add_text_field(TITLE, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(TITLE_KEY, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field(NEWEST_KEY, fast=True)
    add_fields(builder)
    for field in FIELD_WEIGHTS:
        builder.add_text_field(f"{field}_{FORMS}", tokenizer_name=_WHITESPACE, index_option="freq")
        builder.add_text_field(
            f"{field}_{LEMMAS}", tokenizer_name=_WHITESPACE, index_option="position"
        )
        builder.add_text_field(f"{field}_{PARTS}", tokenizer_name=_WHITESPACE, index_option="freq")
    builder.add_text_field(PAIRS, tokenizer_name=_WHITESPACE, index_option="basic")
    for field in WHOLE_FIELDS:
        builder.add_text_field(field, tokenizer_name=_WHITESPACE, index_option="freq")
    builder.add_text_field(ANYWHERE, tokenizer_name=_WHITESPACE, index_option="basic")
    builder.add_text_field(TYPICAL_TERMS, tokenizer_name=_WHITESPACE, index_option="freq")
    builder.add_bytes_field(TYPICAL, stored=True)
    return builder.build()


SCHEMA = _schema()


def register(index: tantivy.Index) -> None:
    """Give an opened index the analyser that its fields name."""
    analyser = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_WHITESPACE, analyser)


def stored(held: Entry) -> tantivy.Document:
    """A document in the index's fields."""
    made = tantivy.Document()
    made.add_unsigned(ID, held.id)
    made.add_unsigned(DIGEST, int(held.digest, 16))
    made.add_text(TITLE, held.title)
    made.add_text(TITLE_KEY, held.title_key)
    made.add_unsigned(NEWEST_KEY, held.newest_key)
    add_values(made, held.facets)
    for field in FIELD_WEIGHTS:
        texts = folded(held.fields, field)
        forms, parts = [FILLER], [FILLER]
        for words, times in texts:
            forms += list(map(_form, words)) * times
            parts += list(chain.from_iterable(map(_parts, words))) * times
        made.add_text(f"{field}_{FORMS}", " ".join(forms))
        made.add_text(f"{field}_{PARTS}", " ".join(parts))
        made.add_pre_tokenized_text(f"{field}_{LEMMAS}", _with_positions(texts))
    made.add_text(PAIRS, " ".join(pairs(words for words, _ in folded(held.fields, PAIRS_OF))))
    for field, terms in held.whole.items():
        made.add_text(field, " ".join(terms))
    made.add_text(ANYWHERE, " ".join(held.anywhere))
    made.add_text(TYPICAL_TERMS, " ".join(held.typical))
    likeness_of = {"language": held.language, "terms": held.typical}
    made.add_bytes(TYPICAL, json.dumps(likeness_of, ensure_ascii=False).encode())
    return made


def _with_positions(texts: list[tuple[list[Word], int]]) -> tantivy.PreTokenizedString:
    """All lemmas of a word stand at the word's position, so that phrases meet any of them.

    So do those that count more than once: again elsewhere, they would only be more to read.

    Text with spaces between would be a third faster to index, but holds one lemma at a position.
    """
    token = tantivy.Token
    tokens: list[tantivy.Token] = []
    position = 0
    for words, times in texts:
        made = [
            token(lemma, place, 0, 0)
            for place, word in enumerate(words, position)
            for lemma in word.lemmas
        ]
        # Making a token is what costs; the index takes the same one more than once.
        tokens += made if times == 1 else chain.from_iterable(zip(*[made] * times, strict=True))
        position += len(words) + _POSITION_GAP
    tokens.append(token(FILLER, position, 0, 0))
    return tantivy.PreTokenizedString("", tokens)
