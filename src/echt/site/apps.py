from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "echt.site"
    label = "site"
