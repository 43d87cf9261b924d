"""Parts of addresses."""


class AssetCode:
    """The code of an asset, in capitals: so that it is never taken for another page of wallets."""

    regex = "[A-Z0-9]{2,12}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
