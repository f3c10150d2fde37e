import { tabulate } from "../rule.ts";
import { amountRules } from "./amount/amount.ts";
import { nameRules } from "./identity/names.ts";
import { identityRules } from "./identity/numbers.ts";
import { symbolRules } from "./signs/arithmetic.ts";
import { mixedRules, signRules } from "./signs/signs.ts";
import { ratioRules, timeRules } from "./time/clock.ts";
import { dateRules } from "./time/date.ts";

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
  ...signRules,
]);
