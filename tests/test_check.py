"""`python -m model check|new|schema` as an editor meets them."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from model.__main__ import main
from model.check.command import check_files, sites
from model.check.report import REPORTS
from model.check.site import check_site
from model.content import load
from model.kinds import KINDS
from model.new import create
from model.problem import Problem, Problems
from model.schema import schemas

NOW = datetime(2021, 9, 1, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[1]
SITE = "name: Trang\nurl: https://a.example.vn\nagency: {name: Sở}\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site.yaml").write_text(SITE, encoding="utf-8")
    (tmp_path / "sources.yaml").write_text("{}\n", encoding="utf-8")
    return tmp_path


def put(site: Path, file: str, text: str) -> Path:
    path = site / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def found(site: Path, *files: str) -> list[str]:
    return [str(problem) for problem in check_site(site, NOW, list(files) or None)]


def test_a_sound_site_has_no_problem(site: Path) -> None:
    put(site, "content/news/a.md", "---\ntitle: A\ndate: 2021-08-28\n---\nXin chào.\n")
    assert found(site) == []


def test_all_problems_of_all_files_are_said_at_once(site: Path) -> None:
    put(site, "site.yaml", SITE + "hotline: 115\n")
    put(site, "content/news/a.md", "---\ntitle: A\ndate: mai\nstatus: publish\n---\n")
    put(site, "content/misinformation/b.md", "---\ntitle: B\nverdict: flase\nclame: x\n---\n")
    said = "\n".join(found(site))
    for part in (
        "site.yaml:4: [hotline] không có trường nào tên như vậy",
        "có phải ý bạn là “hotlines”?",
        "content/news/a.md:3: [date] “mai” không phải ngày giờ",
        "content/news/a.md:4: [status]",
        "có phải ý bạn là “published”?",
        "content/misinformation/b.md:3: [verdict]",
        "có phải ý bạn là “false”?",
        "content/misinformation/b.md:4: [clame]",
        "có phải ý bạn là “claim”?",
    ):
        assert part in said


@pytest.mark.parametrize("kind", KINDS)
def test_a_body_is_judged_though_its_fields_are_wrong(kind: str, site: Path) -> None:
    body = "[x](khong-co.md)\n![](/images/a.png)\n\n0912 345 678\n\n<span>Word</span>\n"
    put(site, f"content/{kind}/a.md", f"---\ntitle: A\nngay: mai\n---\n{body}")
    said = "\n".join(found(site))
    for part in ("a.md:3: [ngay]", "a.md:5: liên kết", "a.md:6: ảnh", "a.md:8: có số", "a.md:10: "):
        assert part in said


def test_two_versions_of_the_settings_are_told_apart_from_bad_yaml(site: Path) -> None:
    conflict = "<<<<<<< HEAD\ndemo: true\n=======\ndemo: false\n>>>>>>> khac\n"
    put(site, "site.yaml", SITE + conflict)
    put(site, "sources.yaml", conflict)
    assert [line.split(".", 1)[0] for line in found(site)] == ["site", "sources"]
    for line, where in zip(found(site), ("site.yaml:4", "sources.yaml:1"), strict=True):
        assert line.startswith(f"{where}: còn dấu xung đột của git")


def test_a_problem_in_a_nested_group_names_its_own_line(site: Path) -> None:
    text = (
        "---\ntitle: A\ndate: 2021-08-28\nsources:\n  - name: Báo\n  - name: Báo\n    ulr: x\n---\n"
    )
    put(site, "content/news/a.md", text)
    assert found(site)[0].startswith("content/news/a.md:7: [sources.1.ulr]")
    assert "“url”" in found(site)[0]


def test_two_files_with_one_address_are_a_problem_of_the_site_and_of_the_file(site: Path) -> None:
    for folder in ("2020", "2021"):
        put(site, f"content/news/{folder}/a.md", "---\ntitle: A\ndate: 2021-08-28\n---\n")
    assert "trùng địa chỉ" in found(site)[0]
    assert "trùng địa chỉ" in found(site, "content/news/2020/a.md")[0]


def test_files_are_found_in_whatever_site_they_lie(site: Path, tmp_path: Path) -> None:
    path = put(site, "content/news/a.md", "---\ntitle: A\n---\n")
    assert [problem.field for problem in check_files([str(path)], NOW)] == ["date"]
    elsewhere = check_files(["/nowhere/a.md"], NOW)
    assert "không nằm trong trang nào" in elsewhere[0].message


def test_the_root_checks_every_shipped_site(monkeypatch: pytest.MonkeyPatch, site: Path) -> None:
    put(site, "sites/hue/site.yaml", SITE)
    monkeypatch.delenv("SITE", raising=False)
    monkeypatch.chdir(site)
    assert sites(None) == [site, site / "sites/hue"]
    monkeypatch.setenv("SITE", "sites/hue")
    assert sites(None) == [site / "sites/hue"]


def test_reports_for_programs_and_code_review() -> None:
    problems = [
        Problem("a, b.md", 3, "date", "sai 100%", "sửa"),
        Problem("c.md", 0, "", "nên xem", "", warning=True),
    ]
    assert [item["severity"] for item in json.loads(REPORTS["json"](problems))] == [
        "error",
        "warning",
    ]
    assert REPORTS["github"](problems).split("\n") == [
        "::error file=a%2C b.md,line=3::[date] sai 100%25. Cách sửa: sửa",
        "::warning file=c.md,line=1::nên xem",
    ]
    codes = json.loads(REPORTS["gitlab"](problems))
    assert codes[0]["location"] == {"path": "a, b.md", "lines": {"begin": 3}}
    assert codes[0]["fingerprint"] != codes[1]["fingerprint"]
    assert "1 lỗi phải sửa, 1 điều cần xem lại." in REPORTS["text"](problems)


def test_the_command_ends_with_1_only_for_errors(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--site", str(site)]) == 0
    put(site, "content/news/a.md", "---\ntitle: A\n---\n")
    assert main(["check", "--site", str(site), "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out.split("\n", 1)[1])[0]["field"] == "date"


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_document_lacks_only_what_its_author_must_say(kind: str, site: Path) -> None:
    path = create(site, kind, "Tin “đồn”: uống thuốc #1", NOW)
    assert path.name == "tin-don-uong-thuoc-1.md"
    for problem in check_site(site, NOW, [path.relative_to(site).as_posix()]):
        assert problem.warning or "thiếu" in problem.message, problem
    with pytest.raises(Problems, match="đã có"):
        create(site, kind, "Tin đồn: uống thuốc #1", NOW)


def test_a_title_without_letters_makes_no_file(site: Path) -> None:
    with pytest.raises(Problems, match="tiêu đề"):
        create(site, "news", "!!!", NOW)


def test_every_kind_has_a_schema() -> None:
    made = schemas()
    assert set(made) == {"site", *KINDS}
    assert made["misinformation"]["properties"]["verdict"]["enum"][0] == "false"
    assert "claim" in made["misinformation"]["required"]


def test_the_command_runs_as_a_module(site: Path) -> None:
    command = [sys.executable, "-m", "model", "check", "--site", str(site)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "Không có lỗi.\n")


@pytest.mark.parametrize(
    ("head", "line", "words"),
    [
        ("tags:\n\t- a", 3, "phím Tab"),
        ("title: “Ai: nói”: gì", 2, 'nháy kép thẳng ("), không phải nháy cong'),
        ("title: a: b", 2, "có dấu hai chấm trong giá trị"),
        ('title: "a', 3, "dấu nháy chưa đóng"),
        ("tags: [a", 3, "chưa đóng ngoặc"),
        ("title: @a", 2, "ký tự đặc biệt"),
        ("title:", 2, "viết sau “title:” ở dòng này"),
    ],
)
def test_what_yaml_means_is_said_in_vietnamese(head: str, line: int, words: str) -> None:
    with pytest.raises(Problems) as caught:
        load("content/guides/a.md", f"---\n{head}\n---\n".encode())
    [problem] = caught.value.problems
    assert problem.line == line
    assert words in str(problem)
