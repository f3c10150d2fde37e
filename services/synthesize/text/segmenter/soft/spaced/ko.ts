import { NO } from "../../window/window.ts";
import { grade } from "../grade.ts";
import type { Words } from "./words.ts";

/** Matches the ending of a word with which a Korean phrase may end. */
const endings = /(?:에서|으로|까지|부터|에게|지만|니까|려면|하면|으면|는데|하고|하며|해서|와|과|을|를|은|는)$/;
/** Matches a verb stem that forms an adjective with 는 or 은: no phrase ends after such an adjective. */
const adjectives = /[하되있없않지리기이오가나보주두]는$|[있없않같좋많높넓]은$|작은$/;
/** Matches a word that begins with a noun, such as 것 or 때, that belongs to the word before it. */
const leaning = /^(?:것|게|거|걸|수|때|데|동안|중|줄|적|만큼|대로|뿐|듯|후|전|위해|위한|통해|대해|대한|따라|함께|같은)/;

/** Grades how well a segment could end between two Korean words, without a punctuation mark; NO if it must not. */
export function judgeHangul({ left, right }: Words): number {
  if (!endings.test(left) || left.length < 2 || leaning.test(right)) return NO;
  return adjectives.test(left) ? NO : grade.phrase;
}
