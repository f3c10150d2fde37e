import { after, before, digitStarts, type Rule, rule } from "../../rule.ts";
import { cardinal, digits, oh, year } from "../number.ts";
import { codeCue, countedNoun, firmCodeCue, follows } from "./cue.ts";
import { groups } from "./telephone.ts";

const sayings: Record<string, string> = {
  "24/7": "twenty-four seven",
  "24/7/365": "twenty-four seven three sixty-five",
  "9/11": "nine eleven",
  "50/50": "fifty fifty",
  "20/20": "twenty twenty",
};

/** How a version such as 2.10.05 is spoken: each part as a number, or digit by digit if the part begins with a zero. */
const versionParts = (text: string): string =>
  text
    .split(".")
    .map((part) => (/^0\d/.test(part) ? digits(part) : cardinal(part)))
    .join(" point ");

/** Matches a unit of measure after a number, which is then not a code: "the parcel is 12 in. wide". */
const measured = /^\s?(?:(?:in|ft|lbs?|oz|cm|mm|kg|km|mi|GB|MB|min|hrs?)(?![A-Za-z])|[°"″]|[x×]\s?\d)/;

/** Rules for codes after a cue word such as "PIN". They are tried before the rules for years and dates. */
export const cuedCodeRules: readonly Rule[] = [
  rule(
    "time signature of music",
    digitStarts,
    /(?<![\d./])(\d{1,2})\/(2|4|8|16)(?![\d/.])(?:(?=\s(?:time|meter|beat|rhythm)\b)|(?<=[Tt]ime signature\s(?:is\s|of\s)?\d{1,2}\/\d{1,2}))/,
    ([, beats = "", note = ""]) => `${cardinal(beats)} ${cardinal(note)}`,
  ),
  rule(
    "number after a word for a code",
    digitStarts,
    /(?<![\d,$]|(?<!\.)\.)\d{2,}(?:[-\s]\d{2,})*(?![\d%]|[.,]\d|[-/:]\d)/,
    (match, place) =>
      !measured.test(after(match, 20)) &&
      (follows(firmCodeCue, place) || (follows(codeCue, place) && !countedNoun.test(after(match, 20))))
        ? groups(match[0])
        : undefined,
  ),
];

/** Rules for codes, network addresses, versions, and numbers that by convention are spoken in a special way. */
export const codeRules: readonly Rule[] = [
  rule("internet address", digitStarts, /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?!\.?\d)/, ([text]) =>
    text
      .split(".")
      .map((part) => (part.length < 3 ? cardinal(part) : digits(part)))
      .join(" dot "),
  ),
  rule(
    "hardware (MAC) address in pairs of digits",
    `${digitStarts}ABCDEFabcdef`,
    /(?<![\w:])(?=[\d:]*[A-Fa-f])[\dA-Fa-f]{2}(?:[:-][\dA-Fa-f]{2}){2,}(?![\w:])/,
    ([text]) => text.split(/[:-]/).map(spelled).join(", "),
  ),
  rule(
    "HTTP status code before its noun",
    "12345",
    /(?<![\d.,$])[1-5]\d\d(?=\s(?:errors?|status|responses?|redirects?)\b)/,
    ([text]) => digits(text),
  ),
  rule(
    "HTTP status code after a verb such as returns",
    "2345",
    /(?<=\b(?:[Rr]eturn(?:s|ed|ing)?|[Rr]espond(?:s|ed)? with|throws|sends)\s(?:an?\s)?|\b(?:gives?|gets?|got|gave|see|sees)\san?\s)(?:20[0-4]|30[1-8]|40\d|41[0-8]|42[2-9]|50[0-4])(?![\d%]|[.,]\d)/,
    ([text]) => digits(text),
  ),
  rule(
    "Wi-Fi standard, such as 802.11ac",
    "8",
    /(?<![\d.,])802\.11(?=[a-z]{0,2}(?![A-Za-z\d]))/,
    "eight oh two point eleven ",
  ),
  rule(
    "version of three parts",
    digitStarts,
    /(?<![\d.]|(?<![A-Za-z])(?:Rp|R\$|IDR|VND|COP|CLP|ARS|BRL)\.?\s?)\d+(?:\.\d+){2,}(?!\d)/,
    ([text]) => versionParts(text),
  ),
  rule(
    "version after the letter v",
    "vV",
    /(?<![A-Za-z\d])(?:[vV]\.?\s?(?=\d+\.\d)|v\.?\s?)(\d+(?:\.\d+)*)(?![\d])(?!\d*[A-Za-z])/,
    (match) => `version ${versionParts(match[1] ?? "")}`,
  ),
  rule(
    "standard and its year",
    digitStarts,
    /(?<=(?<![A-Za-z])(?:ISO(?:\/IEC)?|IEC|EN|DIN|BS|ANSI|ASTM|IEEE|JIS|GB(?:\/T)?|NIST|UL|SAE)\s(?:[A-Z]{1,3}\s?)?)(\d{2,6})(?:\.(\d+))?([-:](?:\d{1,2}(?!\d)|\d{4}))*(?![\d%]|[.,:]\d)/,
    ([text]) =>
      text
        .split(/[-:]/)
        .map((part, index) =>
          index > 0 && part.length === 4
            ? year(part)
            : part.includes(".")
              ? part.split(".").map(numberOfStandard).join(" point ")
              : index === 0
                ? numberOfStandard(part)
                : digits(part),
        )
        .join(", "),
  ),
  rule(
    "version after the name of a program",
    digitStarts,
    /(?<=(?<![A-Za-z])(?:Python|Java|Node(?:\.js|JS)?|PHP|Ruby|Go|Rust|iOS|iPadOS|macOS|watchOS|Android|Windows|Ubuntu|Debian|Django|Flask|React|Vue|Angular|Kubernetes|Docker|PostgreSQL|Postgres|MySQL|Redis|TypeScript|CUDA|PyTorch|TensorFlow|Spring|Chrome|Firefox|Bluetooth|HDMI|USB|Wi-Fi|GPT|Claude|Llama|Qwen|Gemini|[Vv]ersions?|[Rr]eleases?|(?:to|and|or|from)\s\d+\.\d+\s(?:to|and|or))[\s-])\d+\.\d+(?![\d%]|\.\d)/,
    ([text], place) =>
      /^(?:to|and|or)/.test(before(place, 4).trim()) &&
      !/(?:Python|Java|iOS|[Vv]ersion|Node|PHP|Android)/.test(before(place, 30))
        ? undefined
        : versionParts(text),
  ),
  rule("prefix length of a network address", "/", /(?<=\d\.\d{1,3})\/(?=\d{1,2}(?![\d/.]))/, (_match, place) =>
    /\d{1,3}(?:\.\d{1,3}){3}$/.test(before(place, 16)) ? "slash " : undefined,
  ),
  rule("rights of a file", "01234567", /(?<=\bchmod\s(?:-R\s)?)[0-7]{3,4}(?!\d)/, ([text]) => digits(text)),
  rule("port after its host", digitStarts, /(?<=localhost:|\d\.\d{1,3}:)\d{2,5}(?!\d)/, ([text]) => digits(text)),
  rule(
    "ports of a mapping",
    digitStarts,
    /(?<=-p\s)(\d{2,5}):(\d{2,5})(?!\d)/,
    ([, outer = "", inner = ""]) => `${digits(outer)} to ${digits(inner)}`,
  ),
  rule(
    "number of a table, figure or exercise with a hyphen",
    digitStarts,
    /(?<=(?<![A-Za-z])(?:[Tt]able|[Ff]igure|[Ff]ig\.|[Ss]ection|[Ee]xercise|[Pp]roblem|[Ee]xample|[Cc]hapter|[Ll]esson|[Qq]uestion|[Ee]quation|[Ll]evel|[Ww]orld)\s)(\d{1,3})[-–](\d{1,3})(?![\d-]|\.\d)/,
    ([, part = "", item = ""]) => `${cardinal(part)} dash ${cardinal(item)}`,
  ),
  rule("secret agent", "0", /(?<![\d.])007(?!\d)/, "double oh seven"),
  rule(
    "games in each set of a tennis match",
    "01234567",
    /(?<![\d.-])([0-7])[-–]([0-7])(?:(?<=\b(?:won|lost|beat|defeated|prevailed|wins|beats)\s(?:[A-Za-z]+\s){0,2}(?:[67][-–]\d|\d[-–][67]))(?=,)|(?<=[0-7][-–][0-7],\s(?:and\s)?[0-7][-–][0-7])(?![\d-]))/,
    ([, own = "", other = ""]) => `${cardinal(own)} ${cardinal(other)}`,
  ),
  rule(
    "numbers joined by a word and hyphens, such as 3-for-4",
    digitStarts,
    /(?<![\d.,-])(\d{1,3})-(for|on|in|to|by|of|and|or|out-of|under|per)-(\d{1,3})(?![\d]|\.\d)/,
    ([, a = "", word = "", b = ""]) => `${cardinal(a)} ${word.replace(/-/g, " ")} ${cardinal(b)}`,
  ),
  rule(
    "type of an airplane",
    digitStarts,
    /(?<![\d.,-])(7[0-8]7|(?<=A)3[1-8]0)-(\d{1,2}00)(?!\d)/,
    ([, type = "", series = ""]) =>
      `${spokenType(type)} ${/^1\d/.test(series) && series.length === 4 ? `${cardinal(series.slice(0, 2))} hundred` : cardinal(series)}`,
  ),
  rule("average of a batter", ".", /(?<![\d.])\.(\d{3})(?!\d|\.\d)/, ([, n = ""], place) =>
    /\b(?:hit(?:s|ting)?|bat(?:s|ted|ting)?|average|avg\.?|slugg(?:ed|ing)|OBP|AVG|SLG)(?:\s(?:of|is|was|a|and|then|or|to|\.\d{3},?))*\s$/.test(
      before(place, 40),
    ) || /^\s(?:average|avg|hitter|batting|OBP|BA|slugging)\b/.test(place.text.slice(place.index + 4, place.index + 18))
      ? n.startsWith("0")
        ? `oh ${cardinal(n)}`
        : spokenType(n)
      : undefined,
  ),
  rule(
    "number with a saying",
    digitStarts,
    /(?<![\d/.])(24\/7\/365|24\/7|9\/11|50[/-]50|20\/20)(?![\d/])(?=$|[^\d])/,
    ([text]) => sayings[text.replace("-", "/")],
  ),
  rule(
    "number of a book",
    digitStarts,
    /(?<![\d.-])97[89]-\d+(?:-\d+){2,}-[\dxX](?![\w-])/,
    ([text]) => groups(text) + (/x$/i.test(text) ? ", X" : ""),
  ),
  rule(
    "figures with hyphens",
    digitStarts,
    /(?<![\d.-])\d+(?:-\d+){2,}(?:-[xX](?![A-Za-z]))?(?![\d-]|\.\d|\s?[=×])/,
    ([text]) =>
      /\d{3}/.test(text) ? groups(text) + (/x$/i.test(text) ? ", X" : "") : text.split("-").map(cardinal).join(", "),
  ),
  rule("console", "3", /(?<=Xbox\s)360(?!\d)/, "three sixty"),
  rule("figures with a leading zero", digitStarts, /(?<![\d.,:])0\d+(?![\d.:]|\s(?:hours|hrs)\b)/, ([text]) =>
    digits(text),
  ),
  rule("very long number", digitStarts, /(?<![\d.,])\d{12,}(?![\d.,]\d)/, ([text]) => digits(text)),
  rule("number sign before a code", "#", /(?<![A-Za-z])#(?=[A-Z]{1,4}-?\d)/, "number"),
  rule("number sign before a number", "#", /#\s?(\d+)(?:-(\d+))?(?![\d])/, ([, n = "", rest], place) => {
    const code = n.length >= 4 || (n.length >= 3 && (follows(codeCue, place) || /[Rr]oom\s$/.test(before(place))));
    return `number ${code ? digits(n) : cardinal(n)}${rest === undefined ? "" : `, ${digits(rest)}`}`;
  }),
];

/**
 * How the number of a standard is read: 9001 "nine thousand one", 27001 "twenty-seven thousand one", 60950 "six oh nine
 * five oh".
 */
const numberOfStandard = (text: string): string =>
  text.length < 3 || /0{2}\d?$/.test(text)
    ? cardinal(text)
    : text.length === 3
      ? oh(text)
      : text.length === 4
        ? year(text)
        : digits(text);

/** How a model number is read: 747 "seven forty-seven", 300 "three hundred", 305 "three oh five". */
const spokenType = (text: string): string =>
  text.endsWith("00")
    ? cardinal(text)
    : text[1] === "0"
      ? oh(text)
      : `${cardinal(text[0] ?? "")} ${cardinal(text.slice(1))}`;

/** Spells out a text: letters and digits one by one. */
export const spelled = (text: string): string =>
  (text.match(/\d|[A-Za-z]+/g) ?? [])
    .map((part) => (/\d/.test(part) ? digits(part) : part.toUpperCase().split("").join(" ")))
    .join(" ");
