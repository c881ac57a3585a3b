"""A server on the loopback whose every path is a behaviour, down to the bytes on the wire."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator

Behaviour = Callable[[socket.socket, "Asked"], None]


class Asked:
    """A request as it came: path and headers in lower case."""

    def __init__(self, text: str) -> None:
        lines = text.split("\r\n")
        self.path = lines[0].split(" ")[1] if lines[0].count(" ") > 1 else ""
        pairs = (line.split(":", 1) for line in lines[1:] if ":" in line)
        self.headers = {name.strip().lower(): value.strip() for name, value in pairs}


class Server:
    """Answers each path by its behaviour; `asked` keeps every request, `connections` counts."""

    def __init__(self) -> None:
        self.behaviours: dict[str, Behaviour] = {}
        self.asked: list[Asked] = []
        self.connections = 0
        self.stop = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def _accept(self) -> None:
        while not self.stop.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            received = b""
            while b"\r\n\r\n" not in received:
                piece = connection.recv(65536)
                if not piece:
                    return
                received += piece
            asked = Asked(received.decode("latin-1"))
            self.asked.append(asked)
            behaviour = self.behaviours.get(asked.path, answer(b"", status="404 Not Found"))
            behaviour(connection, asked)

    def close(self) -> None:
        self.stop.set()
        self._listener.close()


def answer(data: bytes, status: str = "200 OK", **headers: str) -> Behaviour:
    """An ordinary answer."""
    named = {"content_length": str(len(data)), "connection": "close"} | headers
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in named.items())

    def behave(connection: socket.socket, asked: Asked) -> None:
        connection.sendall(f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + data)

    return behave


def redirect(location: str, status: str = "302 Found") -> Behaviour:
    """A redirect to anywhere."""
    return answer(b"", status, location=location)


def raw(*pieces: bytes) -> Behaviour:
    """Bytes that need be no HTTP at all, then an end."""

    def behave(connection: socket.socket, asked: Asked) -> None:
        for piece in pieces:
            connection.sendall(piece)

    return behave


def endless(first: bytes, again: bytes, pause: float = 0.0) -> Behaviour:
    """`first`, then `again` for ever, with a pause before each."""

    def behave(connection: socket.socket, asked: Asked) -> None:
        connection.sendall(first)
        waiting = threading.Event()
        while not waiting.wait(pause):
            connection.sendall(again)

    return behave


@contextlib.contextmanager
def serving() -> Iterator[Server]:
    """A server for the length of a test."""
    server = Server()
    try:
        yield server
    finally:
        server.close()
