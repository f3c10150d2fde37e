import { digitStarts, letterStarts, type Rule, rule } from "../../../rule.ts";
import { spell } from "../figure.ts";
import type { Tongue } from "../tongue.ts";

const hosts =
  "com|org|net|io|ai|dev|app|co|edu|gov|gob|gouv|info|es|mx|ar|cl|pe|uy|fr|be|ch|ca|it|pt|br|eu|uk|us|de|ru|at|tv|me|shop|online|site";
const files =
  "txt|md|pdf|docx?|xlsx?|pptx?|csv|json|ya?ml|toml|xml|html?|css|jsx?|tsx?|py|java|go|rs|rb|php|cpp|sh|exe|zip|tar|gz|jpe?g|png|gif|svg|mp3|mp4|log|ini|env|sql|ipynb";
const starts = `${letterStarts}${digitStarts}_`;

/** Rules for e-mail addresses, host names and file names; URLs have been replaced before any rule is tried. */
export function addressRules(tongue: Tongue): readonly Rule[] {
  const { address } = tongue;
  if (address === undefined) return [];
  const say = (text: string): string =>
    (text.match(/\d+|\p{L}+|[^\p{L}\d]/gu) ?? [])
      .map((part) => (/\d/.test(part) ? figures(part) : (address.signs[part] ?? part)))
      .join(" ");
  const figures = (digits: string): string =>
    digits.length > 2 || digits.startsWith("0") ? spell(digits, tongue) : tongue.cardinal(digits);
  return [
    rule(
      "address of mail",
      starts,
      /(?<![\p{L}\d@._-])[\p{L}\d_][\p{L}\d._+-]*@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/u,
      ([text]) => say(text),
    ),
    rule("at sign before a name", "@", /(?<![\p{L}\d])@(?=\p{L})/u, () => address.signs["@"]),
    rule(
      "web address without a scheme",
      starts,
      new RegExp(
        `(?<![\\p{L}\\d@._-])(?:[\\p{L}\\d][\\p{L}\\d-]+\\.)+(?:${hosts})(?![\\p{L}\\d-]|\\.\\p{L})(?:/[\\p{L}\\d._~-]+)*/?`,
        "u",
      ),
      ([text]) => say(text.replace(/[./]$/, "")),
    ),
    rule(
      "name of a file",
      starts,
      new RegExp(`(?<![\\p{L}\\d@._/-])[\\p{L}\\d_-]+(?:\\.[\\p{L}\\d_-]+)*\\.(?:${files})(?![\\p{L}\\d_(-])`, "u"),
      ([text]) => say(text),
    ),
  ];
}
