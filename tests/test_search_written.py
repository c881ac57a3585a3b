"""A leaf's file after any changes is the file that is written whole."""

import random
from array import array

from plugins.search.written import Piece, Written


def piece(rng: random.Random, low: int) -> Piece:
    width = rng.randrange(1, 60)
    return low + rng.randrange(1 << rng.choice([6, 20])), rng.getrandbits(width), width


def test_keys_put_and_dropped_leave_what_is_written_at_once() -> None:
    rng = random.Random(1)
    for low in (0, 77, 1 << 35):
        one, stand = Written(low), dict[int, Piece]()
        for _ in range(300):
            some = piece(rng, low)
            if rng.random() < 0.6:
                one.put(*some)
                stand[some[0]] = some
            else:
                key = rng.choice([some[0], *stand])
                one.drop(key)
                stand.pop(key, None)
            one.settle()
            whole = Written(low)
            whole.fill(stand[key] for key in sorted(stand))
            assert one == whole
            again = Written.read(low, array("Q", one.keys), array("I", one.ends), one.bytes())
            assert again == one
