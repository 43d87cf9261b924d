"""Whether an Ed25519 signature is right (RFC 8032, section 5.1).

1. The second half of a signature is a number below the order of the base point; so nobody can make a second signature
   out of one.
2. Points are in their only form: the coordinate below 2^255 - 19, and no negative zero.
3. A key of small order is no key: it would accept signatures that nobody made.

Only public things are computed here, so that time may depend on them.
"""

from __future__ import annotations

from hashlib import sha512

KEY_BYTES = 32
SIGNATURE_BYTES = 64

FIELD = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
CURVE_D = -121665 * pow(121666, FIELD - 2, FIELD) % FIELD
ROOT_OF_MINUS_ONE = pow(2, (FIELD - 1) // 4, FIELD)

Point = tuple[int, int, int, int]
"""(X, Y, Z, T): x = X / Z, y = Y / Z, x * y = T / Z."""

NEUTRAL: Point = (0, 1, 1, 0)


def signature_is_valid(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the holder of the private key signed the message."""
    if len(public_key) != KEY_BYTES or len(signature) != SIGNATURE_BYTES:
        return False
    key = _point_of(public_key)
    commitment, answer = signature[:32], int.from_bytes(signature[32:], "little")
    if key is None or _is_small(key) or answer >= ORDER:
        return False
    challenge = int.from_bytes(sha512(commitment + public_key + message).digest(), "little") % ORDER
    return _bytes_of(_base_minus(answer, challenge, key)) == commitment


def _base_minus(answer: int, challenge: int, key: Point) -> Point:
    """`answer` times the base point, minus `challenge` times the key: both at once, four bits at a time."""
    of_base, of_key = _multiples(BASE), _multiples(_negative(key))
    result = NEUTRAL
    for shift in range(252, -4, -4):
        for _ in range(4):
            result = _double(result)
        result = _add(result, of_base[answer >> shift & 15])
        result = _add(result, of_key[challenge >> shift & 15])
    return result


def _multiples(point: Point) -> list[Point]:
    """0 to 15 times the point."""
    found = [NEUTRAL]
    for _ in range(15):
        found.append(_add(found[-1], point))
    return found


def _add(one: Point, other: Point) -> Point:
    x1, y1, z1, t1 = one
    x2, y2, z2, t2 = other
    a = (y1 - x1) * (y2 - x2) % FIELD
    b = (y1 + x1) * (y2 + x2) % FIELD
    c = 2 * t1 * t2 * CURVE_D % FIELD
    d = 2 * z1 * z2 % FIELD
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % FIELD, g * h % FIELD, f * g % FIELD, e * h % FIELD


def _double(point: Point) -> Point:
    x, y, z, _ = point
    a, b = x * x % FIELD, y * y % FIELD
    h = a + b
    e = h - (x + y) * (x + y) % FIELD
    g = a - b
    f = 2 * z * z % FIELD + g
    return e * f % FIELD, g * h % FIELD, f * g % FIELD, e * h % FIELD


def _negative(point: Point) -> Point:
    x, y, z, t = point
    return -x % FIELD, y, z, -t % FIELD


def _is_small(point: Point) -> bool:
    """Whether eight times the point is the neutral one."""
    x, y, z, _ = _double(_double(_double(point)))
    return x == 0 and y == z


def _bytes_of(point: Point) -> bytes:
    x, y, z, _ = point
    inverse = pow(z, FIELD - 2, FIELD)
    x, y = x * inverse % FIELD, y * inverse % FIELD
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _point_of(content: bytes) -> Point | None:
    """The point that the bytes stand for; none where they are not in its only form, or it is not on the curve."""
    number = int.from_bytes(content, "little")
    y, odd = number & ~(1 << 255), number >> 255
    x = _x_of(y, odd) if y < FIELD else None
    return None if x is None else (x, y, 1, x * y % FIELD)


def _x_of(y: int, odd: int) -> int | None:
    """The coordinate that belongs to y: x^2 = (y^2 - 1) / (d y^2 + 1)."""
    above, below = y * y - 1, CURVE_D * y * y + 1
    x = above * pow(below, 3, FIELD) * pow(above * pow(below, 7, FIELD), (FIELD - 5) // 8, FIELD) % FIELD
    if (below * x * x - above) % FIELD:
        x = x * ROOT_OF_MINUS_ONE % FIELD
    if (below * x * x - above) % FIELD or (x == 0 and odd):
        return None
    return x if x & 1 == odd else FIELD - x


BASE_Y = 4 * pow(5, FIELD - 2, FIELD) % FIELD
BASE_X = 15112221349535400772501151409588531511454012693041857206046113283949847762202
BASE: Point = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % FIELD)
