import type { RuleTable } from "../rule.ts";
import { german } from "./de/tongue.ts";
import { easternRules } from "./eastern/rules.ts";
import { spanish } from "./es/tongue.ts";
import { french } from "./fr/tongue.ts";
import { italian } from "./it/tongue.ts";
import { japanese } from "./ja/tongue.ts";
import { korean } from "./ko/tongue.ts";
import { libraryRules } from "./library/rules.ts";
import { portuguese } from "./pt/tongue.ts";
import { russian } from "./ru/tongue.ts";
import { westernRules } from "./western/rules.ts";

const makers: Readonly<Record<string, () => RuleTable>> = {
  de: () => westernRules(german),
  fr: () => westernRules(french),
  es: () => westernRules(spanish),
  pt: () => westernRules(portuguese),
  it: () => westernRules(italian),
  ru: () => westernRules(russian),
  ja: () => easternRules(japanese),
  ko: () => easternRules(korean),
  ...libraryRules,
};

/**
 * The rules of languages other than Chinese and English, by primary language subtag ("de"). Each table is built on
 * first use.
 */
export const languages: Readonly<Record<string, RuleTable>> = lazily(makers);

function lazily(made: typeof makers): Readonly<Record<string, RuleTable>> {
  const tables: Record<string, RuleTable> = {};
  for (const [language, make] of Object.entries(made)) {
    let table: RuleTable | undefined;
    Object.defineProperty(tables, language, {
      enumerable: true,
      get: () => {
        table ??= make();
        return table;
      },
    });
  }
  return tables;
}
