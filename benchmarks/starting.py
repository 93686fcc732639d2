"""How long the command and the server take to start (wall time), and what an idle server weighs."""

import os
import socket
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

QUDAO = (sys.executable, "-m", "bot.cli")
PATIENCE_SECONDS = 180.0
QUESTION = "B级要交多少保证金？"
ANSWER = "30,000"


def help_time(times: int = 5) -> dict[str, float]:
    """Seconds that ``qudao --help`` takes, the median of some."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        _qudao("--help", folder=Path.cwd())
        taken.append(time.perf_counter() - began)
    return {"seconds": round(statistics.median(taken), 3)}


def warm_start(times: int = 3) -> dict[str, float]:
    """Seconds until the server is ready over a demo that is there and indexed, and its memory after five idle ones."""
    with _folder() as folder:
        _qudao("demo", folder=folder)
        with _served(folder) as (_, _, started):
            _until_indexed(folder, started)
        ready, worked, weights = [], [], []
        for _ in range(times):
            with _served(folder) as (process, seconds, _):
                ready.append(seconds)
                worked.append(_processor_seconds(process.pid))
                time.sleep(5)
                weights.append(_megabytes(process.pid))
    measured = {"ready s": ready, "ready CPU s": worked, "idle MB": weights}
    return {name: round(statistics.median(values), 2) for name, values in measured.items()}


def first_start() -> dict[str, float]:
    """Seconds from an empty folder to the demo, to a page, and to an answer from the handbook."""
    with _folder() as folder:
        began = time.perf_counter()
        _qudao("demo", folder=folder)
        made = time.perf_counter() - began
        with _served(folder):
            ready = time.perf_counter() - began
            while ANSWER not in _qudao("ask", "--as", "D001-buyer", QUESTION, folder=folder):
                if time.perf_counter() - began > PATIENCE_SECONDS:
                    raise TimeoutError("the handbook's question was not answered")
            answered = time.perf_counter() - began
    return {"demo s": round(made, 1), "page s": round(ready, 1), "answer s": round(answered, 1)}


@contextmanager
def _folder() -> Iterator[Path]:
    with TemporaryDirectory(prefix="qudao-start-") as folder:
        yield Path(folder)


def _environment(folder: Path) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("QUDAO_")}
    return own | {"QUDAO_DATA_DIR": str(folder), "OMP_NUM_THREADS": "1"}


def _qudao(*words: str, folder: Path) -> str:
    done = subprocess.run([*QUDAO, *words], env=_environment(folder), capture_output=True, text=True, check=True)
    return done.stdout


@contextmanager
def _served(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], float, float]]:
    """A server that is ready: its process, the seconds that took, and when it began."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    began = time.perf_counter()
    command = [*QUDAO, "run", "--port", str(port)]
    with subprocess.Popen(command, env=_environment(folder), stdout=subprocess.DEVNULL) as process:
        try:
            while not _is_ready(port):
                if process.poll() is not None or time.perf_counter() - began > PATIENCE_SECONDS:
                    raise TimeoutError("the server did not become ready")
                time.sleep(0.02)
            yield process, time.perf_counter() - began, began
        finally:
            process.terminate()


def _is_ready(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as response:
            return bool(response.status == 200)
    except (URLError, ConnectionError, TimeoutError):
        return False


def _until_indexed(folder: Path, began: float) -> None:
    """Wait until no passage is without a vector, so that a warm start has nothing left to do."""
    while time.perf_counter() - began < PATIENCE_SECONDS:
        with sqlite3.connect(folder / "qudao.db") as connection:
            (missing,) = connection.execute("SELECT count(*) FROM passages WHERE vector IS NULL").fetchone()
        if not missing:
            return
        time.sleep(0.5)


def _processor_seconds(pid: int) -> float:
    """What a process has used so far, which a busy machine stretches less than the clock's seconds."""
    numbers = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")


def _megabytes(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024
