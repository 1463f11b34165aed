"""English: base forms by dictionary, and the stem as the word's close family."""

from __future__ import annotations

from search.analysis.dictionaries import DictionaryAnalyser


class EnglishAnalyser(DictionaryAnalyser):
    """Analyses English words."""

    language = "en"
    stemmer_name = "english"
    joining = frozenset({"and", "or"})
    stop_words = frozenset(
        "a an and are as at be been by for from had has have how i in into is it its of on or our "
        "that the their them they this those to was we were what when where which who why with "
        "you your not".split()
    )
