import { digitStarts, type Reading, type Rule, rule } from "../../../rule.ts";
import { afterOf, anyOf, beforeOf } from "../../patterns.ts";
import type { EasternTongue } from "../tongue.ts";

const number = String.raw`(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)`;

/** A number with its sign and what it counts, as it was found in a text. */
interface Amount extends Reading {
  /** What it counts, as written; "" for nothing. */
  readonly of: string;
  /** Its figures, as written. */
  readonly number: string;
  /** Says the same number with something else that it counts. */
  readonly as: (of: string) => string;
}

/** Numbers with what they count. */
export interface Amounts {
  /** A number at a place with its sign, unit and counter, as words. */
  readonly readNumber: (text: string, index: number) => Reading | undefined;
  /** A unit of measure at a place. */
  readonly readUnit: (text: string, index: number) => Reading | undefined;
  readonly rules: readonly Rule[];
}

/** How a language reads numbers with what they count, and their ranges. */
export function amountsOf(tongue: EasternTongue): Amounts {
  const { join, signs } = tongue;
  const units = anyOf(tongue.units.keys(), "A-Za-z");
  const money = anyOf(tongue.currencies.keys(), "A-Za-z");

  function say(written: string): string {
    const [whole = "", part] = written.replaceAll(",", "").split(".");
    return part === undefined ? tongue.cardinal(whole) : tongue.decimal(whole, part);
  }
  const signed = (sign: string, spoken: string): string =>
    sign === "" ? spoken : `${signs[sign.replace("−", "-")] ?? ""}${join}${spoken}`;
  /** An amount: a sign, a number and what it counts. */
  const amount = new RegExp(
    `([-−+±]?)(?:(${money})\\s?)?(${number})(?:\\s?(${units})|\\s?(${tongue.counters})|\\s?(${money}))?`,
    "uy",
  );
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
    const isApart = counter !== undefined && /\s/.test(text[end - counter.length - 1] ?? "");
    if (
      counter !== undefined &&
      ((leading !== undefined && !/^[万億兆千만억조천]/.test(counter)) ||
        (isApart && tongue.countsApart?.test(after) === false) ||
        tongue.count(digits.replaceAll(",", ""), counter, after, beforeOf(text, index)) === undefined)
    ) {
      end -= counter.length + (isApart ? 1 : 0);
      return { spoken: sayAs(leading ?? ""), end, of: leading ?? "", number: digits, as: sayAs };
    }
    return { spoken: sayAs(of), end, of, number: digits, as: sayAs };
  }
  const unitPattern = new RegExp(`\\s?(${units})`, "uy");
  const readUnit = (text: string, index: number): Reading | undefined => {
    unitPattern.lastIndex = index;
    const match = unitPattern.exec(text);
    return match === null
      ? undefined
      : { spoken: tongue.units.get(match[1] ?? "") ?? "", end: index + match[0].length };
  };
  /** An amount of something for each of something else: 12.5km/L, 1,000円/人. */
  const bothPattern = new RegExp(`\\s?/\\s?\\((${units}|K)[·・*](${units}|K)\\)`, "uy");
  const perPattern = new RegExp(`\\s?/\\s?(${units}|${tongue.perCounters})`, "uy");
  function withPer(amount: Amount, text: string): Amount {
    bothPattern.lastIndex = amount.end;
    const both = amount.of === "" ? null : bothPattern.exec(text);
    if (both !== null) {
      const name = (unit: string): string => (unit === "K" ? tongue.kelvin : (tongue.units.get(unit) ?? ""));
      const second = join === "" ? tongue.each : join;
      return {
        ...amount,
        spoken: `${amount.spoken}${tongue.each}${name(both[1] ?? "")}${second}${name(both[2] ?? "")}`,
        end: amount.end + both[0].length,
      };
    }
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
  return {
    readNumber: parse,
    readUnit,
    rules: [
      rule(
        "money in thousands or millions",
        [...new Set([...tongue.currencies.keys()].map((written) => written[0]))].join(""),
        new RegExp(`(?<![A-Za-z])(${money})\\s?(\\d+)(?:\\.(\\d{1,3}))?([KMBk])(?![A-Za-z])`),
        ([, currency = "", whole = "", part = "", size = ""]) =>
          tongue.cardinal(`${whole}${part.padEnd(size === "B" ? 9 : size === "M" ? 6 : 3, "0")}`) +
          join +
          tongue.currencies.get(currency),
      ),
      {
        name: "limit after its sign",
        starts: "≥≤≧≦",
        read({ text, index }) {
          const amount = parse(text, index + (text[index + 1] === " " ? 2 : 1));
          if (amount === undefined) return undefined;
          const sign = /[≥≧]/.test(text[index] ?? "") ? "≥" : "≤";
          return { spoken: tongue.limit(amount.spoken, sign, beforeOf(text, index)), end: amount.end };
        },
      },
      rule("speed", digitStarts, new RegExp(`(?<![\\d.,])(${number})\\s?(km/h|km/s|m/s)(?![²\\^/])`), (match) => {
        const [, digits = "", unit = ""] = match;
        const lead = tongue.speeds.get(unit);
        if (lead === undefined) return undefined;
        const said = `${say(digits)}${join}${tongue.units.get(unit.replace(/\/.*/, ""))}`;
        return beforeOf(match.input, match.index).trimEnd().endsWith(lead) ? said : `${lead}${join}${said}`;
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
          // 9-1번 칸, 3-1로: what goes down is no span.
          const goesDown =
            mark === "-" && from.of === "" && /^\d{1,3}$/.test(from.number) && Number(to.number) < Number(from.number);
          if (
            mark === "-" &&
            from.of === "" &&
            (/^(?:번지|番地)$/.test(to.of) || (goesDown && /^(?:번|호|番|号)$/.test(to.of)))
          )
            return {
              spoken: [from.spoken, tongue.beside.parts, tongue.cardinal(to.number), to.of].join(join),
              end: to.end,
            };
          if (
            goesDown &&
            to.of === "" &&
            !/計算|引|계산|빼|차이/.test(text.slice(Math.max(0, index - 12), to.end + 12))
          )
            return { spoken: tongue.ratio(from.spoken, to.spoken), end: to.end };
          const few = from.of === "" ? tongue.few?.(text.slice(index, from.end), to.number, to.of) : undefined;
          if (few !== undefined) return { spoken: few, end: to.end };
          return {
            spoken: tongue.range(
              from.of === "" && to.of !== ""
                ? from.as(to.of.replace(/(?<=^인)[용분실승]$|(?<=^[일년주])간$/, ""))
                : from.spoken,
              to.spoken,
            ),
            end: to.end,
          };
        },
      },
    ],
  };
}
