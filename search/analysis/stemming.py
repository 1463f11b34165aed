"""Snowball stems: what a word comes down to where no dictionary knows it."""

from __future__ import annotations

from threading import Lock

import Stemmer


class SafeStemmer:
    """A Snowball stemmer that threads may share: the library's own keeps state between words."""

    def __init__(self, name: str) -> None:
        self._stemmer = Stemmer.Stemmer(name)
        self._lock = Lock()

    def stem(self, word: str) -> str:
        """The stem of a word in small letters."""
        with self._lock:
            return str(self._stemmer.stemWord(word))
