import { ofKind, tabulate } from "../rule.ts";
import { abbreviationRules } from "./abbreviations/rules.ts";
import { amountRules } from "./amounts/amount.ts";
import { fractionRules } from "./amounts/fraction.ts";
import { magnitudeRules } from "./amounts/magnitude.ts";
import { measureRules } from "./amounts/measure.ts";
import { primeRules } from "./amounts/prime.ts";
import { dateRules } from "./dates/date.ts";
import { durationRules } from "./dates/duration.ts";
import { timeRules } from "./dates/time.ts";
import { verseRules } from "./dates/verse.ts";
import { zoneRules } from "./dates/zone.ts";
import { formulaRules } from "./formula.ts";
import { accountRules } from "./identity/account.ts";
import { codeRules, cuedCodeRules } from "./identity/code.ts";
import { compassRules } from "./identity/compass.ts";
import { modelRules } from "./identity/model.ts";
import { placeRules } from "./identity/place.ts";
import { shellRules } from "./identity/shell.ts";
import { streetRules } from "./identity/street.ts";
import { cuedTelephoneRules, telephoneRules } from "./identity/telephone.ts";
import { tokenRules } from "./identity/token.ts";
import { arithmeticRules } from "./marks/arithmetic.ts";
import { arrowRules } from "./marks/arrow.ts";
import { compareRules } from "./marks/compare.ts";
import { dashRules } from "./marks/dash.ts";
import { slashRules } from "./marks/slash.ts";
import { nameRules, ordinalRules } from "./name.ts";
import { mixedRules, signRules } from "./signs.ts";

/**
 * The rules for reading English aloud. At each position in a text, the first rule that matches is used: since dates
 * come before ordinals, "4th of July" is read as a date.
 */
export const english = tabulate([
  ...streetRules,
  ...compassRules,
  ...shellRules,
  ...verseRules,
  ...ofKind("abbreviations", abbreviationRules),
  ...accountRules,
  ...cuedTelephoneRules,
  ...cuedCodeRules,
  ...zoneRules,
  ...dateRules,
  ...ordinalRules,
  ...telephoneRules,
  ...modelRules,
  ...tokenRules,
  ...codeRules,
  ...placeRules,
  ...durationRules,
  ...timeRules,
  ...nameRules,
  ...ofKind("mixed numbers", mixedRules),
  ...fractionRules,
  ...measureRules,
  ...primeRules,
  ...formulaRules,
  ...magnitudeRules,
  ...amountRules,
  ...compareRules,
  ...dashRules,
  ...slashRules,
  ...arrowRules,
  ...arithmeticRules,
  ...ofKind("signs", signRules),
]);
