import { type Rule, type RuleTable, tabulate } from "../../rule.ts";
import { amountRules } from "./amounts/amounts.ts";
import { abbreviationRules } from "./names/abbreviations.ts";
import { addressRules } from "./names/addresses.ts";
import { identityRules } from "./names/identity.ts";
import { phraseRules } from "./names/phrases.ts";
import { romanRules } from "./names/roman.ts";
import { primeRules } from "./primes.ts";
import { ratioRules } from "./ratios.ts";
import { scaledRules } from "./scaled.ts";
import { signRules } from "./signs.ts";
import { clockRules } from "./time/clock.ts";
import { dateRules } from "./time/date.ts";
import { durationRules } from "./time/duration.ts";
import type { Tongue } from "./tongue.ts";

/** The optional property of `Tongue` that a rule needs, by rule name. Languages without the property lack the rule. */
const needed: Readonly<Record<string, keyof Tongue>> = {
  "duration in hours and minutes": "duration",
  "duration in minutes and seconds": "duration",
  "month and year in figures": "monthOf",
  "score out of a total": "times",
  "duration written like a clock time": "lastingCues",
  "year after a month": "year",
  "clock time with a full stop": "timeCues",
  "number of a law": "lawOf",
  "years of a season": "million",
  "times of a dose": "times",
  "slash before a sign": "times",
  inches: "times",
  each: "perWords",
  "unit after words": "perMany",
  "unit by itself": "perMany",
  "negative power": "negativePower",
  "negative power after a caret": "negativePower",
};
const canUse = (tongue: Tongue, { name }: Rule): boolean => {
  const key = needed[name];
  return key === undefined || tongue[key] !== undefined;
};

/** The rules of a European language. At each position in a text, the first rule that matches is used. */
export const westernRules = (tongue: Tongue): RuleTable =>
  tabulate([
    ...(tongue.own ?? []),
    ...[
      ...phraseRules(tongue),
      ...addressRules(tongue),
      ...abbreviationRules(tongue),
      ...romanRules(tongue),
      ...identityRules(tongue),
      ...primeRules(tongue),
      ...durationRules(tongue),
      ...dateRules(tongue),
      ...clockRules(tongue),
      ...ratioRules(tongue),
      ...scaledRules(tongue),
      ...amountRules(tongue),
      ...signRules(tongue),
    ].filter((one) => canUse(tongue, one)),
  ]);
