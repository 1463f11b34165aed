"""Roles × addresses × objects: who is let in and who is turned away (docs: design, section 5)."""

import re

import pytest

from .arguments import address, beside, posted
from .asking import ALLOWED, FAILED, REFUSED, secrets_of
from .doors import all_doors
from .rules import MEMBER, ROLES, RULES
from .table import table_for
from .world import SECRET

pytestmark = [
    pytest.mark.django_db,
    # The translations' report of wagtail-localize.
    pytest.mark.filterwarnings("ignore:Pagination may yield inconsistent results"),
]
DOORS = {door.key: door for door in all_doors()}
TABLE = table_for(DOORS.values())


def test_every_address_has_a_row_and_every_row_an_address():
    missing = sorted(set(DOORS) - set(TABLE))
    assert missing == [], (
        "Addresses without a row: say in tests/functional/security/matrix/rows.py (pages, files, "
        "screens of our own) or rows_admin.py (viewsets, settings, reports) who may GET and POST "
        f"them, from the design's section 5: {missing}"
    )
    gone = sorted(set(TABLE) - set(DOORS))
    assert gone == [], f"Rows of addresses that there are no more: {gone}"


def test_the_table_uses_rules_that_there_are():
    used = {name for row in TABLE.values() for name in (row.get, row.post)} - {"nothing", "untried"}
    assert used <= set(RULES)


def check(world, asking, key):
    """Return what is wrong with a door: a line each, the roles and objects of a kind together."""
    found = {}
    for told, case in problems(world, asking, key):
        found.setdefault(told, []).append(case)
    return [f"{told}: {', '.join(cases)}" for told, cases in found.items()]


def problems(world, asking, key):
    """Yield what is wrong with a door, with the role and the object, as it is found."""
    door, row = DOORS[key], TABLE[key]
    for thing in world.objects[row.objects]:
        url = address(world, door, thing)
        is_first = thing is world.objects[row.objects][0]
        for role in ROLES:
            if role == MEMBER and not is_first:
                continue  # who has no role does not even come in
            secrets = secrets_of(role, thing)
            # Where nothing is looked for in the answer, one of them is looked at for errors.
            shown = is_first or SECRET in secrets
            for method, rule in (("GET", row.get), ("POST", row.post)):
                if rule == "untried":
                    continue
                if rule == "nothing" and not (is_first or thing.label == "live"):
                    continue
                data = posted(world, door, thing) if method == "POST" else None
                answer = asking.ask(role, method, url, data, beside=beside(thing), shown=shown)
                if door.name == "wagtail_bulk_action" and method == "POST":
                    # It leads on in any case, having treated what it may: perhaps nothing.
                    answer.verdict = by_deed(answer)
                expected = expectation(rule, role, thing)
                if problem := compare(answer, method, expected, secrets):
                    told = f"{method} {re.sub(r'[0-9]+', 'N', url)}: {problem}"
                    yield told, f"{role}/{thing.label}"


def by_deed(answer):
    """Return allowed where something was written, and refused where nothing was."""
    if answer.verdict == FAILED:
        return FAILED
    return ALLOWED if answer.written else REFUSED


def expectation(rule, role, thing):
    """Return allowed, refused, or None where only that nothing is written is expected."""
    if rule == "nothing":
        return None
    return ALLOWED if RULES[rule](role, thing) else REFUSED


def compare(answer, method, expected, secrets):
    """Return what is wrong with an answer, or an empty text."""
    if answer.verdict == FAILED:
        return f"failed: {answer.why}"
    for word in secrets:
        if answer.told(word):
            return f"tells of a draft ({answer.why}): … {answer.around(word)} …"
    if expected is None:
        return f"wrote {answer.written} ({answer.why})" if answer.written else ""
    if answer.verdict != expected:
        return f"expected {expected}, was {answer.verdict} ({answer.why})"
    if method == "POST" and expected == REFUSED and answer.written:
        return f"refused, and wrote {answer.written}"
    return ""


@pytest.mark.parametrize("key", sorted(TABLE))
def test_door(world, asking, key):
    if key not in DOORS:
        pytest.fail(f"There is no such address: {key}")
    wrong = check(world, asking, key)

    assert wrong == [], "\n".join([f"{key} ({TABLE[key]}):", *wrong])
