import { type RuleTable, tabulate } from "../../rule.ts";
import { amountRules } from "./amounts.ts";
import { calendarRules } from "./calendar.ts";
import { addressRules } from "./names/addresses.ts";
import { identityRules } from "./names/identity.ts";
import { romanRules } from "./names/roman.ts";
import { shortFormRules } from "./names/short-forms.ts";
import { ratioRules } from "./ratios.ts";
import { signRules } from "./signs.ts";
import type { Tongue } from "./tongue.ts";

/** The rules of a European language: the first that matches at a place counts. */
export const westernRules = (tongue: Tongue): RuleTable =>
  tabulate([
    ...(tongue.own ?? []),
    ...addressRules(tongue),
    ...shortFormRules(tongue),
    ...romanRules(tongue),
    ...identityRules(tongue),
    ...calendarRules(tongue),
    ...ratioRules(tongue),
    ...amountRules(tongue),
    ...signRules(tongue),
  ]);
