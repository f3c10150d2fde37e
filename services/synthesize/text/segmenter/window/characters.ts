/** Whether a character ends a line. */
export const isNewline = (c: string): boolean => c === "\n" || c === "\r" || c === "\u2028" || c === "\u2029";

/** Whether a character is an ASCII or fullwidth digit. */
export const isDigit = (c: string): boolean => (c >= "0" && c <= "9") || (c >= "０" && c <= "９" && c.length === 1);

/** Whether a character is an ASCII letter. */
export const isAsciiLetter = (c: string): boolean => (c >= "a" && c <= "z") || (c >= "A" && c <= "Z");

/** Whether a character is a Chinese character (hanzi). */
export function isHan(c: string): boolean {
  const code = c.codePointAt(0) ?? 0;
  return (
    (code >= 0x4e00 && code <= 0x9fff) ||
    (code >= 0x3400 && code <= 0x4dbf) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0x20000 && code <= 0x323af) ||
    code === 0x3007
  );
}

/** Whether a character is hiragana or katakana. */
export function isKana(c: string): boolean {
  const code = c.codePointAt(0) ?? 0;
  return code >= 0x3041 && code <= 0x30ff;
}

/** Whether a character is one half of a flag emoji. */
export function isRegional(c: string): boolean {
  const code = c.codePointAt(0) ?? 0;
  return code >= 0x1f1e6 && code <= 0x1f1ff;
}

/** Properties of characters, as bits of `traits`. */
export const trait = {
  wide: 1,
  kana: 2,
  word: 4,
  extender: 8,
  space: 16,
  alphanumeric: 32,
  spaceless: 64,
  letter: 128,
  upper: 256,
  lower: 512,
  closer: 1024,
  trailing: 2048,
} as const;

const alphanumeric = /^[A-Za-z0-9]/;
const word = /^[\p{L}\p{N}]/u;
const letter = /^\p{L}/u;
const upper = /^\p{Lu}/u;
const lower = /^\p{Ll}/u;
const closers = "”’」』）】》〉〕］｝»›)]}";
const trailing = `${closers}"'*_~`;
const spaceless = /^[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

function judge(c: string): number {
  const code = c.codePointAt(0) ?? 0;
  return (
    (isHan(c) || isKana(c) || (code >= 0xac00 && code <= 0xd7a3) ? trait.wide : 0) |
    (isKana(c) ? trait.kana : 0) |
    (word.test(c) ? trait.word : 0) |
    (joins(c) ? trait.extender : 0) |
    (c.trim() === "" ? trait.space : 0) |
    (alphanumeric.test(c) ? trait.alphanumeric : 0) |
    (spaceless.test(c) ? trait.spaceless : 0) |
    (letter.test(c) ? trait.letter : 0) |
    (upper.test(c) ? trait.upper : 0) |
    (lower.test(c) ? trait.lower : 0) |
    (c !== "" && closers.includes(c) ? trait.closer : 0) |
    (c !== "" && trailing.includes(c) ? trait.trailing : 0)
  );
}

function joins(c: string): boolean {
  const code = c.codePointAt(0) ?? 0;
  return (
    code === 0x200d ||
    (code >= 0x1f3fb && code <= 0x1f3ff) ||
    (code >= 0xe0020 && code <= 0xe007f) ||
    (code > 0x2ff && /^\p{M}/u.test(c))
  );
}

/** The `traits` of the characters of the Basic Multilingual Plane; `unmet` where they have not been computed yet. */
const unmet = 0xffff;
const known = new Uint16Array(0x10000).fill(unmet);

/** A cache of the `traits` of characters outside the Basic Multilingual Plane; it is emptied when it is full. */
const rarer = new Map<string, number>();
const mostRarer = 4096;

function traitsOfRarer(c: string): number {
  const met = rarer.get(c);
  if (met !== undefined) return met;
  if (rarer.size >= mostRarer) rarer.clear();
  const bits = judge(c);
  rarer.set(c, bits);
  return bits;
}

/** The traits of a character, as bits (see `trait`); 0 for the empty string. */
export function traits(c: string): number {
  if (c.length !== 1) return c === "" ? 0 : traitsOfRarer(c);
  const code = c.charCodeAt(0);
  const bits = known[code] as number;
  if (bits !== unmet) return bits;
  const judged = judge(c);
  known[code] = judged;
  return judged;
}

/** Whether a character is white space of any kind, including the ideographic space and no-break spaces. */
export const isSpace = (c: string): boolean => (traits(c) & trait.space) !== 0;

/** Whether a character is an ASCII letter or digit. */
export const isAlphanumeric = (c: string): boolean => (traits(c) & trait.alphanumeric) !== 0;

/** Whether a character is a hanzi, kana or Hangul syllable: about one syllable to speak, two Latin letters wide. */
export const isWide = (c: string): boolean => (traits(c) & trait.wide) !== 0;

/** Whether a character is a letter of any script. */
export const isLetter = (c: string): boolean => (traits(c) & trait.letter) !== 0;

/** Whether a character is a capital letter. */
export const isUpper = (c: string): boolean => (traits(c) & trait.upper) !== 0;

/** Whether a character is a small letter. */
export const isLower = (c: string): boolean => (traits(c) & trait.lower) !== 0;

/** Whether a character closes a quote or a bracket. */
export const isCloser = (c: string): boolean => (traits(c) & trait.closer) !== 0;

/**
 * Whether a character closes, or may close, a quotation, a bracket or emphasis: some opening and closing marks look the
 * same.
 */
export const isTrailing = (c: string): boolean => (traits(c) & trait.trailing) !== 0;

/** Whether a character is a letter or digit of any script. */
export const isWord = (c: string): boolean => (traits(c) & trait.word) !== 0;

/** Whether a character is a letter of Thai, Lao, Khmer or Burmese, which have no spaces between words. */
export const isSpaceless = (c: string): boolean => (traits(c) & trait.spaceless) !== 0;

/**
 * Whether a character combines with the character before it, as combining marks, joiners, skin tones and keycaps do.
 */
export const isExtender = (c: string): boolean => (traits(c) & trait.extender) !== 0;
