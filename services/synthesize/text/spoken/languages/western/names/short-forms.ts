import { letterStarts, type Rule, rule } from "../../../rule.ts";
import { literal } from "../../patterns.ts";
import type { Tongue } from "../tongue.ts";
import type { Cue, Weekdays } from "./words.ts";

const follows: Readonly<Record<Cue, string>> = {
  always: "",
  // A clause may end after the title.
  name: String.raw`(?=\s*$|\s?(?:(?:et|y|e|ou|o|del?|d[aou]s?|des|de la|dell[ae]|dei)\s)?["«“]?\p{Lu})`,
  number: String.raw`(?=\s?(?:[(]?\d|[IVXLC]+(?!\p{L})|\p{Lu}[-\d]|\p{Lu}(?![\p{L}\d])))`,
  roman: String.raw`(?:(?=\s?[IVXL]+(?!\p{L})|\s*$)(?<!\d\s\p{L}{1,4}\.)|(?<=[IVX](?:e|ème)?\s\p{L}{1,4}\.))`,
};
const names: Readonly<Record<Cue, string>> = {
  always: "abbreviation",
  name: "title before a name",
  number: "short word before a number",
  roman: "short word before a Roman numeral",
};

/** Words that are written short: titles, days, what stands before numbers, and the rest. */
export function shortFormRules({ shortForms, weekdays, months, shortMonths = [] }: Tongue): readonly Rule[] {
  const rules: Rule[] = [];
  for (const [cue, table] of Object.entries(shortForms ?? {}) as [Cue, ReadonlyMap<string, string>][]) {
    const ways = [...table].map(([written, spoken]): readonly [RegExp, string] => [shape(written, cue), spoken]);
    const all = new RegExp(ways.map(([way]) => way.source).join("|"), "u");
    const heads = new Set([...table.keys()].flatMap((written) => [written.charAt(0), written.charAt(0).toUpperCase()]));
    rules.push(
      rule(
        names[cue],
        [...heads].join(""),
        new RegExp(`(?<![\\p{L}\\d.@/])(?:${all.source})(?![\\p{L}\\d@])${follows[cue]}`, "u"),
        ([text]) => {
          const found = ways.find(([way]) => way.exec(text)?.[0] === text)?.[1];
          return found === undefined ? undefined : `${found}${cue === "number" || cue === "roman" ? " " : ""}`;
        },
      ),
    );
  }
  if (weekdays !== undefined) rules.push(...weekdayRules(weekdays));
  if (shortForms !== undefined) rules.push(monthRule(months, shortMonths));
  return rules;
}

/** How a short form is found: its spaces and marked full stops may be missing; a small letter at its head may be a capital. */
function shape(written: string, cue: Cue): RegExp {
  const head = written.charAt(0);
  const first = cue === "name" ? literal(head) : `[${head}${head.toUpperCase()}]`;
  const rest = literal(written.slice(1)).replaceAll("\\.\\?", "\\.?").replaceAll(" ", "\\s?");
  return new RegExp(first + rest, "u");
}

/** Short days that are words as well: la mer, el mar, dom. */
const alsoWords = /^(?:mar|mer|dom|ter|sex|qui|ven|seg)$/i;

function weekdayRules({ names, short, span }: Weekdays): readonly Rule[] {
  const ways = short.flatMap((list, day) => list.split("|").map((way): [string, string] => [way, names[day] ?? ""]));
  const full = new Map([...ways, ...names.map((name): [string, string] => [name, name])]);
  const either = [...full.keys()].sort((a, b) => b.length - a.length).join("|");
  const day = (written: string): string => full.get(written.toLowerCase()) ?? written;
  const shortOnly = ways.map(([way]) => way).sort((a, b) => b.length - a.length);
  const beside = new RegExp(`(?<!\\p{L})(?:${either})\\.?[\\s,]\\s?(?:\\p{Ll}{1,4}\\s)?$`, "iu");
  const near = new RegExp(`^[\\s,]\\s?(?:\\p{Ll}{1,4}\\s)?(?:${either})(?!\\p{L})`, "iu");
  return [
    rule(
      "days of a span",
      letterStarts,
      new RegExp(`(?<![\\p{L}\\d])(${either})\\.?\\s?[-–]\\s?(${either})(?![\\p{L}\\d])(?:\\.(?!\\s*$))?`, "iu"),
      ([, from = "", to = ""], { text, index }) => span(day(from), day(to), text.slice(Math.max(0, index - 12), index)),
    ),
    rule(
      "short day",
      letterStarts,
      new RegExp(`(?<![\\p{L}\\d])(${shortOnly.join("|")})\\.`, "iu"),
      ([, written = ""], { text, index }) => {
        const before = text.slice(Math.max(0, index - 16), index);
        const after = text.slice(index + written.length + 1, index + written.length + 14);
        if (/\d(?:er|º|°)?\.?\s(?:de\s)?$/.test(before)) return undefined;
        const isSure =
          !alsoWords.test(written) ||
          beside.test(before) ||
          /^\s?(?:\d|\p{Ll}{1,4}\s\d)/u.test(after) ||
          near.test(after);
        return isSure ? day(written) : undefined;
      },
    ),
  ];
}

/** A month that is written short beside a day or a year: 12 janv. 2024. */
function monthRule(months: readonly string[], shorts: readonly string[]): Rule {
  const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const all = [...new Set([...shorts, ...months.map((month) => month.slice(0, 3))])]
    .filter((short) => !months.includes(short))
    .sort((a, b) => b.length - a.length);
  return rule(
    "short month",
    [...new Set(all.flatMap((short) => [short.charAt(0), short.charAt(0).toUpperCase()]))].join(""),
    new RegExp(
      `(?<![\\p{L}\\d])(?:(?<=\\d(?:er|º|°)?\\.?\\s(?:de\\s)?)(?:${all.join("|")})|(?:${all.join("|")})(?=\\.?\\s(?:de\\s)?\\d{4}))(?!\\p{L})\\.?`,
      "iu",
    ),
    ([text]) => {
      const short = plain(text.replace(".", ""));
      return (
        months.find((month) => plain(month).startsWith(short)) ?? (short.startsWith("set") ? months[8] : undefined)
      );
    },
  );
}
