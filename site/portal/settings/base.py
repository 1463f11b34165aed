"""Settings that every environment shares. Embedded by default: SQLite and a local index."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from . import environment

BASE_DIR = Path(__file__).resolve().parents[3]
DATA_DIR = environment.data_dir(BASE_DIR / "var")

DEBUG = False
PORT = os.environ.get("PORT", "8000")
ALLOWED_HOSTS: list[str] = []
SECRET_KEY = ""

INSTALLED_APPS = [
    "portal",
    "editorial",
    "models_pages",
    "search",
    "accounts",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "accounts.apps.PortalUsersAppConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.embeds",
    "wagtail.search",
    "wagtail.sites",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "axes",
    "post_office",
    "django_tasks",
    "django_filters",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    # For its catalogues: Wagtail's admin says "7 minutes ago" with them.
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.middleware.PortalLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.middleware.ContentSecurityPolicyMiddleware",
    "axes.middleware.AxesMiddleware",
    "editorial.writing.kept_writing.KeptWritingMiddleware",
    "portal.unreadable.UnreadablePostMiddleware",
    "editorial.middleware.PublicationRefusedMiddleware",
    "editorial.middleware.ReportsForReviewersMiddleware",
    "models_pages.doors.DraftsBehindDoorsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
ASGI_APPLICATION = "portal.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.chrome",
            ],
        },
    },
]

DATABASES = {"default": environment.database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": environment.cache(),
    "renditions": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "renditions",
        "TIMEOUT": 600,
        "OPTIONS": {"MAX_ENTRIES": 3000},
    },
}

_mail = environment.mail(DATA_DIR)
# Every mail, Wagtail's own too, is a row first; the delivery sends it through the other backend.
EMAIL_BACKEND = "accounts.mail.backend.QueueBackend"
POST_OFFICE = {"BACKENDS": {"default": _mail["EMAIL_BACKEND"]}}
EMAIL_FILE_PATH = _mail.get("EMAIL_FILE_PATH")
EMAIL_HOST = _mail.get("EMAIL_HOST", "localhost")
EMAIL_PORT = _mail.get("EMAIL_PORT", 25)
EMAIL_HOST_USER = _mail.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = _mail.get("EMAIL_TIMEOUT", 10)
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "Mallisto <mallisto@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "wagtailadmin_login"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_RESET_TIMEOUT = 24 * 3600
# So many proxies of our own stand in front and add to X-Forwarded-For.
PROXY_COUNT = environment.number("PROXY_COUNT", 0)
# Guessing passwords: of one account from one place. A whole office may share an address.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "accounts.throttling.client_address"
AXES_LOCKOUT_CALLABLE = "accounts.locked_out.locked_out"
AXES_USERNAME_CALLABLE = "accounts.locked_out.account_named"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
# No lists of who logged in when and from where.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")]
# The second holds what Wagtail itself leaves untranslated; the first goes before both.
LOCALE_PATHS = [BASE_DIR / "site" / "portal" / name for name in ("locale", "locale_wagtail")]
FORMAT_MODULE_PATH = "portal.formats"
USE_I18N = True
TIME_ZONE = "Europe/Helsinki"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
# Wagtail lets its preview be framed by itself.
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "editorial.writing.kept_writing.csrf_failure"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# Wagtail
WAGTAIL_SITE_NAME = "Mallisto"
WAGTAILADMIN_BASE_URL = os.environ.get("BASE_URL", "http://127.0.0.1:8000").rstrip("/")
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILADMIN_USER_LOGIN_FORM = "accounts.forms.PortalLoginForm"
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "accounts.forms.PortalPasswordResetForm"  # noqa: S105 (a class)
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# No page embeds anything: the server asks no other for what an author pastes.
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
# A save of a model with every section costs about a hundred queries: seldom enough to be cheap,
# often enough to lose no more than a sentence.
WAGTAIL_AUTOSAVE_INTERVAL = 4000
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = True
# Wagtail publishes the latest revision; what is published is the one that the editor saw.
WAGTAIL_FINISH_WORKFLOW_ACTION = "editorial.review.finishing.publish_reviewed"
# Of two steps, the first approved another version than the second: it is asked again.
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAILIMAGES_IMAGE_MODEL = "models_pages.PortalImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "models_pages.media_forms.PortalImageForm"
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 25_000_000
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "avif"]
WAGTAILDOCS_DOCUMENT_MODEL = "models_pages.PortalDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "models_pages.media_forms.PortalDocumentForm"
WAGTAILDOCS_EXTENSIONS = [
    "csv", "docx", "key", "odp", "ods", "odt", "pdf", "pptx", "rtf", "txt", "xlsx", "zip",
]  # fmt: skip
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES = ["application/pdf"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_USER_TIME_ZONES = ["Europe/Helsinki"]
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# Search: Elasticsearch is the engine if and only if its address is set.
ELASTICSEARCH_URL = environment.elasticsearch()
ELASTICSEARCH_INDEX = environment.elasticsearch_index("mallisto")
SEARCH_INDEX_DIR = DATA_DIR / "index"
# What people search for is counted and kept for so many days; 0 counts nothing.
SEARCH_LOG_DAYS = environment.days("SEARCH_LOG_DAYS", 180)
# Words that were searched for less often are shown to nobody: they may be somebody's name.
SEARCH_LOG_SHOWN_FROM = 3

# Whether links of public models to other sites are looked at, and how: seconds between two
# requests to one host, and hosts (host:port) in the own network that may be asked. For tests.
LINK_CHECKS = environment.flag("LINK_CHECKS")
LINK_CHECK_PAUSE = 2.0
LINK_CHECK_PRIVATE_HOSTS: list[str] = []

# The demo content and its accounts; only the development settings turn this on.
DEMO_CONTENT = False
DEMO_PASSWORD = ""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "mallisto": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "waitress.queue": {"level": "ERROR"},
        # Each failed call of a search server; ours tells when it fails and when it answers again.
        "elastic_transport": {"level": "ERROR"},
    },
}
