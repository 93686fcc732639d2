"""More results as tools give them: a price, orders, regions, dealers without an order, products."""

from decimal import Decimal

from core.replies import Citation, Citations, Column, Figure, Reply, Shown, Table, Text, money_figure


def amount(value: str, label: str) -> Figure:
    return money_figure(Decimal(value), "CNY", label)


def cases(value: str, label: str) -> Figure:
    return Figure("quantity", value, "case", label)


QUOTE = Reply(
    (
        Text(
            "T-500 绿茶：1箱共¥41.57，¥41.57/箱（含税）\n每箱阶梯价：1箱起¥41.57，100箱起¥41.16，300箱起¥40.74\n"
            "促销：每付10箱送1箱 T-500 绿茶\n可订库存55,360箱（截至09:30）\n1提 = 5瓶，1箱 = 15瓶，1托 = 60箱"
        ),
        Citations((Citation("price-policy.pdf", 5, "价格政策"),)),
    ),
    (
        Figure("code", "T-500"), amount("41.57", "T-500 case"), cases("55360", "available"),
        Figure("quantity", "15", "bottle", "case"), Figure("quantity", "5", "bottle", "pack"), cases("60", "pallet"),
        amount("41.57", "a case from 1"), cases("1", "step"), amount("41.16", "a case from 100"), cases("100", "step"),
        amount("40.74", "a case from 300"), cases("300", "step"), cases("10", "buy"), cases("1", "free"),
    ),
    (Shown("product", "T-500"), Shown("dealer", "D001")),
)  # fmt: skip
ORDERS = Reply(
    (
        Text("共6张订单，合计¥197,706.45（不含已取消和已拒绝的）"),
        Table(
            (Column("订单"), Column("状态"), Column("金额", "end")),
            (
                ("SO-20261026-005", "已签收", "¥60,513.35"), ("SO-20261023-005", "已签收", "¥14,155.20"),
                ("SO-20261022-001", "已拒绝", "¥14,155.20"), ("SO-20261019-003", "已签收", "¥35,489.20"),
                ("SO-20261013-003", "已签收", "¥31,129.70"),
            ),
        ),
    ),
    (
        Figure("quantity", "6", "order", "orders"), amount("197706.45", "sum"), amount("60513.35", "SO-20261026-005"),
        amount("14155.20", "SO-20261023-005"), amount("14155.20", "SO-20261022-001"),
        amount("35489.20", "SO-20261019-003"), amount("31129.70", "SO-20261013-003"),
    ),
    (Shown("dealer", "D001"),),
)  # fmt: skip
DEALERS = Reply(
    (
        Text("进货额¥1,535,701.22，环比-19.2%\n华东，2026年11月1日至20日；对比2026年10月1日至20日：¥1,899,961.33"),
        Table(
            (Column("经销商"), Column("进货额", "end"), Column("占比", "end")),
            (
                ("D012 南京金陵泉", "¥212,166.85", "13.8%"), ("D003 上海申嘉", "¥141,405.95", "9.2%"),
                ("D021 宁波甬江泉", "¥140,194.60", "9.1%"), ("D013 无锡太湖明珠", "¥118,255.15", "7.7%"),
            ),
        ),
    ),
    (
        amount("1535701.22", "total"), amount("1899961.33", "compared total"),
        Figure("percent", "-19.2", "%", "change"), amount("212166.85", "D012"), amount("141405.95", "D003"),
        amount("140194.60", "D021"), amount("118255.15", "D013"),
    ),
    tuple(Shown("dealer", code) for code in ("D012", "D003", "D021", "D013")),
)  # fmt: skip
SILENT = Reply(
    (
        Text("华东：2026年11月1日至20日，28家经销商中1家没有下单。"),
        Table(
            (Column("经销商"), Column("上次下单"), Column("已隔", "end")),
            (("D026 金华惠民", "2026年10月28日", "23天"),),
        ),
    ),
    (
        Figure("quantity", "28", "", "dealers"), Figure("quantity", "1", "", "dealers without an order"),
        Figure("code", "D026"), Figure("date", "2026-10-28"), Figure("quantity", "23", "day", "D026"),
    ),
    (Shown("dealer", "D026"),),
)  # fmt: skip
PRODUCTS = Reply(
    (
        Text("共17个产品"),
        Table(
            (Column("产品"), Column("规格"), Column("箱规")),
            (("T-100 绿茶1L", "1L", "1×12"), ("J-250 盒装果汁", "250ml", "1×24"), ("T-500 绿茶", "500ml", "1×15")),
        ),
    ),
    (Figure("quantity", "17", "", ""),),
    (Shown("product", "T-100"), Shown("product", "J-250"), Shown("product", "T-500")),
)
MORE = {"quote": QUOTE, "orders": ORDERS, "dealers": DEALERS, "silent": SILENT, "products": PRODUCTS}
