"""Comments on fields, sections and their blocks: written by an editor, read by the author."""

import pytest
from django.urls import reverse
from wagtail.models import Comment
from wagtail.test.utils.form_data import inline_formset

from tests.functional.admin_forms import model_form

pytestmark = pytest.mark.django_db


def comment_form(text, position):
    """A comment as the editor's browser posts it."""
    forms = [{"text": text, "contentpath": position, "position": "", "replies": inline_formset([])}]
    return inline_formset(forms)


def test_an_editors_comment_on_a_section_reaches_the_author(as_editor, client, author, whole):
    address = reverse("wagtailadmin_pages:edit", args=[whole.pk])
    answer = as_editor.post(
        address, model_form(whole, comments=comment_form("Kuka kutsuu koolle?", "basic_idea"))
    )
    assert answer.status_code == 302
    comment = Comment.objects.get()
    assert (comment.contentpath, comment.text) == ("basic_idea", "Kuka kutsuu koolle?")

    client.force_login(author)
    assert "Kuka kutsuu koolle?" in client.get(address).content.decode()
