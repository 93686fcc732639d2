import random
from collections.abc import Sequence
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.contracts_synthetic import paragraphs
from core.contracts import Deviation, Effect, How, compare
from core.contracts.comparing.changes import applied
from core.reading import Document, read
from tests.core.contracts import making


def document(lines: Sequence[str]) -> Document:
    return read("\n\n".join(lines).encode(), "contract.txt")


@cache
def lines_of(name: str) -> tuple[str, ...]:
    contract = making.sample(name)
    return str(contract["title"]), *paragraphs(contract)


def compared(before: Sequence[str], after: Sequence[str], side: str = "dealer") -> Deviation:
    return compare(document(before), document(after), side=side)


def replaced(name: str, old: str, new: str, side: str = "dealer") -> Deviation:
    before = lines_of(name)
    assert any(old in line for line in before)
    return compared(before, [line.replace(old, new) for line in before], side)


@st.composite
def edited(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """Two versions of one of our contracts with lines taken out, put elsewhere, cut in two and rewritten."""
    before = list(lines_of(draw(st.sampled_from(["hard", "fair", "english"]))))
    chosen = random.Random(draw(st.integers(0, 10_000)))
    after = list(before)
    for _ in range(draw(st.integers(1, 6))):
        at = chosen.randrange(len(after))
        match chosen.randrange(6):
            case 0 if len(after) > 3:
                after.pop(at)
            case 1:
                after.insert(chosen.randrange(len(after)), after.pop(at))
            case 2:
                after.insert(at, chosen.choice(lines_of("fair")))
            case 3:
                middle = len(after[at]) // 2
                after[at : at + 1] = [after[at][:middle] or "x", after[at][middle:] or "y"]
            case 4:
                after[at] = after[at].replace("三", "五").replace("甲方", "乙方") + "另行约定。"
            case _:
                after[at] = after[at][::-1]
    return before, after


@settings(max_examples=12, deadline=None)
@given(edited())
def test_edits_make_one_version_of_the_other_and_words_stand_at_their_place(
    versions: tuple[list[str], list[str]],
) -> None:
    found = compared(*versions)
    assert applied(found.before, found.after, found.edits) == found.after
    back = compared(versions[1], versions[0])
    assert applied(back.before, back.after, back.edits) == back.after == found.before
    kept = [found.before[slice(*edit.before)] for edit in found.edits if edit.same]
    assert kept == [found.after[slice(*edit.after)] for edit in found.edits if edit.same]
    assert [edit.before[0] for edit in found.edits[1:]] == [edit.before[1] for edit in found.edits[:-1]]
    for change in found.changes:
        for words, text in ((change.before, found.before), (change.after, found.after)):
            assert words is None or (words.text and text[words.start : words.end] == words.text)


@settings(max_examples=12, deadline=None)
@given(edited())
def test_the_other_way_round_what_was_added_is_removed(versions: tuple[list[str], list[str]]) -> None:
    there, back = compared(*versions), compared(versions[1], versions[0])
    for how, turned in ((How.ADDED, How.REMOVED), (How.REMOVED, How.ADDED)):
        assert sorted(texts(there, how)) == sorted(texts(back, turned))
    rewritten = sorted((one.before.text, one.after.text) for one in there.changes if one.before and one.after)
    assert rewritten == sorted((one.after.text, one.before.text) for one in back.changes if one.before and one.after)


def texts(found: Deviation, how: How) -> list[str]:
    return [words.text for one in found.changes if one.how is how and (words := one.before or one.after)]


@pytest.mark.parametrize("name", ["hard", "fair", "english"])
def test_the_same_contract_has_no_changes(name: str) -> None:
    word, pdf = (read(make(name), "x") for make in (making.word, making.pdf))
    for before, after in ((word, word), (word, pdf), (pdf, word)):
        found = compare(before, after)
        assert found.changes == ()
        assert found.renumbered == ()


def only(found: Deviation) -> tuple[How, Effect, str]:
    (one,) = found.changes
    return one.how, one.effect, one.category


@pytest.mark.parametrize(
    ("old", "new", "dealer", "brand", "category"),
    [
        ("三十日内付款", "十日内付款", Effect.WEAKENED, Effect.STRENGTHENED, "payment"),
        ("三十日内付款", "45日内付款", Effect.STRENGTHENED, Effect.WEAKENED, "payment"),
        ("万分之三", "千分之五", Effect.WEAKENED, Effect.STRENGTHENED, "late_interest"),
        ("保证金五万元", "保证金十万元", Effect.WEAKENED, Effect.STRENGTHENED, "deposit"),
        ("保证金五万元", "保证金20,000元", Effect.STRENGTHENED, Effect.WEAKENED, "deposit"),
    ],
)
def test_another_figure_serves_one_side(old: str, new: str, dealer: Effect, brand: Effect, category: str) -> None:
    mine, theirs = (replaced("hard", old, new, side).changes for side in ("dealer", "brand"))
    assert [(one.how, one.effect) for one in mine] == [(How.CHANGED, dealer)]
    assert [(one.how, one.effect) for one in theirs] == [(How.CHANGED, brand)]
    assert mine[0].category == category
    assert mine[0].before
    assert old in mine[0].before.text
    assert mine[0].why


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("甲方保证产品符合国家标准", "甲方尽量使产品符合国家标准，不承担任何责任"),
        ("由甲方所在地人民法院管辖", "由甲方单方指定的机构管辖，乙方不得提出异议"),
    ],
)
def test_harder_words_weaken_and_their_absence_strengthens(old: str, new: str) -> None:
    before = lines_of("hard")
    after = [line.replace(old, new) for line in before]
    assert [one.effect for one in compared(before, after).changes] == [Effect.WEAKENED]
    assert [one.effect for one in compared(after, before).changes] == [Effect.STRENGTHENED]


def test_a_new_hard_clause_weakens_and_its_removal_strengthens() -> None:
    before = lines_of("fair")
    added = "第九条 乙方须无条件承担一切损失，甲方可随时单方解除本合同，无须说明理由，也不给予任何补偿。"
    after = [*before[:-1], added, before[-1]]
    assert only(compared(before, after))[:2] == (How.ADDED, Effect.WEAKENED)
    assert only(compared(after, before))[:2] == (How.REMOVED, Effect.STRENGTHENED)


def test_other_numbers_and_references_that_follow_them_are_no_changes() -> None:
    before = [
        "合同",
        "第一条 乙方按本合同第三条付款，逾期另行协商。",
        "第二条 交货地点为昆明。",
        "第三条 乙方于每月末付款。",
    ]
    after = ["合同", "第一条 乙方按本合同第四条付款，逾期另行协商。", "第二条 双方各派一名联络人。"]
    after += ["第三条 交货地点为昆明。", "第四条 乙方于每月末付款。"]
    found = compared(before, after)
    assert [(one.how, one.after and one.after.clause) for one in found.changes] == [(How.ADDED, "第二条")]
    assert found.renumbered == (("第二条", "第三条"), ("第三条", "第四条"))


def test_a_reference_to_another_clause_is_a_change() -> None:
    before = [
        "合同",
        "第一条 乙方按本合同第三条付款，逾期另行协商。",
        "第二条 交货地点为昆明。",
        "第三条 乙方于每月末付款。",
    ]
    after = [before[0], before[1].replace("第三条", "第二条"), *before[2:]]
    assert [one.how for one in compared(before, after).changes] == [How.CHANGED]


def test_a_clause_that_only_moved_says_so() -> None:
    before = list(lines_of("fair"))
    at = next(at for at, line in enumerate(before) if "任何一方逾期付款" in line)
    after = [*before[:at], *before[at + 1 : -1], before[at], before[-1]]
    assert only(compared(before, after)) == (How.MOVED, Effect.NEUTRAL, "payment")


def test_paragraphs_cut_or_joined_otherwise_are_no_changes() -> None:
    before = ["合同", "第一条 甲方于三日内发货。乙方验收后付款。双方每月对账一次。", "第二条 未尽事宜由双方协商。"]
    after = ["合同", "第一条 甲方于三日内发货。", "乙方验收后付款；双方每月对账一次。", "第二条 未尽事宜由双方协商。"]
    assert compared(before, after).changes == ()
    assert compared(after, before).changes == ()


@pytest.mark.parametrize(("old", "new"), [("0.05%", "0.5%"), ("5%", "5‰"), ("¥100", "$100"), ("1.5倍", "15倍")])
def test_a_mark_that_changes_a_figure_is_a_change(old: str, new: str) -> None:
    line = "第一条 乙方逾期付款的，按欠款的{}支付违约金。"
    assert len(compared(["合同", line.format(old)], ["合同", line.format(new)]).changes) == 1


def test_english_discretion_weakens() -> None:
    before = [
        "Distribution Agreement",
        "1. The Supplier may change the prices with sixty (60) days' prior written notice.",
    ]
    before += ["2. The Distributor shall pay within thirty (30) days of receipt of the invoice."]
    after = [before[0], "1. The Supplier may change the prices at any time in its sole discretion without notice."]
    after += [before[2].replace("thirty (30)", "ten (10)")]
    assert [one.effect for one in compared(before, after).changes] == [Effect.WEAKENED, Effect.WEAKENED]
    assert [one.effect for one in compared(after, before).changes] == [Effect.STRENGTHENED, Effect.STRENGTHENED]


@pytest.mark.parametrize(
    ("old", "new", "category"),
    [
        ("甲方授权乙方在", "甲方授权乙方独家在", "exclusivity"),
        ("由甲方退换并赔偿损失", "由甲方退换并赔偿损失，库存由甲方回购", "post_termination_stock"),
    ],
)
def test_words_that_serve_the_dealer_cost_the_brand(old: str, new: str, category: str) -> None:
    found = [replaced("hard", old, new, side).changes[-1] for side in ("dealer", "brand")]
    assert [one.effect for one in found] == [Effect.STRENGTHENED, Effect.WEAKENED]
    assert found[0].category == category


def test_a_right_serves_whose_it_is() -> None:
    before = lines_of("hard")
    after = [*before[:-1], "第八条 查账 甲方可随时单方查阅乙方的账簿，无须另行通知。", before[-1]]
    effects = [compared(before, after, side).changes[0].effect for side in ("dealer", "brand")]
    assert effects == [Effect.WEAKENED, Effect.STRENGTHENED]


def test_contracts_that_have_nothing_in_common_say_so() -> None:
    hard, fair = lines_of("hard"), lines_of("fair")
    assert compared(hard, hard).alike == 1
    assert compared(hard, [*hard[:-1], hard[-1] + "。"]).alike > 0.9
    assert compared(hard, fair).alike < 0.5
    assert compared(["甲方供货。"], ["Riverside pays."]).alike < 0.1


def test_reasons_come_in_the_language_asked_for() -> None:
    before, after = (
        document(lines) for lines in (lines_of("hard"), [x.replace("五万元", "十万元") for x in lines_of("hard")])
    )
    chinese, english, traditional = (
        compare(before, after, language=tag).changes[0].why for tag in ("zh", "en", "zh_TW")
    )
    assert chinese.startswith("保证金由五万元改为十万元")
    assert english.startswith("The deposit goes from")
    assert traditional.startswith("保證金由")
