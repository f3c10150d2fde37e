import { digitStarts, type Rule, rule } from "../../../rule.ts";
import { afterOf, anyOf, beforeOf } from "../../patterns.ts";
import type { EasternTongue } from "../tongue.ts";

/**
 * Rules for numbers that are spoken digit by digit: telephone numbers, numbers after a word such as "PIN", and numbers
 * with a leading zero.
 */
export function codeRules(tongue: EasternTongue): readonly Rule[] {
  const { join, signs } = tongue;
  const units = anyOf(tongue.units.keys(), "A-Za-z");
  const groups = (text: string): string =>
    text
      .split(/[^\d]+/)
      .filter((part) => part !== "")
      .map(tongue.spell)
      .join(tongue.groupJoin);

  return [
    rule(
      "telephone number abroad",
      "+",
      /\+\d{1,3}(?:[\s.-]\(?\d+\)?){2,}/,
      ([text]) => `${signs["+"]}${join}${groups(text)}`,
    ),
    rule(
      "telephone number",
      digitStarts,
      /(?<![\d.,-])0\d{1,4}-\d{1,4}-\d{3,4}(?![\d-])|(?<![\d.,-])0\d{9,10}(?!\d)|(?<![\d.,-])1\d{3}-\d{4}(?![\d-])/,
      ([text]) => groups(text),
    ),
    rule(
      "digits of a code after the word that names it",
      digitStarts,
      /(?<![\d.,])\d+(?:-\d+)*(?![\d]|[.,]\d)/,
      (match) => {
        if (match[0].length < 3 && !/^0/.test(match[0])) return undefined;
        const after = afterOf(match.input, match.index + match[0].length);
        if (new RegExp(`^\\s?(?:${units}|円|원|호|층|号|階|個|개|명|人|年|년|回|번째)`, "u").test(after))
          return undefined;
        return tongue.codeCues.test(beforeOf(match.input, match.index)) ? groups(match[0]) : undefined;
      },
    ),
    rule(
      "number that begins with zero",
      digitStarts,
      /(?<![\d.,:])0\d+(?![\d]|[.,:/]\d|月|日|時|分|월|일|시|분)/,
      ([text]) => tongue.spell(text),
    ),
  ];
}

/** Reads digits one by one in a password or a network name that also contains letters. */
export const secretRule = (tongue: EasternTongue): Rule =>
  rule("figures of a password", digitStarts, /\d+/, (match) => {
    const near = beforeOf(match.input, match.index);
    const cue = tongue.secretCues.exec(near);
    const isMixed =
      cue !== null &&
      (/[A-Za-z]/.test(near.slice(cue.index).replace(/^[^A-Za-z\d]*/, "")) ||
        /^[A-Za-z]/.test(afterOf(match.input, match.index + match[0].length)));
    return isMixed ? tongue.spell(match[0]) : undefined;
  });

/** Rules for version numbers, and for numbers in names such as "PS5". */
export function nameRules(tongue: EasternTongue): readonly Rule[] {
  const { join, signs } = tongue;
  // In "HDL60mg/dL" the number has a unit and so is a measurement; other letters after a number are part of the name.
  const longUnits = anyOf(
    [...tongue.units.keys()].filter((unit) => /^[a-zµμ][a-zA-Z/]+$/.test(unit)),
    "A-Za-z",
  );
  return [
    rule("number of a version", digitStarts, /(?<![\d.,])\d+(?:\.\d+)+(?![\d])/, (match) => {
      const isCued = tongue.versionCues.test(beforeOf(match.input, match.index)) || match[0].split(".").length > 2;
      return isCued ? match[0].split(".").map(tongue.cardinal).join(`${join}${signs["."]}${join}`) : undefined;
    }),
    rule(
      "number in a name",
      digitStarts,
      new RegExp(`(?<=[A-Za-z][-‑]?)(\\d+(?:\\.\\d+)*)((?:[-‑]\\d+(?:\\.\\d+)*)*)(?![\\d]|\\.\\d|(?:${longUnits}))`),
      ([, first = "", more = ""]) =>
        [first, ...more.split(/[-‑]/).filter((part) => part !== "")]
          .map((part) =>
            part
              .split(".")
              .map((piece) => (piece.length > 4 || /^0\d/.test(piece) ? tongue.spell(piece) : tongue.cardinal(piece)))
              .join(`${join}${signs["."]}${join}`),
          )
          .join(join === "" ? "の" : " "),
    ),
  ];
}
