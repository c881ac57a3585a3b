"""The verbs of the Makefile, with nothing but Python: `python -m bootstrap VERB`.

Makes `.venv`, installs the hash-pinned lock when it changed, then runs the verb's commands in it.
SITE=path points every verb at another site's folder.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / ".lock-sha256"
PAGE_TESTS = ROOT / "tests" / "theme"
BUILD = ("-m", "plugins.incremental", "build")
CODE = (
    "bootstrap.py",
    "pelicanconf.py",
    "publishconf.py",
    "model",
    "fetchers",
    "plugins",
    "publishing",
)
TESTS = ("tests", "benchmarks")
LOOK = "Trang nằm trong {output}. Xem thử: make serve, rồi mở http://127.0.0.1:8000"
UNCHECKED = (
    "Mới dựng để xem thử, CHƯA kiểm tra điều chỉ thấy khi đọc nhiều tệp (liên kết hỏng, ảnh thiếu, "
    "mã địa bàn sai…): make check. Lệnh make publish luôn kiểm tra trước và từ chối khi có lỗi."
)


def python() -> str:
    """Return the virtual environment's Python."""
    folder, name = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return str(VENV / folder / name)


def setup() -> None:
    """Make `.venv` and install the lock, unless this very lock is installed already."""
    wanted = hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()
    if STAMP.is_file() and STAMP.read_text() == wanted:
        return
    print("Cài các thư viện cần dùng vào .venv …", flush=True)
    if not Path(python()).exists():
        venv.create(VENV, with_pip=True, clear=True)
    command = [python(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    result = subprocess.run([*command, "--require-hashes", "-r", str(LOCK)], cwd=ROOT, check=False)
    if result.returncode:
        sys.exit("Không cài được thư viện: kiểm tra mạng tới kho gói Python rồi chạy lại lệnh này.")
    STAMP.write_text(wanted)


def run(*arguments: str, check: bool = True) -> int:
    """Run the environment's Python in the root folder; end with its code if it fails."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    if site := environment.get("SITE"):
        environment["SITE"] = str(Path(site).resolve())
    code = subprocess.run([python(), *arguments], cwd=ROOT, env=environment, check=False).returncode
    if code and check:
        sys.exit(code)
    return code


def site() -> None:
    """Check the content, fetch every enabled source, build the site."""
    run("-m", "model", "check")
    run("-m", "fetchers", "run", check=False)
    run(*BUILD)
    folder = Path(os.environ.get("SITE") or ROOT).resolve()
    print(LOOK.format(output=folder / "output"))


def build() -> None:
    """Build the site from what is in git."""
    run(*BUILD)
    print(UNCHECKED)


def fetch() -> None:
    """Fetch every enabled source."""
    run("-m", "fetchers", "run")


def publish() -> None:
    """Check, build and publish the site (ALLOW=name,name overrules checks of the gate)."""
    run("-m", "model", "check")
    run(*BUILD)
    allowed = filter(None, os.environ.get("ALLOW", "").split(","))
    run("-m", "publishing", "publish", *(f"--allow={name}" for name in allowed))


def rollback() -> None:
    """Bring the release before the present one back."""
    run("-m", "publishing", "rollback")


def editor() -> None:
    """Fetch the form editor (needs npm); it appears under /admin/ of `make serve`."""
    run("-m", "plugins.editor", "install")


def serve() -> None:
    """Show the built site at http://127.0.0.1:8000."""
    run("-m", "plugins.preview")


def check() -> None:
    """Format, lint, types, content, architecture: what CI runs."""
    paths = [name for name in (*CODE, *TESTS) if (ROOT / name).exists()]
    run("-m", "ruff", "format", "--check", *paths)
    run("-m", "ruff", "check", *paths)
    run("-m", "mypy", *[name for name in CODE if (ROOT / name).exists()])
    run("-m", "model", "check")
    run("-m", "pytest", "-q", "tests/test_architecture.py")


def page_checkers() -> None:
    """Install what judges pages in tests (axe, html-validate), where npm is at hand."""
    lock, npm = PAGE_TESTS / "package-lock.json", shutil.which("npm")
    stamp = PAGE_TESTS / "node_modules" / ".lock-sha256"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if npm is None or (stamp.is_file() and stamp.read_text() == wanted):
        return
    subprocess.run([npm, "ci", "--silent", "--no-audit", "--no-fund"], cwd=PAGE_TESTS, check=True)
    stamp.write_text(wanted)


def test() -> None:
    """Run all tests but the long sweeps."""
    page_checkers()
    run("-m", "pytest", "-m", "not torture")


def torture() -> None:
    """Run the long sweeps: kill-anywhere, random edits, large parity."""
    run("-m", "pytest", "-m", "torture")


def bench() -> None:
    """Measure against floors and peers; write the results to docs/."""
    for what in ("benchmarks", "benchmarks.fetching", "benchmarks.editing"):
        run("-m", what)


def tidy() -> None:
    """Format the code and mend what the linter can."""
    paths = [name for name in (*CODE, *TESTS) if (ROOT / name).exists()]
    run("-m", "ruff", "check", "--fix-only", "--quiet", *paths)
    run("-m", "ruff", "format", "--quiet", *paths)


def clean() -> None:
    """Remove what the build made (never content)."""
    folder = Path(os.environ.get("SITE") or ROOT).resolve()
    for name in ("output", ".state"):
        shutil.rmtree(folder / name, ignore_errors=True)


VERBS: dict[str, Callable[[], None]] = {
    verb.__name__: verb
    for verb in (
        site,
        build,
        publish,
        rollback,
        fetch,
        serve,
        editor,
        check,
        test,
        torture,
        bench,
        tidy,
        clean,
    )
}


def main(arguments: Sequence[str]) -> None:
    """Run the verbs named, in order."""
    if not arguments or any(name not in VERBS and name != "setup" for name in arguments):
        lines = [f"  {name:9}{verb.__doc__}" for name, verb in VERBS.items()]
        sys.exit("python -m bootstrap VERB\n" + "\n".join(lines))
    setup()
    for name in arguments:
        if name != "setup":
            VERBS[name]()


if __name__ == "__main__":
    main(sys.argv[1:])
