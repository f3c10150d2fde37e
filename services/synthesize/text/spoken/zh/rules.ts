import { ofKind, tabulate } from "../rule.ts";
import { amountRules } from "./amount/amount.ts";
import { doseRules } from "./amount/dose.ts";
import { fractionRules } from "./amount/fraction.ts";
import { codeRules, digitRules } from "./identity/codes.ts";
import { nameRules } from "./identity/names.ts";
import { placeRules } from "./identity/places.ts";
import { referenceRules } from "./identity/references.ts";
import { telephoneRules } from "./identity/telephone.ts";
import { tokenRules, versionRules } from "./identity/tokens.ts";
import { arithmeticRules } from "./signs/arithmetic.ts";
import { ratioRules } from "./signs/colon.ts";
import { compareRules } from "./signs/compare.ts";
import { dashRules } from "./signs/dash.ts";
import { keyRules } from "./signs/keys.ts";
import { markRules } from "./signs/marks.ts";
import { scienceRules } from "./signs/science.ts";
import { mixedRules, signRules } from "./signs/signs.ts";
import { slashRules } from "./signs/slash.ts";
import { timeRules } from "./time/clock.ts";
import { dateRules } from "./time/date.ts";
import { durationRules } from "./time/duration.ts";

/**
 * The rules for reading Chinese aloud. At each position in a text, the first rule that matches is used. The order of
 * the rules: codes and names, then dates and times, then amounts, then single symbols.
 */
export const chinese = tabulate([
  ...doseRules,
  ...codeRules,
  ...referenceRules,
  ...telephoneRules,
  ...tokenRules,
  ...dateRules,
  ...versionRules,
  ...durationRules,
  ...timeRules,
  ...placeRules,
  ...digitRules,
  ...ratioRules,
  ...nameRules,
  ...ofKind("mixed numbers", mixedRules),
  ...slashRules,
  ...fractionRules,
  ...keyRules,
  ...scienceRules,
  ...amountRules,
  ...compareRules,
  ...markRules,
  ...dashRules,
  ...arithmeticRules,
  ...ofKind("signs", signRules),
]);
