import type { Rule } from "../../rule.ts";
import { amountRules } from "./own/amounts.ts";
import { calendarRules } from "./own/calendar.ts";
import { grammarRules } from "./own/grammar.ts";
import { homeRules } from "./own/homes.ts";
import { nameRules } from "./own/names.ts";
import { numberedRules } from "./own/numbered.ts";
import { romanRules } from "./own/roman.ts";
import { wordRules } from "./own/words.ts";

/** Rules for ways of writing numbers, abbreviations and symbols that only Russian has. */
export const ownRules: readonly Rule[] = [
  ...romanRules,
  ...grammarRules,
  ...homeRules,
  ...calendarRules,
  ...nameRules,
  ...numberedRules,
  ...amountRules,
  ...wordRules,
];
