import { beginningOf, firstOf, followingOf } from "./dispatch/pattern.ts";

/**
 * Where a rule is tried: an index in a text without markup. The text is a clause, preceded by the end of earlier text.
 */
export interface Place {
  readonly text: string;
  readonly index: number;
}

/** The spoken form of a piece of text, and the index at which the piece ends. */
export interface Reading {
  readonly spoken: string;
  readonly end: number;
}

/** A rule that recognizes a kind of text, such as a date, and gives its spoken form. */
export interface Rule {
  /** What the rule reads, in a few words. As it names an entry of the rulebook, it is unique within a language. */
  readonly name: string;
  /** The rulebook entry under which this rule is listed together with similar ones, such as other abbreviations. */
  readonly kind?: string;
  /** The characters at which the rule is tried; it never matches elsewhere. */
  readonly starts: string;
  /**
   * A quick check of the first characters of the text at which the rule is tried: if it returns false, the rule cannot
   * match there; if true, the rule may still not match. Default: always true.
   */
  readonly mayBegin?: (beginning: string) => boolean;
  /** Whether the rule never matches right after a digit, and so never inside a number. */
  readonly isNeverAfterDigit?: boolean;
  /** Returns the spoken form of what begins at `place`; undefined if the rule does not match, so others are tried. */
  readonly read: (place: Place) => Reading | undefined;
}

/**
 * For each character, the rules that are tried where a text has this character, in the order in which they are tried.
 */
export type RuleTable = ReadonlyMap<string, readonly Rule[]>;

/** The digits, as the `starts` of rules that begin at a number. */
export const digitStarts = "0123456789";
/** ASCII letters. */
export const letterStarts = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** The capital letters A to Z, for rules that are tried only at a capital letter. */
export const capitalStarts = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** Indexes rules by the characters at which they are tried. */
export function tabulate(rules: readonly Rule[]): RuleTable {
  const table = new Map<string, Rule[]>();
  for (const entry of rules) {
    for (const c of entry.starts) {
      const list = table.get(c);
      if (list === undefined) table.set(c, [entry]);
      else list.push(entry);
    }
  }
  return table;
}

/**
 * Makes a rule from a pattern and the spoken form of a match. Look-behinds of the pattern see the text before the index
 * at which the rule is tried, as written.
 */
export function rule(
  name: string,
  starts: string,
  pattern: RegExp,
  speak: string | ((match: RegExpExecArray, place: Place) => string | undefined),
): Rule {
  // This and everything below is computed on first use, since most rules belong to languages that a deployment never
  // speaks.
  let sticky: RegExp | undefined;
  let beginnings: string | undefined;
  const mayBegin = beginningOf(pattern);
  let never: readonly boolean[] | undefined;
  /** Whether the pattern can never match right after an ASCII character: an array that is indexed by character code. */
  const neverAfter = () => {
    never ??= beforeWhich(followingOf(pattern));
    return never;
  };
  return {
    name,
    get isNeverAfterDigit() {
      return [...digitStarts].every((digit) => neverAfter()[digit.charCodeAt(0)]);
    },
    get starts() {
      beginnings ??= [...starts].filter(firstOf(pattern)).join("");
      return beginnings;
    },
    mayBegin,
    read(place) {
      if (place.index > 0 && neverAfter()[place.text.charCodeAt(place.index - 1)] === true) return undefined;
      sticky ??= new RegExp(pattern.source, `${pattern.flags}y`);
      sticky.lastIndex = place.index;
      const match = sticky.exec(place.text);
      if (match === null) return undefined;
      const spoken = typeof speak === "string" ? speak : speak(match, place);
      return spoken === undefined ? undefined : { spoken, end: place.index + match[0].length };
    },
  };
}

/** Returns the rules with their `kind` set, so that they share one entry in the rulebook, docs/words.md. */
export const ofKind = (kind: string, rules: readonly Rule[]): Rule[] =>
  rules.map((entry) => Object.create(entry, { kind: { value: kind, enumerable: true } }) as Rule);

/** The last `length` characters before a place. */
export const before = (place: Place, length = 12): string =>
  place.text.slice(Math.max(0, place.index - length), place.index);

/** The next `length` characters after a match. */
export const after = (match: RegExpExecArray, length = 12): string =>
  match.input.slice(match.index + match[0].length, match.index + match[0].length + length);

const beforeWhich = (mayFollow: (before: string) => boolean): readonly boolean[] =>
  Array.from({ length: 128 }, (_, code) => !mayFollow(String.fromCharCode(code)));
