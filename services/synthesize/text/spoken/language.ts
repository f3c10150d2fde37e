import { weighLatin } from "../../../../infra/text/language/language.ts";
import { unitOf } from "./amounts/units/grammar.ts";
import { english } from "./en/rules.ts";
import { primaryLanguage } from "./language/tag.ts";
import { languages } from "./languages/languages.ts";
import type { RuleTable } from "./rule.ts";
import { chinese } from "./zh/rules.ts";

/** How text is converted to spoken form: as Chinese, as English, or by the rules of another language, if it has any. */
export type Manner = "zh" | "en" | "other";

const none: RuleTable = new Map();

/** The rules for reading text aloud, by language. In a language without rules, numbers and symbols stay as written. */
export const rulesOf: Readonly<Record<string, RuleTable>> = Object.defineProperties(
  { zh: chinese, en: english } as Record<string, RuleTable>,
  Object.getOwnPropertyDescriptors(languages),
);

/** The rules of a language, given its primary subtag; an empty table for a language without rules. */
export const rulesOfLanguage = (language: string): RuleTable => rulesOf[language] ?? none;

/** How text in a language, given by any BCP 47 tag, is converted; undefined if no tag is given. */
export function mannerOf(tag: string | undefined): Manner | undefined {
  const language = primaryLanguage(tag);
  return language === undefined ? undefined : language === "zh" || language === "en" ? language : "other";
}

/** Matches English words that occur in sentences but not in names. */
const subject = /(?<![A-Za-z])(?:I|[Yy]ou|[Hh]e|[Ss]he|[Ww]e|[Tt]hey|is|are|was|were|has|have|had)\s/;

/** The ranges of English prose inside Chinese text, where numbers are read in English. */
export function englishIn(text: string): readonly (readonly [start: number, end: number])[] {
  const found: [number, number][] = [];
  for (const match of text.matchAll(/[A-Za-z][A-Za-z0-9 ,.'’:$%-]*[A-Za-z0-9]/g)) {
    const running =
      match[0]
        .match(/(?<![A-Za-z-])[a-z]{2,}(?:-[a-z]+)*(?![A-Za-z])/g)
        ?.filter((word) => unitOf(word) === undefined) ?? [];
    const all = match[0].match(/(?<![\dA-Za-z-])[A-Za-z]+(?:-[A-Za-z]+)*/g) ?? [];
    const words = all.length;
    // English words are prose if function words such as "the" are among them. A product name with a number stays part
    // of the Chinese sentence, as does "market cap $3.4T".
    const isProse =
      running.length >= 2 &&
      (subject.test(match[0]) || (weighLatin(all).get("en") ?? 0) >= 1.5 || !/\d/.test(match[0]));
    // A command with options is code: `docker run -p 8080:80`. A quoted English question is prose: "What's 15% of 80?".
    const asks = /^(?:What|Who|How|Where|When|Why|Which|Is|Are|Do|Does|Can)\b/.test(match[0]) && running.length >= 1;
    // A quoted phrase that begins with an article is prose too: “the 1990s”.
    const phrase =
      (words >= 2 || /\d/.test(match[0])) &&
      /["“‘「]$/.test(text.slice(0, match.index)) &&
      /^(?:the|a|an|at|in|on|by|for|from|to|of|my|your|it's|I'm|I|is|are)\s/i.test(match[0]);
    if (phrase) found.push([match.index, match.index + match[0].length]);
    else if ((isProse || asks) && words >= 3 && !/\s-{1,2}[A-Za-z]/.test(match[0]))
      found.push([match.index, match.index + match[0].length]);
  }
  for (const match of text.matchAll(englishDate)) found.push([match.index, match.index + match[0].length]);
  return found;
}

/** Matches an English date, which is read in English even inside Chinese text: "Mon., Nov. 30". */
const englishDate =
  /(?<![A-Za-z])(?:(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)(?:\.|(?=,? (?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec))),? ?)?(?:(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?) \d{1,2}(?:st|nd|rd|th)?(?:, \d{4})?(?![\d:.%])|(?<=[a-z]\.,? ?))/g;
