"""The log of decisions is only added to, and outlives what it tells of."""

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from editorial.models import Decision
from editorial.models.decision import DecisionIsFinal
from editorial.review import decisions

REASON = "Kerro, miten tulokset saatiin."


@pytest.fixture
def decision(whole, editor):
    """Return a decision on the author's model."""
    return decisions.record(
        whole,
        "returned",
        user=editor,
        revision=whole.latest_revision,
        reason=f"  {REASON}\n",
        checklist=[{"question": "Onko lähteet kerrottu?", "answer": "no", "note": "Ei vielä."}],
        submitted_at=timezone.now(),
    )


def test_says_who_decided_what_when_and_why(decision, whole, editor):
    stored = Decision.objects.get()
    assert (stored.page_id, stored.page_title) == (whole.pk, "Whole model")
    assert (stored.page_type, stored.language) == ("operatingmodelpage", "fi")
    assert (stored.revision_id, stored.revision_at) == (
        whole.latest_revision_id,
        whole.latest_revision.created_at,
    )
    assert (stored.editor_id, stored.editor_name) == (editor.pk, editor.get_full_name())
    assert (stored.action, stored.reason) == ("returned", REASON)
    assert stored.checklist[0]["answer"] == "no"
    assert stored.at >= stored.submitted_at


CHANGES = {
    "save": lambda row: row.save(),
    "save of some fields": lambda row: row.save(update_fields=["reason"]),
    "save of a copy": lambda row: Decision(pk=row.pk, page_title="", reason="Nothing.").save(),
    "delete": lambda row: row.delete(),
    "update of many": lambda row: Decision.objects.update(reason="Nothing."),
    "update past the manager": lambda row: Decision._base_manager.update(reason="Nothing."),
    "delete of many": lambda row: Decision.objects.all().delete(),
    "delete of some": lambda row: Decision.objects.filter(pk=row.pk).delete(),
    "bulk update": lambda row: Decision.objects.bulk_update([row], ["reason"]),
    "update or create": lambda row: Decision.objects.update_or_create(
        pk=row.pk, defaults={"reason": "Nothing."}
    ),
    "bulk create over it": lambda row: Decision.objects.bulk_create(
        [row], update_conflicts=True, update_fields=["reason"], unique_fields=["id"]
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_is_neither_changed_nor_deleted(decision, change):
    with pytest.raises(DecisionIsFinal):
        change(decision)
    assert QuerySet(Decision).get().reason == REASON


def test_outlives_the_page_its_revisions_and_the_editor(decision, whole, editor):
    number, name = whole.pk, editor.get_full_name()
    whole.delete()
    editor.delete()
    stored = Decision.objects.get()
    assert (stored.page_id, stored.page_title, stored.editor_name) == (number, "Whole model", name)
    assert stored.revision_at is not None


def test_a_persons_name_can_be_replaced_and_nothing_else(decision, editor):
    assert decisions.replace_name(editor, "Poistettu tili") == 1
    stored = Decision.objects.get()
    assert (stored.editor_name, stored.reason, stored.at) == (
        "Poistettu tili",
        REASON,
        decision.at,
    )
