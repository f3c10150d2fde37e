import { before, capitalStarts, digitStarts, type Rule, rule } from "../../rule.ts";
import { inName } from "../name.ts";
import { cardinal, digits, oh, year } from "../number.ts";
import { placeCue } from "./cue.ts";

const roomNumber = (text: string): string =>
  text.length > 4
    ? digits(text)
    : text.length === 4
      ? text.startsWith("0")
        ? oh(text)
        : year(text)
      : text.endsWith("00")
        ? cardinal(text)
        : /[1-9]0$/.test(text)
          ? `${cardinal(text[0] ?? "")} ${cardinal(text.slice(1))}`
          : oh(text);

/** How a house number is read: 1600 "sixteen hundred", 350 "three fifty", 305 "three oh five". */
export const houseNumber = (text: string): string =>
  text.length === 4 && !/^.0[1-9]/.test(text)
    ? year(text)
    : text.length === 3 && !/0\d$|00$/.test(text)
      ? `${cardinal(text[0] ?? "")} ${cardinal(text.slice(1))}`
      : text.length < 3 || text.endsWith("00")
        ? cardinal(text)
        : oh(text);

const streets =
  "St|Street|Ave|Avenue|Blvd|Boulevard|Rd|Road|Dr|Drive|Ln|Lane|Ct|Court|Pl|Place|Way|Hwy|Highway|Pkwy|Parkway|Sq|Square|Terrace|Ter|Cir|Circle|Broadway|Row|Trail";

const states: Readonly<Record<string, string>> = Object.fromEntries(
  (
    "AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,CT Connecticut,DE Delaware,FL Florida,GA Georgia,HI Hawaii," +
    "ID Idaho,IL Illinois,IN Indiana,IA Iowa,KS Kansas,KY Kentucky,LA Louisiana,ME Maine,MD Maryland,MA Massachusetts,MI Michigan," +
    "MN Minnesota,MS Mississippi,MO Missouri,MT Montana,NE Nebraska,NV Nevada,NH New Hampshire,NJ New Jersey,NM New Mexico,NY New York," +
    "NC North Carolina,ND North Dakota,OH Ohio,OK Oklahoma,OR Oregon,PA Pennsylvania,RI Rhode Island,SC South Carolina,SD South Dakota," +
    "TN Tennessee,TX Texas,UT Utah,VT Vermont,VA Virginia,WA Washington,WV West Virginia,WI Wisconsin,WY Wyoming"
  )
    .split(",")
    .map((line) => [line.slice(0, 2), line.slice(3)]),
);

/** Rules for the numbers of rooms, roads, houses and other places. */
export const placeRules: readonly Rule[] = [
  rule(
    "section of a law with a letter in parentheses",
    digitStarts,
    /(?<![\d.,])(\d{3})\(([a-z])\)/,
    ([, n = "", letter = ""]) => `${oh(n)} ${letter}`,
  ),
  rule("retirement plan", "4", /(?<![\d.,$])401[kK](?![A-Za-z\d])/, "four oh one k"),
  rule(
    "tax form",
    "1",
    /(?<![\d.,$])10\d\d(?=\s[Ff]orms?\b|-(?:INT|DIV|MISC|NEC|SSA|SR|ES|R|B|K|G|S|C|T|Q|X)(?![A-Za-z\d]))/,
    ([text]) => year(text),
  ),
  rule(
    "abbreviated state after a town",
    capitalStarts,
    /(?<=[A-Z][a-z.]+,\s)(A[KLRZ]|C[AOT]|DE|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])(?![A-Za-z\d'’-]|\.[A-Za-z]|\s[A-Z]{2,}\b)/,
    ([, letters = ""]) => states[letters],
  ),
  rule(
    "postal code after its state",
    digitStarts,
    /(?<=\b(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])\s)(\d{5})(?:-(\d{4}))?(?!\d)/,
    ([, code = "", more]) => digits(code) + (more === undefined ? "" : `, ${digits(more)}`),
  ),
  rule(
    "house number before its street",
    digitStarts,
    new RegExp(
      `(?<![\\d.,$-])(\\d{1,5})([A-Z]?)(?=\\s(?:[NSEW]{1,2}\\.?\\s)?(?:(?:St|Mt|Ft|Dr|Martin)\\.?\\s)?(?:[A-Z][A-Za-z]+(?:['’]s)?|\\d+(?:st|nd|rd|th))\\s(?:(?:[A-Z][a-z]+|Jr)\\.?\\s){0,3}(?:${streets})\\b)`,
    ),
    ([, n = "", letter = ""], place) =>
      /(?:\b(?:[Oo]n|[Ii]n|[Bb]y|[Ss]ince|[A-Z][a-z]+ \d{1,2},)\s)$/.test(before(place)) && /^(?:19|20)\d\d$/.test(n)
        ? undefined
        : `${houseNumber(n)}${letter === "" ? "" : ` ${letter}`}`,
  ),
  rule("number of a room or road", digitStarts, /(?<![\d.,])\d{3,5}(?![\d%:]|[.,]\d)/, ([text], place) =>
    placeCue.test(before(place, 24)) && (text.length < 5 || !/\b(?:[Nn]umber|[Mm]odel)\s$/.test(before(place)))
      ? roomNumber(text)
      : undefined,
  ),
  rule(
    "number and letter of a room or place",
    digitStarts,
    /(?<![\d.,-])(\d{1,4})([A-Z])(?![A-Za-z\d])/,
    ([, n = "", letter = ""], place) =>
      placeCue.test(before(place, 24)) ? `${n.length > 2 ? roomNumber(n) : cardinal(n)} ${letter}` : undefined,
  ),
  rule("number after a single letter", digitStarts, /(?<=\b[A-Z][-\s]?)\d{3,}(?![\d,.%:]\d|[\d%])/, ([text], place) =>
    /(?:^|[^A-Za-z])[A-Z]-?$/.test(before(place, 3)) ? inName(text) : undefined,
  ),
  rule(
    "flight or road number after two letters",
    digitStarts,
    /(?<=\b(?:[A-Z]{2}|[RG]TX)\s)\d{3,4}(?![\d%:]|[.,/]\d)/,
    ([text]) => roomNumber(text),
  ),
];
