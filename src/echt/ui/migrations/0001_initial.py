from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="LimitWindow",
            fields=[
                (
                    "bucket",
                    models.CharField(
                        help_text="Keyed hash of the limit's name and the key.",
                        max_length=64,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("taken", models.PositiveBigIntegerField()),
                ("ends", models.BigIntegerField(help_text="When the window closes, in milliseconds since 1970, UTC.")),
            ],
            options={
                "db_table": "ui_ratelimit",
                "indexes": [models.Index(fields=["ends"], name="ui_ratelimit_ends")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(taken__gte=1), name="ui_ratelimit_taken"),
                ],
            },
        ),
    ]
