"""Makes data/fonts: Noto Sans CJK SC, regular and bold, cut down to what the cockpit can have to set.

    python tools/make_fonts.py [--from /usr/share/fonts/opentype/noto]

Kept are the characters of GB 2312, those of names and places that the Table of General Standard Chinese Characters
(通用规范汉字表, State Council 2013) has beside them (rare_characters.txt: 峃, 溇, 甪, 䶮), Latin, punctuation, our
signs, and every character that occurs in the data, the records and the sentences. A sheet with any other is refused,
and the character named.
The fonts are those of the Noto CJK project (SIL Open Font License 1.1, data/fonts/OFL.txt), unchanged but for the cut.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

from fontTools import subset
from fontTools.ttLib import TTCollection

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from cockpit.datasets.store.loading import NAMES, load  # noqa: E402

TARGET: Final = ROOT / "data" / "fonts"
SOURCE: Final = Path("/usr/share/fonts/opentype/noto")
FAMILY: Final = "Noto Sans CJK SC"
WEIGHTS: Final = ("Regular", "Bold")
SIGNS: Final = "●○◆◇■□▲△★☆┆│→←↑↓↗↘✓✗×÷±≤≥≈≠∞·…—–－－·‘’“”§¶°²³㎡℃‰¥€№①②③④⑤⑥⑦⑧⑨⑩〔〕【】《》〈〉「」、。，；：？！（）"


def gb2312() -> set[str]:
    """Every character of GB 2312, hanzi and signs."""
    found = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                found.add(bytes((row, cell)).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return found


def used() -> set[str]:
    """Every character of the datasets, the records and the package."""
    found: set[str] = set()
    for name in NAMES:
        dataset = load(name)
        for table in dataset.manifest.files:
            frame = dataset.table(table)
            for column in frame.columns:
                if str(frame[column].dtype) in ("str", "string", "object", "category"):
                    found.update("".join(frame[column].dropna().astype(str).unique()))
    for pattern in ("data/policy/*.toml", "cockpit/**/*.py", "cockpit/**/*.typ", "cockpit/**/*.html"):
        for path in ROOT.glob(pattern):
            found.update(path.read_text(encoding="utf-8"))
    return found


def wanted() -> str:
    latin = {
        chr(code)
        for first, last in ((0x20, 0x7E), (0xA0, 0x17F), (0x2010, 0x2027), (0xFF01, 0xFF5E))
        for code in range(first, last + 1)
    }
    rare = set((TARGET / "rare_characters.txt").read_text(encoding="utf-8").strip())
    return "".join(sorted(sign for sign in gb2312() | rare | used() | latin | set(SIGNS) if sign.isprintable()))


def cut(source: Path, weight: str, text: str) -> tuple[Path, set[str]]:
    """Write one weight, cut to `text`, and tell what the font has no sign for; the same input gives the same bytes."""
    collection = TTCollection(source / f"NotoSansCJK-{weight}.ttc")
    font = next(font for font in collection if font["name"].getDebugName(1).startswith(FAMILY))
    options = subset.Options(
        layout_features=["ccmp", "locl", "kern", "liga", "vert", "tnum"],
        hinting=False,
        notdef_outline=True,
        recalc_timestamp=False,
        drop_tables=["DSIG", "vhea", "vmtx", "VORG", "BASE"],
    )
    missing = {sign for sign in text if ord(sign) not in font.getBestCmap()}
    tool = subset.Subsetter(options)
    tool.populate(text=text)
    tool.subset(font)
    target = TARGET / f"NotoSansCJKsc-{weight}.otf"
    font.save(target, reorderTables=False)
    return target, missing


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--from", dest="source", type=Path, default=SOURCE)
    arguments = parser.parse_args()
    text = wanted()
    TARGET.mkdir(exist_ok=True)
    lacking: set[str] = set()
    for weight in WEIGHTS:
        path, missing = cut(arguments.source, weight, text)
        lacking |= missing
        print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB, {len(text)} characters")
    # What a sheet is checked against: reading this is far quicker than reading a font.
    known = "".join(sign for sign in text if sign not in lacking)
    (TARGET / "characters.txt").write_text(known + "\n", encoding="utf-8")
    if lacking:
        print(f"not in {FAMILY}: {' '.join(sorted(lacking))}")


if __name__ == "__main__":
    main()
