import { unitOf } from "./amounts/units/grammar.ts";
import { english } from "./en/rules.ts";
import type { RuleTable } from "./rule.ts";
import { chinese } from "./zh/rules.ts";

/** How a stretch of text is read: by the rules of Chinese, of English, or with its figures left as they are. */
export type Manner = "zh" | "en" | "other";

/** The rules of each manner. */
export const rulesOf: Record<Manner, RuleTable> = { zh: chinese, en: english, other: new Map() };

const functionWords: readonly (readonly [Manner | "romance", ReadonlySet<string>])[] = [
  [
    "en",
    new Set(
      "the of and is are to in it you that for with was on this be at your have from or my we can not i'm it's she he they what how do a an by as will".split(
        " ",
      ),
    ),
  ],
  [
    "romance",
    new Set(
      "le la les des est et une un du pour vous nous que qui dans avec sur pas el los las una por con para del se su como más muy es der die das und ist nicht ein eine mit il che di per não uma os é".split(
        " ",
      ),
    ),
  ],
];

/** Words of formulas and clock times, which every language has. */
const neutral = new Set("am pm sin cos tan cot sec log ln lim exp max min".split(" "));

/** The manner that a BCP 47 tag asks for; undefined for no tag. */
export function mannerOf(tag: string | undefined): Manner | undefined {
  const base = tag?.toLowerCase().split(/[-_]/)[0];
  if (base === undefined || base === "" || base === "und" || base === "mix") return undefined;
  return base === "zh" || base === "cmn" || base === "yue" ? "zh" : base === "en" ? "en" : "other";
}

/** The manner of a clause, judged by its letters; `usual` decides where they say nothing. */
export function judge(text: string, usual: Manner | undefined): Manner | undefined {
  let han = 0;
  for (const c of text) {
    if (/[\u3041-\u30ff\uac00-\ud7a3]/.test(c)) return "other";
    if (c >= "㐀" && /\p{Script=Han}/u.test(c)) han++;
  }
  const words = text.match(/\p{Script=Latin}+(?:['’]\p{Script=Latin}+)*/gu) ?? [];
  // Capitals, units and the words of formulas stand in texts of every language: 10kg, 3PM, USD, sin.
  const long = words.filter(
    (word) =>
      word.length > 1 && !/^\p{Lu}+$/u.test(word) && unitOf(word) === undefined && !neutral.has(word.toLowerCase()),
  );
  if (han > 0) {
    const running = long.filter((word) => /^\p{Ll}/u.test(word)).length;
    const grammatical = long.some((word) => functionWords[0]?.[1].has(word.toLowerCase()));
    if (grammatical && running >= 3 && han <= running * 1.5) return "en";
    return han >= running && han * 2 >= long.length ? "zh" : "en";
  }
  if (/(?=\p{L})[\u0370-\u1fff]/u.test(text.replace(/[π∑αβγθλμΩΔ]/g, "")) && words.length === 0) return "other";
  if (long.length === 0) return undefined;
  let english = 0;
  let romance = 0;
  for (const word of long) {
    const small = word.toLowerCase();
    if (functionWords[0]?.[1].has(small)) english++;
    if (functionWords[1]?.[1].has(small)) romance++;
    if (/[à-öø-ÿœ]/.test(small)) romance++;
  }
  if (romance > english && (usual === "other" || romance > 1)) return "other";
  if (usual === "other") return english > 1 ? "en" : "other";
  // A name by itself, such as GPT-4 or iPhone 15, does not leave the language around it.
  if (usual === "zh" && english === 0 && long.length < 3) return "zh";
  return "en";
}

/** Places of English prose inside Chinese text, where numbers are read in English. */
export function englishIn(text: string): readonly (readonly [start: number, end: number])[] {
  const found: [number, number][] = [];
  for (const match of text.matchAll(/[A-Za-z][A-Za-z0-9 ,.'’:$%-]*[A-Za-z0-9]/g)) {
    const running = match[0].match(/(?<![A-Za-z])[a-z]{2,}(?![A-Za-z])/g)?.length ?? 0;
    const words = match[0].match(/[A-Za-z]+/g)?.length ?? 0;
    if (running >= 2 && words >= 3) found.push([match.index, match.index + match[0].length]);
  }
  return found;
}
