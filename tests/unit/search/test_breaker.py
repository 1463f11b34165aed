"""A server that fails or hangs is left alone, and tried again now and then."""

from __future__ import annotations

import pytest

from search.index.breaker import FIRST_REST, HANGING_SECONDS, LONGEST_REST, SLOW_SECONDS, Breaker


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def told():
    return []


@pytest.fixture
def breaker(clock, told):
    return Breaker(told.append, clock=clock)


def call(breaker, *, works):
    token = breaker.enter()
    assert token is not None
    breaker.leave(token, works=works)


def test_while_calls_are_answered_all_are_let_through(breaker, told):
    tokens = [breaker.enter() for _ in range(20)]
    assert None not in tokens
    for token in tokens:
        breaker.leave(token, works=True)
    assert told == []


def test_after_a_failure_nobody_waits_until_one_trial_succeeds(breaker, clock, told):
    call(breaker, works=False)
    assert breaker.enter() is None
    clock.now += FIRST_REST - 0.01
    assert breaker.enter() is None

    clock.now += 0.02
    trial = breaker.enter()
    assert trial is not None
    assert [breaker.enter() for _ in range(5)] == [None] * 5
    breaker.leave(trial, works=True)

    assert None not in [breaker.enter() for _ in range(5)]
    assert told == [True, False]


def test_the_rest_grows_with_every_failed_trial_up_to_a_limit(breaker, clock, told):
    rests = []
    call(breaker, works=False)
    for _ in range(7):
        began = clock.now
        while (token := breaker.enter()) is None:
            clock.now += 0.5
        rests.append(clock.now - began)
        breaker.leave(token, works=False)
    assert rests[:3] == [FIRST_REST, FIRST_REST * 2, FIRST_REST * 4]
    assert rests[-1] == LONGEST_REST
    assert told == [True]


def test_a_slow_answer_opens_it_too(breaker, clock, told):
    token = breaker.enter()
    clock.now += SLOW_SECONDS + 0.1
    breaker.leave(token, works=True)
    assert breaker.enter() is None
    assert told == [True]


def test_nobody_joins_a_call_that_hangs(breaker, clock, told):
    first = breaker.enter()
    clock.now += HANGING_SECONDS + 0.01
    assert breaker.enter() is None
    breaker.leave(first, works=True)
    assert breaker.enter() is not None
    assert told == []


def test_many_that_hang_together_are_one_failure(breaker, clock, told):
    tokens = [breaker.enter() for _ in range(8)]
    clock.now += SLOW_SECONDS
    for token in tokens:
        breaker.leave(token, works=False)
    clock.now += FIRST_REST
    assert breaker.enter() is not None
    assert told == [True]


def test_an_answer_from_before_does_not_close_it(breaker, told):
    first, second = breaker.enter(), breaker.enter()
    breaker.leave(first, works=False)
    breaker.leave(second, works=True)
    assert breaker.enter() is None
    assert told == [True]


def test_a_fault_of_the_question_is_not_the_servers(breaker, told):
    call(breaker, works=None)
    assert breaker.enter() is not None
    assert told == []


def test_what_has_no_substitute_is_asked_in_any_case(breaker, told):
    for _ in range(3):
        token = breaker.enter(force=True)
        breaker.leave(token, works=False)
    assert told == [True]
