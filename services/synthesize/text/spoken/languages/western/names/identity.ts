import { digitStarts, type Rule, rule } from "../../../rule.ts";
import { afterOf, anyOf, beforeOf } from "../../patterns.ts";
import { spell } from "../figure.ts";
import type { Tongue } from "../tongue.ts";
import { sayGroups, sayTelephone, telephoneRules } from "./telephone.ts";

/**
 * Rules for numbers that identify something: telephone numbers, codes, versions, models. These are read digit by digit,
 * or as a sequence of small numbers.
 */
export function identityRules(tongue: Tongue): readonly Rule[] {
  const measured = new RegExp(`^\\s?(?:${anyOf([...tongue.units.keys(), ...tongue.currencies.keys()])})`, "u");

  /** Matches the earlier numbers of a list ("112 o 061"), so that a word before the list, such as "call", is found. */
  const ofList =
    /\s[\d\s.+()-]*\d(?:,|\s(?:ou|et|o|y|e|oder|und|или|и))\s(?:(?:le|au|al|el|il|lo|o|para|die|der)\s)?$/u;
  /** Matches the number of digits of a code, stated between the code's name and the code: "PUK de 8 dígitos". */
  const ofLength = /\s(?:à|a|de|di|da)\s\d{1,2}\s(?:chiffres|cifras|cifre|dígitos|Ziffern)(?!\p{L})/u;
  /**
   * Says a number in a name, such as 5 in "PS5": digit by digit if it has five or more digits or a leading zero, and
   * otherwise as a number.
   */
  const part = (digits: string): string =>
    digits.length > 4 || /^0\d/.test(digits) ? spell(digits, tongue) : tongue.cardinal(digits);
  /** Words before the number of a file, an invoice or a case, after which "2026-118" is not a range. */
  const ofFile =
    /(?<!\p{L})(?:n\.|r[ée]f\.|rif\.|expediente|processo|pratica|protocollo|aktenzeichen|vorgang|dossier|facture|factura|fatura|fattura|rechnung)\s$/iu;
  const point = tongue.signs["."] ?? "";
  const parts = (written: string): string => written.split(".").map(part).join(` ${point} `);

  return [
    rule(
      "digits of a code after the word that names it",
      digitStarts,
      /(?<![\d.,])\d+(?:[\s./-]\d+)*(?![\d]|[.,]\d)/,
      (match) => {
        const [text] = match;
        const digits = text.replace(/\D/g, "");
        const before = beforeOf(match.input, match.index).replace(ofList, " ").replace(ofLength, "");
        if (
          (digits.length < 3 && !/^0\d/.test(digits)) ||
          /^(?:\d{1,2}([./-])\d{1,2}\1\d{4}|\d\d\/\d{4}|\d{1,3}(?:\.\d{3})+(?:\/\d+)?)$/.test(text)
        )
          return undefined;
        const isNumbered = text.includes("-") && !/^(?:19|20)\d\d-(?:19|20)\d\d$/.test(text) && ofFile.test(before);
        if (!isNumbered && !tongue.codeCues.test(before)) return undefined;
        // A short number after "n.º" is that of a house or an issue, and not a code.
        if (text.length <= 3 && /n(?:[.º°]+|ro\.)\s?$/i.test(before)) return undefined;
        const after = afterOf(match.input, match.index + text.length);
        // The number is not a code but a measure, or an ordinal such as "305-й".
        if (measured.test(after) || /^-\p{Script=Cyrillic}{1,3}(?!\p{L})/u.test(after)) return undefined;
        return tongue.telephoneCues?.test(before) === true ? sayTelephone(text, tongue) : sayGroups(text, tongue);
      },
    ),
    ...telephoneRules(tongue),
    rule(
      "number of a document",
      digitStarts,
      /(?<![\d.,])(?:\d{2,3}\.\d{3}\.\d{3}(?:\/\d{4})?-\d{1,2}|\d{5}-\d{3}|3\d{2}[\s.-]\d{6,7}|(?!(?:1\d|20)\d\d-)\d{4,5}-\d{4})(?![\d-]|[.,]\d)/,
      ([text]) => sayGroups(text, tongue),
    ),
    rule(
      "number that begins with zero",
      digitStarts,
      /(?<![\d.,:])0\d+(?![\d]|[.,:/]\d|\s?(?:h|min|mn|s)(?!\p{L}))/u,
      ([text]) => spell(text, tongue),
    ),
    rule("long number", digitStarts, /(?<![\d.,])\d{10,}(?![\d]|[.,]\d)/, ([text]) => spell(text, tongue)),
    rule("number of a version", digitStarts, /(?<![\d.,])\d+(?:\.\d+)+(?![\d])/, (match) => {
      const [text] = match;
      // A date, or a part of a date, is not a code.
      if (
        /^\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})$/.test(text) &&
        !tongue.versionCues.test(beforeOf(match.input, match.index))
      )
        return undefined;
      const isCued = tongue.versionCues.test(beforeOf(match.input, match.index));
      return isCued || (text.split(".").length > 2 && !/^\d{1,3}(?:\.\d{3})+$/.test(text)) ? parts(text) : undefined;
    }),
    rule(
      "number in a name",
      digitStarts,
      /(?<=[\p{L}][-‑]?)(?<![\d.,]\p{L}?)(\d+(?:\.\d+)*)((?:[-‑]\d+(?:\.\d+)*)*)(?![\d])/u,
      (match) => {
        const [, first = "", more = ""] = match;
        const said = [first, ...more.split(/[-‑]/).filter((one) => one !== "")].map(parts);
        return said.join(" ");
      },
    ),
    rule("number before capital letters", digitStarts, /(?<![\d.,])(\d+)(?=[A-Z][\p{L}\d]*)/u, (match) =>
      measured.test(afterOf(match.input, match.index + match[0].length)) ? undefined : part(match[1] ?? ""),
    ),
  ];
}
