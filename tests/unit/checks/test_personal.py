"""Personal data in a text is found, and what only looks like it is not."""

import pytest

from models_pages.checks.personal import (
    MAX_FOUND,
    email_addresses,
    identity_codes,
    phone_numbers,
)


@pytest.mark.parametrize("code", ["131052-308T", "010594Y9032", "131052a308t", "131052–308T"])
def test_identity_codes_are_found_however_written(code):
    assert identity_codes(f"Asiakas ({code}), joka tuli.") == [code]


@pytest.mark.parametrize(
    "text",
    [
        "131052-308U",  # its check character is wrong
        "310252-308Y",  # no such day
        "X131052-308T",
        "131052-308T1",
        "tilaus 131052-3081",
        "",
    ],
)
def test_what_only_looks_like_a_code_is_left(text):
    assert identity_codes(text) == []


@pytest.mark.parametrize(
    "number", ["040 123 4567", "+358 40 123 4567", "050-1234567", "(09) 310 1691", "0451234567"]
)
def test_phone_numbers_are_found(number):
    (found,) = phone_numbers(f"Soita Maijalle {number}.")
    assert found.strip("()") in number


@pytest.mark.parametrize(
    "text",
    [
        "Vuosina 2019–2023 budjetti oli 150 000 euroa.",
        "Luotu 04.11.2021 ja muokattu 11.9.2025",
        "Diaarinumero 1234567/2020, y-tunnus 0245458-3",
        "Soita neuvontaan 0800 123456",
        "ISBN 978-952-00-4020-6",
        "1) 2) 3) 10. 11. 12.",
    ],
)
def test_years_sums_dates_and_service_numbers_are_no_phone_numbers(text):
    assert phone_numbers(text) == []


def test_email_addresses_are_found():
    text = "Kysy: maija.malli@kunta.fi, tai (info@sub.example.org). @maija ja a@b eivät ole."
    assert email_addresses(text) == ["maija.malli@kunta.fi", "info@sub.example.org"]


def test_each_is_told_once_and_no_more_than_so_many():
    text = " ".join(f"nimi{number}@kunta.fi" for number in range(100))
    assert len(email_addresses(text + text)) == MAX_FOUND


@pytest.mark.parametrize(
    "text", ["a.b-" * 200_000, "a@" + "b-." * 200_000, "(" * 300_000, "0100 " * 100_000]
)
@pytest.mark.parametrize("look", [identity_codes, phone_numbers, email_addresses])
def test_strange_texts_end(text, look):
    """A pattern that backtracks without end would not come back within the suite's time limit."""
    look(text)
