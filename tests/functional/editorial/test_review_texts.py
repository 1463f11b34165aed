"""The checklist and the phrases: administrators edit them, for each language, without code."""

import pytest
from django.urls import reverse

from editorial.models import ChecklistQuestion, ReviewPhrase
from editorial.review import texts as review_texts
from editorial.review.checklist import questions
from editorial.review.phrases import phrases, with_phrases
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
CHECKLIST = "wagtailsnippets_editorial_checklistquestion"
PHRASES = "wagtailsnippets_editorial_reviewphrase"


@pytest.fixture
def as_administrator(client):
    """Return an administrator's browser."""
    client.force_login(UserFactory(role="administrator"))
    return client


def test_every_language_starts_with_a_list_of_its_own():
    for language in ("fi", "sv", "en"):
        assert {item.language for item in questions(language)} == {language}
        assert {item.language for item in phrases(language)} == {language}


def test_a_language_without_a_list_has_the_finnish_one():
    ChecklistQuestion.objects.filter(language="sv").delete()
    ReviewPhrase.objects.filter(language="sv").delete()
    assert {item.language for item in questions("sv")} == {"fi"}
    assert {item.language for item in phrases("sv")} == {"fi"}


def test_an_administrator_adds_changes_and_deletes_a_question(as_administrator):
    made = as_administrator.post(
        reverse(f"{CHECKLIST}:add"),
        {"language": "en", "question": "Is it lawful?", "guidance": "", "required": "on"},
    )
    assert made.status_code == 302
    question = ChecklistQuestion.objects.get(question="Is it lawful?")
    assert question.required
    as_administrator.post(
        reverse(f"{CHECKLIST}:edit", args=[question.pk]),
        {"language": "en", "question": "Is it legal?", "guidance": ""},
    )
    question.refresh_from_db()
    assert (question.question, question.required) == ("Is it legal?", False)
    as_administrator.post(reverse(f"{CHECKLIST}:delete", args=[question.pk]))
    assert not ChecklistQuestion.objects.filter(pk=question.pk).exists()


def test_an_administrator_adds_a_phrase(as_administrator):
    as_administrator.post(
        reverse(f"{PHRASES}:add"), {"language": "en", "label": "Costs", "text": "Tell the costs."}
    )
    assert phrases("en")[-1].text == "Tell the costs."


@pytest.mark.parametrize("role", ["author", "editor"])
@pytest.mark.parametrize("list_name", [CHECKLIST, PHRASES])
def test_nobody_else_does(client, role, list_name):
    client.force_login(UserFactory(role=role))
    for action in ("list", "add"):
        assert client.get(reverse(f"{list_name}:{action}")).status_code == 302
    client.post(reverse(f"{list_name}:add"), {"language": "en", "question": "Mine", "label": "x"})
    assert not ChecklistQuestion.objects.filter(question="Mine").exists()


def test_what_an_administrator_emptied_stays_empty(as_administrator):
    for question in ChecklistQuestion.objects.all():
        as_administrator.post(reverse(f"{CHECKLIST}:delete", args=[question.pk]))
    review_texts.provision()
    assert not ChecklistQuestion.objects.exists()


def test_what_an_administrator_changed_stays_changed():
    ChecklistQuestion.objects.update(question="Ours")
    review_texts.provision()
    assert set(ChecklistQuestion.objects.values_list("question", flat=True)) == {"Ours"}


def test_chosen_phrases_follow_the_reason_once():
    first, second = phrases("en")[:2]
    reason = with_phrases("Good work.", [str(first.pk), str(second.pk), "x", "999999"], "en")
    assert reason == f"Good work.\n\n{first.text}\n\n{second.text}"
    assert with_phrases(reason, [str(first.pk)], "en") == reason
    assert with_phrases("", [str(first.pk)], "en") == first.text
