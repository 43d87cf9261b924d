"""Which documents a country or region issues: facts, without the operator's settings.

1. A country that is not in the catalogue issues nothing that we take.
2. A zone is told only where every document of that kind that is issued today bears one.
"""

from echt.identity.catalogue.catalogue import (
    Country,
    countries,
    is_issued,
    kinds_of,
    least_age,
    name_of,
    sides_of,
    zone_of,
    zones_of,
)

__all__ = ["Country", "countries", "is_issued", "kinds_of", "least_age", "name_of", "sides_of", "zone_of", "zones_of"]
