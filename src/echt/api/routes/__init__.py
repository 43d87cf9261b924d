"""The operations of the API. Importing this declares them all."""

from echt.api.routes import accounts, assets, gate, holds, incoming, movements

__all__ = ["accounts", "assets", "gate", "holds", "incoming", "movements"]
