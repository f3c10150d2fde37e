/**
 * What tells an abbreviation from a word, and where a sentence may end after it. The spoken form asks the first, the segmenter the second.
 *
 * - `always`: it is one wherever it stands, and ends a sentence if a capitalised word follows.
 * - `leading`: it is one wherever it stands; what it belongs to follows, so it never ends a sentence.
 * - `trailing`: it is one wherever it stands; it follows a name, which may go on, so it ends a sentence only before a word that begins sentences.
 * - `name`: it is one before a name, and never ends a sentence.
 * - `number`, `roman`: it is one before a number or a Roman numeral, and ends a sentence if another capitalised word follows.
 */
export type Cue = "always" | "leading" | "trailing" | "name" | "number" | "roman";

/** The abbreviations of a language. */
export interface Abbreviations {
  /** What is said for each, by how it is written. A mark with `?` after it may be missing, and so may a space. */
  readonly said: Readonly<Record<Cue, ReadonlyMap<string, string>>>;
  /** All of them, those included that other rules read, such as days, months and units. */
  readonly written: ReadonlyMap<Cue, readonly string[]>;
}

/**
 * Reads a table of abbreviations. A line that holds only a cue begins the abbreviations of that cue. Of the others, a line with ` = `
 * says how one is written and what is said; a line without lists some that other rules read.
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
