"""Servers that lie, trickle, flood and point inwards: one line each, and nobody else is harmed."""

import gzip
import random
import zlib
from collections.abc import Iterator

import pytest
import requests
from servers import Server, answer, endless, raw, redirect, serving
from urllib3.exceptions import ProtocolError

from fetchers.exchange import FetchError, Request
from fetchers.fetch import Fetcher
from fetchers.http import Web, _translated, is_public
from fetchers.pipeline import Pipeline, Settings

HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\n"
SPELLINGS = [
    "127.0.0.1",
    "localhost",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "127.9.9.9",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "127.1",
    "0.0.0.0",
    "[::]",
    "①②⑦.⓪.⓪.①",
    "localhost.",
    "LOCALHOST",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
]
PRIVATE = [
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "[fe80::1]",
    "[fc00::1]",
    "224.0.0.1",
    "255.255.255.255",
]


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as made:
        yield made


@pytest.fixture
def secret() -> Iterator[Server]:
    with serving() as made:
        yield made


def hostile(feed: bytes, port: int) -> dict[str, tuple[object, str]]:
    """Name -> (behaviour, a part of the line that it must give; "" for what may succeed)."""
    bomb = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = b"".join(bomb.compress(bytes(1 << 20)) for _ in range(64)) + bomb.flush()
    laughs = b'<!DOCTYPE r [<!ENTITY a "ha">' + b"".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 20}">'.encode() for n in range(20)
    )
    return {
        "not-xml": (answer(b"\x00\x01\x02 hello"), "không phải RSS"),
        "png": (answer(b"\x89PNG\r\n\x1a\n" + random.Random(1).randbytes(2000)), "không"),
        "html": (answer(b"<!DOCTYPE html><html><title>403</title></html>"), "trang HTML"),
        "empty": (answer(b""), "tệp trống"),
        "no-items": (answer(b'<rss version="2.0"><channel></channel></rss>'), "không có mục nào"),
        "truncated-json": (answer(b'{"version": "https://jsonfeed.org/version/1", "it'), "bị cụt"),
        "deep-json": (answer(b'{"a":' * 100_000), "lồng nhau"),
        "bomb": (answer(packed, content_encoding="gzip"), "lớn hơn 1 MiB"),
        "not-gzip": (answer(feed, content_encoding="gzip"), "nén bị hỏng"),
        "cut-gzip": (answer(gzip.compress(feed)[:-20], content_encoding="gzip"), "bị cụt"),
        "brotli": (answer(b"x", content_encoding="br"), "nén kiểu br"),
        "flood": (endless(HEAD + b"\r\n", b"<item/>" * 9000), "lớn hơn 1 MiB"),
        "big-length": (answer(b" " * (2 << 20)), "lớn hơn 1 MiB"),
        "trickle": (endless(HEAD + b"\r\n<rss>", b" ", 0.05), "quá 1 giây"),
        "trickled-head": (endless(b"HTTP/1.1 200 OK\r\nx", b"y", 0.05), "quá 1 giây"),
        "silent": (endless(b"", b"", 0.5), "quá 1 giây"),
        "continues": (endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.01), "quá 1 giây"),
        "cut": (raw(HEAD + b"content-length: 9000\r\n\r\n<rss>"), "mất kết nối"),
        "no-http": (raw(b"SSH-2.0-OpenSSH_9.6\r\n"), "mất kết nối"),
        "hang-up": (raw(), "mất kết nối"),
        "long-header": (raw(b"HTTP/1.1 200 OK\r\nx: " + b"y" * 100_000 + b"\r\n\r\n"), "mất"),
        "many-headers": (raw(b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 5000 + b"\r\n"), "mất"),
        "bad-chunks": (raw(HEAD + b"transfer-encoding: chunked\r\n\r\nZZ\r\n<rss>"), "mất kết nối"),
        "loop": (redirect("/loop"), "chuyển hướng quá 5 lần"),
        "to-file": (redirect("file:///etc/passwd"), "không dùng được"),
        "to-script": (redirect("javascript:alert(1)"), "không dùng được"),
        "to-nowhere": (redirect(""), "không dùng được"),
        "to-bad-host": (redirect("http://[::1/"), "không dùng được"),
        "to-user": (redirect(f"http://a@127.0.0.1:{port}/"), "không dùng được"),
        "gone": (answer(b"", "410 Gone"), "HTTP 410"),
        "blocked": (answer(b"<html>no", "403 Forbidden"), "HTTP 403"),
        "broken": (answer(b"", "500 Internal Server Error"), "HTTP 500"),
        "busy": (answer(b"", "503 Busy", retry_after="3600"), "xin đợi 3600 giây"),
        "no-content": (answer(b"", "204 No Content"), "HTTP 204"),
        "partial": (answer(feed, "206 Partial Content"), "HTTP 206"),
        "unasked-304": (answer(b"", "304 Not Modified"), "HTTP 304"),
        "laughs": (answer(laughs + b"]><rss><channel><title>&u;</title></channel></rss>"), ""),
        "deep-xml": (answer(b"<rss><channel>" + b"<a>" * 200_000), "lồng nhau"),
        "comments": (answer(b"<rss><channel>" + b"<!--" * 200_000), ""),
        "nuls": (answer(feed.replace(b"<item>", b"<item>\0\0")), ""),
        "surrogates": (answer(feed.replace(b"Tin", b"&#xD800;&#x110000;&#99999999999;")), ""),
        "wrong-charset": (answer(feed, content_type="text/xml; charset=utf-16"), ""),
        "no-charset": (answer(feed, content_type='text/xml; charset="' + "x" * 500 + '"'), ""),
    }


def test_each_gives_one_line_and_the_good_source_its_items(desk, feed, server, secret) -> None:
    good = feed({"title": "Tin thật", "link": f"{server.base}/tin/1"})
    server.behaviours["/good"] = answer(good)
    cases = hostile(good, secret.port)
    for name, (behaviour, _) in cases.items():
        server.behaviours[f"/{name}"] = behaviour
        _source(desk, server, name, f"{server.base}/{name}")
    for number, spelling in enumerate(SPELLINGS + PRIVATE):
        server.behaviours[f"/inwards{number}"] = redirect(f"http://{spelling}:{secret.port}/x")
        _source(desk, server, f"inwards{number}", f"{server.base}/inwards{number}")
    _source(desk, server, "good", f"{server.base}/good")
    pipeline = Pipeline(
        Fetcher(Web(), "Loa/test", sleep=lambda _: None),
        Settings(desk.folder, desk.now, asked=True),
        desk.sources,
    )
    outcomes = {outcome.source: outcome for outcome in pipeline.run(desk.sources.values())}
    for name, (_, said) in cases.items():
        assert not outcomes[name].crash, outcomes[name].crash
        assert "\n" not in str(outcomes[name])
        if said:
            assert outcomes[name].failed, outcomes[name]
            assert said in outcomes[name].reason
    inwards = [outcome for name, outcome in outcomes.items() if name.startswith("inwards")]
    assert len(inwards) == len(SPELLINGS) + len(PRIVATE)
    assert all(outcome.failed for outcome in inwards)
    assert secret.connections == 0
    assert outcomes["good"].counts == {"new": 1}
    titles = [loaded.document.title for loaded in desk.documents().values()]
    assert "Tin thật" in titles
    survivors = {"nuls", "wrong-charset", "no-charset", "surrogates"}
    assert all(outcomes[name].counts.get("new") == 1 for name in survivors), [
        str(outcomes[name]) for name in survivors
    ]


def _source(desk, server: Server, name: str, url: str) -> None:
    # every path is a host of its own to the pipeline, so that one hang does not queue the others
    limits = {"seconds": 1, "megabytes": 1}
    desk.source(name, url=url, private_host=server.host, limits=limits, publisher=name)


@pytest.mark.parametrize("spelling", SPELLINGS + PRIVATE)
def test_a_source_may_not_point_inwards_unless_it_names_the_host(
    spelling: str, secret: Server, tmp_path
) -> None:
    secret.behaviours["/"] = answer(b"secret")
    request = Request(f"http://{spelling}:{secret.port}/", {}, 1000, 5.0)
    with pytest.raises(FetchError):
        Web().ask(request, tmp_path / "body")
    assert secret.connections == 0
    named = Request(
        f"http://127.0.0.1:{secret.port}/", {}, 1000, 5.0, private_host=f"127.0.0.1:{secret.port}"
    )
    assert Web().ask(named, tmp_path / "body").status == 200
    assert (tmp_path / "body").read_bytes() == b"secret"


def test_a_name_that_changes_its_mind_reaches_nothing(
    secret: Server, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first look-up says a public address, the connection ends at a private one."""
    import socket

    from fetchers import http

    real = socket.create_connection
    monkeypatch.setattr(http, "_resolve", lambda host, port, seconds: ["93.184.216.34"])
    monkeypatch.setattr(
        http.connection,
        "create_connection",
        lambda address, timeout, socket_options: real(("127.0.0.1", secret.port), timeout),
    )
    with pytest.raises(FetchError, match="địa chỉ nội bộ"):
        Web().ask(Request("http://rebound.example.vn/", {}, 1000, 5.0), tmp_path / "body")
    assert secret.asked == []


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822"]
)
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


def test_a_polite_request(server: Server, tmp_path) -> None:
    server.behaviours["/feed"] = answer(b"x")
    request = Request(
        f"{server.base}/feed",
        {"User-Agent": "Loa/1", "If-None-Match": '"a"'},
        1000,
        5.0,
        private_host=server.host,
    )
    Web().ask(request, tmp_path / "body")
    sent = server.asked[0].headers
    assert sent["user-agent"] == "Loa/1"
    assert sent["if-none-match"] == '"a"'
    assert not {"cookie", "referer", "authorization"} & set(sent)


def test_the_innermost_reason_is_said() -> None:
    inner = ConnectionResetError(104, "Connection reset by peer")
    outer = requests.ConnectionError(ProtocolError("Connection aborted.", inner))
    said = str(_translated(outer, Request("https://a.example.vn/", {}, 1, 1.0)))
    assert said == "mất kết nối tới a.example.vn: [Errno 104] Connection reset by peer"


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "raw deflate", "two gzip members"])
def test_packed_bodies_are_unpacked(server: Server, tmp_path, encoding: str) -> None:
    text = b"xin chao " * 5000
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = {
        "gzip": gzip.compress(text),
        "deflate": zlib.compress(text),
        "raw deflate": packer.compress(text) + packer.flush(),
        "two gzip members": gzip.compress(text[:100]) + gzip.compress(text[100:]),
    }[encoding]
    name = "gzip" if "gzip" in encoding else "deflate"
    server.behaviours["/"] = answer(packed, content_encoding=name)
    request = Request(f"{server.base}/", {}, 100_000, 5.0, private_host=server.host)
    answered = Web().ask(request, tmp_path / "body")
    assert answered.file is not None
    assert answered.file.read_bytes() == text
