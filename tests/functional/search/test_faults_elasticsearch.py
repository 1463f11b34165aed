"""Elasticsearch stops or freezes while people work: nobody notices, and nothing is lost."""

from __future__ import annotations

import json
import urllib.request
import uuid
from io import StringIO
from time import monotonic, sleep

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from models_pages.models import OperatingModelPage
from search.index import answering, check, indexes, rebuild, sync
from search.models import IndexChange, IndexState
from tests.factories import UserFactory
from tests.factories_search import content, model, theme
from tests.functional.admin_forms import model_form
from tests.functional.search import processes
from tests.functional.search.own_elasticsearch import Server

pytestmark = pytest.mark.django_db(transaction=True)
LONGEST_WAIT = 3.0
ALARMING = ("not available", "error", "unavailable", "ei ole käytettävissä", "virhe")


@pytest.fixture(scope="session")
def server():
    """A server that these tests may stop."""
    own = Server()
    try:
        own.start()
        yield own
    finally:
        own.remove()


@pytest.fixture
def both(server, portal, own_data, settings):
    """Both indexes, of an installation of their own on that server."""
    settings.ELASTICSEARCH_INDEX = f"faults-{uuid.uuid4().hex[:8]}"
    settings.ELASTICSEARCH_URL = server.url
    IndexState.objects.all().delete()
    IndexChange.objects.all().delete()
    for index in indexes.all_indexes():
        rebuild.rebuild(index)
    assert [index.engine.name for index in indexes.all_indexes()] == ["elasticsearch", "tantivy"]
    yield
    indexes.get(indexes.ELASTICSEARCH).engine.remove()


class People:
    """An editor, an administrator and a reader at their browsers; each wait is kept."""

    def __init__(self):
        self.editor, self.administrator, self.reader = Client(), Client(), Client()
        self.editor.force_login(UserFactory(role="editor"))
        self.administrator.force_login(UserFactory(role="administrator"))
        self.waits = {}

    def _timed(self, what, call, *arguments):
        began = monotonic()
        answer = call(*arguments)
        self.waits[what] = max(self.waits.get(what, 0.0), monotonic() - began)
        return answer

    def does(self, what, address, data, *, who=None):
        """Somebody posts a form, and the reader searches at once."""
        answer = self._timed(what, (who or self.editor).post, address, data)
        assert answer.status_code == 302, (what, _errors(answer))
        self.reads()

    def reads(self):
        """The reader has results, and is told of nothing that is wrong."""
        answer = self._timed("search", self.reader.get, "/fi/haku/", {"q": "neuvola"})
        assert answer.status_code == 200
        page = answer.content.decode()
        assert "Vakaa" in page
        assert not [word for word in ALARMING if word in page.lower()]


def _errors(answer):
    context = answer.context
    return context["form"].errors if context and "form" in context else answer.content[:500]


@pytest.fixture
def place(both):
    """Pages and terms for people to work on, in both indexes."""

    class Place:
        kept = theme("perheet", "Perheet")
        merged = theme("lapsiperheet", "Lapsiperheet")
        going = theme("poistuva", "Poistuva teema")
        stable = model("Vakaa neuvola", slug="vakaa")
        published = model("Vanha neuvola", slug="julkaistava", themes=[kept])
        hidden = model("Piilotettava neuvola", slug="piilotettava")
        deleted = model("Poistettava neuvola", slug="poistettava")
        member = model("Teeman neuvola", slug="jasen", themes=[merged, going])
        above = content("Ohjeet neuvolalle", "Teksti.")
        moved = content("Siirrettävä neuvola", "Teksti.")

    for page in Page.objects.live().specific():
        page.save_revision()
    for index in indexes.all_indexes():
        sync.apply_waiting(index)
    return Place


def everybody_works(people, place):
    """Everything that changes what is found, through the doors that people use."""

    def page(name, *arguments):
        return reverse(f"wagtailadmin_pages:{name}", args=arguments)

    def term(name, one):
        return reverse(f"wagtailsnippets_models_pages_theme:{name}", args=[one.pk])

    published = model_form(place.published, title="Uusi neuvola", **{"action-publish": "1"})
    people.does("publish", page("edit", place.published.pk), published)
    reason = {"reason": "Ei enää käytössä."}
    people.does("unpublish", page("unpublish", place.hidden.pk), reason)
    people.does("move", page("move_confirm", place.moved.pk, place.above.pk), {})
    people.does(
        "delete",
        page("delete", place.deleted.pk),
        {"confirm_title": place.deleted.title},
        who=people.administrator,
    )
    renamed = {"slug": "perheet", "label_fi": "Perheiden tuki", "synonyms_fi": "perhetyö"}
    people.does("vocabulary", term("edit", place.kept), renamed)
    # A theme is merged into another: its models get that one, and it is deleted.
    into = model_form(place.member, **{"action-publish": "1"}) | {"themes": [place.kept.pk]}
    people.does("merge: other theme", page("edit", place.member.pk), into)
    people.does("merge: delete", term("delete", place.merged), {})
    people.does("delete theme", term("delete", place.going), {})
    owner = UserFactory(role="author")
    account = {"email": owner.email, "first_name": "Uusi", "last_name": "Nimi", "language": "fi",
               "is_active": "on"}  # fmt: skip
    address = reverse("wagtailusers_users:edit", args=[owner.pk])
    people.does("rename user", address, account, who=people.administrator)


def assert_all_is_known(place):
    """The worker has taken in everything: database and both indexes are equal."""
    deadline = monotonic() + 90
    while IndexChange.objects.exists():
        assert monotonic() < deadline, list(IndexChange.objects.values()[:5])
        sleep(0.2)
    call_command("search_check", stdout=StringIO())  # raises where they differ
    for index in indexes.all_indexes():
        stored = set(index.engine.digests())
        assert {place.published.pk, place.member.pk, place.moved.pk} <= stored
        assert not {place.hidden.pk, place.deleted.pk} & stored
    assert OperatingModelPage.objects.get(pk=place.published.pk).title == "Uusi neuvola"
    member = OperatingModelPage.objects.get(pk=place.member.pk)
    assert [one.slug for one in member.themes.all()] == ["perheet"]


@pytest.mark.parametrize("fault", ["stopped", "frozen"])
def test_nobody_notices_and_nothing_is_lost(fault, server, both, place, settings, record_property):
    people = People()
    # A process's first search and first publication read dictionaries, forms and templates.
    edit = reverse("wagtailadmin_pages:edit", args=[place.stable.pk])
    people.does("publish", edit, model_form(place.stable, **{"action-publish": "1"}))
    people.waits.clear()
    with processes.worker(settings) as worker:
        worker.wait_for_line("Keeping the search index")
        try:
            server.stop() if fault == "stopped" else server.freeze()
            people.reads()
            everybody_works(people, place)
            assert IndexChange.objects.filter(index=indexes.ELASTICSEARCH).exists()
        finally:
            server.start() if fault == "stopped" else server.thaw()
        assert_all_is_known(place)
        assert worker.stop() == 0
    longest = max(people.waits, key=people.waits.__getitem__)
    record_property("longest wait", f"{people.waits[longest]:.2f} s ({longest})")
    too_long = {what: wait for what, wait in people.waits.items() if wait > LONGEST_WAIT}
    assert not too_long
    # It is asked again, after one trial.
    deadline = monotonic() + 60
    while answering.ask(lambda engine: engine.name) != "elasticsearch":
        assert monotonic() < deadline
        sleep(0.5)


def test_with_both_indexes_a_publication_is_found_at_once_in_both(place):
    """Right after the answer to the editor, without a worker."""
    people = People()
    form = model_form(place.published, title="Saksofonineuvola", **{"action-publish": "1"})
    people.does("publish", reverse("wagtailadmin_pages:edit", args=[place.published.pk]), form)
    assert not IndexChange.objects.exists()
    for index in indexes.all_indexes():
        assert not check.compare(index), index.name
    answer = people.reader.get("/fi/haku/", {"q": "saksofonineuvola"})
    assert "julkaistava" in answer.content.decode()
    assert people.waits["publish"] < LONGEST_WAIT


@pytest.fixture
def no_writes(server, settings):
    """New indexes of this installation refuse what is written to them, as on a full disk."""
    address = f"{server.url}/_index_template/{settings.ELASTICSEARCH_INDEX}"
    pattern = f"{settings.ELASTICSEARCH_INDEX}-2*"
    template = {"index_patterns": [pattern], "template": {"settings": {"index.blocks.write": True}}}

    def send(method, body=None):
        data = json.dumps(body).encode() if body else None
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(address, data, headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert json.load(answer)["acknowledged"]

    send("PUT", template)
    yield
    send("DELETE")


def test_a_rebuild_whose_bulk_fails_leaves_the_old_index(place, request):
    index = indexes.get(indexes.ELASTICSEARCH)
    before = index.engine.digests()
    request.getfixturevalue("no_writes")

    with pytest.raises(CommandError, match=r"was not rebuilt, the old one is untouched.*block"):
        call_command("search_rebuild", index=indexes.ELASTICSEARCH, verbosity=0)

    assert index.engine.digests() == before
    assert IndexState.objects.get(index=index.name).rebuild is None
    People().reads()


def test_a_rebuild_of_both_during_a_stream_of_publications(place, settings, repetitions):
    models = [place.published, place.hidden, place.member]
    steps = repetitions(50)
    with processes.worker(settings) as worker, processes.author(settings, 3, steps, models) as one:
        one.wait_for_line("step 0")
        while "longest" not in one.lines[-1]:
            for index in indexes.all_indexes():
                rebuild.rebuild(index)
        processes.told(one)
        assert worker.stop() == 0
    for index in indexes.all_indexes():
        sync.apply_waiting(index, early=True)
        assert not check.compare(index), index.name
    assert not IndexChange.objects.exists()


def test_a_models_page_waits_little_for_a_frozen_server(server, both, record_property):
    """It asks for similar models; the local index gives them."""
    pages = [model(f"Liikkuva neuvola {number}", slug=f"neuvola-{number}") for number in range(4)]
    for index in indexes.all_indexes():
        sync.apply_waiting(index, early=True)
    reader, waits = Client(), []
    reader.get("/fi/")
    server.freeze()
    try:
        for page in pages:
            began = monotonic()
            assert reader.get(page.url).status_code == 200
            waits.append(monotonic() - began)
    finally:
        server.thaw()
    record_property("waits", " ".join(f"{wait:.2f}" for wait in waits))
    assert max(waits) < LONGEST_WAIT
    # Nobody waited for it: the server was not even asked.
    assert answering.ask(lambda engine: engine.name) == "elasticsearch"
