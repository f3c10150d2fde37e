import { after, before, digitStarts, type Place, type Rule, rule } from "../../rule.ts";
import { compass } from "../identity/compass.ts";
import { cardinal, number, ordinal } from "../number.ts";

/**
 * The meaning of a prime after a number, by context: the minute of a soccer game ("Haaland 23'", "45+2'"), minutes of a
 * workout ("rest 2'"), and otherwise feet ("a 6' fence"). Feet with inches are handled by earlier rules, derivatives by
 * the rules for formulas.
 */

const game =
  /\b(?:goals?|scor(?:ed?|er|ing)|min(?:ute)?s?|penalty|pens?|red|yellow|card|subs?|substitut|assist|equali[sz]|half|FT|HT|FC|United|City|own goal|header|winner)\b|\d\s?[-–]\s?\d/i;
const workout =
  /\b(?:[Ww]arm|[Rr]est|[Jj]og|[Rr]un|[Cc]ool|[Pp]lank|[Ee]asy|[Tt]empo|[Hh]old|[Rr]ecover|[Ii]ntervals?|[Pp]ace|[Ww]alk|[Ss]tretch|[Bb]ike|[Rr]ow|[Ss]wim|[Ss]prints?)/;
/** Matches a noun that the measure before it modifies: "a 6' fence". */
const describesNoun =
  /^\s(?!(?:wide|tall|long|deep|thick|high|to|of|by|and|or|in|from|at|for|is|are|was|with|above|below|away|off|apart|between|before|after|then|per|on|as|each|x)\b)[a-z]{3}/;

/** Whether a quotation in single quotes is open, so that the mark after a number closes it. */
const isQuoted = ({ text, index }: Place): boolean =>
  /(?:^|[\s(])['‘][^'’]*$/.test(text.slice(Math.max(0, index - 60), index));

/** Rules for numbers with a prime, such as `6'`. */
export const primeRules: readonly Rule[] = [
  rule(
    "degrees, minutes and seconds of an arc",
    digitStarts,
    /(?<![\d.])(\d{1,3})°\s?(\d{1,2}(?:\.\d+)?)['′’](?:\s?(\d{1,2}(?:\.\d+)?)(?:["″”]|''))?(?:\s?([NSEW])(?![A-Za-z]))?/,
    ([, degrees = "", minutes = "", seconds, side]) =>
      [
        `${cardinal(degrees)} degrees ${number(minutes)} minutes`,
        ...(seconds === undefined ? [] : [`${number(seconds)} seconds`]),
        ...(side === undefined ? [] : [compass[side]]),
      ].join(" "),
  ),
  rule(
    "minutes or feet marked by a prime",
    digitStarts,
    /(?<![\d.,'’])(\d{1,3})(?:\+(\d{1,2}))?['’′](?=[\s,;:.)]|$)/,
    (match, place) => {
      const [, n = "", added] = match;
      if (isQuoted(place)) return undefined;
      const left = before(place, 48).replace(/^.*[.!?;]\s/s, "");
      if (workout.test(left.slice(-12)) && added === undefined)
        return `${cardinal(n)} ${n === "1" ? "minute" : "minutes"}`;
      const following = after(match, 16);
      const isListed = /(?:[A-Z][\p{L}.'’-]+(?:\s\([A-Za-z. ]+\))?[\s(]|['’′],?\s(?:and\s|&\s)?|\bthe\s)\(?$/u.test(
        left,
      );
      if (added !== undefined) return `${cardinal(n)} plus ${cardinal(added)} minutes`;
      if (isListed && game.test(left + following) && !describesNoun.test(following)) return `${ordinal(n)} minute`;
      const single = n === "1" || describesNoun.test(following);
      if (workout.test(left + following)) return `${cardinal(n)} ${single ? "minute" : "minutes"}`;
      return `${cardinal(n)} ${single ? "foot" : "feet"}`;
    },
  ),
];
