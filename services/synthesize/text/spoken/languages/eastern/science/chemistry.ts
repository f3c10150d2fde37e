import { capitalStarts, digitStarts, type Rule, rule } from "../../../rule.ts";
import type { EasternTongue } from "../tongue.ts";

const lowered = "₀₁₂₃₄₅₆₇₈₉";
const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const element =
  "(?:He|Li|Be|Ne|Na|Mg|Al|Si|Cl|Ar|Ca|Sc|Ti|Cr|Mn|Fe|Co|Ni|Cu|Zn|Ga|Ge|As|Se|Br|Kr|Rb|Sr|Ag|Cd|Sn|Sb|Te|Xe|Cs|Ba|Pt|Au|Hg|Pb|Bi|Ra|H|B|C|N|O|F|P|S|K|V|I|U|W)";
const part = `${element}(?:[${lowered}]{1,3}|\\d{1,2})?`;
const group = `\\((?:${part}){1,4}\\)(?:[${lowered}]{1,2}|\\d)`;
const substance = `(?:${part}|${group}){1,9}`;
const charge = `(?:\\^\\{?\\d?[+-]\\}?|[${raised}]?[⁺⁻])`;
const term = `(?:\\d{1,2})?${substance}${charge}?(?![A-Za-z\\d-])`;

/**
 * Chemical formulas that are recognized even if their digits are not subscripts ("CO2"). Other combinations of letters
 * and digits may be names instead: "PS5", "B2B".
 */
const onTheLine = /^(?:[A-Z][a-z]?\d{0,2})*(?:O[2-4]|H[2-6]|Cl[2-4]|OH|C\d{1,2}H\d{1,2})(?:[A-Z][a-z]?\d{0,2})*$/;

/** Rules for chemical formulas with subscripts, bracketed groups and charges, and for reaction equations. */
export function chemistryRules(tongue: EasternTongue): readonly Rule[] {
  const { join, science } = tongue;
  const figure = (written: string): string =>
    [...written].map((c) => (lowered.includes(c) ? lowered.indexOf(c) : c)).join("");

  function say(written: string): string {
    const [, coefficient = "", body = "", ion = ""] =
      new RegExp(`^(\\d*)(${substance})(${charge})?$`).exec(written) ?? [];
    const pieces = body.match(new RegExp(`[A-Za-z]+|[${lowered}]+|\\d+`, "g")) ?? [];
    // In a formula with a number above 9, such as that of glucose, numbers are read as usual. In any other formula,
    // they are read as is conventional in chemistry: ツー in H₂O.
    const isLong = pieces.some((piece) => figure(piece).length > 1 && !/[A-Za-z]/.test(piece));
    const said = pieces.map((piece) =>
      /[A-Za-z]/.test(piece)
        ? piece
        : isLong
          ? tongue.cardinal(figure(piece))
          : (science.chemistry.figures[Number(figure(piece))] ?? tongue.cardinal(figure(piece))),
    );
    if (coefficient !== "") said.unshift(tongue.cardinal(coefficient));
    const [, digit = "", sign = ""] = /(\d|[⁰¹²³⁴-⁹])?([+⁺⁻-])/.exec(ion) ?? [];
    if (sign !== "") {
      if (digit !== "") said.push(tongue.cardinal(String(raised.includes(digit) ? raised.indexOf(digit) : digit)));
      said.push(/[+⁺]/.test(sign) ? science.chemistry.plus : science.chemistry.minus);
    }
    return said.join(join);
  }

  return [
    rule(
      "formula of a substance",
      `${capitalStarts}${digitStarts}`,
      new RegExp(`(?<![A-Za-z\\d.,\\^-])${term}(?:\\s?(?:\\+|→|⟶|⇌|-->?|=)\\s?${term})*`),
      ([text]) => {
        const terms = text.split(/\s?(\+(?=\s|\d?[A-Z])|→|⟶|⇌|-->?|=)\s?/);
        const isSubstance = (one: string): boolean =>
          new RegExp(`[${lowered}⁺⁻]|\\^\\{?\\d?[+-]`).test(one) ||
          (/\d$|\d[A-Z(]/.test(one.replace(/^\d+/, "")) &&
            onTheLine.test(one.replace(/^\d+/, "")) &&
            !/^([A-Z])\d\1$/.test(one));
        if (!terms.some(isSubstance)) return undefined;
        return terms
          .map((one, index) =>
            index % 2 === 0 ? say(one) : one === "+" ? science.chemistry.plus : science.chemistry.arrow,
          )
          .join(join);
      },
    ),
  ];
}
