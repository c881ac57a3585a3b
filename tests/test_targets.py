"""Releases on other machines: a server by rsync, a bucket on loopback, the folder for Pages."""

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from model.problem import Problems
from publishing.targets import deliver, standing
from publishing.targets.s3 import Bucket, upload_order
from publishing.trees import Tree
from tests.stores import object_store
from tests.test_publishing import NOW, SITE, Bench, page


def send(bench: Bench) -> str:
    publisher = bench.publisher()
    done = publisher.publish(NOW, ("demo",))
    return deliver(publisher, Tree(done.folder))


def configure(bench: Bench, text: str) -> None:
    (bench.folder / "publish.yaml").write_text(text, encoding="utf-8")


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path / "site")


@pytest.fixture
def server(bench: Bench, tmp_path: Path, program: Callable[[str], str]) -> Path:
    """A “server” that is a folder: the shell drops the host's name and runs the command here."""
    program("rsync")
    shell = tmp_path / "shell"
    shell.write_text('#!/bin/sh\nshift\nexec sh -c "$*"\n', encoding="utf-8")
    shell.chmod(0o755)
    folder = tmp_path / "server"
    configure(
        bench, f"target: rsync\nkeep: 2\nrsync: {{host: web, path: {folder}, shell: {shell}}}\n"
    )
    return folder


def there(server: Path) -> dict[str, str]:
    public = server / "current/public"
    return {
        path.relative_to(public).as_posix(): path.read_text(encoding="utf-8")
        for path in public.rglob("*")
        if path.is_file() and path.suffix not in (".gz", ".br")
    }


def test_a_server_gets_whole_releases_and_keeps_a_few(bench: Bench, server: Path) -> None:
    assert send(bench) == f"web:{server}/current/public"
    for number in range(3):
        bench.build({"tin-tuc/1/index.html": page(f"bản {number}"), "tin-tuc/9/index.html": None})
        send(bench)
        assert there(server) == bench.built()
    assert sorted(path.name for path in (server / "releases").iterdir()) == ["3", "4"]
    old, new = (server / f"releases/{n}/public/tin-tuc/2/index.html" for n in (3, 4))
    assert old.stat().st_ino == new.stat().st_ino
    (server.parent / "shell").write_text(
        f'#!/bin/sh\nshift\necho "$*" >> {server.parent}/asked\nexec sh -c "$*"\n', "utf-8"
    )
    publisher = bench.publisher()
    back = publisher.rollback(NOW)
    deliver(publisher, Tree(back.folder))
    assert "bản 1" in there(server)["tin-tuc/1/index.html"]
    assert "rsync" not in (server.parent / "asked").read_text("utf-8"), "sent what was there"
    (server / "releases/4/manifest.json").write_text("{}", "utf-8")
    deliver(publisher, Tree(publisher.rollback(NOW, 4).folder))
    assert there(server) == bench.built()
    assert "rsync" in (server.parent / "asked").read_text("utf-8"), "what is not the same is sent"


def test_a_release_sent_again_is_never_gone(bench: Bench, server: Path) -> None:
    send(bench)
    shell, gone, tools = (server.parent / name for name in ("shell", "gone", "tools"))
    tools.mkdir()
    for tool in ("rm", "mv", "ln"):
        look = f"[ -e {server}/current/public/index.html ] || echo {tool} >> {gone}"
        (tools / tool).write_text(f'#!/bin/sh\n{shutil.which(tool)} "$@"\n{look}\n', "utf-8")
        (tools / tool).chmod(0o755)
    shell.write_text(f'#!/bin/sh\nshift\nPATH={tools}:$PATH exec sh -c "$*"\n', encoding="utf-8")
    for _ in range(3):
        send(bench)
        assert there(server) == bench.built()
        assert len(list((server / "releases").iterdir())) == 1
    assert not gone.exists()


def test_a_broken_line_leaves_the_server_as_it_was(bench: Bench, server: Path) -> None:
    send(bench)
    standing = there(server)
    bench.build({"tin-tuc/1/index.html": page("mới")})
    (server.parent / "shell").write_text(
        "#!/bin/sh\necho no route >&2\nexit 255\n", encoding="utf-8"
    )
    with pytest.raises(Problems, match="no route"):
        send(bench)
    assert there(server) == standing


@pytest.fixture
def store(
    bench: Bench, tmp_path: Path, program: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bucket]:
    """A bucket of an S3-compatible server on loopback."""
    with object_store(tmp_path, program("rclone")) as (settings, keys):
        for name, value in keys.items():
            monkeypatch.setenv(name, value)
        configure(bench, settings + "redirects: {/cu/: /tin-tuc/1/}\n")
        target = bench.publisher().settings.s3
        assert target is not None
        yield Bucket(target)


def stored(bucket: Bucket) -> dict[str, bytes]:
    client: Any = bucket.client
    pages = client.get_paginator("list_objects_v2").paginate(
        Bucket=bucket.name, Prefix=bucket.prefix
    )
    keys = [item["Key"] for part in pages for item in part.get("Contents", [])]
    return {
        key.removeprefix(bucket.prefix): client.get_object(Bucket=bucket.name, Key=key)[
            "Body"
        ].read()
        for key in keys
    }


def test_a_bucket_gets_only_what_changed_with_its_headers(bench: Bench, store: Bucket) -> None:
    assert "gửi 23 tệp, bỏ 0 tệp" in send(bench)
    bench.build({"tin-tuc/1/index.html": page("mới"), "tin-tuc/9/index.html": None})
    assert "gửi 1 tệp, bỏ 1 tệp" in send(bench)
    found = stored(store)
    extra = {"manifest.json", "cu/index.html"}
    assert b"url=/tin-tuc/1/" in found["cu/index.html"]
    assert {
        path: data.decode() for path, data in found.items() if path not in extra
    } == bench.built()
    head = store.client.head_object(Bucket=store.name, Key=f"{store.prefix}tin-tuc/1/index.html")
    assert head["ContentType"] == "text/html; charset=utf-8"
    assert head["CacheControl"].startswith("public, max-age=60")


@pytest.mark.parametrize("writes", [1, 3, 5])
def test_a_killed_upload_is_put_right_by_whatever_release_comes_next(
    bench: Bench, store: Bucket, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    send(bench)
    first = bench.built()
    bench.build({"tin-tuc/1/index.html": page("mới"), "tin-tuc/9/index.html": None})
    bench.build({"tin-tuc/moi/index.html": page("sai")})
    left = [writes]

    def dying(call: Callable[..., Any]) -> Callable[..., Any]:
        def one(*arguments: Any) -> Any:
            left[0] -= 1
            if left[0] < 0:
                raise KeyboardInterrupt
            return call(*arguments)

        return one

    with monkeypatch.context() as patch:
        patch.setattr(Bucket, "put", dying(Bucket.put))
        patch.setattr(Bucket, "remove", dying(Bucket.remove))
        with pytest.raises(KeyboardInterrupt):
            send(bench)
    publisher = bench.publisher()
    deliver(publisher, Tree(publisher.rollback(NOW).folder))
    extra = {"manifest.json", "cu/index.html"}
    found = stored(store)
    assert {path: data.decode() for path, data in found.items() if path not in extra} == first


def test_a_fresh_machine_goes_on_from_the_release_in_the_bucket(
    bench: Bench, store: Bucket, tmp_path: Path
) -> None:
    send(bench)
    first = store.manifest()
    assert first is not None
    shutil.rmtree(bench.folder / "www")
    bench.build({"tin-tuc/1/index.html": page("mới")})
    publisher = bench.publisher()
    done = publisher.publish(NOW, ("demo",), partial(standing, publisher))
    assert (done.number, done.changed) == (first.number + 1, 1)
    assert "gửi 1 tệp, bỏ 0 tệp" in deliver(publisher, Tree(done.folder))
    second = store.manifest()
    assert second is not None
    assert second.previous == first.sha256
    shutil.rmtree(bench.folder / "www")
    bench.build({f"tin-tuc/{n}/index.html": None for n in range(2, 20)})
    with pytest.raises(Problems, match="shrinking"):
        bench.publisher().publish(NOW, ("demo",), partial(standing, publisher))


def test_an_old_address_that_now_leads_on_is_not_removed(bench: Bench, store: Bucket) -> None:
    send(bench)
    path = bench.folder / "publish.yaml"
    text = path.read_text("utf-8").replace("/cu/: /tin-tuc/1/", "/tin-tuc/9/: /tin-tuc/1/")
    path.write_text(text, "utf-8")
    bench.build({"tin-tuc/9/index.html": None})
    send(bench)
    assert b"url=/tin-tuc/1/" in stored(store)["tin-tuc/9/index.html"]


def test_a_store_that_refuses_is_said_in_one_line(bench: Bench, store: Bucket) -> None:
    path = bench.folder / "publish.yaml"
    path.write_text(path.read_text("utf-8").replace("bucket: site", "bucket: khac"), "utf-8")
    with pytest.raises(Problems, match="kho không nhận") as error:
        send(bench)
    assert "\n" not in str(error.value)
    assert stored(store) == {}


def test_what_leads_readers_on_is_uploaded_last() -> None:
    paths = ["index.html", "tin-tuc/index.html", "tin-tuc/a/index.html", "atom.xml", "theme/a.css"]
    assert upload_order(paths) == [
        "theme/a.css",
        "tin-tuc/a/index.html",
        "tin-tuc/index.html",
        "atom.xml",
        "index.html",
    ]


def test_the_folder_for_pages_is_the_plain_site(bench: Bench) -> None:
    configure(bench, "target: pages\nredirects: {/cu.htm: /tin-tuc/1/, /xua/: /tin-tuc/2/}\n")
    for words in ("một", "hai"):
        bench.build({"tin-tuc/1/index.html": page(words)})
        folder = Path(send(bench))
    made = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    side = {"manifest.json", ".nojekyll", "_headers", "_redirects", "cu.htm", "xua/index.html"}
    assert made == side | set(bench.built())
    assert 'url=/tin-tuc/1/"' in (folder / "cu.htm").read_text(encoding="utf-8")
    assert "hai" in (folder / "tin-tuc/1/index.html").read_text(encoding="utf-8")
    assert SITE in (bench.folder / "site.yaml").read_text(encoding="utf-8")
