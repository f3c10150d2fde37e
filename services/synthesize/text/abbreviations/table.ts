/**
 * Where a string counts as an abbreviation instead of a word (used by the spoken form), and whether a sentence may end
 * after it (used by the segmenter).
 *
 * - `always`: counts anywhere; a sentence ends after it if a capitalized word follows.
 * - `leading`: counts anywhere; never ends a sentence, since what it introduces follows.
 * - `trailing`: counts anywhere; it follows a name that may continue, so a sentence ends after it only before a word
 * that typically begins sentences.
 * - `name`: counts before a name; never ends a sentence.
 * - `number`, `roman`: counts before a number or a Roman numeral; a sentence ends after it if any other capitalized
 * word follows.
 */
export type Cue = "always" | "leading" | "trailing" | "name" | "number" | "roman";

/** The abbreviations of a language. */
export interface Abbreviations {
  /**
   * The spoken form of each abbreviation, by `Cue` (where it counts as an abbreviation) and by its written form. In a
   * written form, a full stop or other mark followed by `?` is optional, and so is every space.
   */
  readonly said: Readonly<Record<Cue, ReadonlyMap<string, string>>>;
  /** The written forms of all abbreviations, by cue, including those whose spoken form other rules give. */
  readonly written: ReadonlyMap<Cue, readonly string[]>;
}

/**
 * Parses a table of abbreviations. A line that is only a cue sets the cue of the lines after it. Any other line is
 * either `written = spoken`, or lists abbreviations whose spoken form other rules give.
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
