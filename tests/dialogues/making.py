"""Makes the files that dialogues send, with ``python -m tests.dialogues.making``; they are committed."""

from pathlib import Path

from tests.core.reading.make import chinese, encrypted, lines, pdf, picture

FOLDER = Path(__file__).parent / "fixtures"

WINTER = """
= 冬季配送安排

适用于华东仓的全部经销商，自 2026 年 11 月 20 日起执行。

== 发车时间

零担和拼车每天 10:30 发车一次；低于 0 ℃ 时玻璃瓶产品停发，恢复后按下单先后补发。

#pagebreak()

== 防冻要求

车厢温度不得低于 4 ℃。冻损每箱按经销价的 85% 赔付，须在签收后 6 小时内上报，逾期不受理。

== 除夕停运

除夕前 3 天起停止发车，正月初七恢复。
"""

REP_BONUS = """# 冲刺激励内部说明

仅供业务员阅读。

## 冲刺激励

12 月新开终端每家奖励业务员 88 元，连续两个月有进货才发放，代号“腊月行动”。
"""

FREEZER_DAYS = """# Freezer days 2026

For all dealers, from 20 November 2026.

## Free freezers

Dealers who order 400 cases of juice in December may borrow a second freezer free of charge until 30 April 2027, \
with form QY-F77.
"""


def make() -> dict[str, bytes]:
    """Each file's name with its bytes."""
    resources, image = picture()
    winter = chinese(WINTER)
    secret = pdf([lines("Quarterly plan", "Not to be read by everyone.")])
    return {
        "winter-delivery.pdf": winter,
        "rep-bonus.md": REP_BONUS.encode(),
        "freezer-days.md": FREEZER_DAYS.encode(),
        "empty.pdf": b"",
        "broken.pdf": winter[: len(winter) // 3],
        "encrypted.pdf": encrypted(secret, "winter"),
        "scanned.pdf": pdf(["q 400 0 0 400 90 200 cm /I Do Q"], resources=resources, more=image),
        "prices.csv": b"sku,price\nW-550,20\n",
    }


def main() -> None:
    """Write those that are missing: an encrypted file is another one each time."""
    FOLDER.mkdir(exist_ok=True)
    for name, data in make().items():
        if not (FOLDER / name).exists():
            (FOLDER / name).write_bytes(data)


if __name__ == "__main__":
    main()
