import string

import pytest
from fontTools.ttLib import TTFont

from cnn_guide import labels

HANGUL = range(0xAC00, 0xD7A4)
# Spellings that the course does not use, and what it writes instead.
AVOIDED = {
    "컨볼루션": "합성곱",
    "컨벌루션": "합성곱",
    "상호상관": "교차 상관",
    "커넬": "커널",
    "웨이트": "가중치",
    "편향": "절편",
    "바이어스": "절편",
    "피처": "특성",
    "특징 맵": "특성 맵",
    "덧대기": "패딩",
    "보폭": "스트라이드",
    "맥스 풀링": "최대 풀링",
    "완전 연결": "밀집층",
    "수용장": "수용 영역",
    "학습 데이터": "훈련 세트",
    "얼리 스토핑": "조기 종료",
    "과적합": "과대적합",
    "오차 행렬": "혼동 행렬",
    "밸리드패딩": "밸리드 패딩",
    "세임패딩": "세임 패딩",
    "합성곱층": "합성곱 층",
    "풀링층": "풀링 층",
}


@pytest.fixture(autouse=True)
def _language_as_it_was(monkeypatch):
    monkeypatch.setattr(labels, "_language", None)
    monkeypatch.delenv("CNN_GUIDE_LANGUAGE", raising=False)


def placeholders(words):
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


@pytest.mark.parametrize("key", labels.WORDS)
def test_both_languages_say_the_same(key):
    korean, english = labels.WORDS[key]
    assert korean.strip()
    assert english.strip()
    assert placeholders(korean) == placeholders(english)
    assert not any(ord(sign) in HANGUL for sign in english)


def test_korean_words_are_those_of_the_course():
    for key, (korean, _) in labels.WORDS.items():
        for avoided, wanted in AVOIDED.items():
            assert avoided not in korean, f"{key}: write {wanted}, not {avoided}"


@pytest.mark.parametrize("path", sorted(labels.FONTS.glob("*.ttf")), ids=lambda path: path.stem)
def test_font_has_every_glyph(path):
    font = TTFont(path)
    glyphs = font.getBestCmap()
    needed = {sign for pair in labels.WORDS.values() for words in pair for sign in words} - {"\n"}
    needed |= set(string.printable) - set(string.whitespace) | set("−×÷±→…∗★Σσμ²½⌊⌋⌈⌉")
    assert sorted(sign for sign in needed if ord(sign) not in glyphs) == []
    assert sum(code in HANGUL for code in glyphs) == 2350
    assert path.stat().st_size < 500_000


def test_font_bears_no_reserved_name_and_has_its_licence():
    for path in labels.FONTS.glob("*.ttf"):
        names = TTFont(path)["name"]
        assert names.getDebugName(1) == labels.FONT_FAMILY
        assert not any("nanum" in str(name).lower() for name in names.names)
    assert "SIL OPEN FONT LICENSE" in (labels.FONTS / "LICENSE-OFL.txt").read_text(encoding="utf-8")


def test_language_is_korean_unless_told():
    assert labels.language() == "ko"
    assert labels.text("kernel") == "커널"


def test_language_from_the_environment(monkeypatch):
    monkeypatch.setenv("CNN_GUIDE_LANGUAGE", "en")
    assert labels.text("kernel") == "kernel"


def test_set_language_wins_over_the_environment(monkeypatch):
    monkeypatch.setenv("CNN_GUIDE_LANGUAGE", "en")
    labels.set_language("ko")
    assert labels.language() == "ko"


def test_unknown_language():
    with pytest.raises(ValueError, match="language 'fr': 'ko' or 'en' fits"):
        labels.set_language("fr")


def test_unknown_language_in_the_environment(monkeypatch):
    monkeypatch.setenv("CNN_GUIDE_LANGUAGE", "fr")
    with pytest.raises(ValueError, match="language 'fr'"):
        labels.language()


def test_unknown_key():
    with pytest.raises(KeyError, match="no words for 'kernell'"):
        labels.text("kernell")


def test_missing_value():
    with pytest.raises(KeyError, match="number"):
        labels.text("channel")


def test_font_is_registered_with_matplotlib():
    from matplotlib import font_manager

    family = labels.font_family()
    for weight in ("normal", "bold"):
        path = font_manager.findfont(
            font_manager.FontProperties(family=family, weight=weight), fallback_to_default=False
        )
        assert str(labels.FONTS) in path
