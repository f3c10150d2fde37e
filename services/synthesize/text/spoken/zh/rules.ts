import { ofKind, tabulate } from "../rule.ts";
import { amountRules } from "./amount.ts";
import { dateRules } from "./date.ts";
import { identityRules } from "./identity.ts";
import { nameRules } from "./name.ts";
import { mixedRules, signRules } from "./signs.ts";
import { symbolRules } from "./symbols.ts";
import { ratioRules, timeRules } from "./time.ts";

/** How Chinese is read aloud: the first rule that matches at a place counts. */
export const chinese = tabulate([
  ...dateRules,
  ...identityRules,
  ...timeRules,
  ...ratioRules,
  ...nameRules,
  ...ofKind("mixed numbers", mixedRules),
  ...amountRules,
  ...symbolRules,
  ...ofKind("signs", signRules),
]);
