"""What is asked of a server and what comes back; the seam between journeys and the network.

A Transport makes one exchange, without following anything. `fetchers.http` has the real one,
`fetchers.recording` the one that answers from files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True)
class Request:
    """One GET. `seconds` bounds the whole exchange, `max_bytes` the body, packed and unpacked.

    `keep_wire`: the answer must say what crossed the wire, too (`Answer.wire`).
    """

    url: str
    headers: Mapping[str, str]
    max_bytes: int
    seconds: float
    private_host: str = ""
    ca_bundle: Path | None = None
    keep_wire: bool = False


Pairs = tuple[tuple[str, str], ...]
"""Header fields in their order, spelled as they were sent."""


@dataclass(frozen=True)
class Wire:
    """An exchange as it was sent: the request's path and headers, the response before unpacking.

    `version` is the response's, such as "HTTP/1.1"; `body` holds its bytes with Content-Encoding
    still applied and transfer coding undone (None: not read); `peer` is the server's IP address.
    """

    path: str
    asked: Pairs
    version: str
    reason: str
    headers: Pairs
    body: Path | None = None
    peer: str = ""


@dataclass(frozen=True)
class Answer:
    """A response: header names in lower case, the unpacked body in `file` (None: no body kept)."""

    url: str
    status: int
    headers: Mapping[str, str]
    file: Path | None = None
    wire: Wire | None = None

    def header(self, name: str) -> str:
        """Return a header by its lower-case name; "" if it was not sent."""
        return self.headers.get(name, "")


class FetchError(Exception):
    """An expected failure of the network or a server; the message is Vietnamese, one line.

    `again`: worth a second try at once; `dead`: the host did not answer at all;
    `wait`: seconds that the server asks to be left alone (0: it asked nothing).
    """

    def __init__(
        self, message: str, *, again: bool = False, dead: bool = False, wait: float = 0
    ) -> None:
        super().__init__(message)
        self.again, self.dead, self.wait = again, dead, wait


class Transport(Protocol):
    """Makes one exchange; redirects and errors of a server are answers like others."""

    def ask(self, request: Request, into: Path) -> Answer:
        """Send `request`, keep the body at `into`; raise FetchError if there is no answer."""


Sleep = Callable[[float], None]
