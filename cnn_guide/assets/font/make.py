"""Make the font of the figures from a Nanum font: `python make.py NanumBarunGothic.ttf Regular`.

The subset keeps the 2,350 Hangul syllables of KS X 1001, ASCII and the signs that figures use.
Signs that the original lacks are drawn here from the shapes it has. The result carries a name of
its own, for the licence reserves the name Nanum.
"""

import sys
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

FAMILY = "CNN Guide Sans"
# Latin-1, Greek, punctuation, raised and lowered digits, arrows, operators, circled digits, shapes.
SIGNS = [
    *range(0xA0, 0x100),
    *range(0x391, 0x3CA),
    *range(0x2010, 0x2027),
    *range(0x2070, 0x209D),
    *range(0x2190, 0x2200),
    *range(0x2200, 0x2300),
    *range(0x2460, 0x2474),
    *range(0x25A0, 0x2700),
]


def hangul_syllables() -> str:
    """Return the 2,350 syllables of KS X 1001, row by row."""
    rows, cells = range(0xB0, 0xC9), range(0xA1, 0xFF)
    return "".join(bytes([row, cell]).decode("euc_kr") for row in rows for cell in cells)


Box = tuple[int, int, int, int]


def add_glyph(font: TTFont, sign: str, like: str, glyph: Any) -> None:
    """Add `glyph` as the shape of `sign`, as wide as the glyph of `like`."""
    name = f"uni{ord(sign):04X}"
    width = font["hmtx"][font.getBestCmap()[ord(like)]][0]
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name] = glyph
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (width, glyph.xMin)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[ord(sign)] = name


def filled(boxes: list[Box]) -> Any:
    """Return a glyph of filled boxes (left, bottom, right, top)."""
    pen = TTGlyphPen(None)
    for left, bottom, right, top in boxes:
        pen.moveTo((left, bottom))
        for point in [(left, top), (right, top), (right, bottom)]:
            pen.lineTo(point)
        pen.closePath()
    return pen.glyph()


def moved_down(font: TTFont, sign: str, middle: int) -> Any:
    """Return the glyph of `sign` with its middle at the height `middle`."""
    name = font.getBestCmap()[ord(sign)]
    glyph, pen = font["glyf"][name], TTGlyphPen(None)
    shift = middle - (glyph.yMin + glyph.yMax) // 2
    font.getGlyphSet()[name].draw(TransformPen(pen, (1, 0, 0, 1, 0, shift)))
    return pen.glyph()


def draw_missing_signs(font: TTFont) -> None:
    """Draw minus from plus, floor and ceiling from the brackets, the operator ∗ from the star."""
    glyphs, names = font["glyf"], font.getBestCmap()
    plus, hyphen, opening, closing = (glyphs[names[ord(sign)]] for sign in "+-[]")
    stroke = hyphen.yMax - hyphen.yMin
    bottom = (plus.yMin + plus.yMax - stroke) // 2
    add_glyph(font, "−", "+", filled([(plus.xMin, bottom, plus.xMax, bottom + stroke)]))
    add_glyph(font, "∗", "*", moved_down(font, "*", (plus.yMin + plus.yMax) // 2))
    for sign, like, at_foot in [
        ("⌊", "[", True),
        ("⌋", "]", True),
        ("⌈", "[", False),
        ("⌉", "]", False),
    ]:
        bracket = opening if like == "[" else closing
        left, right, low, high = bracket.xMin, bracket.xMax, bracket.yMin, bracket.yMax
        stem = left if like == "[" else right - stroke
        serif = low if at_foot else high - stroke
        boxes = [(stem, low, stem + stroke, high), (left, serif, right, serif + stroke)]
        add_glyph(font, sign, like, filled(boxes))


def rename(font: TTFont, style: str) -> None:
    """Give the font its own name, keeping the copyright and the licence of the original."""
    names = font["name"]
    kept = {0: names.getDebugName(0), 5: "Version 1.000"}
    names.names = []
    new = {
        1: FAMILY,
        2: style,
        3: f"{FAMILY} {style}",
        4: f"{FAMILY} {style}",
        6: f"{FAMILY.replace(' ', '')}-{style}",
        13: "SIL Open Font License, Version 1.1",
        14: "https://openfontlicense.org",
    }
    for number, value in {**kept, **new}.items():
        names.setName(value, number, 3, 1, 0x409)


def main(source: str, style: str) -> None:
    """Write the subset of `source` beside this file."""
    options = subset.Options(hinting=False, layout_features=[], notdef_outline=True)
    options.drop_tables += ["FFTM", "GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "DSIG"]
    maker = subset.Subsetter(options)
    maker.populate(text=hangul_syllables(), unicodes=[*range(32, 127), *SIGNS])
    font = TTFont(source, recalcTimestamp=False)
    maker.subset(font)
    draw_missing_signs(font)
    rename(font, style)
    # matplotlib looks for the weight 700 when asked for bold; the original says 600.
    font["OS/2"].usWeightClass = {"Regular": 400, "Bold": 700}[style]
    font.save(Path(__file__).with_name(f"{FAMILY.replace(' ', '')}-{style}.ttf"))


if __name__ == "__main__":
    main(*sys.argv[1:])
