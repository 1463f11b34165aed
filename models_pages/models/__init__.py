"""The portal's models, a file each."""

from .agreement import LicenceAgreement
from .base import PortalPage
from .checked_link import CheckedLink, LinksGathered, LinkUse
from .coauthor import CoAuthor, CoAuthorInvitation
from .collection import CollectionIndexPage, CollectionPage
from .content import ContentPage
from .editing_step import SteppedRevision
from .guidance import SectionGuidance
from .home import HomePage
from .imports import ImportedSource
from .media import PortalDocument, PortalImage, PortalRendition
from .network import NetworkIndexPage, NetworkPage
from .operating_model import ModelAuthor, OperatingModelIndexPage, OperatingModelPage
from .portal_settings import PortalSettings
from .vocabularies import (
    VOCABULARIES,
    Funder,
    Organisation,
    Region,
    TargetGroup,
    Term,
    Theme,
)

__all__ = [
    "VOCABULARIES",
    "CheckedLink",
    "CoAuthor",
    "CoAuthorInvitation",
    "CollectionIndexPage",
    "CollectionPage",
    "ContentPage",
    "Funder",
    "HomePage",
    "ImportedSource",
    "LicenceAgreement",
    "LinkUse",
    "LinksGathered",
    "ModelAuthor",
    "NetworkIndexPage",
    "NetworkPage",
    "OperatingModelIndexPage",
    "OperatingModelPage",
    "Organisation",
    "PortalDocument",
    "PortalImage",
    "PortalPage",
    "PortalRendition",
    "PortalSettings",
    "Region",
    "SectionGuidance",
    "SteppedRevision",
    "TargetGroup",
    "Term",
    "Theme",
]
