import { digits as englishDigits, year } from "../../en/number.ts";
import type { Manner } from "../../language.ts";
import { digits as chineseDigits } from "../../zh/number.ts";

const signs: Record<string, Record<string, string>> = {
  zh: { ".": "点", "@": "艾特", "-": "杠", _: "下划线", "+": "加", "/": "斜杠", ":": "冒号" },
  en: { ".": "dot", "@": "at", "-": "dash", _: "underscore", "+": "plus", "/": "slash", ":": "colon" },
};

/** An e-mail address, host or file name said sign by sign: "tom dot lee at example dot com". */
export function spellAddress(text: string, manner: Manner): string {
  const table = signs[manner];
  if (table === undefined) return text;
  const space = manner === "en" ? " " : "";
  const dated = manner === "en" && datedFile.test(text);
  return (text.match(/\d+|[A-Za-z]+|[^A-Za-z\d]/g) ?? [])
    .map((part) =>
      dated && /^(?:19|20)\d\d$/.test(part)
        ? year(part)
        : /\d/.test(part)
          ? manner === "en"
            ? englishDigits(part)
            : chineseDigits(part)
          : (table[part] ?? part),
    )
    .join(space === "" ? "" : " ");
}

/** Endings of host names that are read out where they stand without `https://`. */
export const hostEndings =
  "com|cn|org|net|io|ai|dev|app|co|uk|us|edu|gov|me|tv|info|biz|xyz|top|site|online|shop|tech|cloud|jp|de|fr|eu|hk|tw|sg|kr|ca|au|in";
/** Endings of file names. */
export const fileEndings =
  "txt|md|pdf|docx?|xlsx?|pptx?|csv|json|ya?ml|toml|xml|html?|css|jsx?|tsx?|mjs|py|java|go|rs|rb|php|c|h|cpp|sh|bat|exe|zip|tar|gz|rar|7z|jpe?g|png|gif|svg|webp|mp3|mp4|wav|avi|mov|mkv|log|ini|conf|cfg|env|sql|db|ipynb|apk|dmg|iso|vue|swift|kt";
/** A file in whose name a number of four figures is a year: budget_2025.xlsx. */
const datedFile = new RegExp(`^[\\w.-]*(?<!\\d)(?:19|20)\\d\\d(?!\\d)[\\w.-]*\\.(?:${fileEndings})$`);
