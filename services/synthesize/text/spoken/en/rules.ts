import { ofKind, tabulate } from "../rule.ts";
import { abbreviationRules } from "./abbreviations.ts";
import { amountRules } from "./amount.ts";
import { dateRules } from "./date.ts";
import { fractionRules } from "./fraction.ts";
import { identityRules } from "./identity.ts";
import { measureRules } from "./measure.ts";
import { nameRules, ordinalRules } from "./name.ts";
import { mixedRules, signRules } from "./signs.ts";
import { symbolRules } from "./symbols.ts";
import { timeRules } from "./time.ts";

/** How English is read aloud: the first rule that matches at a place counts. "4th of July" is a date before it is an ordinal. */
export const english = tabulate([
  ...ofKind("abbreviations", abbreviationRules),
  ...dateRules,
  ...ordinalRules,
  ...identityRules,
  ...timeRules,
  ...nameRules,
  ...ofKind("mixed numbers", mixedRules),
  ...fractionRules,
  ...measureRules,
  ...amountRules,
  ...symbolRules,
  ...ofKind("signs", signRules),
]);
