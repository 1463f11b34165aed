"""Bringing a vocabulary in from a file: what is kept, told and refused."""

import io

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search import thesaurus
from search.models import ImportedConcept, ImportedKey, ImportedVocabulary
from search.parser import parse
from search.vocabularies import registry

pytestmark = pytest.mark.django_db

HEADER = "uri\tfi\tsv\ten"
ROWS = [
    "http://example.org/p1\tlapset (ikäryhmät)\tbarn\tchildren",
    "http://example.org/p2\tvapaaehtoistyö\tfrivilligarbete\tvoluntary work",
    "http://example.org/p3\tKainuu\tKajanaland\t",
]


@pytest.fixture(autouse=True)
def _read_anew():
    registry.forget()


@pytest.fixture
def table(tmp_path):
    """Write a table of labels."""

    def write(rows=ROWS, header=HEADER):
        path = tmp_path / "labels.tsv"
        path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        return path

    return write


def run(path=None, **options):
    out = io.StringIO()
    call_command("import_vocabulary", *([path] if path else []), stdout=out, **options)
    registry.forget()
    return out.getvalue().strip().splitlines()


def stored():
    return {concept.uri[-2:]: concept.labels() for concept in ImportedConcept.objects.all()}


def names(text, language):
    return {(e.text, e.language) for e in thesaurus.expansions(parse(text), language)}


def test_concepts_are_kept_with_their_labels(table):
    assert run(table()) == ["yso: 3 added, 0 changed, 0 removed, 0 unchanged"]
    assert stored() == {
        "p1": {"fi": "lapset (ikäryhmät)", "sv": "barn", "en": "children"},
        "p2": {"fi": "vapaaehtoistyö", "sv": "frivilligarbete", "en": "voluntary work"},
        "p3": {"fi": "Kainuu", "sv": "Kajanaland"},
    }


def test_a_second_run_changes_nothing_and_says_so(table):
    run(table())
    before = (set(ImportedKey.objects.values_list("pk", flat=True)), stored())
    with CaptureQueriesContext(connection) as captured:
        assert run(table()) == ["yso: nothing has changed (3 concepts)"]
    assert (set(ImportedKey.objects.values_list("pk", flat=True)), stored()) == before
    verbs = {query["sql"].split()[0] for query in captured}
    # PostgreSQL declares a cursor where many rows are read.
    assert verbs <= {"SELECT", "DECLARE"}


def test_what_changed_in_the_file_changes(table):
    run(table())
    changed = [
        ROWS[0].replace("barn", "ungar"),
        ROWS[2],
        "http://example.org/p4\turheilu\tidrott\t",
    ]
    assert run(table(changed)) == ["yso: 1 added, 1 changed, 1 removed, 1 unchanged"]
    assert stored()["p1"]["sv"] == "ungar"
    assert set(stored()) == {"p1", "p3", "p4"}
    assert ("lapset", "fi") in names("ungar", "sv")
    assert names("barn", "sv") == set()
    assert names("voluntary work", "en") == set()


def test_a_label_taken_away_leads_nowhere(table):
    run(table())
    run(table([ROWS[0].replace("children", ""), *ROWS[1:]]))
    assert names("children", "en") == set()
    assert names("barn", "sv") == {("lapset", "fi")}


def test_concepts_that_the_file_lacks_may_be_kept(table):
    run(table())
    assert run(table(ROWS[:1]), keep_missing=True) == ["yso: nothing has changed (1 concepts)"]
    assert set(stored()) == {"p1", "p2", "p3"}


def test_a_dry_run_tells_the_same_and_writes_nothing(table):
    told = run(table(), dry_run=True)
    assert told[0] == "yso: 3 added, 0 changed, 0 removed, 0 unchanged"
    assert stored() == {}
    assert not ImportedVocabulary.objects.exists()


def test_vocabularies_of_two_names_stand_beside_each_other(table):
    run(table())
    run(table(["http://example.org/x1\tmopo\tmoped\tmoped"]), name="vehicles")
    assert len(stored()) == 4
    assert run(table([ROWS[0]]))[0].startswith("yso: 0 added, 0 changed, 2 removed")
    assert len(stored()) == 2


def test_what_stands_in_parentheses_is_no_part_of_the_name(table):
    run(table())
    assert ("lapset", "fi") in names("children", "en")


def test_columns_in_another_order_and_lines_of_windows(tmp_path):
    path = tmp_path / "labels.tsv"
    path.write_bytes("\ufefffi\turi\r\nlapset\thttp://example.org/p1\r\n\r\n".encode())
    run(path)
    assert stored() == {"p1": {"fi": "lapset"}}


def test_a_concept_without_a_name_is_left_out_and_told(table):
    told = run(table([*ROWS, "http://example.org/p5\t\t\t"]))
    assert told[-1] == "yso: 1 concepts without a name were left out"
    assert len(stored()) == 3


WRONG = {
    "line 1: the first line has to name the columns": (HEADER.replace("uri", "id"), ROWS),
    "line 1: the first line has to": ("uri\tde", ROWS),
    "line 3: 5 columns, but the first line names 4": (HEADER, [ROWS[0], ROWS[1] + "\tmore"]),
    "line 4: http://example.org/p1 stands on line 2 already": (HEADER, [*ROWS[:2], ROWS[0]]),
    "line 3: the concept has no uri": (HEADER, [ROWS[0], "\tlapset"]),
    "line 2: fi is longer than 255": (HEADER, [f"u\t{'a' * 256}"]),
    "line 2: a control character in sv": (HEADER, ["u\ta\tb\x00c"]),
    "line 2: longer than any line": (HEADER, ["u\t" + "a" * 70_000]),
    "there is no concept in it": (HEADER, []),
}


@pytest.mark.parametrize(("reason", "content"), WRONG.items(), ids=list(WRONG))
def test_a_wrong_file_changes_nothing_and_is_told_with_its_line(table, reason, content):
    run(table())
    header, rows = content
    with pytest.raises(CommandError, match=f"(?s)^Nothing was changed: .*{reason}") as caught:
        run(table(rows, header))
    assert "\n" not in str(caught.value)
    assert set(stored()) == {"p1", "p2", "p3"}


def test_a_file_that_is_no_text_is_told_with_its_line(tmp_path):
    path = tmp_path / "labels.tsv"
    path.write_bytes(f"{HEADER}\n{ROWS[0]}\n".encode() + "u\täiti".encode("latin-1") + b"\n")
    with pytest.raises(CommandError, match="line 3: this is not text in UTF-8"):
        run(path)
    with pytest.raises(CommandError, match="can't be read"):
        run(tmp_path / "nowhere.tsv")
    with pytest.raises(CommandError, match="can't be read"):
        run(tmp_path)
    with pytest.raises(CommandError, match="Which file"):
        run()


class _Terminal(io.StringIO):
    def isatty(self):
        return True


def test_progress_is_shown_on_a_terminal_only(table):
    terminal, other = _Terminal(), io.StringIO()
    run(table(), stderr=terminal)
    assert "reading [###" in terminal.getvalue()
    assert "writing [###" in terminal.getvalue()
    assert "100%" in terminal.getvalue()
    run(table(ROWS[:1]), stderr=other)
    assert other.getvalue() == ""


class TestAnalysedByAnotherVersion:
    """The keys of names are analysed: another version of the analysis gives others."""

    @pytest.fixture
    def outdated(self, table):
        path = table()
        run(path)
        ImportedVocabulary.objects.update(fingerprint="before")
        ImportedKey.objects.all().delete()
        return path

    def warnings(self):
        found = run_checks(databases=["default"])
        return [message.id for message in found if message.id == "search.W004"]

    def test_a_check_of_the_database_tells(self, outdated):
        assert self.warnings() == ["search.W004"]
        assert "search.W004" not in [message.id for message in run_checks()]

    def test_a_refresh_mends_it(self, outdated):
        assert run(refresh=True) == ["yso: its names were analysed again"]
        assert ("lapset", "fi") in names("barnens", "sv")
        assert self.warnings() == []
        assert run(refresh=True) == ["yso: up to date"]

    def test_so_does_another_import_of_the_same_file(self, outdated):
        told = run(outdated)
        assert told[0] == "yso: 0 added, 0 changed, 0 removed, 3 unchanged"
        assert "analysed again" in told[1]
        assert ("lapset", "fi") in names("barn", "sv")
        assert self.warnings() == []
