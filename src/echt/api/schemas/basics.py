"""What all of them are made of."""

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from echt.api.problems import Code


def _only_text(value: Any) -> Any:
    if not isinstance(value, str):
        raise ValueError("An instant is text.")  # noqa: TRY004  # pydantic turns it into a mistake of the request
    return value


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


AMOUNT = "Whole coins as decimal text: exact, and never a JSON number."
Amount = Annotated[
    str,
    StringConstraints(pattern=r"^(0|[1-9][0-9]{0,77})(\.[0-9]{1,30})?$"),
    Field(description=AMOUNT, examples=["1.50000000"]),
]
Told = Annotated[str, Field(description=f"{AMOUNT} All decimals of the asset.", examples=["1.50000000"])]
AssetCode = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9.\-]{1,12}$"), Field(description="Code of an asset.", examples=["BTC"])
]
Reference = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:@/+\-]{0,119}$"),
    Field(examples=["ch_3Pz81"]),
]
AccountReference = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._@\-]{0,63}$"),
    Field(description="How your engine names the account.", examples=["user-4711"]),
]
Instant = Annotated[
    AwareDatetime,
    BeforeValidator(_only_text),
    AfterValidator(_in_utc),
    Field(description="ISO 8601 with offset.", examples=["2026-11-27T12:00:00Z"]),
]
Bitcoin = Annotated[str, Field(description="Bitcoin, as decimal text.", examples=["10.00000000"])]


class Asked(BaseModel):
    """The body of a request."""

    model_config = ConfigDict(extra="forbid", str_max_length=200)


class Given(BaseModel):
    """The body of an answer."""


class Mistake(Given):
    pointer: str = Field(description="JSON pointer into the body, or /name of a parameter.", examples=["/pays/asset"])
    code: str = Field(examples=["unknown_field"])
    detail: str


class ProblemDetails(Given):
    """RFC 9457. `code` never changes; `title` and `detail` follow Accept-Language."""

    type: str = Field(examples=["urn:echt:problem:invalid"])
    title: str
    status: int
    detail: str
    code: str = Field(json_schema_extra={"enum": [code.value for code in Code]})
    errors: list[Mistake] | None = None


class Cursor(Asked):
    """Where a page begins, and how long it is."""

    after: str = Field(default="", max_length=100, description="`next` of the page before; empty: the first page.")
    size: int = Field(default=25, ge=1, le=100)
