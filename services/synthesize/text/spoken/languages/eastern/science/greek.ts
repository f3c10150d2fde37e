const capitals = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ";
const smalls = "αβγδεζηθικλμνξοπρστυφχψω";
const names = [
  "アルファ ベータ ガンマ デルタ イプシロン ゼータ イータ シータ イオタ カッパ ラムダ ミュー ニュー グザイ オミクロン パイ ロー シグマ タウ ウプシロン ファイ カイ プサイ オメガ",
  "알파 베타 감마 델타 엡실론 제타 에타 세타 요타 카파 람다 뮤 뉴 크시 오미크론 파이 로 시그마 타우 입실론 피 카이 프시 오메가",
];

const named = names.map((list) =>
  Object.fromEntries(
    list.split(" ").flatMap((name, index) => [
      [capitals[index] ?? "", name],
      [smalls[index] ?? "", name],
    ]),
  ),
);

/** The spoken names of Greek letters, keyed by letter; `language` is 0 for Japanese and 1 for Korean. */
export const greekOf = (language: 0 | 1): Readonly<Record<string, string>> => named[language] ?? {};
