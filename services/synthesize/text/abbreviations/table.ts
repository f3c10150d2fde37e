/**
 * When a string is an abbreviation instead of a word, and whether a sentence may end after it. The spoken form uses the
 * first, the segmenter the second.
 *
 * - `always`: anywhere; ends a sentence if a capitalized word follows.
 * - `leading`: anywhere; what it belongs to follows, so it never ends a sentence.
 * - `trailing`: anywhere; it follows a name, which may go on, so it ends a sentence only before a word that begins
 * sentences.
 * - `name`: before a name; never ends a sentence.
 * - `number`, `roman`: before a number or a Roman numeral; ends a sentence if any other capitalized word follows.
 */
export type Cue = "always" | "leading" | "trailing" | "name" | "number" | "roman";

/** The abbreviations of a language. */
export interface Abbreviations {
  /** The spoken form of each, by its written form. A mark followed by `?` is optional, and so is a space. */
  readonly said: Readonly<Record<Cue, ReadonlyMap<string, string>>>;
  /** All abbreviations, including those that other rules read, such as days, months and units. */
  readonly written: ReadonlyMap<Cue, readonly string[]>;
}

/**
 * Parses a table of abbreviations. A line with only a cue starts the abbreviations of that cue. Of the other lines, one
 * with ` = ` gives a written and a spoken form; one without lists abbreviations that other rules read.
 */
export function readAbbreviations(table: string): Abbreviations {
  const said: Record<Cue, Map<string, string>> = {
    always: new Map(),
    leading: new Map(),
    trailing: new Map(),
    name: new Map(),
    number: new Map(),
    roman: new Map(),
  };
  const written = new Map<Cue, string[]>();
  let cue: Cue = "always";
  for (const line of table.trim().split("\n")) {
    if (line in said) {
      cue = line as Cue;
      continue;
    }
    const [left = "", spoken] = line.split(" = ");
    written.set(cue, [...(written.get(cue) ?? []), ...(spoken === undefined ? left.split(" ") : [left])]);
    if (spoken !== undefined) said[cue].set(left, spoken);
  }
  return { said, written };
}
