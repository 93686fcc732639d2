"""What abstaining has learned; written by ``python -m benchmarks.retrieval --train``.

Learned from cmrc2018_trial, xquad-en, xquad-th, xquad-zh:
XQuAD (CC BY-SA 4.0, google-deepmind/xquad) and CMRC 2018 (CC BY-SA 4.0, ymcui/cmrc2018).
Only these numbers were kept, none of the texts.
"""

WORDS = "words"
MODELS = {
    WORDS: {
        "intercept": -5.0749,
        "coverage": 0.6022,
        "together": 7.0331,
        "lead": 5.0640,
        "alone": 1.8329,
        "numbers_missing": -2.1590,
        "terms": 0.1137,
    },
    "multilingual-e5-small-q4": {
        "intercept": -3.9111,
        "coverage": -0.0565,
        "together": 6.3262,
        "lead": 3.9742,
        "alone": 0.9678,
        "numbers_missing": -1.9223,
        "terms": -0.2700,
        "gap": 48.9327,
    },
}
