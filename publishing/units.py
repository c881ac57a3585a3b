"""What makes a machine run the schedule: systemd's service and timer, or a cron line."""

from __future__ import annotations

import sys
from pathlib import Path

from publishing.schedule import ENGINE

SERVICE = """# /etc/systemd/system/loa.service
[Unit]
Description=Loa: lấy tin, kiểm tra, dựng và xuất bản {site}
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
User={user}
WorkingDirectory={engine}
Environment=SITE={site} PYTHONUTF8=1
EnvironmentFile=-/etc/loa.env
ExecStart={python} -m publishing run --push
TimeoutStartSec=30min
Nice=5
PrivateTmp=yes
NoNewPrivileges=yes
ProtectSystem=full
"""
TIMER = """# /etc/systemd/system/loa.timer
[Unit]
Description=Loa chạy mỗi 15 phút

[Timer]
OnBootSec=2min
OnUnitInactiveSec=15min
RandomizedDelaySec=60
Persistent=yes

[Install]
WantedBy=timers.target
"""


def service(site: Path, user: str) -> str:
    """Return systemd's service, headed by its place."""
    return SERVICE.format(site=site, user=user, engine=ENGINE, python=sys.executable)


def cron(site: Path) -> str:
    """Return the crontab line: every quarter of an hour, output to the site's own log."""
    log = site / ".state" / "run.log"
    command = f"cd {ENGINE} && SITE={site} {sys.executable} -m publishing run --push"
    return f"*/15 * * * * {command} >>{log} 2>&1\n"
