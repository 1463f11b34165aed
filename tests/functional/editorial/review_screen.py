"""What tests of the review view do with it: open, post, and change the page meanwhile."""

from django.urls import reverse

from models_pages.models import OperatingModelPage

REASON = "Tell how the results were obtained."


def address(page):
    return reverse("editorial:review", args=[page.pk])


def shown(answer):
    return answer.content.decode()


def form(page, decision="", **fields):
    """What the form of the view posts."""
    page = OperatingModelPage.objects.get(pk=page.pk) if page else page
    return {
        "decide": "1",
        "decision": decision,
        "revision_id": page.latest_revision_id,
        "reason": "",
        "go_live_at": "",
        **fields,
    }


def decide(client, page, decision, **fields):
    return client.post(address(page), form(page, decision, **fields), follow=True)


def latest(page):
    """Return the page as its latest revision has it."""
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()


def change(page, user, **fields):
    """Save the page as somebody would, with other content."""
    draft = latest(page)
    for name, value in fields.items():
        setattr(draft, name, value)
    return draft.save_revision(user=user, clean=False)
