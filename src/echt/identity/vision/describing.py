"""What stands in the file beside an operator's detector of presentation attacks. Nothing heavy is imported to read it.

`spoof.onnx` and `spoof.json`:

    {"version": "minifasnet 2.7", "side": 80, "crop": 2.7, "colours": "bgr", "mean": [0, 0, 0], "scale": [1, 1, 1],
     "softmax": true, "attack": [0, 2]}

1. In: one input, 32-bit floats of the shape 1 x 3 x `side` x `side`: the colours in the order of `colours`, each from
   0 to 255, `mean` taken off and then divided by `scale`; then rows from the top, then columns from the left.
2. It shows the square around the middle of the largest face whose side is `crop` times the longer side of the face's
   box; what lies outside of the picture continues its edge.
3. Out: of the first output all numbers in their order; where `softmax` is true, made shares of 1 first. Those at the
   places `attack`, counted from 0, are added up: from 0 (nothing suspicious) to 1 (surely an attack).
4. Unless they are given, `crop` is 1, `colours` is "bgr", `mean` is 0, `scale` is 1, and `softmax` is false.
"""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, Field, ValidationError

from echt.identity.providers import DetectorBroken

Place = Annotated[int, Field(ge=0)]
Divisor = Annotated[float, Field(gt=0)]


class Description(BaseModel, extra="forbid"):
    """See the module's text."""

    version: str
    side: int = Field(ge=16, le=1024)
    crop: float = Field(default=1.0, ge=0.5, le=4)
    colours: Literal["bgr", "rgb"] = "bgr"
    mean: tuple[float, float, float] = (0, 0, 0)
    scale: tuple[Divisor, Divisor, Divisor] = (1, 1, 1)
    softmax: bool = False
    attack: tuple[Place, ...] = Field(min_length=1)


def description_of(model: Path) -> Description:
    """What the file beside this model says.

    Raises:
        DetectorBroken: it is missing or wrong.
    """
    path = model.with_suffix(".json")
    try:
        return Description.model_validate_json(path.read_bytes())
    except OSError:
        raise DetectorBroken(f"{path.name} cannot be read; it describes the detector (docs/identity.md).") from None
    except ValidationError as wrong:
        where = "; ".join(f"{'.'.join(map(str, error['loc']))}: {error['msg']}" for error in wrong.errors())
        raise DetectorBroken(f"{path.name} does not describe a detector: {where}.") from None
