"""The measure words of the trade: which pack unit a word means, and where it only looks like one."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache


class Unit(StrEnum):
    """What goods are counted in; the first four are the pack units of every product."""

    BOTTLE = "bottle"
    PACK = "pack"
    CASE = "case"
    PALLET = "pallet"
    TONNE = "tonne"
    KILOGRAM = "kilogram"


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure word found after a number; ``factor`` turns the number into ``unit`` (打 = 12 bottles)."""

    word: str
    unit: Unit | None
    end: int
    factor: Decimal = Decimal(1)


_ONE = Decimal(1)
# A word, then what must not follow it: 10听 is cans, 听说 isn't.
_CHINESE: Mapping[Unit | None, Mapping[str, str]] = {
    Unit.BOTTLE: {
        "瓶": "颈 盖 装 口",
        "支": "持 付 撑 出 援 票 行 架 部",
        "罐": "装 头",
        "听": "说 取 您 他 她 着 懂 见 话 装",
    },
    Unit.PACK: {
        "提": "前 醒 高 供 货 出 现 示 升 交 成 议 问 点 案 拔 单 取 及 速",
        "包": "括 含 邮 装 销 赔 换 退 运 场 办 月 年 干 庄 容",
        "排": "队 名 行 期 单 产 除 序 查 面 放 班 列",
    },
    Unit.CASE: {"箱": "规 码 装 体 柜", "件": "事 装 套", "ケース": "", "박스": "", "상자": "", "ลัง": ""},
    Unit.PALLET: {
        "托盘": "",
        "栈板": "",
        "卡板": "",
        "托": "人 运 您 你 我 付 管 福 底 儿 词 着 架 盘",
        "板": "块 式 子 凳 材 栗 蓝 上 面",
        "パレット": "",
        "팔레트": "",
        "พาเลท": "",
    },
    Unit.TONNE: {"吨": "位"},
    Unit.KILOGRAM: {"公斤": "", "千克": ""},
    None: {
        "个": "点 百分 月 星期 礼拜 季 小时 钟 工作日 多月 半月 财 头",
        "只": "有 要 是 能 会 需 好 剩 想 买 按 做 给 差 算 送 订 不",
        "条": "件 款 码 例 约 理 纹 形",
        "袋": "装 子 鼠",
        "盒": "装 子 饭 马",
        "杯": "子 装 具",
        "壶": "",
        "桶": "装",
        "车": "牌 间 辆 队 型 库 主 次 站 上 皮 程 位 费",
        "套": "餐 路 装 用 现 话",
        "份": "额 内 外 子",
        "组": "织 合 长 成",
        "挂": "账 钩 号 牌 了",
        "种": "类 植",
        "款": "式 项 到 待 已 未 没 的 打 什",
        "家": "里 人 具 电 庭 住 常 的 族",
        "位": "置 于 子 数",
        "名": "字 称 义 片 单 下 额 叫",
        "单": "价 位 独 品 据 号 子 瓶 箱 店 月 次 纯 元 方 个 日 身",
        "批": "发 价 号 次 准 量 复 商 评 改 示",
        "笔": "记 者 试",
        "次": "日 品 数 月 年 要 序",
        "户": "外 口",
        "人": "民 员 工 家 力 均 生 们 气 物 手 情",
    },
}
_DOZEN = "折 电 款 算 开 包 听 印 扰 点 卡 赏 工 个 下 过 错 车 量 理 架 钱 烊 样 招 住 断"
_LATIN: Mapping[Unit | None, str] = {
    Unit.BOTTLE: r"bottles? btls? cans can(?=\sof) tins? botellas? garrafas? bouteilles? flaschen? bottigli[ea] "
    "fless?en? butel(?:ka|ki|ek) şişe botol chai бутыл(?:ка|ки|ок)",
    Unit.PACK: "packs? pks? packets? bundles? shrinks? paquetes? pacotes? pakete? confezion[ei] pacz(?:ka|ki|ek) paket "
    "bungkus gói упаков(?:ка|ки|ок)",
    Unit.CASE: "cases? cs ctns? cartons? box(?:es)? crates? cajas? caixas? caisses? kisten? kartons? casse scatol[ae] "
    "skrzyn(?:ka|ki|ek) karton(?:y|ów) koli kasa kotak dus kardus thùng ящик(?:а|ов|и)? короб(?:ка|ки|ок) "
    "صندوق صناديق كرتون",
    Unit.PALLET: "pallets? plts? skids? palettes? paletten? palets? palet[aey] pal[eé]s? bancal[ei] палет(?:а|ы)? "
    "паллет(?:а|ы)?",
    Unit.TONNE: "tonnes? tons? mt t",
    Unit.KILOGRAM: "kgs? kilos? kilograms? kilogrammes?",
    None: "pcs pieces? units? ea skus? dealers? stores? orders? items? lines? products?",
}


def measure_after(text: str, at: int) -> Measure | None:
    """The measure word that stands at ``at`` in folded text, a space or 整/full allowed before it."""
    match = _pattern().match(text, at)
    if match is None or match.lastgroup is None:
        return None
    unit, factor = _meanings()[match.lastgroup]
    return Measure(match.group(match.lastgroup), unit, match.end(), factor)


def units_named(text: str) -> list[Unit]:
    """The units whose words stand alone in folded text, without a number before them: "cases, I mean"."""
    starts = re.finditer(r"(?<![a-z0-9])[a-z]|[\u3400-\u9fff]", text)
    found = [measure_after(text, start.start()) for start in starts]
    return list(dict.fromkeys(measure.unit for measure in found if measure is not None and measure.unit is not None))


@cache
def _meanings() -> Mapping[str, tuple[Unit | None, Decimal]]:
    return {name: (unit, factor) for name, unit, factor, _ in _groups()}


@cache
def _pattern() -> re.Pattern[str]:
    groups = {name: f"(?P<{name}>{words})" for name, _, _, words in _groups()}
    chinese = "|".join(group for name, group in groups.items() if not name.startswith("latin"))
    latin = "|".join(group for name, group in groups.items() if name.startswith("latin"))
    return re.compile(
        rf" ?[整大小]?(?:个(?=托盘|栈板|[整大]))?[整大小]?(?:{chinese})"
        rf"| ?-? ?(?:(?:more|extra|full|whole|additional|other|mixed) )?(?:{latin})"
        r"(?!-\d)(?![a-z0-9\u00c0-\u024f\u0400-\u04ff])"
    )


def _groups() -> Iterator[tuple[str, Unit | None, Decimal, str]]:
    for unit, words in _CHINESE.items():
        pattern = "|".join(word + _not_before(followers) for word, followers in words.items())
        yield f"chinese_{unit or 'counter'}", unit, _ONE, pattern
    yield "chinese_dozen", Unit.BOTTLE, Decimal(12), "打" + _not_before(_DOZEN)
    yield "chinese_jin", Unit.KILOGRAM, Decimal("0.5"), "斤" + _not_before("两 斤")
    for unit, latin in _LATIN.items():
        yield f"latin_{unit or 'counter'}", unit, _ONE, latin.replace(" ", "|")


def _not_before(followers: str) -> str:
    return f"(?!{followers.replace(' ', '|')})" if followers else ""
