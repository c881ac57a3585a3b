"""The form editor's configuration for each git server."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.site import load_site
from plugins.editor.configuration import Host, configuration

SITE = Path(__file__).parent / "sites" / "mau"
OURS = "https://git.example.vn"


@pytest.mark.parametrize(
    ("host", "mode", "backend"),
    [
        (Host(), "simple", {"name": "proxy", "proxy_url": "/api/v1"}),
        (
            Host("github", "so/loa", address="https://login.example.vn"),
            "editorial_workflow",
            {"name": "github", "repo": "so/loa", "base_url": "https://login.example.vn"},
        ),
        (
            Host("gitlab", "so/loa", address=OURS, application="m1"),
            "editorial_workflow",
            {"base_url": OURS, "api_root": f"{OURS}/api/v4", "app_id": "m1", "auth_type": "pkce"},
        ),
        (
            Host("gitea", "so/loa", "bien-tap", OURS, application="m2"),
            "simple",
            {"branch": "bien-tap", "api_root": f"{OURS}/api/v1", "app_id": "m2"},
        ),
    ],
)
def test_each_server_gets_what_it_can_do(host: Host, mode: str, backend: dict[str, str]) -> None:
    made = configuration(load_site(SITE), host)
    assert made["publish_mode"] == mode
    assert made["backend"].items() >= backend.items()
    assert ("app_id" in made["backend"]) == bool(host.application)
