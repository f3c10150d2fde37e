import { beginningOf, firstOf, followingOf } from "./dispatch/pattern.ts";

/** Where a rule looks: the plain text (the end of what came before the clause included) and the place at which it is tried. */
export interface Place {
  readonly text: string;
  readonly index: number;
}

/** What is said for the text up to `end`. */
export interface Reading {
  readonly spoken: string;
  readonly end: number;
}

/** One way to read something. */
export interface Rule {
  /** What it reads, in a few words; its entry in the rulebook, so each of a language has its own. */
  readonly name: string;
  /** The entry that it shares with others which differ from it in nothing but what they name: abbreviations, signs. */
  readonly kind?: string;
  /** Characters at which the rule is tried; elsewhere it never matches. */
  readonly starts: string;
  /** Whether a text that begins so, from the place on, may match; it may say yes too often. Without it any may. */
  readonly mayBegin?: (beginning: string) => boolean;
  /** It never matches right after a digit, and so never within a number. */
  readonly isNeverAfterDigit?: boolean;
  /** What is said at a place, or undefined to let other rules try. */
  readonly read: (place: Place) => Reading | undefined;
}

/** Rules by the character at which they are tried, in the order in which they were given. */
export type RuleTable = ReadonlyMap<string, readonly Rule[]>;

/** Digits, with which most rules begin. */
export const digitStarts = "0123456789";
/** ASCII letters. */
export const letterStarts = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** Capitals. */
export const capitalStarts = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** Sorts rules by the characters at which they are tried. */
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

/** A rule made of a pattern, whose look-behind sees the text as written, and what is said for a match. */
export function rule(
  name: string,
  starts: string,
  pattern: RegExp,
  speak: string | ((match: RegExpExecArray, place: Place) => string | undefined),
): Rule {
  const sticky = new RegExp(pattern.source, `${pattern.flags}y`);
  const mayBegin = beginningOf(pattern);
  let never: readonly boolean[] | undefined;
  /** By code: the ASCII characters right after which the pattern cannot match. Found out at first use: most rules are of languages that nobody speaks here. */
  const neverAfter = () => {
    never ??= beforeWhich(followingOf(pattern));
    return never;
  };
  return {
    name,
    get isNeverAfterDigit() {
      return [...digitStarts].every((digit) => neverAfter()[digit.charCodeAt(0)]);
    },
    starts: [...starts].filter(firstOf(pattern)).join(""),
    mayBegin,
    read(place) {
      if (place.index > 0 && neverAfter()[place.text.charCodeAt(place.index - 1)] === true) return undefined;
      sticky.lastIndex = place.index;
      const match = sticky.exec(place.text);
      if (match === null) return undefined;
      const spoken = typeof speak === "string" ? speak : speak(match, place);
      return spoken === undefined ? undefined : { spoken, end: place.index + match[0].length };
    },
  };
}

/** Rules that stand in the rulebook as one. */
export const ofKind = (kind: string, rules: readonly Rule[]): Rule[] => rules.map((entry) => ({ ...entry, kind }));

/** What stands before a place, up to `length` characters. */
export const before = (place: Place, length = 12): string =>
  place.text.slice(Math.max(0, place.index - length), place.index);

/** What stands after a match, up to `length` characters. */
export const after = (match: RegExpExecArray, length = 12): string =>
  match.input.slice(match.index + match[0].length, match.index + match[0].length + length);

const beforeWhich = (mayFollow: (before: string) => boolean): readonly boolean[] =>
  Array.from({ length: 128 }, (_, code) => !mayFollow(String.fromCharCode(code)));
