import { digitStarts, type Rule, type RuleTable, rule, tabulate } from "../../rule.ts";
import { afterOf, anyOf, beforeOf, literal } from "../patterns.ts";
import { addressRules } from "./addresses.ts";
import { besideRules } from "./beside.ts";
import { formulaRule } from "./formula.ts";
import { labelRules } from "./labels.ts";
import { signRules } from "./signs.ts";
import type { EasternTongue } from "./tongue.ts";

const number = String.raw`(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)`;
const plain = (digits: string): string => digits.replace(/^0(?=\d)/, "");
const validDate = (month: string, day: string): boolean =>
  Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;
const halves: Readonly<Record<string, readonly [string, string]>> = {
  "½": ["1", "2"],
  "⅓": ["1", "3"],
  "⅔": ["2", "3"],
  "¼": ["1", "4"],
  "¾": ["3", "4"],
};

/** The rules of Japanese or Korean: the first that matches at a place counts. */
export function easternRules(tongue: EasternTongue): RuleTable {
  const { join, signs } = tongue;
  const units = anyOf(tongue.units.keys(), "A-Za-z");
  const money = anyOf(tongue.currencies.keys(), "A-Za-z");

  function say(written: string): string {
    const [whole = "", part] = written.replaceAll(",", "").split(".");
    return part === undefined ? tongue.cardinal(whole) : tongue.decimal(whole, part);
  }
  const signed = (sign: string, spoken: string): string =>
    sign === "" ? spoken : `${signs[sign.replace("−", "-")] ?? ""}${join}${spoken}`;
  const groups = (text: string): string =>
    text
      .split(/[^\d]+/)
      .filter((part) => part !== "")
      .map(tongue.spell)
      .join(tongue.groupJoin);

  /** An amount: a sign, a number and what it counts. */
  const amount = new RegExp(
    `([-−+±]?)(?:(${money})\\s?)?(${number})(?:\\s?(${units})|\\s?(${tongue.counters})|\\s?(${money}))?`,
    "uy",
  );
  interface Amount {
    readonly spoken: string;
    readonly end: number;
    /** What it counts, as written; "" for nothing. */
    readonly of: string;
    /** Its figures, as written. */
    readonly number: string;
    /** Says the same number with something else that it counts. */
    readonly as: (of: string) => string;
  }
  function parse(text: string, index: number): Amount | undefined {
    amount.lastIndex = index;
    const match = amount.exec(text);
    if (match === null) return undefined;
    const [whole, sign = "", leading, digits = "", unit, counter, trailing] = match;
    let end = index + whole.length;
    const after = afterOf(text, end);
    const sayAs = (of: string): string => {
      const unitName = tongue.units.get(of) ?? tongue.currencies.get(of);
      if (unitName !== undefined) {
        if (/^-|^−/.test(sign) && /^(?:°C|℃|°)$/.test(of))
          return `${tongue.belowZero}${join}${say(digits)}${join}${unitName}`;
        return signed(sign, `${say(digits)}${join}${unitName}`);
      }
      if (/^[-−]/.test(sign) && of === "도") return `${tongue.belowZero}${join}${say(digits)}${join}${of}`;
      const counted =
        of === "" ? undefined : tongue.count(digits.replaceAll(",", ""), of, after, beforeOf(text, index));
      return signed(sign, counted ?? say(digits));
    };
    const of = leading ?? unit ?? trailing ?? counter ?? "";
    if (
      counter !== undefined &&
      tongue.count(digits.replaceAll(",", ""), counter, after, beforeOf(text, index)) === undefined
    ) {
      end -= counter.length + (/\s$/.test(text.slice(0, end - counter.length)) ? 1 : 0);
      return { spoken: signed(sign, say(digits)), end, of: "", number: digits, as: sayAs };
    }
    return { spoken: sayAs(of), end, of, number: digits, as: sayAs };
  }
  const unitPattern = new RegExp(`\\s?(${units})`, "uy");
  const readUnit = (text: string, index: number): { spoken: string; end: number } | undefined => {
    unitPattern.lastIndex = index;
    const match = unitPattern.exec(text);
    return match === null
      ? undefined
      : { spoken: tongue.units.get(match[1] ?? "") ?? "", end: index + match[0].length };
  };
  /** An amount of something for each of something else: 12.5km/L, 1,000円/人. */
  const perPattern = new RegExp(`\\s?/\\s?(${units}|${tongue.perCounters})`, "uy");
  function withPer(amount: Amount, text: string): Amount {
    perPattern.lastIndex = amount.end;
    const match = amount.of === "" ? null : perPattern.exec(text);
    if (match === null) return amount;
    const below = match[1] ?? "";
    return {
      ...amount,
      spoken: tongue.per(amount.spoken, tongue.units.get(below) ?? below, tongue.units.has(below)),
      end: amount.end + match[0].length,
    };
  }
  const dash = /\s?[-–—−~～〜]\s?/y;

  const shortForms = [...tongue.shortForms.keys()];
  const rules: Rule[] = [
    ...addressRules(tongue.address),
    rule(
      "word in other letters",
      [...new Set(shortForms.map((written) => written[0]))].join(""),
      new RegExp(`(?<![A-Za-z])(?:${shortForms.map(literal).join("|")})(?![A-Za-z])`),
      ([text]) => tongue.shortForms.get(text),
    ),
    ...labelRules(tongue),
    ...besideRules(tongue),
    formulaRule(tongue, tongue.formula, parse, readUnit),
    // A Korean particle stands right after the name of a letter.
    ...(join === ""
      ? []
      : [
          rule("letter by itself", "abcdefghijklmnopqrstuvwxyz", /(?<![A-Za-z\d])[a-z](?=[가-힣])/, ([text]) =>
            tongue.formula.letter(text),
          ),
        ]),
    rule(
      "Greek letter",
      Object.keys(tongue.greek).join(""),
      /(?<!\p{Script=Greek})\p{Script=Greek}(?!\p{Script=Greek})/u,
      ([text]) => tongue.greek[text],
    ),
    rule(
      "telephone number abroad",
      "+",
      /\+\d{1,3}(?:[\s.-]\(?\d+\)?){2,}/,
      ([text]) => `${signs["+"]}${join}${groups(text)}`,
    ),
    rule(
      "telephone number",
      digitStarts,
      /(?<![\d.,-])0\d{1,4}-\d{1,4}-\d{3,4}(?![\d-])|(?<![\d.,-])0\d{9,10}(?!\d)|(?<![\d.,-])1\d{3}-\d{4}(?![\d-])/,
      ([text]) => groups(text),
    ),
    rule("digits after their cue", digitStarts, /(?<![\d.,])\d+(?:-\d+)*(?![\d]|[.,]\d)/, (match) => {
      if (match[0].length < 3 && !/^0/.test(match[0])) return undefined;
      const after = afterOf(match.input, match.index + match[0].length);
      if (new RegExp(`^\\s?(?:${units}|円|원|호|층|号|階|個|개|명|人|年|년|回|번째)`, "u").test(after))
        return undefined;
      return tongue.codeCues.test(beforeOf(match.input, match.index)) ? groups(match[0]) : undefined;
    }),
    rule(
      "number that begins with zero",
      digitStarts,
      /(?<![\d.,:])0\d+(?![\d]|[.,:/]\d|月|日|時|分|월|일|시|분)/,
      ([text]) => tongue.spell(text),
    ),
    rule(
      "date in figures",
      digitStarts,
      /(?<![\d.,])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d]|[-/]\d)/,
      ([, year = "", , month = "", day = ""]) =>
        validDate(month, day) ? tongue.date(year, plain(month), plain(day)) : undefined,
    ),
    rule("month and day in figures", digitStarts, /(?<![\d.,/])(\d{1,2})\/(\d{1,2})(?![\d/.])/, (match) => {
      const [text, month = "", day = ""] = match;
      const near = beforeOf(match.input, match.index);
      if (tongue.partCues.test(near)) return undefined;
      return validDate(month, day) &&
        (tongue.dateCues.test(near) || tongue.dateFollowers.test(afterOf(match.input, match.index + text.length)))
        ? tongue.date(undefined, plain(month), plain(day))
        : undefined;
    }),
    rule(
      "span of clock times",
      digitStarts,
      /(?<![\d.,:：])(\d{1,2})[:：]([0-5]\d)\s?[-–—~～〜]\s?(\d{1,2})[:：]([0-5]\d)(?![\d]|[:：]\d)/,
      ([, h1 = "", m1 = "", h2 = "", m2 = ""]) =>
        tongue.range(tongue.time(plain(h1), m1, undefined), tongue.time(plain(h2), m2, undefined)),
    ),
    rule(
      "clock time",
      digitStarts,
      /(?<![\d.,:：])([01]?\d|2[0-4])[:：]([0-5]\d)(?:[:：]([0-5]\d))?(?![\d]|[:：]\d)/,
      (match) =>
        tongue.scoreCues.test(beforeOf(match.input, match.index))
          ? undefined
          : tongue.time(plain(match[1] ?? ""), match[2] ?? "", match[3]),
    ),
    rule("number of a version", digitStarts, /(?<![\d.,])\d+(?:\.\d+)+(?![\d])/, (match) => {
      const isCued = tongue.versionCues.test(beforeOf(match.input, match.index)) || match[0].split(".").length > 2;
      return isCued ? match[0].split(".").map(tongue.cardinal).join(`${join}${signs["."]}${join}`) : undefined;
    }),
    rule(
      "number in a name",
      digitStarts,
      /(?<=[A-Za-z][-‑]?)(\d+(?:\.\d+)*)((?:[-‑]\d+(?:\.\d+)*)*)(?![\d])/,
      ([, first = "", more = ""]) =>
        [first, ...more.split(/[-‑]/).filter((part) => part !== "")]
          .map((part) =>
            part
              .split(".")
              .map((piece) => (piece.length > 4 || /^0\d/.test(piece) ? tongue.spell(piece) : tongue.cardinal(piece)))
              .join(`${join}${signs["."]}${join}`),
          )
          .join(join === "" ? "の" : " "),
    ),
    rule("one measure over another", digitStarts, /(?<![\d.,/])(\d{2,3})\/(?=\d{2,3}(?![\d/]|[.,]\d))/, (match) =>
      tongue.overCues.test(beforeOf(match.input, match.index))
        ? `${tongue.cardinal(match[1] ?? "")}${tongue.over}`
        : undefined,
    ),
    rule("decimal without its zero", ".", /(?<![\d.A-Za-z])\.(\d+)(?![\d.])/u, ([, part = ""]) =>
      tongue.decimal("0", part),
    ),
    rule("fraction", digitStarts, /(?<![\d.,/])(\d{1,3})\/(\d{1,3})(?![\d/]|[.,]\d)/, ([, above = "", below = ""]) =>
      Number(below) < 2 ? undefined : tongue.fraction(tongue.cardinal(above), tongue.cardinal(below)),
    ),
    rule("fraction as one sign", Object.keys(halves).join(""), /[½⅓⅔¼¾]/, ([glyph]) => {
      const [above, below] = halves[glyph] ?? ["1", "2"];
      return tongue.fraction(tongue.cardinal(above), tongue.cardinal(below));
    }),
    rule("ratio", digitStarts, /(?<![\d.,:])(\d{1,3})\s?:\s?(\d{1,3})(?![\d:]|[.,]\d)/, ([, left = "", right = ""]) =>
      tongue.ratio(tongue.cardinal(left), tongue.cardinal(right)),
    ),
    rule("result of a game", digitStarts, /(?<![\d.,-])(\d{1,3})-(\d{1,3})(?![\d-]|[.,]\d)/, (match) =>
      tongue.scoreCues.test(
        `${beforeOf(match.input, match.index)}${afterOf(match.input, match.index + match[0].length)}`,
      )
        ? tongue.ratio(tongue.cardinal(match[1] ?? ""), tongue.cardinal(match[2] ?? ""))
        : undefined,
    ),
    rule("speed by the hour", digitStarts, new RegExp(`(?<![\\d.,])(${number})\\s?km/h`), (match) => {
      const said = `${say(match[1] ?? "")}${join}${tongue.units.get("km")}`;
      return /(?:時速|시속)\s?$/.test(beforeOf(match.input, match.index)) ? said : `${signs.speed}${join}${said}`;
    }),
    {
      name: "amount",
      starts: `${digitStarts}-−+±${[...new Set([...tongue.currencies.keys()].map((written) => written[0]))].join("")}`,
      read({ text, index }) {
        const c = text[index] ?? "";
        const previous = text[index - 1] ?? "";
        if (/[-−+±]/.test(c)) {
          if (/[A-Za-z\d)%²³]/.test(previous) || /[\d)]\s$/.test(text.slice(Math.max(0, index - 2), index)))
            return undefined;
        } else if (/\d/.test(c) ? /\d/.test(previous) : /[A-Za-z]/.test(previous)) return undefined;
        const bare = parse(text, index);
        if (bare === undefined) return undefined;
        const from = withPer(bare, text);
        dash.lastIndex = from.end;
        const mark = dash.exec(text)?.[0] ?? "";
        if (mark === "" || (/[-−]/.test(mark) && /[=×÷+]/.test(text))) return from;
        const to = parse(text, from.end + mark.length);
        if (to === undefined) return from;
        // 10-4는 6: what a difference is follows it.
        if (
          /^[-−]$/.test(mark) &&
          from.of === "" &&
          to.of === "" &&
          /^(?:은|는|は)\s?\d/.test(text.slice(to.end, to.end + 4))
        )
          return from;
        const few = from.of === "" ? tongue.few?.(text.slice(index, from.end), to.number, to.of) : undefined;
        if (few !== undefined) return { spoken: few, end: to.end };
        return {
          spoken: tongue.range(from.of === "" && to.of !== "" ? from.as(to.of) : from.spoken, to.spoken),
          end: to.end,
        };
      },
    },
    ...signRules(tongue),
  ];
  return tabulate(rules);
}
