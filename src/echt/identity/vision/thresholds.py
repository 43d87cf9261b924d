"""What a picture’s figures are held against.

Fitted on drawn pictures of even seeds below 400 and on the real ones beside the repository; rates on pictures that
nothing was fitted on are printed by `python -m benchmarks.picture_quality`, those in the comments come from fitting.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """Beyond the first of two a picture is refused; between it and its `_doubt` a person looks at it."""

    margin: float = 0.006
    """Share of the picture between a corner and its edge. Cut documents taken: 0 of 32."""
    margin_doubt: float = 0.010
    area: float = 0.01
    """Share of the picture that a document takes up; what is smaller is none."""
    likeness: float = 0.88
    """Of what stands out and a quadrilateral. Cups and faces: up to 0.91; documents: 95 of 96 from 0.95 on."""
    likeness_doubt: float = 0.93
    edge_doubt: float = 0.4
    """Share of a side that shows an edge."""
    step_doubt: float = 2.5
    """Change of colour (CIELAB) across the edge that shows the least. Whole ones: from 3.1, one 1.6; a cut one: 1.4."""
    width: float = 900
    """Pixels that a document is wide."""
    blur: float = 0.45
    """Sharp: up to 0.27, real ones to 0.29; defocus of 2 pixels: from 0.51; motion of 14: 0.45, of 22: 0.56."""
    blur_doubt: float = 0.37
    dark: float = 60
    """Median brightness of a document, as `bright`. Whole ones: 165 to 234; too dark: to 45; too bright: from 250."""
    bright: float = 238
    nothing_bright: float = 100
    """Where nothing was found: brightness that a twentieth of the picture reaches; below, it is too dark to see any."""
    nothing_dark: float = 190
    """And what all but a twentieth exceeds where it is too bright."""
    glare: float = 0.015
    """Share of the largest blind spot. Whole ones: below 0.002; with glare: from 0.064."""
    glare_doubt: float = 0.006
    flat: float = 0.65
    """Share without any grain. Captured screens: from 0.68; photographs up to 0.17, one real one 0.43."""
    flat_level: float = 0.3
    """The same where the document lies level."""
    level: float = 0.5
    """Degrees up to which it does."""
    lattice: float = 3.9
    """Height of a fine pattern over what is usual. Documents: up to 3.2; screens: five of six from 4.4."""
    lattice_doubt: float = 3.4
    bezel: float = 60
    """Grey levels. Whole ones: 0; screens with their frame: from 150."""
    framed: int = 3
    """Sides along which a dark strip runs that ends again. Whole ones: up to 2."""
    colour: float = 5.0
    """CIELAB. Grey copies: up to 4.7; documents: from 5.3, those with a portrait from 11."""
    colour_doubt: float = 7.0
    print: int = 3
    """Lines of print. Documents: from 7; surfaces: none."""


DEFAULTS = Thresholds()
