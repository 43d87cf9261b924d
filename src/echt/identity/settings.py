"""Settings of the identification of persons."""

from pathlib import Path

from django.conf import settings
from pydantic import BaseModel, Field


class IdentitySettings(BaseModel):
    hours: int = Field(default=24, ge=1, description="Hours within which a person decides an application.")
    warned: int = Field(
        default=75, ge=1, le=100, description="Per cent of that time after which the desk shows a warning."
    )
    claimed: int = Field(
        default=30,
        ge=1,
        description="Minutes that an application stays with the reviewer who claimed it, unless renewed.",
    )
    tries: int = Field(default=9, ge=1, description="How often an application may be sent in again.")
    four_eyes: bool = Field(
        default=False,
        description="Whether a second person confirms every decision. Final refusals always need one.",
    )
    automatic: bool = Field(
        default=False,
        description="Whether an application is approved without a person where every check holds.",
    )
    accounts: int = Field(default=1, ge=1, description="The most accounts that one document may verify.")
    age: int = Field(default=18, ge=0, description="The least age of a customer; a country's own may be higher.")
    excluded: list[str] = Field(
        default_factory=list, description="Countries and regions not served, as ISO 3166-1 alpha-3 codes."
    )
    draft_days: int = Field(default=30, ge=1, description="Days after which an application that was not sent lapses.")
    returned_days: int = Field(default=14, ge=1, description="Days after which an application sent back lapses.")
    face_days: int = Field(
        default=30, ge=0, description="Days that faces and movements are kept after the decision; then their key goes."
    )
    refused_days: int = Field(
        default=90, ge=1, description="Days that pictures and data of an application that was not approved are kept."
    )
    years: int = Field(
        default=5, ge=1, description="Years that pictures and data are kept after the account was closed."
    )
    expiry_days: int = Field(
        default=30, ge=1, description="Days before a document expires on which its holder is told."
    )
    models: Path | None = Field(
        default=None,
        description="The folder of the vision worker’s models. Default: `share/echt/models` in the Python environment.",
    )
    alike_from: float = Field(
        default=0.40, description="Similarity of two faces from which they count as alike (docs/identity.md)."
    )
    unlike_below: float = Field(
        default=0.25, description="Similarity of two faces below which they count as unlike (docs/identity.md)."
    )
    attack_model: Path | None = Field(
        default=None, description="An ONNX file with the operator’s own detector of presentation attacks."
    )
    screening_from: int = Field(
        default=85,
        ge=60,
        le=100,
        description="Score from which an entry of a screening list is a hit (docs/identity.md).",
    )
    clamd: str = Field(default="", description="Socket path or host:port of a clamd that scans uploads. Empty: none.")


def identity_settings() -> IdentitySettings:
    return settings.ECHT.identity
