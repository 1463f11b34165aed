"""The table of forms gives what analysis gave, and is no more than a cache."""

import os
import signal
import sqlite3
import time
from multiprocessing import get_context
from threading import Thread

import pytest

from search import analysis
from search.analysis import forms
from search.analysis.finnish import FinnishAnalyser
from search.analysis.forms import FormTable, Kept
from search.analysis.recent import Recent

WORD = Kept("kissat", ("kissa",), ("kis", "sat"))
TEXT = (
    "Sosiaali- ja terveyspalvelut, terveyspalvelut ja -toiminnot; sote\u2011palveluissa (THL:n) "
    "yhteis\u00adtyö \u201cmalli\u201d. Lasten, nuorten- sekä perhe- ja työpajat 2020\u20132023! "
    "Blorbiksessa, blorbiksessa - RRP:n 1,5 e-reseptin ... -\u2013- KUUSI Kuusi kuusi"
)


# A full stop ends a word and a dash before it: that is no half of what follows.
STOPS = "Lasten perhe-. Työpajat, sosiaali\u2013. terveyspalvelut.\nTalo, perhe-, työpajat. Loppu."


@pytest.fixture
def table(tmp_path):
    return FormTable(tmp_path / "deep" / "forms.sqlite3")


def count(table):
    with sqlite3.connect(table.path) as connection:
        return connection.execute("SELECT count(*) FROM forms").fetchone()[0]


def test_a_word_is_kept_for_other_processes(table):
    assert table.get("Kissat") is None
    table.note("Kissat", WORD)
    table.flush()
    assert FormTable(table.path).get("Kissat") == WORD
    assert FormTable(table.path).get("kissat") is None


def test_words_with_guesses_and_without_parts_come_back_whole(table):
    guessed = Kept("xyz", ("xy", "xyz"), (), ("xy", "xyz", "x"))
    table.note("xyz", guessed)
    table.flush()
    assert table.get("xyz") == guessed


@pytest.mark.parametrize("odd", ["\ud800", "a" * 10_000, "\x00", "a\u00adb", ""])
def test_any_word_may_be_asked_and_noted(table, odd):
    table.note(odd, WORD)
    table.note("kissat", WORD)
    table.flush()
    assert table.get(odd) in (None, WORD)
    assert table.get("kissat") == WORD


def test_rows_are_bounded(table, monkeypatch):
    monkeypatch.setattr(forms, "MAX_ROWS", 30)
    for number in range(100):
        table.note(f"sana{number}", WORD)
        if number % 7 == 0:
            table.flush()
    table.flush()
    assert count(table) == 30
    assert table.get("sana99") is None


def test_only_the_first_rows_are_known(table, monkeypatch):
    monkeypatch.setattr(forms, "KNOWN_ROWS", 2)
    for surface in ("kissat", "koirat", "hevoset"):
        table.note(surface, Kept(surface, (surface,), ()))
    table.flush()
    assert table.known() == ("kissat", "koirat")
    assert table.known() is table.known()
    assert table.get("hevoset").form == "hevoset"


def test_known_forms_are_those_without_digits_and_their_base_forms_once_each(table):
    assert table.known() == ()
    for surface in ("Kissat", "kissat", "KISSOILLE", "kissa", "2024", "covid-19"):
        table.note(surface, Kept(surface.lower(), ("kissa",), ()))
    table.note("koirat", Kept("koirat", ("koirat",), ()))
    table.flush()
    assert table.known() == ("kissat", "kissa", "kissoille", "koirat")
    assert table.known() is table.known()
    other = FormTable(table.path)
    other.note("hevoset", Kept("hevoset", ("hevonen",), ()))
    other.flush()
    assert table.known()[4:] == ("hevoset", "hevonen")


@pytest.mark.parametrize(
    "content", [b"not a database" * 500, b"SQLite format 3\x00" + b"\xff" * 9000]
)
def test_a_broken_file_is_made_anew(table, content, caplog):
    table.path.parent.mkdir()
    table.path.write_bytes(content)
    assert table.get("kissat") is None
    table.note("kissat", WORD)
    table.flush()
    assert table.get("kissat") == WORD
    assert "made anew" in caplog.text


def test_a_file_that_breaks_in_use_is_made_anew(table):
    for number in range(3000):
        table.note(f"sana{number}", WORD)
    table.flush()
    with table.path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (table.path.stat().st_size - 4096))
    # What of it still lies in a reader's memory may be answered, but nothing else.
    other = FormTable(table.path)
    for number in range(0, 3000, 50):
        assert other.get(f"sana{number}") in (None, WORD)
    other.note("kissat", WORD)
    other.flush()
    assert FormTable(table.path).get("kissat") in (None, WORD)
    other.note("koirat", WORD)
    other.flush()
    assert FormTable(table.path).get("koirat") == WORD


def test_where_no_file_can_be_made_words_are_analysed(tmp_path, caplog):
    (tmp_path / "file").write_text("no folder")
    analyser = FinnishAnalyser(table=FormTable(tmp_path / "file" / "forms.sqlite3"))
    for _ in range(3):
        (word,) = analyser.indexed_words("kissoilla")
        assert word.lemmas == ("kissa",)
    analyser.table.flush()
    assert len(caplog.records) == 1


def test_a_locked_table_costs_no_more_than_its_words(table):
    table.note("kissat", WORD)
    table.flush()
    holder = sqlite3.connect(table.path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    table.note("koirat", WORD)
    table.flush()
    assert table.get("kissat") == WORD
    holder.execute("ROLLBACK")
    table.note("hevoset", WORD)
    table.flush()
    assert table.get("hevoset") == WORD


@pytest.mark.parametrize("text", [TEXT, STOPS])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_indexing_gives_what_analysis_gives(language, text, tmp_path, monkeypatch):
    expected = analysis.analyser(language).words(text)
    for _ in range(2):
        # As another process; the second one reads what the first one kept.
        monkeypatch.setattr(analysis, "_setup", analysis._Setup())
        analysis.configure(cache_dir=tmp_path)
        analyser = analysis.analyser(language)
        assert analyser.indexed_words(text) == expected
        assert analyser.indexed_words(text) == expected
        assert analyser.words(text) == expected
        analysis.flush()
    assert "terveyspalvelut" in analysis.known_forms(language)


def test_what_readers_type_is_not_kept(table):
    analyser = FinnishAnalyser(table=table)
    analyser.analyse("salaisuuksia")
    analyser.words("salaisuuksia")
    table.flush()
    assert table.known() == ()
    # But where an indexed text has the word too, it is kept.
    analyser.indexed_words("Julki: salaisuuksia")
    table.flush()
    assert table.known() == ("julki", "salaisuuksia", "salaisuus")


def test_own_words_choose_among_the_guesses_that_are_kept(table):
    plain = FinnishAnalyser(table=table)
    (word,) = plain.indexed_words("blorbiksessa")
    table.flush()
    assert len(word.lemmas) > 1
    for taught in (
        plain.taught({word.lemmas[-1]}),
        FinnishAnalyser(own_words={word.lemmas[-1]}, table=FormTable(table.path)),
    ):
        assert taught.indexed_words("blorbiksessa")[0].lemmas == (word.lemmas[-1],)
        assert taught.word("blorbiksessa").lemmas == (word.lemmas[-1],)
    assert plain.taught(()).word("blorbiksessa") == word


def write(path, first):
    table = FormTable(path)
    for number in range(first, first + 500):
        table.note(f"sana{number}", WORD)
        if number % 20 == 0:
            table.flush()
            assert table.get(f"sana{number}") in (None, WORD)
    table.flush()


def test_processes_may_share_the_file(table):
    table.get("opened before the fork")
    context = get_context("fork")
    writers = [context.Process(target=write, args=(table.path, n)) for n in (0, 250, 1000)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    assert count(table) > 0
    assert table.get("sana20") in (None, WORD)


def test_threads_may_share_a_table(table):
    threads = [Thread(target=write, args=(table.path, n)) for n in range(0, 400, 100)]
    readers = [Thread(target=lambda: [table.get(f"sana{n}") for n in range(500)]) for _ in "ab"]
    for thread in (*threads, *readers):
        thread.start()
    for thread in (*threads, *readers):
        thread.join()
    assert table.known()


def write_for_ever(path):
    table = FormTable(path)
    number = 0
    while True:
        table.note(f"sana{os.getpid()}-{number}", WORD)
        table.flush()
        number += 1


def test_a_killed_writer_leaves_the_table_whole(table, repetitions):
    for attempt in range(repetitions(20)):
        writer = get_context("fork").Process(target=write_for_ever, args=(table.path,))
        writer.start()
        time.sleep(0.05 + 0.007 * attempt)
        os.kill(writer.pid, signal.SIGKILL)
        writer.join()
        table.note(f"sana{attempt}", WORD)
        table.flush()
        assert table.get(f"sana{attempt}") == WORD
    with sqlite3.connect(table.path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_memory_is_bounded():
    recent = Recent(100)
    for number in range(10_000):
        recent.put(number, number)
        recent.get(number - 150)
        assert len(recent) <= 200
    assert recent.get(9_999) == 9_999
    assert recent.get(0) is None
