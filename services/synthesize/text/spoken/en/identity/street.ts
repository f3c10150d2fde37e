import { after, before, type Rule, rule } from "../../rule.ts";
import { compass } from "./compass.ts";

const kinds: Readonly<Record<string, string>> = {
  St: "street",
  Ave: "avenue",
  Blvd: "boulevard",
  Rd: "road",
  Dr: "drive",
  Ln: "lane",
  Ct: "court",
  Pl: "place",
  Hwy: "highway",
  Pkwy: "parkway",
  Sq: "square",
  Ter: "terrace",
  Cir: "circle",
};
const kind = `(?:${Object.keys(kinds).join("|")}|Street|Avenue|Boulevard|Road|Drive|Lane|Court|Place|Highway|Parkway|Square|Way|Broadway)`;

/** Rules for street names as on maps, with abbreviated compass directions and street types. */
export const streetRules: readonly Rule[] = [
  rule(
    "compass direction before a street",
    "NSEW",
    new RegExp(
      `(?<![A-Za-z.\\d])([NS][EW]?|[EW])\\.?(?=\\s(?:\\d+(?:st|nd|rd|th)|[A-Z][a-z]+(?:\\s[A-Z][a-z]+)?)\\s${kind}(?![A-Za-z]))`,
    ),
    ([, letters = ""]) => compass[letters],
  ),
  rule(
    "compass direction after a highway or route",
    "NSEW",
    /(?<=(?<![A-Za-z])(?:I-|US[\s-]|SR[\s-]|CA-|[Hh]ighway\s|[Hh]wy\.?\s|[Rr]oute\s|[Ii]nterstate\s)\d{1,4}[A-Z]?\s)([NS][EW]?|[EW])(?![A-Za-z\d.]\w)(?=$|[\s,.;])/,
    ([, letters = ""]) => compass[letters],
  ),
  rule(
    "abbreviated kind of street without a full stop",
    "SABRDLCPHT",
    new RegExp(
      `(?<=(?:\\b[A-Z][a-z]+|\\d(?:st|nd|rd|th))\\s)(${Object.keys(kinds).join("|")})(?=$|[,;)]|\\.?$|\\s(?:[a-z]|[NSEW]{1,2}(?![A-Za-z])|#|\\d)|\\.\\s[A-Z])`,
    ),
    (match, place) => {
      const [, short = ""] = match;
      // After these words, or before a capitalized name, "Dr" means "Doctor" and not "Drive".
      return /\b(?:[Ss]ee|[Dd]ear|[Hh]i|[Hh]ello|[Bb]y|[Aa]sk|[Tt]he)\s$/.test(before(place, 8)) ||
        /^\s[A-Z][a-z]/.test(after(match))
        ? undefined
        : kinds[short];
    },
  ),
];
