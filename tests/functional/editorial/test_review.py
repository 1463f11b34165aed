"""The review view: an editor reads, comments and decides; nothing typed is lost."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, WorkflowState

from editorial.models import ChecklistQuestion, Decision
from editorial.review.phrases import phrases
from models_pages.models import OperatingModelPage
from tests.factories import OperatingModelFactory, UserFactory, submit
from tests.functional.editorial.review_screen import (
    REASON,
    address,
    change,
    decide,
    form,
    shown,
)

pytestmark = pytest.mark.usefixtures("no_required_questions")


# Who sees it


@pytest.mark.parametrize("role", ["author", None])
def test_authors_are_refused(client, author, waiting, role):
    client.force_login(author if role else UserFactory(role=None))
    view = reverse("editorial:review_read", args=[waiting.pk, waiting.latest_revision_id])
    for url in (address(waiting), view):
        answer = client.get(url)
        assert answer.status_code == 302
    client.post(address(waiting), form(waiting, "approve"))
    client.post(
        address(waiting),
        {"add-comment": "1", "comment-field": "title", "comment-text": "Hello"},
    )
    assert not OperatingModelPage.objects.get(pk=waiting.pk).live
    assert not Comment.objects.exists()
    assert not Decision.objects.exists()


def test_strangers_are_led_to_the_login(client, waiting):
    assert "/admin/login/" in client.get(address(waiting))["Location"]


def test_a_page_that_does_not_wait_leads_to_the_queue(as_editor, whole):
    answer = as_editor.get(address(whole), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("editorial:queue")
    assert "does not wait for review" in shown(answer)
    assert as_editor.get(reverse("editorial:review", args=[999999])).status_code == 404
    read = reverse("editorial:review_read", args=[whole.pk, whole.latest_revision_id])
    assert as_editor.get(read).status_code == 404


# Comments


def test_a_comment_reaches_the_author_at_its_section_and_nothing_typed_is_lost(
    as_editor, client, author, waiting
):
    posted = form(waiting, "return", reason="Half a sentence", go_live_at="2030-01-01T10:00")
    posted.pop("decide")
    answer = as_editor.post(
        address(waiting),
        {
            **posted,
            "add-comment": "1",
            "comment-field": "needs",
            "comment-text": "Whose need?",
            "phrases": [str(phrases("fi")[0].pk)],
        },
    )
    comment = Comment.objects.get()
    assert (comment.contentpath, comment.text) == ("needs", "Whose need?")
    text = shown(answer)
    assert "Whose need?" in text
    assert "Half a sentence" in text
    assert 'value="return" id="review-return" checked' in text
    assert f'value="{phrases("fi")[0].pk}" checked' in text
    assert not Decision.objects.exists()
    client.force_login(author)
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[waiting.pk]))
    assert "Whose need?" in shown(edit)


def test_a_comment_sent_twice_is_one_and_an_empty_one_none(as_editor, waiting):
    typed = {"add-comment": "1", "comment-field": "needs", "comment-text": "Whose need?"}
    for _time in range(2):
        as_editor.post(address(waiting), typed)
    assert Comment.objects.count() == 1
    answer = as_editor.post(address(waiting), {**typed, "comment-text": " "})
    assert "Write the comment first." in shown(answer)
    answer = as_editor.post(address(waiting), {**typed, "comment-field": "nonsense"})
    assert answer.status_code == 200
    assert Comment.objects.count() == 1


def test_enter_in_a_line_of_text_decides_nothing(as_editor, waiting):
    posted = form(waiting, "approve", reason="Half a sentence")
    posted.pop("decide")
    answer = as_editor.post(address(waiting), {**posted, "keep": "1"})
    assert "Half a sentence" in shown(answer)
    assert not Decision.objects.exists()


# Decisions


def test_approve_now(as_editor, editor, waiting):
    answer = decide(as_editor, waiting, "approve", reason="Well told.")
    assert answer.redirect_chain[-1][0] == reverse("editorial:queue")
    page = OperatingModelPage.objects.get(pk=waiting.pk)
    assert page.live
    made = Decision.objects.get()
    assert (made.action, made.editor, made.reason) == ("approved", editor, "Well told.")
    assert made.revision_id == page.live_revision_id
    assert made.submitted_at is not None


def test_approve_with_a_date(as_editor, waiting):
    when = timezone.localtime() + timedelta(days=3)
    decide(as_editor, waiting, "schedule", go_live_at=when.strftime("%Y-%m-%dT%H:%M"))
    page = OperatingModelPage.objects.get(pk=waiting.pk)
    assert not page.live
    expected = when.replace(second=0, microsecond=0)
    assert page.scheduled_revision.approved_go_live_at == expected
    made = Decision.objects.get()
    assert (made.action, made.go_live_at) == ("scheduled", expected)


@pytest.mark.parametrize(
    ("when", "told"),
    [("", "Give the date and time"), ("2020-01-01T10:00", "The time has passed"), ("x", "valid")],
)
def test_a_date_that_is_none_or_past_is_asked_again(as_editor, waiting, when, told):
    answer = decide(as_editor, waiting, "schedule", go_live_at=when, reason="Kept")
    assert told in shown(answer)
    assert "Kept" in shown(answer)
    assert not Decision.objects.exists()


def test_return_with_a_reason_and_phrases(as_editor, author, client, waiting):
    phrase = phrases("fi")[0]
    decide(as_editor, waiting, "return", reason=REASON, phrases=[str(phrase.pk)])
    made = Decision.objects.get()
    assert made.action == "returned"
    assert made.reason == f"{REASON}\n\n{phrase.text}"
    state = WorkflowState.objects.get()
    assert state.status == WorkflowState.STATUS_NEEDS_CHANGES
    client.force_login(author)
    assert REASON in shown(client.get("/admin/"))


def test_a_phrase_alone_is_a_reason(as_editor, waiting):
    phrase = phrases("fi")[1]
    decide(as_editor, waiting, "return", phrases=[str(phrase.pk)])
    assert Decision.objects.get().reason == phrase.text


@pytest.mark.parametrize("decision", ["return", "decline"])
def test_a_reason_is_asked_for(as_editor, waiting, decision):
    answer = decide(as_editor, waiting, decision, reason="  ")
    assert "Tell the author why" in shown(answer)
    assert not Decision.objects.exists()


def test_decline_ends_the_review_and_the_author_may_begin_again(as_editor, author, waiting):
    answer = decide(as_editor, waiting, "decline", reason="Not an operating model.")
    assert "is declined" in shown(answer)
    assert Decision.objects.get().action == "declined"
    page = OperatingModelPage.objects.get(pk=waiting.pk)
    assert page.current_workflow_state is None
    assert not page.live
    submit(page, author)
    assert "Not an operating model." in shown(as_editor.get(address(page)))


def test_no_decision_is_asked_for(as_editor, waiting):
    assert "Choose what you decide." in shown(decide(as_editor, waiting, ""))
    assert decide(as_editor, waiting, "publish-everything").status_code == 200
    assert decide(as_editor, waiting, "approve", revision_id="").status_code == 200
    assert decide(as_editor, waiting, "approve", revision_id="9" * 50).status_code == 200
    assert not Decision.objects.exists()


def test_the_next_page_is_at_hand(as_editor, author, waiting):
    following = OperatingModelFactory(owner=author, complete=True, title="The following")
    submit(following)
    answer = decide(as_editor, waiting, "approve")
    assert "Next: The following" in shown(answer)
    assert address(following) in shown(answer)


def test_a_correction_in_the_form_has_a_way_back(as_editor, waiting):
    edit = as_editor.get(address(waiting)).context["review"].edit_url
    form_page = shown(as_editor.get(edit))
    assert "Back to the review" in form_page
    assert f'href="{address(waiting)}"' in form_page
    plain = reverse("wagtailadmin_pages:edit", args=[waiting.pk])
    assert "Back to the review" not in shown(as_editor.get(plain))


# The checklist


def test_answers_are_kept_with_the_decision_in_the_words_of_then(as_editor, waiting):
    first, second = ChecklistQuestion.objects.filter(language="fi")[:2]
    decide(
        as_editor,
        waiting,
        "return",
        reason=REASON,
        **{
            f"answer-{first.pk}": "yes",
            f"answer-{second.pk}": "no",
            f"note-{second.pk}": "Not yet",
        },
    )
    asked = second.question
    ChecklistQuestion.objects.all().delete()
    kept = Decision.objects.get().checklist
    assert kept[0]["answer"] == "yes"
    assert kept[1] == {"question": asked, "answer": "no", "note": "Not yet"}
    assert all(item["answer"] == "" for item in kept[2:])


def test_required_questions_are_asked_for_approval_and_not_for_return(as_editor, waiting):
    question = ChecklistQuestion.objects.filter(language="fi").first()
    ChecklistQuestion.objects.filter(pk=question.pk).update(required=True)
    answer = decide(as_editor, waiting, "approve", reason="Kept")
    assert "marked as required" in shown(answer)
    assert "Kept" in shown(answer)
    assert not Decision.objects.exists()
    answered = decide(as_editor, waiting, "approve", **{f"answer-{question.pk}": "na"})
    assert "approved and public" in shown(answered)


def test_what_is_no_answer_is_none(as_editor, waiting):
    question = ChecklistQuestion.objects.filter(language="fi").first()
    decide(as_editor, waiting, "approve", **{f"answer-{question.pk}": "<b>maybe</b>"})
    assert Decision.objects.get().checklist[0]["answer"] == ""


# Somebody else meanwhile


def test_a_newer_version_is_shown_and_asked_about_again(as_editor, author, waiting):
    opened = form(waiting, "approve", reason="What I wrote")
    change(waiting, author, place="Slipped in afterwards")
    answer = as_editor.post(address(waiting), opened)
    text = shown(answer)
    assert answer.status_code == 200
    assert "Changed after you opened it" in text
    assert "Slipped in afterwards" in text
    assert "What I wrote" in text
    latest = OperatingModelPage.objects.get(pk=waiting.pk).latest_revision_id
    assert f'name="revision_id" value="{latest}"' in text
    assert not OperatingModelPage.objects.get(pk=waiting.pk).live
    assert not Decision.objects.exists()
    decide(as_editor, waiting, "approve", revision_id=latest)
    assert Decision.objects.get().revision_id == latest


def test_what_was_typed_is_shown_when_a_colleague_was_quicker(
    as_editor, client, colleague, waiting
):
    opened = form(waiting, "return", reason="A long explanation")
    client.force_login(colleague)
    decide(client, waiting, "approve")
    client.force_login(as_editor.session and UserFactory(role="editor"))
    answer = client.post(address(waiting), opened)
    assert answer.status_code == 409
    assert "A long explanation" in shown(answer)
    assert "Approved" in shown(answer)
    assert "Aino Apuri" in shown(answer)


def test_nobody_approves_their_own(client, editor):
    page = OperatingModelFactory(owner=editor, complete=True, title="My own")
    submit(page, editor)
    client.force_login(editor)
    text = shown(client.get(address(page)))
    assert "another editor approves" in text
    assert 'value="approve"' not in text
    answer = decide(client, page, "approve")
    assert "another editor approves" in shown(answer)
    assert not OperatingModelPage.objects.get(pk=page.pk).live


def test_earlier_decisions_are_told_with_their_checklist(as_editor, author, waiting):
    question = ChecklistQuestion.objects.filter(language="fi").first()
    decide(as_editor, waiting, "return", reason=REASON, **{f"note-{question.pk}": "See page 2"})
    OperatingModelPage.objects.get(pk=waiting.pk).current_workflow_state.resume(user=author)
    text = shown(as_editor.get(address(waiting)))
    assert "Earlier decisions" in text
    assert question.question in text
    assert "See page 2" in text
    assert "Not answered" in text
