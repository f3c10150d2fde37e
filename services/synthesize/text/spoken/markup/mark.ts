import type { Manner } from "../language.ts";

/** What is said in place of something that is written, and where the rest goes on. Inner text is read on its own. */
export type Found =
  | { readonly end: number; readonly say?: string; readonly inner?: readonly [start: number, end: number] }
  | undefined;

/** One kind of mark inside a line: where it is tried, and what is made of it. */
export interface Markup {
  /** Characters at which it is tried. */
  readonly starts: string;
  readonly pattern: RegExp;
  readonly act: (match: RegExpExecArray, manner: Manner, language: string) => Found;
}

/** A mark that is found by a pattern. */
export const markup = (starts: string, pattern: RegExp, act: Markup["act"]): Markup => ({
  starts,
  pattern: pattern.sticky ? pattern : new RegExp(pattern.source, `${pattern.flags}y`),
  act,
});
/** One past a match. */
export const end = (match: RegExpExecArray): number => match.index + match[0].length;
/** Says nothing for a match. */
export const drop = (match: RegExpExecArray): Found => ({ end: end(match), say: "" });
/** Says the same for every match. */
export const say =
  (text: string) =>
  (match: RegExpExecArray): Found => ({ end: end(match), say: text });
/** Reads the first group of the match, which starts `skip` characters into it. */
export const inner = (match: RegExpExecArray, skip: number): Found => ({
  end: end(match),
  inner: [match.index + skip, match.index + skip + (match[1] ?? "").length],
});

/** Whether a place stands between single backticks of its line. */
export function isInCode(match: RegExpExecArray): boolean {
  const left = match.input.slice(Math.max(0, match.index - 80), match.index);
  return /(?<!`)`[^`\n]*$/.test(left) && left.replace(/[^`]/g, "").length % 2 === 1;
}

/** A space after an address, but not before a Korean particle, which hangs on it. */
export const gapAfter = (text: string, end: number): string =>
  /^[`*_)\]"”]{0,2}\p{Script=Hangul}/u.test(text.slice(end, end + 4)) ? "" : " ";
