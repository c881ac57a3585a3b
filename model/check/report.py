"""Problems for those who read them: a terminal, a program (JSON), code review (GitHub, GitLab)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence

from model.problem import Problem

Report = Callable[[Sequence[Problem]], str]


def text(problems: Sequence[Problem]) -> str:
    """Return a line a problem, errors first, and a line that counts them."""
    errors = [problem for problem in problems if not problem.warning]
    warnings = [problem for problem in problems if problem.warning]
    lines = [str(problem) for problem in errors]
    if warnings:
        lines += ["", "Cần xem lại (không chặn việc đăng):", *map(str, warnings)]
    if errors:
        lines += ["", f"{len(errors)} lỗi phải sửa, {len(warnings)} điều cần xem lại."]
    elif warnings:
        lines += ["", f"Không có lỗi; {len(warnings)} điều cần xem lại."]
    else:
        lines.append("Không có lỗi.")
    return "\n".join(lines)


def as_json(problems: Sequence[Problem]) -> str:
    """Return a JSON list of {file, line, field, severity, message, cure}."""
    return json.dumps([_plain(problem) for problem in problems], ensure_ascii=False, indent=1)


def _plain(problem: Problem) -> dict[str, str | int]:
    return {
        "file": problem.file,
        "line": problem.line,
        "field": problem.field,
        "severity": "warning" if problem.warning else "error",
        "message": problem.message,
        "cure": problem.cure,
    }


def github(problems: Sequence[Problem]) -> str:
    """Return workflow commands that GitHub, Gitea and Forgejo show beside the line."""
    return "\n".join(map(_workflow_command, problems))


def _workflow_command(problem: Problem) -> str:
    level = "warning" if problem.warning else "error"
    where = f"file={_property(problem.file)},line={problem.line or 1}"
    words = " ".join(filter(None, [problem.field and f"[{problem.field}]", problem.message]))
    if problem.cure:
        words += f". Cách sửa: {problem.cure}"
    return f"::{level} {where}::{_data(words)}"


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


def gitlab(problems: Sequence[Problem]) -> str:
    """Return a GitLab code-quality report (Code Climate's subset: JSON list)."""
    return json.dumps(
        [_code_quality(problem) for problem in problems], ensure_ascii=False, indent=1
    )


def _code_quality(problem: Problem) -> dict[str, object]:
    mark = "\0".join([problem.file, problem.field, problem.message])
    return {
        "description": f"{problem.message}. Cách sửa: {problem.cure}"
        if problem.cure
        else problem.message,
        "check_name": problem.field or "content",
        "fingerprint": hashlib.sha256(mark.encode()).hexdigest(),
        "severity": "minor" if problem.warning else "major",
        "location": {"path": problem.file, "lines": {"begin": problem.line or 1}},
    }


REPORTS: dict[str, Report] = {"text": text, "json": as_json, "github": github, "gitlab": gitlab}
