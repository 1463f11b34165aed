"""The WSGI application, for a production server. Put ``site/`` on the path (see docs)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
application = get_wsgi_application()

# Only now can what it needs be imported.
from portal import warm_up  # noqa: E402

warm_up.start()
