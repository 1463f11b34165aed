"""What Elasticsearch holds of a document: its mapping, and the document in those fields.

Everything here works on the server's core, which has few analysers: texts come as terms with
spaces between, and ``whitespace`` takes them apart again. Pure: no Django.
"""

from __future__ import annotations

from typing import Any

from search.analysis.base import Word
from search.engines.base import FACETS
from search.engines.terms import FILLER, POSITION_LEMMAS, Entry, folded
from search.queries import ANYWHERE, FIELD_WEIGHTS, FORMS, LEMMAS, PARTS, TITLE, WHOLE_FIELDS

# A field holds one term at a position: what else a word may be stands in fields beside it.
POSITIONS = tuple(f"at{number}" for number in range(POSITION_LEMMAS))
# Words at the end of one text and the beginning of the next make no phrase.
_POSITION_GAP = 50
# Where a word has no more readings. No term is this: none begins with it.
_NOTHING = "_"
# Lucene takes no term of more than 32,766 bytes, and refuses the document for it.
_KEY_LENGTH = 1_000
TYPICAL, TYPICAL_TERMS, WORDS = "typical", "typical_terms", "words"

SETTINGS: dict[str, Any] = {
    "index": {
        "number_of_shards": 1,
        "auto_expand_replicas": "0-1",
        # What is applied is refreshed at once; this is for what a lost connection left behind.
        "refresh_interval": "10s",
        "similarity": {"default": {"type": "BM25", "k1": 1.2, "b": 0.75}},
    }
}


def mapping(fingerprint: str) -> dict[str, Any]:
    """The fields; with the fingerprint of the analysis and schema that write them."""
    bag = {"type": "text", "analyzer": "whitespace", "index_options": "freqs"}
    ordered = {
        "type": "text",
        "analyzer": "whitespace",
        "index_options": "positions",
        "norms": False,
        "position_increment_gap": _POSITION_GAP,
    }
    present = {"type": "text", "analyzer": "whitespace", "index_options": "docs", "norms": False}
    key = {"type": "keyword", "ignore_above": _KEY_LENGTH}
    sorted_by = {"type": "keyword", "index": False, "ignore_above": _KEY_LENGTH}
    properties: dict[str, Any] = {
        "id": {"type": "long"},
        "language": {"type": "keyword", "index": False, "doc_values": False},
        "digest": {"type": "keyword", "index": False},
        TITLE: {**key, "doc_values": False},
        "title_key": sorted_by,
        "newest_key": {"type": "long", "index": False},
        ANYWHERE: present,
        TYPICAL: {"type": "object", "enabled": False},
        TYPICAL_TERMS: bag,
        WORDS: {"type": "keyword", "index": False},
        **{f"facet_{facet}": key for facet in FACETS},
    }
    properties |= dict.fromkeys(WHOLE_FIELDS, bag)
    for field in FIELD_WEIGHTS:
        properties |= {f"{field}_{kind}": bag for kind in (FORMS, LEMMAS, PARTS)}
        properties |= {f"{field}_{position}": ordered for position in POSITIONS}
    return {
        "dynamic": "strict",
        "_meta": {"fingerprint": fingerprint},
        # The rest is only searched: to keep it would double the index.
        "_source": {"includes": ["language", TYPICAL]},
        "properties": properties,
    }


def stored(held: Entry) -> dict[str, Any]:
    """A document in the mapping's fields."""
    made: dict[str, Any] = {
        "id": held.id,
        "language": held.language,
        "digest": held.digest,
        TITLE: held.title,
        "title_key": held.title_key,
        "newest_key": held.newest_key,
        ANYWHERE: " ".join(held.anywhere),
        TYPICAL: held.typical,
        TYPICAL_TERMS: " ".join(held.typical),
    }
    made |= {field: " ".join(terms) for field, terms in held.whole.items()}
    for key, value in held.facets:
        made.setdefault(f"facet_{key}", []).append(value)
    words: set[str] = set()
    for field in FIELD_WEIGHTS:
        texts = folded(held.fields, field)
        made |= _field(field, texts)
        words.update(lemma for text, _ in texts for word in text for lemma in word.lemmas)
    made[WORDS] = sorted(words)
    return made


def _field(field: str, texts: list[tuple[list[Word], int]]) -> dict[str, Any]:
    words = [word for text, times in texts for word in text * times]
    forms = [word.form for word in words]
    lemmas = [lemma for word in words for lemma in word.lemmas[:POSITION_LEMMAS]]
    parts = [part for word in words for part in word.parts]
    made: dict[str, Any] = {
        f"{field}_{kind}": " ".join((*terms, FILLER))
        for kind, terms in ((FORMS, forms), (LEMMAS, lemmas), (PARTS, parts))
    }
    for number, position in enumerate(POSITIONS):
        if any(len(word.lemmas) > number for word in words):
            made[f"{field}_{position}"] = [
                " ".join(
                    word.lemmas[number] if number < len(word.lemmas) else _NOTHING for word in text
                )
                for text, _ in texts
            ]
    return made
