"""The worked example of docs/search.md says what the code does."""

import re
from pathlib import Path

from search.analysis import analyse
from search.analysis.families import families
from search.documents import Document
from search.highlight import show
from search.wanted import wanted

TEXT = (Path(__file__).resolve().parents[3] / "docs" / "search.md").read_text(encoding="utf-8")
QUERY = "hyvinvointialueiden järjestöyhteistyötä"
SENTENCE = "Hyvinvointialue tekee yhteistyötä järjestöjen kanssa."


def rows():
    cells = [line.strip("|").split("|") for line in TEXT.splitlines() if line.startswith("| ")]
    return {row[0].strip(): [cell.strip() for cell in row[1:]] for row in cells if len(row) == 5}


def test_the_example_is_the_one_that_is_explained():
    assert QUERY in TEXT
    assert SENTENCE in TEXT


def test_the_table_of_terms_is_what_analysis_gives():
    for token in analyse(QUERY, "fi"):
        form, lemmas, parts, family = rows()[token.surface]
        assert form == token.form
        assert lemmas.split(", ") == list(token.lemmas)
        assert sorted(parts.split(", ")) == sorted(token.parts)
        assert family.split(", ") == list(families(token.lemmas, "fi"))


def test_the_sentence_is_marked_as_told():
    page = Document(id=1, language="fi", title="", url="", description=SENTENCE)
    marks = show(page, wanted(QUERY, "fi")).text
    told = re.search(r"found the page: here (.+?)\.\n", TEXT).group(1)
    assert [one.text for one in marks if one.is_match] == re.findall(r"\*([^*]+)\*", told)
