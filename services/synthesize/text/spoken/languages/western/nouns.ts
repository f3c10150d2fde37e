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

/** Prefixes of units: how they are written, and what they multiply by. */
const prefixes = ["k", "M", "G", "T", "m", "µ", "n", "h", "c", "d"] as const;
/** Units that take prefixes, where a language has no name of its own for the two together. */
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
 * Reads a table of units: in each line how one is written (with `_` for a space), `=`, and its gender and forms between slashes. The names of
 * prefixes, in the order k M G T m µ n h c d, make names for what the table leaves out.
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

/** "Kilo" and "Watt" give "Kilowatt". */
const joinPrefix = (prefix: string, form: string): string => prefix + form.toLowerCase();

/** Reads a table of currencies: in each line how one is written, `=`, its noun, and after `+` the noun of its hundredth. */
export function readCurrencies(table: string): ReadonlyMap<string, Money> {
  const currencies = new Map<string, Money>();
  for (const [written, rest] of lines(table)) {
    const [coin = "", part] = rest.split(" + ");
    const money = { coin: parseNoun(coin), part: part === undefined ? undefined : parseNoun(part) };
    for (const way of written) currencies.set(way, money);
  }
  return currencies;
}
