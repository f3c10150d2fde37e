import type { Cue } from "../../../../abbreviations/table.ts";
import { letterStarts, type Rule, rule } from "../../../rule.ts";
import { literal } from "../../patterns.ts";
import type { Tongue } from "../tongue.ts";
import type { Weekdays } from "./words.ts";

interface Shape {
  readonly name: string;
  /** The columns of the abbreviation table whose abbreviations this rule reads, such as those before a number. */
  readonly cues: readonly Cue[];
  /** A pattern for what must be around the abbreviation for the rule to match; "" for nothing. */
  readonly beside: string;
  /** Whether upper and lower case must match the table; otherwise the first letter may also be a capital. */
  readonly isExact?: boolean;
  /** The text between the spoken abbreviation and what follows it. Default: none. */
  readonly gap?: string;
}

const shapes: readonly Shape[] = [
  { name: "abbreviation", cues: ["always", "leading", "trailing"], beside: "" },
  {
    name: "title before a name",
    cues: ["name"],
    // The title also matches at the end of a clause, since the name may be in the next clause.
    beside: String.raw`(?=\s*$|\s?(?:(?:et|y|e|ou|o|del?|d[aou]s?|des|de la|dell[ae]|dei)\s)?["«“]?\p{Lu}|\s[ey]\s(?:la|el|a|o|il)\s\p{L}{2,4}\.)`,
    isExact: true,
  },
  {
    name: "abbreviation before a number",
    cues: ["number"],
    beside: String.raw`(?=\s?(?:[(]?\d|[IVXLC]+(?!\p{L})|\p{Lu}[-\d]|\p{Lu}(?![\p{L}\d])))`,
    gap: " ",
  },
  {
    name: "abbreviation before a Roman numeral",
    cues: ["roman"],
    beside: String.raw`(?:(?=\s?[IVXL]+(?!\p{L})|\s*$)(?<!\d\s\p{L}{1,4}\.)|(?<=[IVX](?:e|ème)?\s\p{L}{1,4}\.))`,
    gap: " ",
  },
];

/** Rules for abbreviations: titles, weekdays, months, words before numbers, and others. */
export function abbreviationRules({ abbreviations, weekdays, months, shortMonths = [] }: Tongue): readonly Rule[] {
  const rules: Rule[] = [];
  if (abbreviations !== undefined) {
    for (const { name, cues, beside, isExact = false, gap = "" } of shapes) {
      const forms = cues.flatMap((cue) => [...abbreviations[cue]]);
      const ways = forms.map(([written, said]): readonly [RegExp, string] => [patternOf(written, isExact), said]);
      const heads = new Set(forms.flatMap(([written]) => [written.charAt(0), written.charAt(0).toUpperCase()]));
      const either = ways.map(([way]) => way.source).join("|");
      rules.push(
        rule(
          name,
          [...heads].join(""),
          new RegExp(`(?<![\\p{L}\\d.@/])(?:${either})(?![\\p{L}\\d@])${beside}`, "u"),
          ([text]) => {
            const said = ways.find(([way]) => way.exec(text)?.[0] === text)?.[1];
            return said === undefined ? undefined : said + gap;
          },
        ),
      );
    }
    rules.push(monthRule(months, shortMonths));
  }
  if (weekdays !== undefined) rules.push(...weekdayRules(weekdays));
  return rules;
}

/** A pattern for an abbreviation. Spaces in `written` are optional, as is any full stop with a `?` after it. */
function patternOf(written: string, isExact: boolean): RegExp {
  const head = written.charAt(0);
  const first = isExact ? literal(head) : `[${head}${head.toUpperCase()}]`;
  const rest = literal(written.slice(1)).replaceAll("\\.\\?", "\\.?").replaceAll(" ", "\\s?");
  return new RegExp(first + rest, "u");
}

/** Abbreviated weekdays that are also other words, such as "mer" and "mar" (sea), and so need further evidence. */
const alsoWords = /^(?:mar|mer|jeu|dom|ter|sex|qui|ven|seg)$/i;

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
          /^(?:[,;]|\s?(?:\d|\p{Ll}{1,4}\s\d)|\s(?:après-midi|matin|soir|mattina|pomerig|sera|mañana|tarde|noche|manhã|noite))/u.test(
            after,
          ) ||
          near.test(after);
        return isSure ? day(written) : undefined;
      },
    ),
  ];
}

/** Reads an abbreviated month next to a day or a year: 12 janv. 2024. */
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
