import type { Manner } from "../language.ts";

/**
 * What to do with a piece of markup: either `say` is spoken instead of it, or only the range `inner` of it is spoken.
 * The conversion then goes on at the index `end`.
 */
export type Found =
  | { readonly end: number; readonly say?: string; readonly inner?: readonly [start: number, end: number] }
  | undefined;

/** A kind of inline markup: where to look for it, and how to handle it. */
export interface Markup {
  /** The characters with which the markup may begin. */
  readonly starts: string;
  readonly pattern: RegExp;
  readonly act: (match: RegExpExecArray, manner: Manner, language: string) => Found;
}

/** Makes a kind of markup from the characters that may begin it, its pattern, and what to do with a match. */
export const markup = (starts: string, pattern: RegExp, act: Markup["act"]): Markup => ({
  starts,
  pattern: pattern.sticky ? pattern : new RegExp(pattern.source, `${pattern.flags}y`),
  act,
});
/** The index in the text right after a match. */
export const end = (match: RegExpExecArray): number => match.index + match[0].length;
/** Leaves a match out: nothing is spoken for it. */
export const drop = (match: RegExpExecArray): Found => ({ end: end(match), say: "" });
/** Makes a function that handles a match by speaking `text` instead. */
export const say =
  (text: string) =>
  (match: RegExpExecArray): Found => ({ end: end(match), say: text });
/** Speaks only the first capturing group of a match, which starts `skip` characters after the start of the match. */
export const inner = (match: RegExpExecArray, skip: number): Found => ({
  end: end(match),
  inner: [match.index + skip, match.index + skip + (match[1] ?? "").length],
});

/** Whether a match is between single backticks on its line. */
export function isInCode(match: RegExpExecArray): boolean {
  const left = match.input.slice(Math.max(0, match.index - 80), match.index);
  return /(?<!`)`[^`\n]*$/.test(left) && left.replace(/[^`]/g, "").length % 2 === 1;
}

/** What separates a URL that ends at `end` from the next word: a space, or "" before a Korean particle. */
export const gapAfter = (text: string, end: number): string =>
  /^[`*_)\]"”]{0,2}\p{Script=Hangul}/u.test(text.slice(end, end + 4)) ? "" : " ";
