import { digitStarts, letterStarts, type Rule, rule } from "../../../rule.ts";
import type { Tongue } from "../tongue.ts";

/** Figures that are said in their own way: 24/7, and the decades of the language. */
export function phraseRules({ setPhrases, decades, cardinal }: Tongue): readonly Rule[] {
  const rules: Rule[] = [];
  if (setPhrases !== undefined)
    rules.push(
      rule(
        "set phrase of figures",
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
