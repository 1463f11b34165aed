"""The field's own words: a change of the list shows in the fingerprint, and in what is analysed."""

import pytest

from search.analysis import analyse, fingerprint, same_but_for_own_words, use_own_words

# No dictionary has it, and without the list it is taken for another word's form.
INFLECTED, BASE = "kohtaamokaverien", "kohtaamokaveri"


@pytest.fixture(autouse=True)
def _no_words_before_or_after():
    # A test of a list in the database may have left its words to the process.
    use_own_words(())
    yield
    use_own_words(())


def lemmas(word):
    return analyse(word, "fi")[0].lemmas


def test_a_word_on_the_list_is_the_only_guess():
    assert BASE in lemmas(INFLECTED)
    assert len(lemmas(INFLECTED)) > 1
    use_own_words({BASE})
    assert lemmas(INFLECTED) == (BASE,)
    use_own_words(())
    assert len(lemmas(INFLECTED)) > 1


def test_the_fingerprint_tells_a_change_of_the_list_apart():
    before = fingerprint()
    use_own_words({BASE})
    assert fingerprint() != before
    assert same_but_for_own_words(fingerprint(), before)
    assert same_but_for_own_words(f"3-{fingerprint()}", f"3-{before}")
    assert not same_but_for_own_words(f"3-{before}", f"4-{before}")


def test_capitals_do_not_make_another_word():
    use_own_words({BASE})
    once = fingerprint()
    use_own_words({BASE.capitalize()})
    assert fingerprint() == once
