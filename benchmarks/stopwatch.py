"""Run as a script: times one command from outside, in a process too small to blur its peak memory.

`python -I -S stopwatch.py RESULT COMMAND…` writes JSON to RESULT: exit code, wall seconds, CPU
seconds (user + system, children included) and the peak resident KiB of the largest process.
"""

import json
import os
import sys
import time


def main() -> None:
    """Run the command, wait for it, write what it cost."""
    result, *command = sys.argv[1:]
    started = time.perf_counter()
    child = os.posix_spawnp(command[0], command, dict(os.environ))
    _, status, usage = os.wait4(child, 0)
    measured = {
        "code": os.waitstatus_to_exitcode(status),
        "wall": time.perf_counter() - started,
        "cpu": usage.ru_utime + usage.ru_stime,
        "peak_kib": usage.ru_maxrss,
    }
    with open(result, "w", encoding="utf-8") as file:  # noqa: PTH123 - pathlib would double the size
        json.dump(measured, file)


if __name__ == "__main__":
    main()
