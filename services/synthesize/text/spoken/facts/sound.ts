/** A mark inside or beside a number is part of it: `3,5`, `14:30`, `-5`, `3/4`, `7 - 3`, `40 %`. */
const ofNumber = String.raw`(?<=\d)[.,:](?=\d)|[-−–—~](?=\d)|(?<=\d)[-−–—~/](?=\S)|(?<=\d) [-−–~] (?=\d)|(?<=\d\s?)[%‰]`;
const pauses = new RegExp(String.raw`(?:(?!${ofNumber})[\p{P}\s])+`, "gu");
const unspaced = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]`;
const spaces = new RegExp(`(?<=${unspaced}) | (?=${unspaced})`, "gu");

/**
 * What can be heard of a spoken text: its letters and figures, and those signs that a voice is left to say. Pauses are no words, so a
 * mark that only asks for one is left out.
 */
export function soundOf(spoken: string): string {
  return spoken.normalize("NFKC").toLowerCase().replaceAll("〜", "~").replace(pauses, " ").replace(spaces, "").trim();
}
