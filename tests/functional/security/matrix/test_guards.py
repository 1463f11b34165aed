"""Each guard taken away in turn: the matrix must turn red. A sample here, all in `make stress`."""

import pytest

from .guards import refusing_functions
from .guards_table import ELSEWHERE, GUARDS
from .test_matrix import TABLE, problems

pytestmark = pytest.mark.django_db


def test_every_function_that_refuses_is_a_guard_of_the_table():
    listed = {place for guard in GUARDS for place in guard.places} | set(ELSEWHERE)
    missing = sorted(refusing_functions() - listed)
    assert missing == [], (
        "Functions that refuse and are in no line of tests/functional/security/matrix/"
        f"guards_table.py: {missing}"
    )
    gone = sorted(set(ELSEWHERE) - refusing_functions())
    assert gone == [], f"Lines of functions that refuse no longer: {gone}"


def test_the_table_names_doors_that_there_are():
    assert {door for guard in GUARDS for door in guard.doors} <= set(TABLE)


@pytest.mark.parametrize("number", range(len(GUARDS)), ids=[g.places[-1] for g in GUARDS])
def test_without_a_guard_the_matrix_turns_red(world, asking, number, repetitions):
    every = len(GUARDS) // repetitions(len(GUARDS))
    if number % every:
        return  # one in so many, but in `make stress`
    guard = GUARDS[number]
    with guard.removed():
        # What breaks does not count: somebody must be let in, or told, or the other way round.
        red = next(
            (
                told
                for key in guard.doors
                for told, _case in problems(world, asking, key)
                if ": failed: " not in told
            ),
            None,
        )

    assert red, f"Without {guard.places} the matrix stays green at {guard.doors}."
