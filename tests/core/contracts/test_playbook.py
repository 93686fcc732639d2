from pathlib import Path

import pytest

from core import plainyaml
from core.contracts import BadPlaybook, Severity, load, review
from core.contracts.findings import Severity as Grade
from core.contracts.playbook import STANCES
from tests.core.contracts import making

OWN = """
name: Yunling
positions:
  resale_price.fixed: accept
  deposit: note
rules:
- id: payment.short
  category: payment
  stance: refuse
  every: ['{us}', '三十日内付款']
  reason: {zh: 我方账期至少六十日。, en: We ask for sixty days.}
  suggestion: {zh: 改为六十日。, en: Make it sixty.}
  basis: [playbook]
"""


def test_every_rule_has_words_in_both_languages_and_rests_on_something() -> None:
    playbook = load()
    for rule in playbook.rules:
        assert {"zh", "en"} <= rule.reason.keys(), rule.id
        assert {"zh", "en"} <= rule.suggestion.keys(), rule.id
        assert rule.basis, rule.id
        assert set(rule.basis) <= playbook.statutes.keys(), rule.id
        assert rule.category in playbook.categories, rule.id
    ids = [rule.id for rule in playbook.rules]
    assert len(ids) == len(set(ids))


def test_every_category_of_the_trade_is_looked_for() -> None:
    playbook = load()
    looked_for = {rule.category for rule in playbook.rules}
    assert set(playbook.cues["topics"]) <= looked_for
    assert set(playbook.cues["topics"]) == {each.label for each in playbook.learnt["risk"]}


def test_cuad_s_kinds_of_clause_map_into_ours() -> None:
    playbook = load()
    assert len(playbook.learnt["cuad"]) == 41
    assert {each.category for each in playbook.learnt["cuad"]} <= playbook.categories.keys()


def test_a_brand_s_own_playbook_overrides_ours() -> None:
    data = making.word("hard")
    found = review(data, playbook=OWN)
    grades = {each.rule: each.severity for each in found.findings}
    assert found.playbook == "Yunling"
    assert grades["resale_price.fixed"] is Severity.INFO
    assert grades["payment.short"] is Severity.HIGH
    assert {each.severity for each in found.findings if each.category == "deposit"} == {Severity.LOW}
    assert {each.rule: each.severity for each in review(data).findings}["resale_price.fixed"] is Severity.HIGH


def test_it_comes_as_text_as_a_file_or_as_what_was_read(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(OWN, encoding="utf-8")
    assert load(OWN) == load(file) == load(plainyaml.load(OWN))


@pytest.mark.parametrize(
    "own",
    [
        "[1, 2]",
        "a: [",
        "positions: {no_such_rule: accept}",
        "positions: {deposit: shrug}",
        "rules: [{category: payment, every: [x]}]",
        "rules: [{id: a.b, every: ['(']}]",
        "rules: [{id: a.b}]",
        "rules: [1]",
        "x" * 1_000_001,
    ],
)
def test_a_playbook_that_can_t_be_followed_is_refused(own: str) -> None:
    with pytest.raises(BadPlaybook):
        load(own)


def test_stances_stand_for_severities() -> None:
    assert dict(STANCES) == {
        "accept": Grade.INFO,
        "note": Grade.LOW,
        "negotiate": Grade.MEDIUM,
        "refuse": Grade.HIGH,
    }
