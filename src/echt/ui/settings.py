"""Settings of the brand and of the pages."""

from pathlib import Path

from django.conf import settings
from pydantic import BaseModel, Field


class BrandSettings(BaseModel):
    name: str = Field(default="Nordlicht Exchange", description="The brand's name, as it stands in pages and mails.")
    short: str = Field(default="Nordlicht", description="The part of the brand's name that is set in bold.")
    entity: str = Field(
        default="Nordlicht Exchange GmbH (made-up demo brand), Beispielweg 1, 20095 Hamburg",
        description="The legal entity with its address, at the foot of every mail.",
    )
    colour: str = Field(
        default="oklch(0.52 0.1 212)",
        pattern=r"^[a-zA-Z0-9#(). %,/+-]{1,64}$",
        description="The brand's colour, in CSS. Only hue and chroma are used; lightness is ours, for contrast.",
    )
    red: bool = Field(
        default=False,
        description="Whether the colour is so red that binding steps use ink instead, so as not to look like danger.",
    )
    mark: Path | None = Field(
        default=None,
        description="An SVG file with the brand's mark, square, drawn in `currentColor`. Default: the demo's mark.",
    )
    legal: str = Field(default="", description="Address of the page with the legal notice. Empty: no link.")
    privacy: str = Field(default="", description="Address of the page about privacy. Empty: no link.")


class WebSettings(BaseModel):
    origin: str = Field(
        default="http://localhost:8000",
        pattern=r"^https?://[A-Za-z0-9.\-\[\]:]+$",
        description="Scheme, host and port under which people reach the pages; links in mails begin with it.",
    )
    hosts: list[str] = Field(
        default_factory=list,
        description="Further host names that the server answers to.",
    )
    proxies: int = Field(
        default=0,
        ge=0,
        description="Your proxies before the server. Only that many last entries of X-Forwarded-For are believed.",
    )
    language: str = Field(
        default="en", pattern="^(de|en)$", description="Language when a reader's is not known: `de` or `en`."
    )
    zone: str = Field(default="Europe/Berlin", description="Time zone of a reader whose own is not known.")


def brand_settings() -> BrandSettings:
    return settings.ECHT.brand


def web_settings() -> WebSettings:
    return settings.ECHT.web
