import type { BlindRow } from "../../../services/synthesize/text/spoken/readings/rows.ts";

/** How many texts of a language were read right when they were seen for the first time. */
export interface Round {
  readonly seen: string;
  /** Its number, where several were read on one day; "" for none. */
  readonly round: string;
  readonly lang: string;
  readonly right: number;
  readonly of: number;
}

/**
 * Rounds from before texts were kept as rows. Those in other languages were read with the language told; without it 38
 * % were right.
 */
const earlier: readonly Round[] = [
  { seen: "2026-11-22", round: "", lang: "zh", right: 116, of: 140 },
  { seen: "2026-11-22", round: "", lang: "en", right: 70, of: 80 },
  { seen: "2026-11-22", round: "", lang: "mix", right: 24, of: 35 },
  { seen: "2026-11-22", round: "", lang: "others", right: 20, of: 32 },
];

/** The number of the round in the id of a row: 2 of zh-2-014, 1 of mix-b1-003; "" for an id without one. */
const roundOf = (id: string): string => /^[a-z]+-b?(\d+)-\d+$/i.exec(id)?.[1] ?? "";

/** The rounds that rows tell of, by day, number and language. */
export function roundsOf(rows: readonly Pick<BlindRow, "id" | "lang" | "seen" | "right">[]): Round[] {
  const rounds = new Map<string, Round>();
  for (const { id, seen, lang, right } of rows) {
    const base = lang.split("-")[0] ?? lang;
    const key = `${seen} ${roundOf(id)} ${base}`;
    const round = rounds.get(key) ?? { seen, round: roundOf(id), lang: base, right: 0, of: 0 };
    rounds.set(key, { ...round, right: round.right + (right ? 1 : 0), of: round.of + 1 });
  }
  return [...rounds.values()].sort(
    (a, b) => a.seen.localeCompare(b.seen) || Number(a.round) - Number(b.round) || b.of - a.of,
  );
}

const nameOf = ({ seen, round }: Round): string => (round === "" ? seen : `${seen}, round ${round}`);

/** The share of texts that were read right at first sight, over time: one line a round, one column a language. */
export function passRates(rows: readonly BlindRow[]): string {
  const rounds = [...earlier, ...roundsOf(rows)];
  const names = [...new Set(rounds.map(nameOf))];
  const langs = [...new Set(rounds.map(({ lang }) => lang))];
  const share = (name: string, lang: string): string => {
    const round = rounds.find((candidate) => nameOf(candidate) === name && candidate.lang === lang);
    return round === undefined ? "" : `${Math.round((100 * round.right) / round.of)} % of ${round.of}`;
  };
  return [
    `| first read on | ${langs.join(" | ")} |`,
    `|---|${langs.map(() => "---|").join("")}`,
    ...names.map((name) => `| ${name} | ${langs.map((lang) => share(name, lang)).join(" | ")} |`),
    "",
  ].join("\n");
}
