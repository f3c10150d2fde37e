import type { Rule } from "../../rule.ts";
import { amountRules } from "./own/amounts.ts";
import { calendarRules } from "./own/calendar.ts";
import { nameRules } from "./own/names.ts";
import { numberedRules } from "./own/numbered.ts";
import { romanRules } from "./own/roman.ts";
import { wordRules } from "./own/words.ts";

/** What only Russian writes. */
export const ownRules: readonly Rule[] = [
  ...romanRules,
  ...calendarRules,
  ...nameRules,
  ...numberedRules,
  ...amountRules,
  ...wordRules,
];
