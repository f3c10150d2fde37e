import { isMap, isScalar, LineCounter, type Node, parseDocument } from "yaml";
import { type LexiconByLanguage, syllablesOf } from "./lexicon.ts";
import { pinyinCharacter } from "./pinyin.ts";

/** A lexicon that cannot be used; the message says what is wrong, without quoting any of its words. */
export class LexiconError extends Error {
  override readonly name = "LexiconError";
  /** The line of the lexicon file with the error, counted from 1. */
  readonly line: number;

  constructor(line: number, message: string) {
    super(`line ${line}: ${message}`);
    this.line = line;
  }
}

/** The maximum length of a word, in characters. A longer key is a mistake, usually an unclosed quote. */
const longestWord = 100;

/** Parses a lexicon file: a YAML map of languages, each with a map of words. Throws LexiconError if it is wrong. */
export function parseLexicon(content: string): LexiconByLanguage {
  const lines = new LineCounter();
  const document = parseDocument(content, { lineCounter: lines, uniqueKeys: true });
  const fail = (offset: number, message: string): never => {
    throw new LexiconError(lines.linePos(offset).line || 1, message);
  };
  const [error] = document.errors;
  if (error !== undefined) fail(error.pos[0], error.message.split(" at line")[0] ?? error.message);
  const lexicon: Record<string, Record<string, string>> = {};
  for (const [language, words, offset] of entries(document.contents, "the file", "languages", fail)) {
    if (language !== "all" && !isTag(language))
      fail(offset, 'a language must be a BCP 47 tag such as zh or pt-BR, or "all"');
    if (Object.keys(lexicon).some((known) => known.toLowerCase() === language.toLowerCase()))
      fail(offset, "this language is listed twice");
    const list: Record<string, string> = Object.create(null);
    for (const [word, value, place] of entries(words, "a language", "words", fail)) {
      if (word === "" || word.length > longestWord) fail(place, `a word must have 1 to ${longestWord} characters`);
      const said = isScalar(value) && value.value !== null ? (value.source ?? String(value.value)).trim() : "";
      if (!/[\p{L}\p{N}]/u.test(said))
        fail(place, "the pronunciation of a word must be a string with a letter or digit");
      if (said.length > longestWord)
        fail(place, `the pronunciation of a word must have at most ${longestWord} characters`);
      const wrong = wrongSyllable(said);
      if (wrong > 0) fail(place, `syllable ${wrong} of the pinyin does not exist`);
      list[word] = said;
    }
    lexicon[language] = list;
  }
  return lexicon;
}

/** The entries of a YAML map, each with its offset in the file; empty if there is no map. */
function entries(
  node: unknown,
  what: string,
  ofWhat: string,
  fail: (offset: number, message: string) => never,
): [key: string, value: unknown, offset: number][] {
  if (node === null || node === undefined || (isScalar(node) && node.value === null)) return [];
  if (!isMap(node))
    return fail((node as Node).range?.[0] ?? 0, `${what} must be a map of ${ofWhat}, each followed by a colon`);
  return node.items.map(({ key, value }) => {
    const offset = (key as Node | null)?.range?.[0] ?? 0;
    if (!isScalar(key) || key.value === null) return fail(offset, "a key must be a string");
    return [key.source ?? String(key.value), value, offset];
  });
}

/**
 * The number, counted from 1, of the first syllable of a value that is not valid pinyin. Returns 0 if all syllables are
 * valid. Also returns 0 if no syllable is valid, since such a value is not meant as pinyin.
 */
function wrongSyllable(said: string): number {
  const known = syllablesOf(said).map((syllable) => pinyinCharacter(syllable) !== undefined);
  return known.includes(true) ? known.indexOf(false) + 1 : 0;
}

function isTag(text: string): boolean {
  try {
    return /^[a-z]{2,3}(?:-|$)/i.test(text) && Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}
