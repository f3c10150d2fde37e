import { rulesOf } from "../../../services/synthesize/text/spoken/language.ts";
import type { PieceRead } from "../../../services/synthesize/text/spoken/observer.ts";
import { blindRows, readingRows } from "../../../services/synthesize/text/spoken/readings/rows.ts";
import type { Rule, RuleTable } from "../../../services/synthesize/text/spoken/rule.ts";
import { speakText } from "../speak.ts";

/** A row in which a rule reads something. */
export interface Example {
  readonly text: string;
  /** Where in the text, in code points, and what is said for it. */
  readonly piece: PieceRead;
}

/** An entry of the rulebook: a rule, or rules of one kind. */
export interface Entry {
  readonly name: string;
  readonly rules: readonly Rule[];
}

const tables: Readonly<Record<string, RuleTable>> = rulesOf;

/** The languages that have rules. */
export const languagesWithRules = Object.keys(tables).filter((language) => (tables[language]?.size ?? 0) > 0);

/** The entries of a language, in the order in which they are tried. */
export function entriesOf(language: string): Entry[] {
  const rules = new Set([...(tables[language]?.values() ?? [])].flat());
  const entries = new Map<string, Rule[]>();
  for (const rule of rules) {
    const name = rule.kind ?? rule.name;
    const list = entries.get(name);
    if (list === undefined) entries.set(name, [rule]);
    else list.push(rule);
  }
  return [...entries].map(([name, rules]) => ({ name, rules }));
}

/** By language and rule, the rows in which the rule reads something, the plainest first. */
export function findExamples(): ReadonlyMap<string, readonly Example[]> {
  const found = new Map<string, Example[]>();
  for (const { text, lang } of rows())
    speakText(text, lang, {
      choose() {},
      read(piece) {
        if (piece.rule === undefined) return;
        const key = keyOf(piece.by, piece.rule);
        const list = found.get(key);
        if (list === undefined) found.set(key, [{ text, piece }]);
        else list.push({ text, piece });
      },
    });
  // Who reads the rulebook does not see what cannot be seen.
  const plain = ({ text }: Example) => text.length + (/\p{Cf}/u.test(text) ? 1000 : 0);
  for (const list of found.values()) list.sort((a, b) => plain(a) - plain(b));
  return found;
}

const rows = (): { readonly text: string; readonly lang: string | undefined }[] => [
  ...readingRows().map(({ written, language }) => ({ text: written, lang: language })),
  ...blindRows().map(({ text, lang }) => ({ text, lang })),
];

/** What names a rule among those of all languages. */
export const keyOf = (language: string, rule: string): string => `${language}: ${rule}`;
