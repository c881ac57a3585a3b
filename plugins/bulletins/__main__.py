"""`python -m plugins.bulletins voice`: an offline voice reads what has no recording yet.

The voice is a command: LOA_VOICE, with {text} for a UTF-8 file to read and {wav} for the file to
write; without it espeak-ng, if it is installed. Recordings become MP3 with the extra `audio`.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import wave
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from model.bulletin import READ, is_read
from model.content import content_files, load
from model.kinds.alerts import Alert
from model.output import Row
from model.problem import Problems
from model.site import Site, load_site_or_exit, site_folder
from plugins.bulletins.audio import EPISODES, FOLDER, INDEX, mark
from plugins.bulletins.sheets import Bulletin, bulletin

LONGEST = 120
"""Seconds that a voice may take for one bulletin."""
ABSENT = (
    "Không có giọng đọc: cài espeak-ng (gói của hệ điều hành) hoặc đặt LOA_VOICE là lệnh đọc, ví dụ"
    ' LOA_VOICE="espeak-ng -v vi -s 140 -f {text} -w {wav}".'
    " Trang vẫn dựng được, chỉ không có âm thanh."
)
UNPACKED = "Thiếu thư viện nén MP3: cài phần tùy chọn audio (lameenc). Trang vẫn dựng được."


def command() -> list[str]:
    """Return the voice's command; [] where none is installed."""
    own = os.environ.get("LOA_VOICE", "")
    if own:
        return shlex.split(own)
    found = shutil.which("espeak-ng")
    return [found, "-v", "vi", "-s", "140", "-f", "{text}", "-w", "{wav}"] if found else []


def wanted(folder: Path, site: Site, now: datetime) -> Iterator[Bulletin]:
    """Yield the bulletins in force, the newest of each kind, as a build would show them."""
    for kind in READ:
        rows = [row for row in _rows(folder, kind, now) if kind in site.kinds and is_read(row)]
        gone = {
            name
            for row in rows
            if isinstance(row.document, Alert)
            for name in row.document.references
        }
        rows.sort(key=lambda row: row.order, reverse=True)
        for row in rows[:EPISODES]:
            if getattr(row.document, "identifier", None) not in gone:
                yield bulletin(row, site)


def _rows(folder: Path, kind: str, now: datetime) -> Iterator[Row]:
    for file in content_files(folder):
        if not file.startswith(f"content/{kind}/"):
            continue
        try:
            found = load(file, (folder / file).read_bytes())
        except Problems:
            continue  # `model check` says what is wrong
        document = found.document
        yield Row(found.identity, file, "", document.state(now), document)


def read(found: Bulletin, voice: list[str]) -> tuple[bytes, int]:
    """Return the recording as MP3 and its length in seconds; raise OSError if the voice fails."""
    with tempfile.TemporaryDirectory() as name:
        text, wav = Path(name, "text.txt"), Path(name, "voice.wav")
        text.write_text(found.text + "\n", encoding="utf-8")
        words = [part.replace("{text}", str(text)).replace("{wav}", str(wav)) for part in voice]
        try:
            done = subprocess.run(words, capture_output=True, timeout=LONGEST, check=False)
        except subprocess.TimeoutExpired:
            raise OSError(f"giọng đọc chạy quá {LONGEST} giây") from None
        if done.returncode or not wav.is_file():
            raise OSError(
                done.stderr.decode(errors="replace")[:200] or "giọng đọc không ghi ra tệp"
            )
        return _mp3(wav)


def _mp3(file: Path) -> tuple[bytes, int]:
    import lameenc

    try:
        with wave.open(str(file)) as sound:
            frames, rate = sound.readframes(sound.getnframes()), sound.getframerate()
            seconds = round(sound.getnframes() / rate)
            if sound.getsampwidth() != 2:
                raise OSError("giọng đọc phải ghi WAV 16 bit")
            encoder = lameenc.Encoder()
            encoder.set_bit_rate(48)
            encoder.set_in_sample_rate(rate)
            encoder.set_channels(sound.getnchannels())
            encoder.set_quality(2)
    except wave.Error as error:
        raise OSError(f"giọng đọc không ghi ra WAV ({error})") from None
    return bytes(encoder.encode(frames)) + bytes(encoder.flush()), seconds


def record(folder: Path, site: Site, voice: list[str], now: datetime) -> tuple[int, list[str]]:
    """Let the voice read what is new, forget what is no longer read; return (read, what failed)."""
    place = folder / FOLDER
    place.mkdir(parents=True, exist_ok=True)
    index = folder / INDEX
    known: dict[str, int] = json.loads(index.read_text()) if index.is_file() else {}
    kept: dict[str, int] = {}
    new, failed = 0, []
    for found in wanted(folder, site, now):
        name = mark(found)
        if name in known and (place / f"{name}.mp3").is_file():
            kept[name] = known[name]
            continue
        try:
            data, seconds = read(found, voice)
        except OSError as error:
            failed.append(str(error))
            continue
        (place / f"{name}.mp3").write_bytes(data)
        kept[name] = seconds
        new += 1
    index.write_text(json.dumps(dict(sorted(kept.items()))) + "\n", encoding="utf-8")
    for file in place.glob("*.mp3"):
        if file.stem not in kept:
            file.unlink()
    return new, failed


def main(arguments: list[str]) -> int:
    """Run the verb; return the exit code."""
    if arguments != ["voice"]:
        print(__doc__)
        return 2
    folder, voice = site_folder(), command()
    if not voice:
        print(ABSENT)
        return 0
    if not _has_encoder():
        print(UNPACKED)
        return 0
    new, failed = record(folder, load_site_or_exit(folder), voice, datetime.now(UTC))
    print(
        f"Đã đọc {new} bản mới." + (f" Không đọc được {len(failed)}: {failed[0]}" if failed else "")
    )
    return 1 if failed else 0


def _has_encoder() -> bool:
    from importlib.util import find_spec

    return find_spec("lameenc") is not None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
