"""The objects of the matrix, each once: pages in every state, files, words, people."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone
from django.utils.text import slugify
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Comment, Locale, PageViewRestriction, Site, Task, Workflow

from accounts.models import AccountRequest, Invitation
from accounts.roles import ADMINISTRATORS, EDITORS
from editorial.keeping import archiving
from editorial.models import ChecklistQuestion, ImportInProgress, PictureInProgress, ReviewPhrase
from editorial.review import approving
from models_pages import block_values
from models_pages.coauthors import set_coauthors
from models_pages.models import (
    CollectionIndexPage,
    HomePage,
    OperatingModelIndexPage,
    OperatingModelPage,
    SectionGuidance,
)
from models_pages.models.portal_settings import PortalSettings
from models_pages.written import raw_blocks
from search.models import OwnWord, PinnedResult, SearchSynonym
from tests import factories

from .rules import ADMINISTRATOR, ANONYMOUS, COAUTHOR, EDITOR, MEMBER, OTHER, OWNER

# Words that occur nowhere else. Where the first is shown to whoever has no part in it, a draft has
# leaked; the second, where it is shown to anybody but editors; the third, to the public.
SECRET = "Salaisuusx"
EDITORS_SECRET = "Katkettyx"
RESTRICTED = "Rajattux"
LIVE_STATES = {"live", "changed", "expired", "restricted"}
DRAFT_STATES = ("draft", "review", "returned", "scheduled")
# Was public, and its address goes on to answer that it is no longer in use.
ARCHIVED = "archived"


@dataclass(eq=False)
class PageThing:
    """A page, and what the rules ask about it."""

    label: str
    state: str
    page: Any
    people: frozenset[str]
    edited_last_by: str = OWNER
    is_model: bool = True
    task_state: Any = None

    @property
    def is_live(self) -> bool:
        """Whether Wagtail has it as live, expired or not."""
        return self.state in LIVE_STATES

    @property
    def is_public(self) -> bool:
        """Whether its address answers at all."""
        return self.is_live and self.state != "expired"


@dataclass(eq=False)
class FileThing:
    """A document or picture: the pages that use it, in the public version or another."""

    label: str
    file: Any
    pages: tuple[PageThing, ...]
    in_public: tuple[PageThing, ...] = ()
    is_relied_on: bool = False
    uploaded_by: str = OWNER


@dataclass(eq=False)
class Place:
    """Where pages are made: a parent, the type of page, and whether it holds that type."""

    label: str
    parent: Any
    makes: str
    kind: str
    holds: bool

    @property
    def parent_holds_something(self) -> bool:
        """Whether the parent is a place for pages at all."""
        return not isinstance(self.parent, OperatingModelPage)


@dataclass(eq=False)
class Thing:
    """Anything else, by its row; ``account`` is the role whose alone it is."""

    label: str
    row: Any
    account: str = ""


@dataclass
class World:
    """Everything; ``objects`` are the kinds that the table names."""

    accounts: dict[str, Any]
    objects: dict[str, list[Any]] = field(default_factory=dict)

    def one(self, kind: str, label: str) -> Any:
        """Return the object of a kind that is called so."""
        return next(thing for thing in self.objects[kind] if thing.label == label)


def build() -> World:
    """Make the world in the database that is open."""
    world = World(_accounts())
    _pages(world)
    _files(world)
    _places(world)
    _things(world)
    call_command("search_rebuild", verbosity=0)
    return world


def _accounts() -> dict[str, Any]:
    roles = {OWNER: "author", COAUTHOR: "author", OTHER: "author"}
    roles |= {EDITOR: "editor", ADMINISTRATOR: "administrator", MEMBER: None}
    accounts = {
        name: factories.UserFactory(role=role, email=f"{name}@example.org")
        for name, role in roles.items()
    }
    return {**accounts, ANONYMOUS: None}


def _pages(world: World) -> None:
    states = (*DRAFT_STATES, *sorted(LIVE_STATES), ARCHIVED)
    found = [_model(world, state) for state in states]
    page = factories.OperatingModelFactory(
        owner=world.accounts[EDITOR], complete=True, title=f"{EDITORS_SECRET} malli"
    )
    page = type(page).objects.get(pk=page.pk)
    factories.submit(page)
    found.append(
        PageThing("editor's own in review", "review", _again(page), frozenset({EDITOR}), EDITOR)
    )
    world.objects["models"] = found
    world.objects["live models"] = [thing for thing in found if thing.is_live]
    world.objects["waiting"] = [
        thing for thing in found if thing.label in {"review", "editor's own in review", "draft"}
    ]
    world.objects["reviewed"] = [
        thing for thing in found if thing.label in {"review", "returned", "scheduled"}
    ]
    for thing in found:
        states = [state.current_task_state for state in thing.page.workflow_states.all()]
        thing.task_state = states[-1] if states else None
    # A draft has no task; doors of the review are tried on it with another page's.
    world.one("waiting", "draft").task_state = world.one("models", "review").task_state
    portals = factories.index(OperatingModelIndexPage)
    others = [PageThing("index page", "live", portals, frozenset(), "", is_model=False)]
    world.objects["pages"] = [*found, *others]


def _model(world: World, state: str) -> PageThing:
    owner, editor = world.accounts[OWNER], world.accounts[EDITOR]
    word = {"live": "Avoin", "changed": "Avoin", "expired": RESTRICTED, "restricted": RESTRICTED}
    word[ARCHIVED] = "Avoin"
    title = f"{word.get(state, SECRET)} {state}"
    page = factories.OperatingModelFactory(
        owner=owner,
        complete=True,
        title=title,
        slug=f"malli-{state}",
        sections={kind.key: f"{title} text." for kind in factories.SUMMARY_KINDS},
        state="live" if state in {*LIVE_STATES, ARCHIVED} else "draft",
    )
    set_coauthors(page, [world.accounts[COAUTHOR]], by=owner)
    if state in {"review", "returned", "scheduled"}:
        page = _again(page)
        task = factories.submit(page, owner)
        revision = page.latest_revision_id
        if state == "returned":
            approving.decide(
                task, editor, "reject", revision_id=revision, comment=f"{SECRET} comment"
            )
        elif state == "scheduled":
            tomorrow = timezone.now() + timedelta(days=1)
            approving.decide(task, editor, "approve", revision_id=revision, go_live_at=tomorrow)
    elif state == "changed":
        draft = page.get_latest_revision_as_object()
        draft.title = f"{SECRET} {state}"
        draft.basic_idea = factories.stream(f"{SECRET} text.")
        draft.save_revision(user=owner)
    elif state == "expired":
        past = timezone.now() - timedelta(days=1)
        type(page).objects.filter(pk=page.pk).update(expire_at=past)
    elif state == "restricted":
        restriction = PageViewRestriction.objects.create(
            page=page, restriction_type=PageViewRestriction.GROUPS
        )
        restriction.groups.set(Group.objects.filter(name__in=[EDITORS, ADMINISTRATORS]))
    elif state == ARCHIVED:
        archiving.archive(page, owner)
    if state not in {"live", "expired", "restricted", ARCHIVED}:
        Comment.objects.create(
            page=page, user=owner, text=f"{SECRET} comment", contentpath="basic_idea"
        )
    return PageThing(state, state, _again(page), frozenset({OWNER, COAUTHOR}))


def _again(page: Any) -> Any:
    return type(page).objects.get(pk=page.pk)


def _files(world: World) -> None:
    def model(label: str) -> PageThing:
        return world.one("models", label)

    used = {
        "of draft": ((model("draft"),), (), False),
        "of review": ((model("review"),), (), True),
        "of changed": ((model("changed"),), (), False),
        "of live": ((model("live"),), (model("live"),), True),
        "of restricted": ((model("restricted"),), (model("restricted"),), True),
        "of expired": ((model("expired"),), (), True),
        "of archived": ((model(ARCHIVED),), (), True),
        "unused": ((), (), False),
    }
    # What the other author brought, and a draft of others uses: what uses it is not for its owner.
    used["other's own"] = ((model("draft"),), (model("live"),), True)
    for kind, factory in (
        ("documents", factories.DocumentFactory),
        ("images", factories.ImageFactory),
    ):
        world.objects[kind] = []
        for label, (pages, in_public, is_relied_on) in used.items():
            uploader = OTHER if label == "other's own" else OWNER
            secret = label in {"of draft", "of review", "of changed", "unused"}
            word = SECRET if secret else "Avoin" if in_public else RESTRICTED
            content = {"title": f"{word} {label}", "uploaded_by_user": world.accounts[uploader]}
            if kind == "documents":
                name = f"{word.lower()}-{slugify(label)}.txt"
                content["file"] = ContentFile(b"text of the document", name=name)
            else:
                name = f"{word.lower()}-{slugify(label)}.png"
                content["file"] = ContentFile(factories.png(60, 40), name=name)
            file = factory(**content)
            file.get_file_size()
            file.get_file_hash()
            thing = FileThing(label, file, pages, in_public, is_relied_on, uploader)
            world.objects[kind].append(thing)
            for page in {*pages, *in_public}:
                _put(page, kind, file)


def _put(thing: PageThing, kind: str, file: Any) -> None:
    """Let the page's latest revision, and what is public of it, use the file.

    The revision is rewritten in place: who saved it last, and what is under review, stays.
    """
    page = thing.page.get_latest_revision_as_object()
    name = "attachments" if kind == "documents" else "tips"
    block = (
        block_values.attachment(file.pk)
        if kind == "documents"
        else block_values.image(file.pk, "A picture")
    )
    setattr(page, name, [*raw_blocks(getattr(page, name)), block])
    revision = thing.page.latest_revision
    revision.content = page.serializable_data()
    revision.save(update_fields=["content"])
    if thing.state != "changed":
        live = type(page).objects.get(pk=page.pk)
        setattr(live, name, raw_blocks(getattr(page, name)))
        live.save(clean=False)
    thing.page = _again(thing.page)


def _places(world: World) -> None:
    models = factories.index(OperatingModelIndexPage)
    collections, home = factories.index(CollectionIndexPage), factories.index(HomePage)
    live = world.one("models", "live").page
    draft = world.one("models", "draft").page
    world.objects["places"] = [
        Place("a model among models", models, "operatingmodelpage", "model", holds=True),
        Place("a collection", collections, "collectionpage", "collection", holds=True),
        Place("a page of text", home, "contentpage", "content", holds=True),
        Place("a model on the home page", home, "operatingmodelpage", "model", holds=False),
        Place("a model below a live one", live, "operatingmodelpage", "model", holds=False),
        Place("a model below a draft", draft, "operatingmodelpage", "model", holds=False),
    ]
    world.objects["types"] = [
        Place("models", models, "operatingmodelpage", "model", holds=True),
        Place("collections", collections, "collectionpage", "collection", holds=True),
    ]


def _things(world: World) -> None:
    live = world.one("models", "live").page
    owner = world.accounts[OWNER]
    rows = {
        "theme": factories.ThemeFactory(),
        "targetgroup": factories.TargetGroupFactory(),
        "region": factories.RegionFactory(),
        "funder": factories.FunderFactory(),
        "organisation": factories.OrganisationFactory(),
        "sectionguidance": SectionGuidance.objects.first(),
        "checklistquestion": ChecklistQuestion.objects.create(question="Is it clear?"),
        "reviewphrase": ReviewPhrase.objects.create(label="Thanks", text="Thank you."),
        "synonym": SearchSynonym.objects.create(words="kuntoilu", other_words="liikunta"),
        "ownword": OwnWord.objects.create(word="kohtaamokaveri"),
        "pin": PinnedResult.objects.create(words="liikunta", page=live.page_ptr),
        "request": AccountRequest.objects.create(
            email="asks@example.org",
            organisation="City",
            reason="A model",
            confirmed_at=timezone.now(),
        ),
        "invitation": Invitation.objects.create(email="invited@example.org"),
        "locale": Locale.objects.get(language_code="sv"),
        "site": Site.objects.get(),
        "user": factories.UserFactory(email="somebody@example.org"),
        "group": Group.objects.create(name="Some group"),
        "collection": Collection.get_first_root_node().add_child(name="Files"),
        "workflow": Workflow.objects.first(),
        "task": Task.objects.first(),
        "redirect": Redirect.objects.create(old_path="/old", redirect_link="/fi/"),
        "home": factories.index(HomePage),
        "setting": PortalSettings.objects.create(),
    }
    for kind, row in rows.items():
        world.objects[kind] = [Thing(kind, row)]
    content = {"basics": {"title": SECRET}, "pieces": [], "own_headings": [], "notes": []}
    started = ImportInProgress.objects.create(
        user=owner, name=f"{SECRET}.txt", language="fi", content=content
    )
    PictureInProgress.objects.create(
        source=started, number=1, ending="png", data=factories.png(6, 4)
    )
    world.objects["imports"] = [Thing("import", started, account=OWNER)]
    world.objects["task types"] = [Thing("editorial.reviewtask", None)]
    world.objects["uploads"] = [Thing("none", None)]
    world.objects["untried"] = []
    world.objects["-"] = [Thing("-", None)]
