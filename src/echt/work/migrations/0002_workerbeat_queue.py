from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("work", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="workerbeat",
            name="queue",
            field=models.CharField(default="default", help_text="The queue whose jobs it takes.", max_length=32),
        ),
    ]
