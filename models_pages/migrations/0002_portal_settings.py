import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("models_pages", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="PortalSettings",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "decide_on_own",
                    models.BooleanField(
                        default=False,
                        help_text="Editors may approve, publish and schedule also pages that they own, co-author or edited last. Leave this off where there are two editors or more.",
                        verbose_name="portal with one editor",
                    ),
                ),
            ],
            options={
                "verbose_name": "settings of the portal",
            },
        ),
        migrations.CreateModel(
            name="SteppedRevision",
            fields=[
                (
                    "revision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="stepped",
                        serialize=False,
                        to="wagtailcore.revision",
                    ),
                ),
                ("step", models.CharField(db_index=True, max_length=36)),
                ("is_autosave", models.BooleanField(default=False)),
            ],
        ),
    ]
