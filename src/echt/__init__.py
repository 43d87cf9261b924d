"""echt: the trust platform of a digital-asset exchange. `docs/house.md` is the map of its rooms."""

__version__ = "0.1.0"
