"""What the review view shows: the public views, what is missing, and only what changed."""

import pytest
from django.urls import reverse

from models_pages import block_values
from models_pages.models import OperatingModelPage
from tests.factories import CollectionFactory, OperatingModelFactory, stream, submit
from tests.functional.editorial.review_screen import (
    REASON,
    address,
    change,
    decide,
    latest,
    shown,
)

pytestmark = pytest.mark.usefixtures("no_required_questions")


def test_first_submission_shows_both_public_views_and_no_changes(as_editor, waiting):
    page = shown(as_editor.get(address(waiting)))
    assert "As the public will see it" in page
    assert "Changed since" not in page
    url = reverse("editorial:review_read", args=[waiting.pk, waiting.latest_revision_id])
    assert f'href="{url}"' in page
    assert f'href="{url}?mode=path"' in page
    summary = as_editor.get(url)
    path = as_editor.get(f"{url}?mode=path")
    assert summary["X-Frame-Options"] == "SAMEORIGIN"
    assert "Whole model" in shown(summary)
    assert shown(summary) != shown(path)
    assert as_editor.get(f"{url}?mode=nonsense").status_code == 200
    # Neither Wagtail's bar, nor a heading above nothing.
    assert "userbar" not in shown(summary)
    assert 'id="adaptations"' not in shown(summary)


def test_a_revision_of_another_page_is_not_read(as_editor, author, waiting):
    other = OperatingModelFactory(owner=author, complete=True, title="Secret")
    url = reverse("editorial:review_read", args=[waiting.pk, other.latest_revision_id])
    assert as_editor.get(url).status_code == 404


def test_other_kinds_of_pages_are_reviewed_too(as_editor, author):
    page = CollectionFactory(owner=author, title="A programme")
    submit(page)
    text = shown(as_editor.get(address(page)))
    assert "A programme" in text
    assert "Is it a duplicate?" not in text
    as_editor.post(
        address(page),
        {"decide": "1", "decision": "approve", "revision_id": page.latest_revision_id},
    )
    page.refresh_from_db()
    assert page.live


def test_what_is_missing_is_told_and_approval_is_not_offered(as_editor, editor, waiting):
    change(waiting, waiting.owner, phase="")
    text = shown(as_editor.get(address(waiting)))
    assert "Choose the phase of the development." in text
    assert 'value="approve"' not in text
    answer = decide(as_editor, waiting, "approve")
    assert "Choose the phase of the development." in shown(answer)
    assert not OperatingModelPage.objects.get(pk=waiting.pk).live


def test_resubmission_shows_only_what_changed_since_the_decision(as_editor, author, waiting):
    decide(as_editor, waiting, "return", reason=REASON)
    needs = stream([block_values.paragraph("<p>New need that nobody met.</p>")])
    change(waiting, author, needs=needs, place="Tampere")
    OperatingModelPage.objects.get(pk=waiting.pk).current_workflow_state.resume(user=author)

    answer = as_editor.get(address(waiting))
    text = shown(answer)

    names = {item.field for item in answer.context["review"].changes}
    assert names == {"needs", "place"}
    assert "New need that nobody met." in text
    assert "Changed since the decision of" in text
    assert "Read the whole text" in text
    assert REASON in text
    assert "Submitted again" in text


def test_unchanged_parts_of_a_section_are_only_counted(as_editor, author, waiting):
    blocks = [block_values.paragraph(f"<p>Paragraph {n}.</p>") for n in range(3)]
    change(waiting, author, needs=stream(blocks))
    decide(as_editor, waiting, "return", reason=REASON)
    more = [*blocks, block_values.paragraph("<p>And a fourth.</p>")]
    change(waiting, author, needs=stream(more))
    OperatingModelPage.objects.get(pk=waiting.pk).current_workflow_state.resume(user=author)
    text = shown(as_editor.get(address(waiting)))
    assert "3 parts as before" in text
    assert "And a fourth." in text
    assert "Paragraph 1." not in text


def test_what_only_the_form_made_of_it_is_no_change(as_editor, author, waiting):
    imported = stream([block_values.paragraph("<p>They said &quot;yes&quot;.</p>")])
    change(waiting, author, basic_idea=imported)
    decide(as_editor, waiting, "return", reason=REASON)
    draft = latest(waiting)
    raw = list(draft.basic_idea.get_prep_value())
    raw[0]["value"] = '<p data-block-key="a1b2c">They said "yes".</p>'
    description = draft.short_description.replace("<p>", '<p data-block-key="d4e5f">')
    change(waiting, author, basic_idea=raw, short_description=description, place="Turku")
    OperatingModelPage.objects.get(pk=waiting.pk).current_workflow_state.resume(user=author)
    answer = as_editor.get(address(waiting))
    assert [item.field for item in answer.context["review"].changes] == ["place"]


def test_a_change_of_a_public_page_is_compared_with_what_is_public(as_editor, author):
    page = OperatingModelFactory(owner=author, complete=True, state="live", title="Public")
    change(page, author, place="Oulu")
    submit(page)
    answer = as_editor.get(address(page))
    assert "Changed since the public version" in shown(answer)
    assert [item.field for item in answer.context["review"].changes] == ["place"]


def test_what_authors_typed_is_shown_as_text(as_editor, author, waiting):
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    decide(as_editor, waiting, "return", reason=evil)
    change(waiting, author, place=evil, title=evil)
    OperatingModelPage.objects.get(pk=waiting.pk).current_workflow_state.resume(user=author)
    text = shown(as_editor.get(address(waiting)))
    assert "<script>alert" not in text
    assert "<img src=x" not in text


def test_similar_models_are_named(as_editor, author, waiting, monkeypatch):
    answer = as_editor.get(address(waiting))
    assert "Is it a duplicate?" in shown(answer)
