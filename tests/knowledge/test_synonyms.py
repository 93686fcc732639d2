from knowledge.synonyms import SYNONYM, other_words, terms_asked, wholly_chinese


def test_a_dealers_word_brings_the_handbooks() -> None:
    assert "冰柜" in other_words("冰箱怎么申请").split()
    assert "penalty" in other_words("what is the fine").split()


def test_the_longest_word_speaks_for_those_within_it() -> None:
    assert "授信" not in other_words("临时额度怎么申请").split()


def test_latin_words_match_whole() -> None:
    assert other_words("a refined taste") == ""


def test_words_that_are_there_are_not_added() -> None:
    assert "冰柜" not in other_words("冰箱和冰柜一样吗").split()


def test_what_was_said_is_worth_more_than_what_it_is_also_called() -> None:
    worth = terms_asked("冰箱押三十万")
    assert worth["冰箱"] == 1
    assert worth["冰柜"] == SYNONYM
    assert worth["300000"] == 1


def test_a_question_half_in_english_is_asked_in_the_words_of_the_documents() -> None:
    assert wholly_chinese("cut-off time 几点") == "截单时间 几点"
    assert wholly_chinese("rebate 怎么算") == "返利 怎么算"
    assert wholly_chinese("what time is the cut-off") == "what time is the cut-off"
    assert wholly_chinese("W-550 什么价") == "W-550 什么价"


def test_a_city_brings_its_province() -> None:
    assert "福建" in other_words("漳州零担到底几天")
    assert "广东" in other_words("how long does a part load to foshan take")


def test_a_chinese_question_is_asked_wholly_chinese_throughout() -> None:
    assert wholly_chinese("policy上temp line最长多少天").endswith("临时额度最长多少天")
    assert wholly_chinese("临时额度最长多少天？") == "临时额度最长多少天？"
    assert wholly_chinese("how long is a temp line") == "how long is a temp line"
