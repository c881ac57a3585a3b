"""The shipped configurations, tried on a real nginx (and their texts for the hosts not at hand)."""

import gzip
import http.client
import json
import os
import re
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import brotli
import pytest

from model.site import load_site
from publishing.compress import twins
from publishing.headers import PAGE_POLICY, headers_of, policy, table
from publishing.nginx import configuration, media_type
from publishing.portable import bucket_cors, htaccess, underscore_headers, underscore_redirects
from publishing.settings import Publishing

ROOT = Path(__file__).resolve().parents[1]
PAGE = "<!doctype html><html lang=vi><title>Thử</title>" + "<p>Xin chào.</p>" * 50 + "</html>"
FILES = {
    "index.html": PAGE,
    "404.html": PAGE.replace("Thử", "Không có trang này"),
    "tin-tuc/a/index.html": PAGE,
    "tin-tuc/atom.xml": "<feed/>" * 60,
    "canh-bao/x.cap.xml": "<alert/>",
    "theme/site.css": "a{}" * 200,
    "embed/hop/index.html": PAGE,
    "embed/hop.json": "{}",
    "embed/the/tin-tuc/a/oembed.json": '{"type":"rich"}',
    "embed/the/en/tin-tuc/a/oembed.xml": "<oembed/>",
    "embed/canh-bao/oembed.json": '{"type":"rich","title":"canh-bao"}',
    "embed/404.html": PAGE.replace("Thử", "Các tiện ích đang có"),
    "embed/tep/loa-1.js": "void 0;" * 60,
    ".loa-build": "secret",
}
EMBEDS = ("/embed/hop/", "/embed/tep/loa-1.js", "/embed/khong-co/")
NEVER = ("unsafe-inline", "unsafe-eval", "http:", "https:", "*")


class Answer(NamedTuple):
    """What a server answered."""

    status: int
    headers: dict[str, str]
    body: bytes


class Web:
    """A server on loopback."""

    def __init__(self, port: int) -> None:
        self.port = port

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers={"Host": "a.example.vn", **names})
        response = connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        answer = Answer(response.status, found, response.read())
        connection.close()
        return answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def site_at(folder: Path, url: str) -> Path:
    (folder / "site.yaml").write_text(
        f"name: T\nurl: {url}\nagency: {{name: S}}\n", encoding="utf-8"
    )
    public = folder / "www/current/public"
    for path, text in FILES.items():
        (public / path).parent.mkdir(parents=True, exist_ok=True)
        (public / path).write_text(text, encoding="utf-8")
        for end, twin in zip((".gz", ".br"), twins(path, text.encode(), 11), strict=True):
            if twin:
                (public / f"{path}{end}").write_bytes(twin)
    (folder / "www/current/manifest.json").write_text('{"version":1}', encoding="utf-8")
    return folder / "www"


MAIN = """{user}
pid {folder}/nginx.pid; error_log {folder}/error.log; daemon off; worker_processes 1;
{modules}
events {{}}
http {{ access_log off; client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2;
fastcgi_temp_path {folder}/t3; uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
include {folder}/site.conf; }}
"""
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")


def serve(folder: Path, nginx: str, url: str) -> Iterator[Web]:
    root = site_at(folder, url)
    settings = Publishing.model_validate({"redirects": {"/cu.htm": "/tin-tuc/a/"}})
    text = configuration(load_site(folder), settings, root, table(), BROTLI.exists())
    port = free_port()
    text = text.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("listen [::]:80;", "")
    (folder / "site.conf").write_text(text, encoding="utf-8")
    modules = f"load_module {BROTLI};" if BROTLI.exists() else ""
    main = folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""
    main.write_text(MAIN.format(folder=folder, modules=modules, user=user), encoding="utf-8")
    process = subprocess.Popen([nginx, "-c", str(main)], stderr=subprocess.PIPE, text=True)
    try:
        wait_for(port, process)
        yield Web(port)
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int, process: "subprocess.Popen[str]") -> None:
    for _ in range(200):
        if process.poll() is not None:
            raise AssertionError(process.stderr.read() if process.stderr else "ended")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the server did not come up")


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory, program: Callable[[str], str]) -> Iterator[Web]:
    folder = tmp_path_factory.mktemp("nginx")
    yield from serve(folder, program("nginx"), "https://a.example.vn")


@pytest.mark.parametrize("path", ["/", "/tin-tuc/a/", "/khong-co/", "/tin-tuc/atom.xml"])
def test_pages_carry_every_header_of_the_table(web: Web, path: str) -> None:
    answer = web.get(path)
    assert answer.status == (404 if "khong" in path else 200)
    for name, value in headers_of(path, table()).items():
        assert answer.headers[name.lower()] == value
    assert "server" not in answer.headers or "/" not in answer.headers["server"]


def test_embeds_may_be_framed_and_read_and_nothing_else_may(web: Web) -> None:
    for path in ("/embed/hop/", "/embed/hop.json"):
        answer = web.get(path)
        assert "frame-ancestors *" in answer.headers["content-security-policy"]
        assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
        assert answer.headers["cross-origin-embedder-policy"] == "require-corp"
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "x-frame-options" not in answer.headers
    page = web.get("/").headers
    assert "access-control-allow-origin" not in page
    assert "frame-ancestors 'none'" in page["content-security-policy"]
    assert not any(word in page["content-security-policy"] for word in NEVER)


def test_scripts_of_embeds_stay_and_what_is_not_there_names_what_is(web: Web) -> None:
    script = web.get("/embed/tep/loa-1.js")
    assert "immutable" in script.headers["cache-control"]
    assert script.headers["access-control-allow-origin"] == "*"
    for path in ("/embed/khong-co/", "/embed/tep/loa-99.js", "/embed/bieu-ngu/x/300x250.png"):
        missing = web.get(path)
        assert missing.status == 404
        assert "Các tiện ích đang có".encode() in missing.body
        assert "frame-ancestors *" in missing.headers["content-security-policy"]
        assert "immutable" not in missing.headers["cache-control"]


def test_an_oembed_question_finds_the_static_answer(web: Web) -> None:
    page = "https%3A%2F%2Fa.example.vn%2F"
    found = web.get(f"/embed/oembed.json?url={page}tin-tuc%2Fa%2F&maxwidth=400")
    assert (found.status, found.body) == (200, b'{"type":"rich"}')
    plain = web.get("/embed/oembed.xml?url=https://a.example.vn/en/tin-tuc/a/")
    assert (plain.status, plain.body) == (200, b"<oembed/>")
    widget = web.get(f"/embed/oembed.json?url={page}embed%2Fcanh-bao%2F")
    assert b"canh-bao" in widget.body
    for url in ("", f"{page}khong-co%2Fb%2F", "https%3A%2F%2Fb.example.vn%2Ftin-tuc%2Fa%2F"):
        assert web.get(f"/embed/oembed.json?url={url}").status == 404


def test_compressed_twins_are_sent_to_those_who_take_them(web: Web) -> None:
    plain = web.get("/tin-tuc/a/")
    zipped = web.get("/tin-tuc/a/", Accept_Encoding="gzip")
    assert plain.body == PAGE.encode()
    assert zipped.headers["content-encoding"] == "gzip"
    assert gzip.decompress(zipped.body) == plain.body
    assert "Accept-Encoding" in plain.headers["vary"]
    if BROTLI.exists():
        small = web.get("/tin-tuc/a/", Accept_Encoding="gzip, br")
        assert small.headers["content-encoding"] == "br"
        assert brotli.decompress(small.body) == plain.body


def test_a_versioned_asset_is_kept_for_a_year_and_others_are_not(web: Web) -> None:
    assert "immutable" in web.get("/theme/site.css?v=0123456789").headers["cache-control"]
    assert "max-age=86400" in web.get("/theme/site.css").headers["cache-control"]
    assert "max-age=60" in web.get("/?v=1").headers["cache-control"]
    etag = web.get("/").headers["etag"]
    assert web.get("/", If_None_Match=etag).status == 304


@pytest.mark.parametrize(
    ("path", "type_"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/theme/site.css", "text/css; charset=utf-8"),
        ("/tin-tuc/atom.xml", "application/atom+xml"),
        ("/canh-bao/x.cap.xml", "application/cap+xml"),
        ("/embed/hop.json", "application/json; charset=utf-8"),
    ],
)
def test_media_types(web: Web, path: str, type_: str) -> None:
    assert web.get(path).headers["content-type"] == type_
    name = path.lstrip("/") or "index.html"
    assert media_type(name) == type_.split(";")[0]


def test_what_is_not_public_and_what_moved(web: Web) -> None:
    assert web.get("/.loa-build").status == 404
    assert web.get("/../manifest.json").status == 400
    assert web.get("/manifest.json").body == b'{"version":1}'
    moved = web.get("/cu.htm")
    assert (moved.status, moved.headers["location"]) == (301, "/tin-tuc/a/")
    slash = web.get("/tin-tuc/a")
    assert (slash.status, slash.headers["location"]) == (301, "/tin-tuc/a/")
    missing = web.get("/khong-co/")
    assert (missing.status, "Không có trang này" in missing.body.decode()) == (404, True)
    assert web.get("/", method="POST").status == 405


def test_a_site_in_a_folder_of_its_host(tmp_path: Path, program: Callable[[str], str]) -> None:
    server = serve(tmp_path, program("nginx"), "https://a.example.vn/loa")
    web = next(server)
    try:
        assert web.get("/loa/tin-tuc/a/").status == 200
        assert web.get("/loa/tin-tuc/atom.xml").headers["content-type"] == "application/atom+xml"
        assert web.get("/loa/tin-tuc/a").headers["location"] == "/loa/tin-tuc/a/"
        assert web.get("/loa/cu.htm").headers["location"] == "/loa/tin-tuc/a/"
        assert "frame-ancestors *" in web.get("/loa/embed/hop/").headers["content-security-policy"]
        missing = web.get("/loa/khong-co/")
        assert (missing.status, "Không có trang này" in missing.body.decode()) == (404, True)
        assert web.get("/loa/.loa-build").status == 404
    finally:
        server.close()


def test_the_policy_in_the_pages_and_in_the_headers_is_one() -> None:
    base = (ROOT / "theme/templates/base.html").read_text(encoding="utf-8")
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', base)
    assert found is not None
    in_pages = dict(part.strip().split(" ", 1) for part in found[1].split(";"))
    in_headers = {name: value for name, value in PAGE_POLICY.items() if name != "frame-ancestors"}
    assert in_pages == in_headers


def test_the_other_hosts_get_the_same_table() -> None:
    rules = table(["https://b.example.vn"])
    flat = underscore_headers(rules)
    assert flat.index("/*\n") < flat.index("/embed/*\n")
    assert "  ! X-Frame-Options" in flat.split("/embed/*")[1]
    assert "frame-ancestors 'self' https://b.example.vn" in flat
    assert underscore_redirects({"/a/": "/b/"}).endswith("/a/ /b/ 301\n")
    apache = htaccess("", rules, {"/a.htm": "/b/"})
    assert 'RedirectMatch 301 "^/a\\.htm$" "/b/"' in apache
    assert apache.count("Header always set Content-Security-Policy") == 3
    assert json.loads(bucket_cors())["CORSRules"][0]["AllowedMethods"] == ["GET", "HEAD"]
    assert "'unsafe" not in policy(dict.fromkeys(["default-src"], "'none'")) + flat + apache


APACHE = """ServerRoot {folder}
Listen 127.0.0.1:{port}
ServerName a.example.vn
PidFile {folder}/httpd.pid
ErrorLog {folder}/error.log
{user}
{modules}
TypesConfig /dev/null
DocumentRoot {public}
<Directory {public}>
  Require all granted
  AllowOverride All
</Directory>
"""
MODULES = ("mpm_event", "authz_core", "mime", "dir", "alias", "headers", "rewrite", "filter")


@pytest.fixture(scope="module")
def apache(
    tmp_path_factory: pytest.TempPathFactory, program: Callable[[str], str]
) -> Iterator[Web]:
    folder = tmp_path_factory.mktemp("apache")
    public = site_at(folder, "https://a.example.vn") / "current/public"
    (public / ".htaccess").write_text(htaccess("", table(), {"/cu.htm": "/tin-tuc/a/"}), "utf-8")
    port, user = free_port(), "User www-data\nGroup www-data" if os.geteuid() == 0 else ""
    if user:
        for parent in (folder, folder.parent, folder.parent.parent):
            parent.chmod(0o755)
    modules = "\n".join(
        f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so" for name in MODULES
    )
    main = folder / "httpd.conf"
    text = APACHE.format(folder=folder, port=port, public=public, modules=modules, user=user)
    main.write_text(text, encoding="utf-8")
    command = [program("apache2"), "-f", str(main), "-DFOREGROUND"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        wait_for(port, process)
        yield Web(port)
    finally:
        process.terminate()
        process.wait()


def test_apache_gives_the_same_answers(apache: Web) -> None:
    for path in ("/", "/tin-tuc/a/", "/khong-co/", "/theme/site.css", *EMBEDS):
        answer = apache.get(path)
        assert answer.status == (404 if "khong" in path else 200)
        for name, value in headers_of(path, table()).items():
            assert answer.headers[name.lower()] == value
    assert "x-frame-options" not in apache.get("/embed/hop/").headers
    assert "Các tiện ích đang có".encode() in apache.get("/embed/khong-co/").body
    assert (
        apache.get("/tin-tuc/atom.xml").headers["content-type"].startswith("application/atom+xml")
    )


def test_apache_sends_twins_and_redirects(apache: Web) -> None:
    small = apache.get("/tin-tuc/a/", Accept_Encoding="gzip, br")
    assert small.headers["content-encoding"] == "br"
    assert small.headers["content-type"].startswith("text/html")
    assert brotli.decompress(small.body) == PAGE.encode()
    zipped = apache.get("/theme/site.css", Accept_Encoding="gzip")
    assert gzip.decompress(zipped.body) == FILES["theme/site.css"].encode()
    assert zipped.headers["content-encoding"].endswith("gzip")
    assert "Accept-Encoding" in zipped.headers["vary"]
    moved = apache.get("/cu.htm")
    assert moved.status == 301
    assert moved.headers["location"].endswith("/tin-tuc/a/")
