"""Which words ask to enrol an authenticator: a closed form, so that no question about one begins it."""

import pytest

from bot.enrolling import asks
from core.words import Catalogues


@pytest.mark.parametrize(
    "words",
    [
        "登记身份验证器", "我要登记身份验证器", "请帮我绑定验证器", "换一个新的验证器", "重新登记验证器。",
        "登記身份驗證器", "請幫我綁定驗證器", "換一個新的驗證器",
        "set up authenticator", "Set up my authenticator app", "please enrol a second factor",
        "replace my authenticator",
    ],
)  # fmt: skip
def test_asked_for(words: str) -> None:
    assert asks(words)


@pytest.mark.parametrize(
    "words",
    [
        "什么是身份验证器", "登记身份验证器要多久", "身份验证器", "验证码不对", "不要登记身份验证器", "登记",
        "how do I set up an authenticator?", "authenticator", "don't set up an authenticator", "add 10 cases",
    ],
)  # fmt: skip
def test_not_asked_for(words: str) -> None:
    assert not asks(words)


def test_the_words_that_the_desk_names_are_understood() -> None:
    for language, words in (("zh", "登记身份验证器"), ("zh_TW", "登記身份驗證器"), ("en", "set up authenticator")):
        told = Catalogues().words(language)
        for key in ("enrol.expired", "enrol.where", "enrol.gone", "enrol.failed", "factor.not_enrolled.signing"):
            assert words in told(key)
        assert asks(words)
