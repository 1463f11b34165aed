from django.db import migrations
from django.utils import timezone


def fill(apps, schema_editor):
    """The time of what is public already counts from its last publication or confirmation."""
    pages = apps.get_model("models_pages", "OperatingModelPage").objects
    changed = []
    for page in (
        pages.filter(live=True, valid_since=None)
        .only("pk", "confirmed_on", "last_published_at")
        .iterator(chunk_size=1000)
    ):
        days = [page.confirmed_on]
        if page.last_published_at:
            days.append(timezone.localdate(page.last_published_at))
        page.valid_since = max((day for day in days if day), default=None)
        changed.append(page)
    pages.bulk_update(changed, ["valid_since"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("models_pages", "0005_keeping_alive")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
