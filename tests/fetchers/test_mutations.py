"""Sound answers with bytes cut, flipped and repeated: read or refused, never a crash."""

import random
from datetime import UTC, datetime

import pytest

from fetchers.formats import Page, Unreadable, parser_of
from fetchers.normalise import drafter_of
from model.document import join
from model.source import read_source
from tests.fetchers.test_bad_input import GOOD

NOW = datetime(2026, 10, 3, tzinfo=UTC)
SPICE = [b"\x00", b"\xff", b'"', b"<", b"{", b"]", b",", b"\n", b"NaN", b"1e999", b"&#x110000;",
         b"\xe1\xbb", b"'", b"--", b"=1+1", b"9" * 50, b"<br>", b"\\u0000", b"\\ud800"]  # fmt: skip


def mutated(data: bytes, rng: random.Random) -> bytes:
    text = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(text) + 1)
        choice = rng.random()
        if choice < 0.35:
            text[at:at] = rng.choice(SPICE)
        elif choice < 0.6 and text:
            text[at : at + rng.randint(1, 20)] = b""
        elif choice < 0.8 and text:
            end = min(len(text), at + rng.randint(1, 40))
            text[at:at] = text[at:end]
        elif at < len(text):
            text[at] ^= 1 << rng.randrange(8)
    return bytes(text)


def sweep(shape: str, rounds: int) -> int:
    kind, options, good = GOOD[shape]
    block = {"name": "A", "url": "https://a.vn/x", "format": shape, "kind": kind}
    source = read_source("nguon", {**block, "options": options})
    rng = random.Random(f"{shape} {rounds}")
    read = 0
    for _ in range(rounds):
        data = mutated(good, rng)
        try:
            parsed = parser_of(shape)(Page(source.url, "", data, source))
        except Unreadable:
            continue
        made = drafter_of(kind)(parsed.items, source, NOW)
        for draft in made.drafts:
            join(draft.values, draft.body).encode()
            assert draft.keys
        read += bool(made.drafts)
    return read


@pytest.mark.parametrize("shape", GOOD)
def test_a_few_mutations(shape: str) -> None:
    sweep(shape, 40)


@pytest.mark.torture
@pytest.mark.parametrize("shape", GOOD)
def test_many_mutations(shape: str) -> None:
    assert sweep(shape, 3000) > 0
