"""``qudao forecast``: a file in, a file out."""

from pathlib import Path

import pandas as pd
from click.testing import CliRunner, Result

from bot.commands.forecast import command
from core.forecasts import forecast
from tests.core.forecasts.series import several


def called(*words: object) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words])


def test_a_file_in_and_a_file_out(tmp_path: Path) -> None:
    history, out = tmp_path / "history.parquet", tmp_path / "out.parquet"
    several(3).to_parquet(history)
    said = called(history, "--horizon", 4, "--out", out)
    assert said.exit_code == 0
    assert "3 series, 12 rows" in said.output
    pd.testing.assert_frame_equal(pd.read_parquet(out), forecast(several(3), 4))


def test_weights_are_kept_and_used_again(tmp_path: Path) -> None:
    history, weights = tmp_path / "history.csv", tmp_path / "weights.parquet"
    several(2).to_csv(history, index=False)
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    assert called(history, "--horizon", 2, "--out", first, "--keep-weights", weights).exit_code == 0
    assert called(history, "--horizon", 2, "--out", second, "--weights", weights).exit_code == 0
    assert first.read_text() == second.read_text()


def test_a_plan_and_holidays_are_taken_into_account(tmp_path: Path) -> None:
    history, plan, out = tmp_path / "history.csv", tmp_path / "plan.csv", tmp_path / "out.csv"
    told = several(1, 60).assign(price=[1.0, 0.8, 1.0] * 20)
    told.iloc[:-2].to_csv(history, index=False)
    told.iloc[-2:].drop(columns="y").to_csv(plan, index=False)
    said = called(history, "--horizon", 2, "--out", out, "--plan", plan, "--holidays", "CN")
    assert said.exit_code == 0
    assert pd.read_csv(out)["method"].tolist() == ["promotional"] * 2


def test_what_cannot_be_forecast_is_refused_in_words(tmp_path: Path) -> None:
    history, out = tmp_path / "history.csv", tmp_path / "out.csv"
    several(1).drop(columns="y").to_csv(history, index=False)
    said = called(history, "--horizon", 2, "--out", out)
    assert said.exit_code == 1
    assert "lacks the columns" in said.output
    assert not out.exists()


def test_other_kinds_of_file_are_refused_before_any_work(tmp_path: Path) -> None:
    history = tmp_path / "history.csv"
    several(1).to_csv(history, index=False)
    said = called(history, "--horizon", 2, "--out", tmp_path / "out.xlsx")
    assert said.exit_code == 1
    assert "out.xlsx is neither" in said.output
