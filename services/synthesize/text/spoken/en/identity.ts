import { after, before, digitStarts, type Rule, rule } from "../rule.ts";
import { inName } from "./name.ts";
import { cardinal, digits, oh, year } from "./number.ts";

/** Words after which a number is a name and is read digit by digit. */
export const named =
  /(?:\b(?:PIN|pin|OTP|SKU|VIN|IMEI|SSN|PNR|ISBN(?:-1[03])?|ISSN|ID|id|[Cc]ode|[Pp]asscode|[Pp]assword|[Aa]ccount|[Ss]erial|[Tt]racking|[Oo]rder|[Cc]onfirmation|[Rr]eference|[Cc]ase|[Tt]icket|[Cc]ard|[Zz][Ii][Pp]|[Ee]xtension|ext\.?|[Ii]nvoice|[Ff]light|[Ee]rror|[Ss]tatus|[Pp]ort|ending in|ends in|digits|license plate|[Bb]ox)(?:\s(?:number|code|no\.|ID))?(?:\s(?:is|was|of|are))?[\s:#]*["“]?)$/;
const place3 =
  /\b(?:[Rr]oom|[Hh]ighway|[Hh]wy|[Rr]oute|[Ss]uite|[Aa]partment|[Aa]pt\.?|[Uu]nit|[Ii]nterstate|I-|US|[Bb]us|[Ff]light|[Gg]ate|[Tt]rain|[Oo]ffice|[Ll]ine|[Ll]ocker|[Bb]uilding|[Bb]us number|[Cc]hannel|[Ff]orm|[Aa]rea code|[Cc]abin|[Cc]lassroom|[Hh]all|[Ss]tudio|Boeing|Airbus|Formula|Psalm|Model)[\s-]*$/;
const telephone =
  /\b(?:[Cc]all|[Dd]ial|[Pp]hone|[Tt]ext(?:\s[A-Z]+ to)?|[Ff]ax|[Hh]otline|[Tt]elephone|[Nn]umber|[Rr]ing|[Tt]el\.?|[Mm]obile|[Cc]ell|[Rr]each (?:us|me|them) (?:at|on)|[Cc]all (?:us|me|them) (?:at|on))(?:\s(?:is|at|on|number|me|us|to|was))*[\s:]*$/;
const countedNoun = /^\s(?:people|times|friends|customers|clients|[a-z]+s\b)(?!\s(?:for|if|in case|when|now))/;

const roomNumber = (text: string): string =>
  text.length === 4 ? year(text) : text.endsWith("00") ? cardinal(text) : oh(text);

const sayings: Record<string, string> = {
  "24/7": "twenty-four seven",
  "24/7/365": "twenty-four seven three sixty-five",
  "9/11": "nine eleven",
  "50/50": "fifty fifty",
  "20/20": "twenty twenty",
};

/** Telephone numbers, codes, rooms and roads. */
export const identityRules: readonly Rule[] = [
  rule(
    "number with a country code",
    "+",
    /\+(\d{1,3})[-\s.]?((?:\(?\d+\)?[-\s.]?){1,6}\d)(?!\d)/,
    (match) => `plus ${digits(match[1] ?? "")}, ${groups(match[2] ?? "")}`,
  ),
  rule(
    "telephone",
    "(0123456789",
    /(?<![\d.-])(?:1[-.\s])?(?:\(\d{3}\)\s?|\d{3}[-.\s])\d{3}[-.\s]\d{4}(?![\d-])/,
    ([text]) => groups(text),
  ),
  rule("short telephone", digitStarts, /(?<![\d.-])\d{3}-\d{4}(?![\d-])/, ([text]) => groups(text)),
  rule(
    "telephone by context",
    digitStarts,
    /(?<![\d.,$])\d{3,}(?:[-\s]\d{2,})*(?![\d%]|[.,]\d|[-/]\d)/,
    (match, place) =>
      telephone.test(before(place, 28)) && !countedNoun.test(after(match, 20)) ? groups(match[0]) : undefined,
  ),
  rule(
    "emergency",
    digitStarts,
    /(?<![\d.,$/])911(?![\d.,%/]\d|%)(?=$|[.,!?;]|\s(?:if|for|in|immediately|right|or|now|and|call|operator|dispatcher|calls?))/,
    "nine one one",
  ),
  rule("social security", digitStarts, /(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])/, ([text]) => groups(text)),
  rule("internet address", digitStarts, /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?!\.?\d)/, ([text]) =>
    text
      .split(".")
      .map((part) => digits(part))
      .join(" dot "),
  ),
  rule("version", digitStarts, /(?<![\d.])\d+(?:\.\d+){2,}(?!\d)/, ([text]) =>
    text
      .split(".")
      .map((part) => (/^0\d/.test(part) ? digits(part) : cardinal(part)))
      .join(" point "),
  ),
  rule(
    "version letter",
    "vV",
    /(?<![A-Za-z\d])(?:[vV]\.?\s?(?=\d+\.\d)|v\.?\s?)(\d+(?:\.\d+)*)(?![\d])(?!\d*[A-Za-z])/,
    (match) =>
      `version ${(match[1] ?? "")
        .split(".")
        .map((part) => (/^0\d/.test(part) ? digits(part) : cardinal(part)))
        .join(" point ")}`,
  ),
  rule(
    "section of a law",
    digitStarts,
    /(?<![\d.,])(\d{3})\(([a-z])\)/,
    ([, n = "", letter = ""]) => `${oh(n)} ${letter}`,
  ),
  rule("retirement plan", "4", /(?<![\d.,$])401[kK](?![A-Za-z\d])/, "four oh one k"),
  rule("tax form", "1", /(?<![\d.,$])10\d\d(?=\s[Ff]orms?\b)/, ([text]) => year(text)),
  rule("port", digitStarts, /(?<=localhost:|\d\.\d{1,3}:)\d{2,5}(?!\d)/, ([text]) => digits(text)),
  rule(
    "postal code after its state",
    digitStarts,
    /(?<=\b(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])\s)\d{5}(?!\d)/,
    ([text]) => digits(text),
  ),
  rule("secret agent", "0", /(?<![\d.])007(?!\d)/, "double oh seven"),
  rule(
    "ways of speaking",
    digitStarts,
    /(?<![\d/.])(24\/7\/365|24\/7|9\/11|50[/-]50|20\/20)(?![\d/])(?=$|[^\d])/,
    ([text]) => sayings[text.replace("-", "/")],
  ),
  rule("named number", digitStarts, /(?<![\d.,$])\d{2,}(?:[-\s]\d{2,})*(?![\d%]|[.,]\d|[-/:]\d)/, (match, place) =>
    named.test(before(place, 32)) && !countedNoun.test(after(match, 20)) ? groups(match[0]) : undefined,
  ),
  rule(
    "number with hyphens",
    digitStarts,
    /(?<![\d.-])\d+(?:-\d+){2,}(?:-[xX](?![A-Za-z]))?(?![\d-]|\.\d|\s?[=×])/,
    ([text]) =>
      /\d{3}/.test(text) ? groups(text) + (/x$/i.test(text) ? ", X" : "") : text.split("-").map(cardinal).join(", "),
  ),
  rule("console", "3", /(?<=Xbox\s)360(?!\d)/, "three sixty"),
  rule("room and road", digitStarts, /(?<![\d.,])\d{3,4}(?![\d%:]|[.,]\d)/, ([text], place) =>
    place3.test(before(place, 18)) ? roomNumber(text) : undefined,
  ),
  rule("letter room", digitStarts, /(?<=\b[A-Z][-\s]?)\d{3,}(?![\d,.%:]\d|[\d%])/, ([text], place) =>
    /(?:^|[^A-Za-z])[A-Z]-?$/.test(before(place, 3)) ? inName(text) : undefined,
  ),
  rule("flight or road", digitStarts, /(?<=\b(?:[A-Z]{2}|[RG]TX)\s)\d{3,4}(?![\d%:]|[.,]\d)/, ([text]) =>
    roomNumber(text),
  ),
  rule("leading zero", digitStarts, /(?<![\d.,:])0\d+(?![\d.:]|\s(?:hours|hrs)\b)/, ([text]) => digits(text)),
  rule("very long number", digitStarts, /(?<![\d.,])\d{12,}(?![\d.,]\d)/, ([text]) => digits(text)),
];

/** Digits in the groups in which they were written, a pause between groups. */
function groups(text: string): string {
  return text
    .split(/[^\d]+/)
    .filter((part) => part !== "")
    .map((part) => (part === "800" || part === "900" ? `${cardinal(part[0] ?? "")} hundred` : digits(part)))
    .join(", ");
}
