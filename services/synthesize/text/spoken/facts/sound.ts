/** Matches marks that are part of a number or join two numbers: `3,5`, `14:30`, `-5`, `3/4`, `7 - 3`, `40 %`. */
const ofNumber = String.raw`(?<=\d)[.,:](?=\d)|[-−–—~](?=\d)|(?<=\d)[-−–—~/](?=\S)|(?<=\d) [-−–~] (?=\d)|(?<=\d\s?)[%‰]`;
const pauses = new RegExp(String.raw`(?:(?!${ofNumber})[\p{P}\s])+`, "gu");
const unspaced = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]`;
const spaces = new RegExp(`(?<=${unspaced}) | (?=${unspaced})`, "gu");

/**
 * The audible part of a spoken text: its letters and digits, and the symbols that are left for the voice to say.
 * Punctuation that only causes a pause is dropped.
 */
export function soundOf(spoken: string): string {
  return spoken.normalize("NFKC").toLowerCase().replaceAll("〜", "~").replace(pauses, " ").replace(spaces, "").trim();
}
