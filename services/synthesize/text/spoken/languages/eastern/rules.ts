import { type Rule, type RuleTable, rule, tabulate } from "../../rule.ts";
import { literal } from "../patterns.ts";
import { addressRules } from "./addresses.ts";
import { besideRules } from "./beside.ts";
import { amountsOf } from "./figures/amounts.ts";
import { calendarRules } from "./figures/calendar.ts";
import { codeRules, nameRules, secretRule } from "./figures/codes.ts";
import { quotientRules } from "./figures/quotients.ts";
import { sizeRules } from "./figures/sizes.ts";
import { labelRules } from "./labels.ts";
import { chemistryRules } from "./science/chemistry.ts";
import { formulaRule } from "./science/formula.ts";
import { notationRules } from "./science/notation.ts";
import { signRules } from "./signs.ts";
import type { EasternTongue } from "./tongue.ts";

/** The rules of Japanese or Korean. At each position in a text, the first rule that matches is used. */
export function easternRules(tongue: EasternTongue): RuleTable {
  const amounts = amountsOf(tongue);
  const shortForms = [...tongue.shortForms.keys()];
  const rules: Rule[] = [
    secretRule(tongue),
    ...(tongue.own ?? []),
    ...addressRules(tongue.address),
    rule(
      "word or code in Latin letters",
      [...new Set(shortForms.map((written) => written[0]))].join(""),
      new RegExp(
        `(?<![A-Za-z])(?:${shortForms.map((form) => literal(form) + (/\d$/.test(form) ? "(?!\\d)" : "")).join("|")})(?![A-Za-z])`,
      ),
      ([text]) => tongue.shortForms.get(text),
    ),
    ...chemistryRules(tongue),
    ...sizeRules(tongue),
    ...notationRules(tongue),
    ...labelRules(tongue),
    ...besideRules(tongue),
    formulaRule(tongue, tongue.formula, amounts.readNumber, amounts.readUnit),
    // Korean only: a Latin letter with a particle directly after it, as in `x는`, is read by its name.
    ...(tongue.join === ""
      ? []
      : [
          rule("letter by itself", "abcdefghijklmnopqrstuvwxyz", /(?<![A-Za-z\d])[a-z](?=[가-힣])/, ([text]) =>
            tongue.formula.letter(text),
          ),
        ]),
    rule(
      "Greek letter",
      Object.keys(tongue.greek).join(""),
      /(?<!\p{Script=Greek})\p{Script=Greek}(?!\p{Script=Greek})/u,
      ([text]) => tongue.greek[text],
    ),
    ...codeRules(tongue),
    ...calendarRules(tongue),
    ...nameRules(tongue),
    ...quotientRules(tongue),
    ...amounts.rules,
    ...signRules(tongue),
  ];
  const { withEnding } = tongue;
  if (withEnding === undefined) return tabulate(rules);
  return tabulate(
    rules.map((each) => ({
      ...each,
      read(place) {
        const reading = each.read(place);
        return reading === undefined || reading.end <= place.index ? undefined : withEnding(reading, place.text);
      },
    })),
  );
}
