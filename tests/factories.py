"""Objects for tests: accounts in their roles, pages in the trees that provisioning makes, media.

Pages go where an author would put them; ``complete`` fills what publication asks for.
"""

import io

import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory
from PIL import Image as Picture
from wagtail.models import Locale

from accounts.roles import ADMINISTRATORS, AUTHORS, EDITORS
from models_pages import block_values
from models_pages.models import (
    CollectionIndexPage,
    CollectionPage,
    ContentPage,
    Funder,
    HomePage,
    ModelAuthor,
    NetworkIndexPage,
    NetworkPage,
    OperatingModelIndexPage,
    OperatingModelPage,
    Organisation,
    PortalDocument,
    PortalImage,
    Region,
    TargetGroup,
    Theme,
)
from models_pages.sections import SUMMARY_KINDS

PASSWORD = "a-long-test-password"
ROLES = {"author": AUTHORS, "editor": EDITORS, "administrator": ADMINISTRATORS}


class UserFactory(DjangoModelFactory):
    """An account; ``role`` is author, editor, administrator or None."""

    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    first_name = factory.Sequence(lambda n: f"Person{n}")
    last_name = "Tester"
    language = "en"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        role = kwargs.pop("role", None)
        password = kwargs.pop("password", PASSWORD)
        user = model_class.objects.create_user(*args, password=password, **kwargs)
        if role is not None:
            user.groups.add(Group.objects.get(name=ROLES[role]))
        return user


class TermFactory(DjangoModelFactory):
    """A term of a vocabulary."""

    class Meta:
        abstract = True

    slug = factory.Sequence(lambda n: f"term-{n}")
    label_fi = factory.Sequence(lambda n: f"Termi {n}")
    label_sv = factory.Sequence(lambda n: f"Term {n}")
    label_en = factory.Sequence(lambda n: f"Term {n}")


class ThemeFactory(TermFactory):
    class Meta:
        model = Theme


class TargetGroupFactory(TermFactory):
    class Meta:
        model = TargetGroup


class RegionFactory(TermFactory):
    class Meta:
        model = Region

    kind = "county"


class FunderFactory(TermFactory):
    class Meta:
        model = Funder


class OrganisationFactory(TermFactory):
    class Meta:
        model = Organisation


def png(width=1200, height=630, colour="#1d5c63"):
    """Return the bytes of a plain picture."""
    out = io.BytesIO()
    Picture.new("RGB", (width, height), colour).save(out, "PNG")
    return out.getvalue()


class ImageFactory(DjangoModelFactory):
    """A picture of one colour."""

    class Meta:
        model = PortalImage

    title = factory.Sequence(lambda n: f"Picture {n}")
    file = factory.Sequence(lambda n: ContentFile(png(), name=f"picture-{n}.png"))


class DocumentFactory(DjangoModelFactory):
    """A text file."""

    class Meta:
        model = PortalDocument

    title = factory.Sequence(lambda n: f"Document {n}")
    file = factory.Sequence(lambda n: ContentFile(b"text of the document\n", name=f"doc-{n}.txt"))


PARENTS = {
    OperatingModelPage: OperatingModelIndexPage,
    CollectionPage: CollectionIndexPage,
    NetworkPage: NetworkIndexPage,
    ContentPage: HomePage,
}


class PageFactory(DjangoModelFactory):
    """A page under the index page of its language, with a first revision.

    ``state`` is ``draft`` or ``live``; ``parent`` and ``language`` say where it stands.
    """

    class Meta:
        abstract = True

    title = factory.Sequence(lambda n: f"Page {n}")
    slug = factory.Sequence(lambda n: f"page-{n}")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        state = kwargs.pop("state", "draft")
        parent = kwargs.pop("parent", None)
        language = kwargs.pop("language", "fi")
        related = {
            field.name: kwargs.pop(field.name)
            for field in model_class._meta.many_to_many
            if field.name in kwargs
        }
        after = cls._before(kwargs)
        if parent is None:
            parent = index(PARENTS[model_class], language)
        page = model_class(*args, live=False, locale=parent.locale, **kwargs)
        parent.add_child(instance=page)
        for name, values in related.items():
            setattr(page, name, values)
        after(page)
        page.save()
        revision = page.save_revision(user=page.owner, clean=False)
        if state == "live":
            revision.publish()
        return model_class.objects.get(pk=page.pk)

    @classmethod
    def _before(cls, kwargs):
        """Take the factory's own words from kwargs; return what fills the page once it stands."""
        return lambda page: None


class OperatingModelFactory(PageFactory):
    """A model; bare, or with ``complete=True`` all that publication asks for."""

    class Meta:
        model = OperatingModelPage

    class Params:
        complete = False

    title = factory.Sequence(lambda n: f"Malli {n}")
    slug = factory.Sequence(lambda n: f"malli-{n}")
    short_description = factory.Maybe("complete", "<p>What the model is, in a sentence.</p>", "")
    phase = factory.Maybe("complete", "trial", "")
    regions = factory.Maybe(
        "complete", factory.LazyFunction(lambda: [Region.objects.get(slug="pirkanmaa")]), []
    )
    author_names = factory.Maybe("complete", ["Maija Meikäläinen"], [])
    sections = factory.Maybe(
        "complete", factory.LazyFunction(lambda: {kind.key: "Text." for kind in SUMMARY_KINDS}), {}
    )

    @classmethod
    def _before(cls, kwargs):
        names, sections = kwargs.pop("author_names"), kwargs.pop("sections")
        for key, content in sections.items():
            kwargs[key] = stream(content)

        def after(page):
            page.authors = [ModelAuthor(name=name, locale=page.locale) for name in names]

        return after


class CollectionFactory(PageFactory):
    """A collection that is ready to be published."""

    class Meta:
        model = CollectionPage

    introduction = "<p>What the programme is.</p>"


class NetworkFactory(PageFactory):
    """A network that is ready to be published."""

    class Meta:
        model = NetworkPage

    introduction = "<p>Who meets and why.</p>"


class ContentPageFactory(PageFactory):
    """A page of text."""

    class Meta:
        model = ContentPage

    introduction = "What the page tells."


def stream(content):
    """Return raw blocks: of a text, a paragraph; of a list, the blocks that it holds."""
    if isinstance(content, str):
        content = [block_values.paragraph(f"<p>{content}</p>")]
    return content


def index(model, language="fi"):
    """Return the page of a type that provisioning made for a language."""
    return model.objects.get(locale=Locale.objects.get(language_code=language))


def submit(page, user=None):
    """Submit the page's latest revision for review; return the state of the editors' task."""
    workflow = page.get_workflow()
    return workflow.start(page, user or page.owner).current_task_state
