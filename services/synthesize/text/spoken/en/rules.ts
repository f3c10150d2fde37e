import { tabulate } from "../rule.ts";
import { abbreviationRules } from "./abbreviations.ts";
import { amountRules } from "./amount.ts";
import { dateRules } from "./date.ts";
import { identityRules, nameRules, ordinalRules } from "./identity.ts";
import { mixedRules, symbolRules } from "./symbols.ts";
import { timeRules } from "./time.ts";

/** How English is read aloud: the first rule that matches at a place counts. "4th of July" is a date before it is an ordinal. */
export const english = tabulate([
  ...abbreviationRules,
  ...dateRules,
  ...ordinalRules,
  ...identityRules,
  ...timeRules,
  ...nameRules,
  ...mixedRules,
  ...amountRules,
  ...symbolRules,
]);
