from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "echt.work"
    label = "work"
