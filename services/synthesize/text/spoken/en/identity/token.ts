import { digitStarts, letterStarts, type Place, type Reading, type Rule } from "../../rule.ts";
import { inName } from "../name.ts";
import { cardinal, digits, number } from "../number.ts";
import { codeCue, follows } from "./cue.ts";

/**
 * The rules in this file read tokens of letters, digits and hyphens as names: a hyphen in them is neither a range nor a
 * minus, and an x is not a multiplication sign. In the name of a model or product (`Qwen2.5-7B`, `RTX-4090`) digits are
 * read as numbers; in a code (`CS-2024-0815`, `1Z999AA10123456784`) they are read one by one. A token is a code if it
 * has two numeric parts, a long part, a leading zero, or a word such as "code" before it.
 */

const elements =
  /^(?:\d*(?:H|He|Li|Be|B|C|N|O|F|Ne|Na|Mg|Al|Si|P|S|Cl|K|Ca|Ti|Cr|Mn|Fe|Co|Ni|Cu|Zn|As|Br|Ag|Sn|I|Ba|Pt|Au|Hg|Pb)\d{0,2})+$/;

const token = /[A-Za-z\d]+(?:\.\d+)?(?:-[A-Za-z\d]+(?:\.\d+)?)*/y;
/** Matches hyphenated words with a number that are ordinary words and not names: "mid-2020", "20-year", "3-D". */
const ordinary =
  /^(?:(?:mid|pre|post|non|anti|sub|top|over|under|sub|ages?|early|late|all|big|under|plus|minus)-\d|\d+(?:\.\d+)?-(?:[a-z]{2,}|[A-Z][a-z]+)(?:-[a-z]+)*$|\d{1,3}-(?:for|on|in|to|by|of|and|or|out-of|under|per)-\d{1,3}$|[a-z]-\d{1,2}$|\d+[a-z]{1,4}-\d+[a-z]{0,4}$|[a-z]+-\d+$)/;
const months = /^(?:\d{1,4}-)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*-\d/;

/**
 * Reads what stands between two hyphens of a code: letters stay as they are, a number with a decimal part is read as a
 * number, and all other digits are read one by one.
 */
function codePart(part: string): string {
  return (part.match(/\d+(?:\.\d+)?|[A-Za-z]+/g) ?? [])
    .map((run) => (/\d/.test(run) ? (run.includes(".") ? number(run) : digits(run)) : run))
    .join(" ");
}

const modelPart = (part: string): string =>
  (part.match(/\d+(?:\.\d+)?|[A-Za-z]+/g) ?? [])
    .map((run) =>
      !/\d/.test(run)
        ? run
        : run.includes(".")
          ? number(run)
          : /[A-Za-z]$/.test(part) && run.length < 3
            ? cardinal(run)
            : inName(run),
    )
    .join(" ");

function readToken(place: Place): Reading | undefined {
  const { text, index } = place;
  if (
    /[A-Za-z\d.@/_-]/.test(text[index - 1] ?? "") &&
    !/(?:^|\s)[-(/]$/.test(text.slice(Math.max(0, index - 2), index))
  )
    return undefined;
  token.lastIndex = index;
  const written = token.exec(text)?.[0] ?? "";
  const end = index + written.length;
  if (!/\d/.test(written) || !/[A-Za-z]/.test(written) || /^[A-Za-z\d@_%]|^[.:,]\d/.test(text.slice(end, end + 2)))
    return undefined;
  const parts = written.split("-");
  const figures = parts.filter((part) => /^\d+$/.test(part));
  const long = parts.some((part) => /\d{5}|^0\d/.test(part));
  if (parts.length > 1) {
    if (
      /^[A-Za-z]{1,2}\d-\d{3,5}/.test(written) ||
      ordinary.test(written) ||
      /^[A-Z]{1,3}-\d{1,4}s$/.test(written) ||
      months.test(written) ||
      /^-/.test(text.slice(end, end + 1))
    )
      return undefined;
    const lettersFirst = /^[A-Za-z]/.test(written);
    const code = figures.length > 1 || long || (follows(codeCue, place) && /\d{2}/.test(written));
    if (code && (lettersFirst || figures.length > 1 || long)) return { spoken: parts.map(codePart).join(", "), end };
    // A model: it begins with a capital letter, and a later part begins with a digit: `Qwen2.5-7B`, `Llama-3.1-8B`,
    // `RTX-4090`.
    const model = lettersFirst && parts.slice(1).some((part) => /^\d/.test(part)) && /^[A-Z]/.test(written);
    return model && parts.every((part) => part.length < 20)
      ? { spoken: parts.map(modelPart).join(" "), end }
      : undefined;
  }
  if (/^[A-Z]{1,3}\d{1,4}s$/.test(written)) return undefined;
  // A token with three or more runs of letters or digits is a code, unless it is a formula, a size or a time.
  const changes = (written.match(/\d+|[A-Za-z]+/g) ?? []).length;
  const count = written.replace(/[^\d]/g, "").length;
  if (
    written.includes(".") ||
    elements.test(written) ||
    /^\d+(?:[xX]\d+){1,2}[a-zA-Z]{0,3}$|^(?:\d+[a-z]{1,3})+$/.test(written)
  )
    return undefined;
  if (
    (changes >= 3 && count >= 4 && written.length >= 6) ||
    (changes === 2 && /\d{5}/.test(written) && /^[A-Z]{1,4}\d+$/.test(written)) ||
    (follows(codeCue, place) && /[A-Z]/.test(written))
  )
    return { spoken: codePart(written), end };
  return undefined;
}

/** Rules for names and codes that consist of letters and digits. */
export const tokenRules: readonly Rule[] = [
  { name: "name or code of letters, figures and hyphens", starts: letterStarts + digitStarts, read: readToken },
];
