"""What abstaining has learned; written by ``python -m benchmarks.retrieval --train``.

Learned from cmrc2018_trial, xquad-en, xquad-zh: XQuAD (CC BY-SA 4.0, google-deepmind/xquad) and CMRC 2018 (CC BY-SA 4.0,
ymcui/cmrc2018). Only these numbers were kept, none of the texts.
"""

WORDS = "words"
MODELS = {
    WORDS: {
        "intercept": -4.2886,
        "coverage": 0.7232,
        "together": 6.0467,
        "lead": 5.2670,
        "alone": 2.0532,
        "numbers_missing": -2.0096,
        "terms": -0.0577,
    },
    "multilingual-e5-small-q4": {
        "intercept": -3.0100,
        "coverage": 0.9565,
        "together": 4.9342,
        "lead": 3.8810,
        "alone": 0.6600,
        "numbers_missing": -1.8712,
        "terms": -0.5017,
        "margin": -12.7312,
        "gap": 66.6900,
    },
}
