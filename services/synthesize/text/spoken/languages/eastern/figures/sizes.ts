import { digitStarts, type Rule, rule } from "../../../rule.ts";
import { beforeOf } from "../../patterns.ts";
import type { EasternTongue } from "../tongue.ts";

/** Rules for digits that name something and count nothing: a floor, a tire size, an oil grade, a stock code, a seat. */
export function sizeRules(tongue: EasternTongue): readonly Rule[] {
  const { join, labels, groupJoin } = tongue;
  return [
    rule(
      "floor of a building",
      `${digitStarts}B`,
      /(?<![A-Za-z\d.,/-])(?:(B?)(\d{1,2})F|(B)(\d)\s?(?:階|층))(?![A-Za-z\d])/,
      ([, below = "", floor = "", belowToo = "", basement = ""]) =>
        labels.floor(tongue.cardinal(floor === "" ? basement : floor), below + belowToo !== ""),
    ),
    rule(
      "size of a tyre",
      digitStarts,
      /(?<![\d.,/])(\d{3})\/(\d{2})\s?Z?R\s?(\d{2})(?![\d])/,
      ([, width = "", height = "", rim = ""]) =>
        [`${tongue.cardinal(width)}${groupJoin}${tongue.cardinal(height)}`, "R", tongue.cardinal(rim)].join(join),
    ),
    rule(
      "grade of oil",
      digitStarts,
      /(?<![\d.,A-Za-z-])(\d{1,2})W-?(\d{2})(?![\d.,]|\s?[~～])/,
      ([, cold = "", warm = ""]) => [tongue.cardinal(cold), "W", tongue.cardinal(warm)].join(join),
    ),
    rule(
      "number of a share",
      digitStarts,
      /(?<=[\p{L}][(（])(?:\d{6}|[2-9][1-9]\d\d|[3-9]\d{3})(?=[)）])/u,
      ([digits]) => tongue.spell(digits),
    ),
    rule("seat number after a word for a seat", digitStarts, /(?<![\d.,])(\d{1,3})([A-K])(?![A-Za-z\d])/, (match) =>
      labels.seatCues.test(beforeOf(match.input, match.index))
        ? `${tongue.cardinal(match[1] ?? "")}${join}${match[2]}`
        : undefined,
    ),
  ];
}
