import { after, before, digitStarts, letterStarts, type Place, type Reading, type Rule, rule } from "../../rule.ts";
import { commandBefore } from "../../typed.ts";
import { cardinal, digits, number } from "../number.ts";

/** How a number in a name is read: 二点五, 十二; but long numbers digit by digit: 四零九零. */
export const figures = (text: string): string =>
  text.split(".").length > 2
    ? text.split(".").map(figures).join("点")
    : text.includes(".")
      ? number(text).replace(/^两/, "二")
      : text.length > 2 || /^0/.test(text)
        ? digits(text)
        : cardinal(text).replace("两", "二");

const token = /[A-Za-z]+(?:\d+(?:\.\d+)*[A-Za-z]*)*(?:[-_][A-Za-z\d]+(?:\.\d+)*(?:[A-Za-z]+\d*)*)+/y;
const sum = /[=＝≈≠<>≤≥²³]|等于/;

/**
 * Reads a token of letters, digits and hyphens as a name, such as Qwen2.5-7B. This rule is tried before all rules for
 * ranges, sums and measures, so that they do not match parts of names. It reads A1-A5 as a range, and returns undefined
 * for x-1, which the rules for sums read.
 */
function nameToken(place: Place): Reading | undefined {
  const { text, index } = place;
  if (/[A-Za-z\d.@/\\_-]/.test(text[index - 1] ?? "") && !/[一-鿿]/.test(text[index - 1] ?? "")) return undefined;
  token.lastIndex = index;
  const written = token.exec(text)?.[0];
  if (
    written === undefined ||
    !/\d/.test(written) ||
    /^(?:Nasdaq|NASDAQ|Russell|Top)-\d+$/.test(written) ||
    /^[Qq][1-4]-[Qq]?[1-4]$|^(?:LPR|SOFR|Libor|LIBOR|Shibor|SHIBOR)-\d+(?:bp|BP)?$/.test(written)
  )
    return undefined;
  const end = index + written.length;
  if (/[A-Za-z\d]/.test(text[end] ?? "")) return undefined;
  const steps = /^([A-Za-z]{1,4})(\d{1,3})[-_](?:\1)?(\d{1,3})$/.exec(written);
  if (
    steps !== null &&
    written.includes("-") &&
    Number(steps[2]) < Number(steps[3]) &&
    written.lastIndexOf(steps[1] ?? "") > 0
  )
    return { spoken: written.replace("-", "到").replace(/\d+/g, (n) => figures(n)), end };
  // One lower-case letter, with or without a digit, before a hyphen is a term of a formula and not a code: x-1, x2-y1.
  if (/^[a-z](?:\d)?-/.test(written) && !/[A-Z]/.test(written) && !/^[a-z]\d-\d{3}/.test(written)) return undefined;
  if (
    /^[A-Za-z]{1,3}-\d/.test(written) &&
    sum.test(text.slice(Math.max(0, index - 12), end + 4)) &&
    !/-\d{2,}/.test(written)
  )
    return undefined;
  return {
    spoken: written.replace(/\d+(?:\.\d+)*|[-_]/g, (part, at: number) =>
      /\d/.test(part)
        ? figures(part)
        : part === "_"
          ? "下划线"
          : /\d/.test(written[at + 1] ?? "")
            ? /\d/.test(written[at - 1] ?? "") && !/^[A-Za-z]+\d-\d{3}/.test(written)
              ? "杠"
              : ""
            : /\d/.test(written[at - 1] ?? "")
              ? " "
              : "-",
    ),
    end,
  };
}

/** Matches nouns for things that are named by a number, not merely ranked by it: 第二十七号展品, but 第一品牌. */
const bearer =
  /^\s?(?:[展藏样考商]品|展[柜位台厅区]|香水|文物|作品|[选球队]员|选手|球员|病人|患者|房|柜|机(?!会)|窗|门|桌|座|井|桥|楼|仓|库|车|船|杆|塔|灯|线路|路线|样本|试样|标本|模特|嘉宾|包[厢间]|泳道|赛道|跑道|站台|[A-Za-z]{2})/;
/** Reads a number after 第: 第二十七, or 第二十七号 before a noun that `bearer` matches. */
const numbered = (match: RegExpExecArray): string =>
  `第${cardinal(match[1] ?? "").replace("两", "二")}${bearer.test(after(match)) && !(match[1] === "1" && /^\s?[A-Za-z]/.test(after(match))) ? "号" : ""}`;

const streets: Readonly<Record<string, string>> = { St: "Street", Ave: "Avenue", Rd: "Road", Blvd: "Boulevard" };
const titles = "Dr|Mr|Mrs|Ms|Prof|St|Jr|Sr|Lt|Col|Gen|Capt|Rev|Hon|Op|Vol|Fig|Ch|Mt|Ft|vs|Inc|Ltd|Co|Corp";

/** Rules for names that are written with letters, digits, hyphens and full stops. */
export const tokenRules: readonly Rule[] = [
  rule(
    "offset of a time zone",
    "UG",
    /(?<![A-Za-z])(UTC|GMT)\s?([+\-−])\s?(\d{1,2})(?::([0-5]\d))?(?![\d])/,
    ([, name = "", sign = "", hours = "", minutes]) =>
      `${name}${sign === "+" ? "加" : "减"}${cardinal(hours).replace("两", "二")}${minutes === undefined || minutes === "00" ? "" : `点${digits(minutes)}`}`,
  ),
  rule(
    "abbreviated kind of street after its name",
    "SARB",
    /(?<=(?<![A-Za-z])(?:[A-Z][a-z]{2,}|\d+(?:st|nd|rd|th))\s)(St|Ave|Rd|Blvd)(?![A-Za-z])\.?(?=\s?[一-鿿，。、]|$)/,
    ([, short = ""]) => streets[short],
  ),
  { name: "name made of letters, figures and hyphens", starts: letterStarts, read: nameToken },
  rule(
    "grade of oil",
    digitStarts,
    /(?<![\w.-])(\d{1,2})W-?(\d{2})(?![\w.])/,
    ([, cold = "", warm = ""]) => `${figures(cold)}W${figures(warm)}`,
  ),
  rule(
    "size of a tire",
    digitStarts,
    /(?<![\w.-])(\d{3})\/(\d{2})\s?(Z?R)(\d{2})(?:\s?(\d{2,3}[A-Z]))?(?![\w.])/,
    ([, width = "", height = "", build = "", rim = "", load]) =>
      `${digits(width)}，${digits(height)}${build}${figures(rim)}${load === undefined ? "" : `，${figures(load.slice(0, -1))}${load.slice(-1)}`}`,
  ),
  rule(
    "size of a bicycle's tire",
    digitStarts,
    /(?<![\w.-])([67]\d\d)\s?[×xX*]\s?(\d{2})\s?[Cc](?![\w.])/,
    ([, rim = "", width = ""]) => `${cardinal(rim)}乘以${figures(width)}C`,
  ),
  rule(
    "bar of a piece",
    digitStarts,
    /(?<=第\s?)(\d{1,3})\s?bar(?![A-Za-z])/,
    ([, bar = ""]) => `${cardinal(bar).replace(/^两$/, "二")}bar`,
  ),
  rule(
    "option of a command",
    "-",
    /(?<=[A-Za-z\d]\s)-(?=(?:[A-Za-z]{1,5}|\d{1,3})(?![\w-]|\s?[=+*/^]))/,
    (_match, place) => (commandBefore.test(before(place, 40)) ? "杠" : undefined),
  ),
  rule(
    "score between two names",
    digitStarts,
    /(?<=[A-Za-z]\s)(\d{1,3})\s?[-–:：]\s?(\d{1,3})(?=\s[A-Z][a-z])/,
    ([, home = "", guest = ""]) => `${number(home)}比${number(guest)}`,
  ),
  rule("command option with two hyphens", "-", /(?<![A-Za-z\d-])--(?=[A-Za-z][\w-]*)/, "杠杠"),
  rule(
    "initials of a name",
    letterStarts,
    /(?<![A-Za-z\d.])(?:[A-Z]\.\s?)+(?=[A-Z一-鿿])(?!\s?[A-Z][a-z]*\s[a-z])/,
    ([text]) => text.replace(/[.\s]+/g, " ").trim(),
  ),
  rule(
    "abbreviation before a name",
    letterStarts,
    new RegExp(`(?<![A-Za-z])(${titles})\\.(?=\\s?[A-Z\\d一-鿿])`),
    ([, title = ""]) => title,
  ),
  rule("full stop that begins a name", ".", /(?<![A-Za-z\d.])\.(?=[A-Za-z]{2,})/, "点"),
  rule(
    "full stop inside a name",
    ".",
    /(?<=[A-Za-z]\d{1,4}|(?<!\d)\d{4,6})\.(?=[a-z]{2}|[A-Z]{2})|(?<=\d)\.(?=[xX](?![A-Za-z]))/,
    "点",
  ),
  rule("number after No.", "Nn", /(?<![A-Za-z])(?:No|NO|no)\.\s?(\d[\d-]*)(?!\d)/, (match) =>
    /^[1-9]\d{0,2}$/.test(match[1] ?? "") ? numbered(match) : `No ${digits(match[1] ?? "", "幺")}`,
  ),
  rule("number after the numero sign", "№", /№\s?(\d[\d-]*)/, (match) =>
    /^[1-9]\d{0,2}$/.test(match[1] ?? "") ? numbered(match) : `编号${digits(match[1] ?? "", "幺")}`,
  ),
];

/** Rules for numbers with two or more full stops, such as 1.2.3. They are tried after the rules for dates. */
export const versionRules: readonly Rule[] = [
  rule("internet address", digitStarts, /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.]*\d)/, ([text]) =>
    text
      .split(".")
      .map((part) => digits(part))
      .join("点"),
  ),
  rule("length of a network's prefix", "/", /(?<=\d{1,3}(?:\.\d{1,3}){3})\/(?=\d{1,2}(?![\d/]))/, "斜杠"),
  rule("version", digitStarts, /(?<![\d.])\d+(?:\.\d+){2,}(?!\d)/, ([text]) =>
    text
      .split(".")
      .map((part) => (part.length > 2 || /^0\d/.test(part) ? digits(part) : cardinal(part).replace(/^两/, "二")))
      .join("点"),
  ),
];
