// What French, Spanish, Portuguese and Italian have in common.
import { type Rule, rule } from "../../rule.ts";
import { typedRules } from "./names/typed.ts";
import type { AddressWords } from "./names/words.ts";

/** Rules of the four languages. */
export const romanceRules = (address: AddressWords): readonly Rule[] => [
  ...typedRules(address),
  rule("slash between spans of time", "/", /(?<=\d(?::\d\d|\s?h(?:\s?\d\d)?)\s?)\/\s?(?=\d{1,2}(?::|\s?h))/, ","),
  rule(
    "step of a menu",
    ">›",
    /(?<=\p{Lu}[\p{L}\d-]+(?:\s(?!\p{Lu}\p{L}*\s>)[\p{L}\d'’&-]+){0,3}["”»]?\s)[>›]\s?(?=["“«]?\p{Lu}\p{L})/u,
    ",",
  ),
];

/** Words that follow a number without being counted by it. */
const functionWords = new Set(
  (
    "es está son a al de del en y e o u el la los las con por para que se no sin sobre ni más menos pero como cuando " +
    "é são ao à do da no na em com para um uma os as mas ou " +
    "in da su tra fra dal dalla dai alla alle al nei nelle sul sulla dopo prima ogni " +
    "desde hasta entre hacia según até pela pelo às aos nos nas após antes cada " +
    "è sono il lo gli le di del della nel nella ed con per che si ma non più meno"
  ).split(" "),
);

/** The noun that a number counts: the word after it, adjectives such as "gran" left out; undefined where none is counted. */
export function countedNoun(after: string): string | undefined {
  const noun = /^[\s-](?:(?:gran|grandes?|buena?s?|nueva?s?|outras?|outros?|altr[aeio])\s)?(\p{Ll}[\p{Ll}]+)/u.exec(
    after,
  )?.[1];
  return noun === undefined || functionWords.has(noun) ? undefined : noun;
}
