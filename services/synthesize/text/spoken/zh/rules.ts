import { tabulate } from "../rule.ts";
import { amountRules } from "./amount.ts";
import { dateRules } from "./date.ts";
import { identityRules, nameRules } from "./identity.ts";
import { mixedRules, symbolRules } from "./symbols.ts";
import { ratioRules, timeRules } from "./time.ts";

/** How Chinese is read aloud: the first rule that matches at a place counts. */
export const chinese = tabulate([
  ...dateRules,
  ...identityRules,
  ...timeRules,
  ...ratioRules,
  ...nameRules,
  ...mixedRules,
  ...amountRules,
  ...symbolRules,
]);
