import { decade, ordinal } from "../../en/number.ts";
import { digitStarts, type Rule, rule } from "../../rule.ts";
import { typedRules } from "./names/typed.ts";
import type { AddressWords } from "./names/words.ts";

/** Rules that French, Spanish, Portuguese and Italian share. */
export const romanceRules = (address: AddressWords): readonly Rule[] => [
  ...typedRules(address),
  rule("slash between clock times", "/", /(?<=\d(?::\d\d|\s?h(?:\s?\d\d)?)\s?)\/\s?(?=\d{1,2}(?::|\s?h))/, ","),
  rule(
    "step of a menu",
    ">›",
    /(?<=\p{Lu}[\p{L}\d-]+(?:\s(?!\p{Lu}\p{L}*\s>)[\p{L}\d'’&-]+){0,3}["”»]?\s)[>›]\s?(?=["“«]?\p{Lu}\p{L})/u,
    ",",
  ),
  // In a quoted English phrase the number is spoken in English too: "the 1980s", "20th century".
  rule(
    "English ordinal or decade in quotes",
    digitStarts,
    /(?<=["“«][^"”»]{0,40})(?<![\d.,])(?:(\d{1,3})(?:st|nd|rd|th)|(?<=[Tt]he\s)((?:\d\d)?\d0)s)(?![\p{L}\d])(?=[^"“«]{0,40}["”»])/u,
    ([, place, tens = ""]) => (place === undefined ? decade(tens) : ordinal(place)),
  ),
];

/**
 * A rule for a time signature after a word about music, which `name` matches: "six-huit", "dos por cuatro". `say` gets
 * the two numbers of the signature.
 */
export const musicRule = (name: RegExp, say: (beats: string, note: string) => string): Rule =>
  rule(
    "measure of music",
    digitStarts,
    /(?<![\d.,/])(\d{1,2})\/(2|4|8|16)(?![\d/\p{L}]|[.,]\d)/u,
    ({ 1: beats = "", 2: note = "", index, input }) =>
      name.test(input.slice(Math.max(0, index - 80), index)) ? say(beats, note) : undefined,
  );

/**
 * A rule for abbreviations that stand for a different noun after an ordinal than elsewhere: Spanish `3.ª pl.` is
 * "tercera planta". The entries of `table` are separated by spaces; each is the abbreviation, a colon, and the spoken
 * form.
 */
export function afterOrdinal(table: string): Rule {
  const said = new Map(table.split(" ").map((entry) => entry.split(":") as [string, string]));
  return rule(
    "abbreviated noun after an ordinal",
    [...new Set([...said.keys()].map((short) => short.charAt(0)))].join(""),
    new RegExp(
      `(?<=\\d\\.?(?:[ªº°]|ème|[eèé]|re|er)\\s?)(${[...said.keys()].join("|")})(?:\\.|(?![\\p{L}\\d]))(?!\\s?\\d)`,
      "u",
    ),
    ([, short = ""]) => said.get(short),
  );
}

/** Function words, such as "de". If one of them follows a number, the number counts no noun. */
const functionWords = new Set(
  (
    "ha han ho hanno há tem es está son a al de del en y e o u el la los las con por para que se no sin sobre ni más menos pero como cuando " +
    "é são ao à do da no na em com para um uma os as mas ou " +
    "in da su tra fra dal dalla dai alla alle al nei nelle sul sulla dopo prima ogni " +
    "desde hasta entre hacia según até pela pelo às aos nos nas após antes cada " +
    "è sono il lo gli le di del della nel nella ed con per che si ma non più meno"
  ).split(" "),
);

/** The noun that a number counts: the next word, skipping adjectives such as "gran"; undefined if it counts none. */
export function countedNoun(after: string): string | undefined {
  const noun = /^[\s-](?:(?:gran|grandes?|buena?s?|nueva?s?|outras?|outros?|altr[aeio])\s)?(\p{Ll}[\p{Ll}]+)/u.exec(
    after,
  )?.[1];
  return noun === undefined || functionWords.has(noun) ? undefined : noun;
}
