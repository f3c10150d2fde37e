/**
 * Makes the rules of every language, which are made at first use: the first test of a language would be the only one
 * that is known to reach them, and a process that has them would serve every later mutant with the same ones.
 */
import { rulesOf } from "../../../services/synthesize/text/spoken/language.ts";

for (const language of Object.keys(rulesOf)) Reflect.get(rulesOf, language);
