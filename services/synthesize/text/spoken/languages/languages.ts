import type { RuleTable } from "../rule.ts";

/** The rules of the languages besides Chinese and English, by primary subtag. */
export const languages: Readonly<Record<string, RuleTable>> = {};
