import { before, type Rule, rule } from "../rule.ts";

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** How a language says an ion's charge and an isotope's number. */
export interface ChargeNames {
  readonly plus: string;
  readonly minus: string;
  /** Returns how a small number is spoken: 二, "two". */
  readonly figure: (digits: string) => string;
  /** Returns how the mass number of an isotope is spoken: 二三五, "two thirty-five". */
  readonly mass: (digits: string) => string;
  /** The separator between a number and its sign or letters: a space or nothing. */
  readonly gap: string;
}

/**
 * Ions that are also written without superscripts: `Na+`, `Ca2+`. Elements whose letter with a plus is also a school
 * grade (B, C, F) are not included.
 */
const plainIons =
  "Na|Li|Ag|NH4|H3O|Cl|Br|OH|NO3|HCO3|MnO4|CN|(?:Ca|Mg|Fe|Cu|Zn|Ba|Mn|Pb|Hg|Sn|Ni|Co|Cr|SO4|SO3|CO3|HPO4)2|(?:Fe|Al|Cr|PO4)3";

/**
 * Rules for superscript numbers that are not powers: the charge of an ion (`Ca²⁺`, `SO₄²⁻`, `Na⁺`, `Fe^{3+}`, `Ca2+`)
 * and the mass number of an isotope (`¹⁴C`). A plus or minus after the number shows that the number is a charge, unlike
 * in `x²`; letters after the number show that it is a mass number.
 */
export function chargeRules({ plus, minus, figure, mass, gap }: ChargeNames): readonly Rule[] {
  const charge = (digits: string, sign: string): string =>
    [digits === "" ? "" : figure(digits), /[+⁺]/.test(sign) ? plus : minus].filter((part) => part !== "").join(gap);
  return [
    rule(
      "charge of an ion, written as a superscript",
      `${superscripts}⁺⁻`,
      new RegExp(`(?<=[A-Za-z₀-₉)\\]\\d])([${superscripts}]?)([⁺⁻])(?![${superscripts}])`),
      ([, digit = "", sign = ""]) => charge(digit === "" ? "" : String(superscripts.indexOf(digit)), sign),
    ),
    rule(
      "charge of an ion, written after a caret",
      "^",
      /(?<=[A-Za-z₀-₉)\]\d])\^(?:\{(\d?)([+−-])\}|(\d?)([+−-])(?![\dA-Za-z(]))/,
      (match) => charge(match[1] ?? match[3] ?? "", match[2] ?? match[4] ?? ""),
    ),
    rule(
      "charge of a common ion, written on the line",
      "23+-",
      /([23]?)([+−-])(?![\w+(−-]|\s?[\d(])/,
      ([text, digit = "", sign = ""], place) =>
        new RegExp(`(?<![A-Za-z\\d])(?:${plainIons})$`).test(before(place, 8) + digit) && /[+−-]$/.test(text)
          ? charge(digit, sign)
          : undefined,
    ),
    rule(
      "mass number before the symbol of an element",
      superscripts,
      new RegExp(`(?<![A-Za-z₀-₉)\\]\\d])([${superscripts}]{1,3})([A-Z][a-z]?)(?![a-z])`),
      ([, digits = "", letters = ""]) =>
        `${letters}${gap}${mass([...digits].map((c) => superscripts.indexOf(c)).join(""))}`,
    ),
  ];
}
