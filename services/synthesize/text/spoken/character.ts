import { staysAsWritten } from "./language/as-written.ts";
import type { Manner } from "./language.ts";
import { pauses } from "./pauses.ts";
import { audible, wide } from "./transcript/transcript.ts";

/** How a character that no rule has matched is spoken. */
export type Heard =
  /** The character is spoken as part of the word next to it: unchanged, or replaced by another character. */
  | { readonly kind: "word"; readonly text: string }
  /** The character is spoken as a word or number. */
  | { readonly kind: "reading"; readonly text: string }
  /** The character is spoken as a pause; `mark` is the punctuation mark that `pauses` gives for it. */
  | { readonly kind: "pause"; readonly mark: string }
  /**
   * The character is spoken as the gap between two words, as the hyphen inside a word, as the hyphen between a word and
   * a number, or not at all.
   */
  | { readonly kind: "space" | "hyphen" | "hyphen of a figure" | "nothing" };

const space: Heard = { kind: "space" };
const nothing: Heard = { kind: "nothing" };
const comma: Heard = { kind: "pause", mark: "，" };
const apostrophe: Heard = { kind: "word", text: "'" };
const or: Heard = { kind: "reading", text: "or" };
const hyphen: Heard = { kind: "hyphen" };
const hyphenOfFigure: Heard = { kind: "hyphen of a figure" };

/**
 * How the character `c` at `index` is spoken. In Chinese and English `c` is never a digit, since other rules convert
 * all digits to words.
 */
export function heardOf(c: string, text: string, index: number, manner: Manner): Heard {
  if (c === " " || c === "\t" || c === "\u3000") return space;
  if (manner === "other" && staysAsWritten(text, index)) return { kind: "word", text: c };
  if (audible.test(c) && !/\p{Extended_Pictographic}|[\ufe00-\ufe0f\u20e3]/u.test(c)) return { kind: "word", text: c };
  const own = heardOfMark(c, text, index, manner);
  if (own !== undefined) return own;
  const mark = pauses[c];
  if (mark !== undefined) return { kind: "pause", mark };
  // A character that is left out must not join the numbers on either side of it.
  return manner === "other" ? space : nothing;
}

/** How the punctuation mark or symbol `c` at `index` is spoken if it is not an ordinary pause; otherwise undefined. */
function heardOfMark(c: string, text: string, index: number, manner: Manner): Heard | undefined {
  const previous = text[index - 1] ?? "";
  const following = text[index + c.length] ?? "";
  const standsBetween = (pattern: RegExp): boolean => pattern.test(previous) && pattern.test(following);
  switch (c) {
    // The combining box around the digit of a keycap emoji.
    case "\u20e3":
      return comma;
    case "'":
    case "’":
      return standsBetween(audible) ? apostrophe : undefined;
    case "-":
    case "‐":
    case "‑":
      if (standsBetween(audible) && !wide.test(previous) && !wide.test(following))
        return /\d/.test(previous + following) ? hyphenOfFigure : hyphen;
      return c === "-" && standsBetween(/[ -]/) ? comma : undefined;
    case "/":
      if (manner === "en" && standsBetween(/[A-Za-z]/)) return standSideBySide(text, index) ? space : or;
      return comma;
    case "\\":
      return comma;
    case "(":
    case ")":
      return isTight(text, index) ? space : undefined;
    case ".":
      if (standsBetween(/[A-Za-z]/)) return space;
      if (previous === "." || following === ".") return comma;
      return endsShortForm(text, index, manner) ? space : undefined;
    default:
      return undefined;
  }
}

/**
 * Matches text that ends in an initial, a title or another abbreviation: a full stop after it does not end a sentence.
 * Examples: "J. K. Rowling", "Dr. Wang", "Op. 125".
 */
const shortened =
  /(?<![A-Za-z])(?:[A-Z]|(?:[A-Z]\.)+[A-Z]|Dr|Mr|Mrs|Ms|St|Prof|Jr|Sr|Op|No|Vol|vs|etc|Inc|Ltd|Co|Mt|Fig|Ave|Rd|Ph\.D|approx)$/;

/** Whether the full stop at `index` belongs to an abbreviation. In English, a lower-case letter after it shows this. */
const endsShortForm = (text: string, index: number, manner: Manner): boolean =>
  manner === "en"
    ? /^\s+\p{Ll}/u.test(text.slice(index + 1, index + 4))
    : shortened.test(text.slice(Math.max(0, index - 8), index)) &&
      /^\s?[\p{L}\d]/u.test(text.slice(index + 1, index + 3));

/**
 * Whether a parenthesis belongs to a formula, a call or a name, so that it causes no pause: `f(x)=2`, `print()`,
 * `401(k)`.
 */
function isTight(text: string, index: number): boolean {
  const previous = text[index - 1] ?? "";
  return text[index] === "("
    ? /[A-Za-z0-9+\-−×÷*/^=<>²³√(]/.test(previous) || /[+\-−×÷*/=]\s$/.test(text.slice(Math.max(0, index - 2), index))
    : /^(?:[A-Za-z0-9)²³]|\s?[+\-×÷*/^=<>])/.test(text.slice(index + 1, index + 3)) || previous === "(";
}

/** Whether the slash at `index` is between names, as in TCP/IP and A/B, or next to the word "either" or "or". */
function standSideBySide(text: string, index: number): boolean {
  const left = text.slice(Math.max(0, index - 12), index);
  const right = text.slice(index + 1, index + 13);
  const capitals = /(?<![A-Za-z])[A-Z]+$/.test(left) && /^[A-Z]+(?![A-Za-z])/.test(right);
  return capitals || /\beither$/i.test(left) || /^or\b/i.test(right);
}
