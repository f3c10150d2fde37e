import type { Money, Noun } from "./tongue.ts";

function parseNoun(text: string): Noun {
  const [gender = "m", ...forms] = text.trim().split("/");
  return { gender: gender as Noun["gender"], forms };
}

const lines = (table: string): readonly (readonly [written: readonly string[], rest: string])[] =>
  table
    .trim()
    .split("\n")
    .map((line) => {
      const [written = "", rest = ""] = line.split(" = ");
      return [
        written
          .trim()
          .split(" ")
          .map((way) => way.replaceAll("_", " ")),
        rest,
      ];
    });

/** Unit prefixes. */
const prefixes = ["k", "M", "G", "T", "m", "µ", "n", "h", "c", "d"] as const;
/** Units that take all prefixes: a combination that the table of a language lacks, such as kW, gets a derived name. */
const prefixed = [
  "m",
  "g",
  "W",
  "V",
  "A",
  "Hz",
  "Pa",
  "J",
  "N",
  "Wh",
  "Ah",
  "B",
  "L",
  "l",
  "s",
  "bit",
  "Ω",
  "cal",
  "mol",
  "eV",
];

/**
 * Parses a table of units: on each line the symbol (with `_` for a space), `=`, and the gender and forms separated by
 * slashes. `prefixNames` are the names of the prefixes k M G T m µ n h c d, in this order; they serve to derive names
 * that the table does not contain.
 */
export function readUnits(table: string, prefixNames: string): ReadonlyMap<string, Noun> {
  const units = new Map<string, Noun>();
  for (const [written, noun] of lines(table)) for (const way of written) units.set(way, parseNoun(noun));
  for (const [index, name] of prefixNames.split(" ").entries())
    for (const base of prefixed) {
      const noun = units.get(base);
      const written = `${prefixes[index]}${base}`;
      if (noun === undefined || units.has(written)) continue;
      const forms = noun.forms.map((form) => (/^[А-я]/.test(form) ? name + form : joinPrefix(name, form)));
      units.set(written, { gender: noun.gender, forms });
    }
  for (const [written, noun] of [...units]) if (written.includes("µ")) units.set(written.replace("µ", "μ"), noun);
  return units;
}

/** Joins the name of a prefix and the name of a unit: "Kilo" and "Watt" give "Kilowatt". */
const joinPrefix = (prefix: string, form: string): string => prefix + form.toLowerCase();

/** Parses a table of currencies: on each line the symbol, `=`, the noun, and after `+` the noun of the hundredth. */
export function readCurrencies(table: string): ReadonlyMap<string, Money> {
  const currencies = new Map<string, Money>();
  for (const [written, rest] of lines(table)) {
    const [coin = "", part] = rest.split(" + ");
    const money = { coin: parseNoun(coin), part: part === undefined ? undefined : parseNoun(part) };
    for (const way of written) currencies.set(way, money);
  }
  return currencies;
}
