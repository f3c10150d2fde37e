import { digitStarts, letterStarts, type Rule, rule } from "../../../rule.ts";
import type { Tongue } from "../tongue.ts";

/** Rules for set phrases with numbers, such as "24/7", and for decades. */
export function phraseRules({ setPhrases, decades, cardinal }: Tongue): readonly Rule[] {
  const rules: Rule[] = [];
  if (setPhrases !== undefined)
    rules.push(
      rule(
        "set phrase with numbers",
        `${digitStarts}${letterStarts}`,
        new RegExp(`(?<![\\p{L}\\d.,/])(?:${[...setPhrases.keys()].join("|")})(?![\\p{L}\\d/]|[.,]\\d)`, "u"),
        ([text]) => setPhrases.get(text),
      ),
    );
  if (decades !== undefined)
    rules.push(
      rule(
        "decade",
        `${digitStarts}'’`,
        new RegExp(`(?<=${decades.cue.source})['’]?([1-9]0)(?!['’]?[\\p{L}\\d]|[.,/:]\\d)`, "iu"),
        ([, tens = ""]) => decades.say?.(tens) ?? cardinal(tens),
      ),
    );
  return rules;
}
