"""What is installed from a wheel is whole: it needs nothing from the clone."""

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("agents", "bot", "core", "knowledge", "prompts", "tools")
NEVER_SHIPPED = (".pyc", ".pyo", ".gitkeep")


def run(*command: str | Path, cwd: Path) -> str:
    """The output of a command that must succeed."""
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, so that nothing left over from another build gets in."""
    sources = tmp_path_factory.mktemp("sources")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, sources / package, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, sources)
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", ".", cwd=sources)
    [built] = sources.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel and with what it needs, but without the clone."""
    home = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "venv", "--without-pip", home, cwd=home)
    installed = home / "bin" / "python"
    run(sys.executable, "-m", "pip", "--python", installed, "install", "--quiet", "--no-deps", wheel, cwd=home)
    site = run(installed, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home).strip()
    (Path(site) / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return installed


def test_the_wheel_carries_every_file_of_the_packages(wheel: Path) -> None:
    sources = wheel.parent
    files = (file for package in PACKAGES for file in (sources / package).rglob("*") if file.is_file())
    expected = {file.relative_to(sources).as_posix() for file in files if not file.name.endswith(NEVER_SHIPPED)}
    assert expected - set(ZipFile(wheel).namelist()) == set()


def test_the_wheel_carries_nothing_else(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(PACKAGES)


def test_the_packages_are_read_from_where_they_are_installed(python: Path, tmp_path: Path) -> None:
    script = "import core, importlib.resources as r; print(core.__file__); print(r.files('prompts') / 'locale')"
    for place in run(python, "-c", script, cwd=tmp_path).splitlines():
        assert Path(place).is_relative_to(python.parents[1])
