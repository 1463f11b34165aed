"""Personal data in a text: identity codes, phone numbers, e-mail addresses. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from phonenumbers import Leniency, PhoneNumberMatcher, PhoneNumberType, number_type
from stdnum.fi import hetu, ytunnus

MAX_CHARACTERS = 300_000
MAX_FOUND = 20
# Candidates that turn out to be no number are looked at so often in one text: a table of figures
# holds thousands.
MAX_TRIES = 200

_CODE = re.compile(r"(?<![0-9A-Za-z])\d{6}[-+−–A-FU-Ya-fu-y]\d{3}[0-9A-Ya-y](?![0-9A-Za-z])")
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@(?:[^\W_][\w-]{0,62}\.){1,5}[^\W\d_]{2,24}(?![\w-])"
)
_DATE = re.compile(r"\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{4}-\d\d-\d\d")
# Numbers of services are nobody's own.
_OF_SERVICES = {
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.UAN,
}


def identity_codes(text: str) -> list[str]:
    """Finnish personal identity codes, as the text writes them.

    A string of the form counts where its date exists and its check character is right
    (python-stdnum); temporary codes (900–999) too, for hospitals give them to people.
    """
    found = (match[0] for match in _CODE.finditer(text[:MAX_CHARACTERS]))
    return _some(
        code
        for code in found
        if hetu.is_valid(code.replace("−", "-").replace("–", "-"), allow_temporary=True)
    )


def phone_numbers(text: str) -> list[str]:
    """Phone numbers that the text writes, Finnish ones without a country code included.

    Of numbers that begin neither with + nor with 0 none is dialled in Finland, so years and sums
    are not taken for one; those of services (0800, 0600, 010, 020) belong to no person.
    """
    matcher = PhoneNumberMatcher(
        text[:MAX_CHARACTERS], "FI", leniency=Leniency.VALID, max_tries=MAX_TRIES
    )
    return _some(
        match.raw_string
        for match in islice(matcher, MAX_TRIES)
        if match.raw_string.lstrip("(").startswith(("+", "0"))
        and not _DATE.search(match.raw_string)
        and not ytunnus.is_valid(match.raw_string)
        and number_type(match.number) not in _OF_SERVICES
    )


def email_addresses(text: str) -> list[str]:
    """E-mail addresses that the text writes."""
    return _some(match[0] for match in _EMAIL.finditer(text[:MAX_CHARACTERS]))


def _some(found: Iterator[str]) -> list[str]:
    """The first of them, each once."""
    kept: dict[str, None] = {}
    for text in found:
        kept[text] = None
        if len(kept) == MAX_FOUND:
            break
    return list(kept)
