"""Points of edwards25519 (RFC 8032, 5.1), slow and affine: enough to make signatures that nobody may accept."""

from hashlib import sha512

PRIME, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, PRIME) % PRIME
NEUTRAL = (0, 1)
BASE = (15112221349535400772501151409588531511454012693041857206046113283949847762202, 4 * pow(5, -1, PRIME) % PRIME)
OF_ORDER_8 = (
    14399317868200118260347934320527232580618823971194345261214217575416788799818,
    2707385501144840649318225287225658788936804267575313519463743609750303402022,
)


def add(one, other):
    (x1, y1), (x2, y2) = one, other
    product = D * x1 * x2 * y1 * y2
    x = (x1 * y2 + x2 * y1) * pow(1 + product, -1, PRIME)
    y = (y1 * y2 + x1 * x2) * pow(1 - product, -1, PRIME)
    return x % PRIME, y % PRIME


def times(number, point):
    result = NEUTRAL
    for bit in f"{number:b}":
        result = add(result, result)
        result = add(result, point) if bit == "1" else result
    return result


def encoded(point):
    x, y = point
    return (y | (x & 1) << 255).to_bytes(32, "little")


def small_order():
    """All eight points whose multiples end after at most eight steps."""
    return [times(number, OF_ORDER_8) for number in range(1, 9)]


def right_but_for_the_cofactor(message):
    """Key and signature that fit only if both sides are multiplied by 8: the key has a part of small order."""
    for nonce in range(1, 100):
        public = encoded(add(times(2, BASE), OF_ORDER_8))
        point = encoded(times(nonce, BASE))
        challenge = int.from_bytes(sha512(point + public + message).digest(), "little") % ORDER
        if challenge % 8:
            return public, point + ((nonce + 2 * challenge) % ORDER).to_bytes(32, "little")
    raise AssertionError("a hundred challenges in a row cannot all be multiples of 8")
