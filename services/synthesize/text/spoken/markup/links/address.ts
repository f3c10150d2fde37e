import { digits as englishDigits, year } from "../../en/number.ts";
import type { Manner } from "../../language.ts";
import { digits as chineseDigits } from "../../zh/number.ts";
import { fileEndings } from "./name-endings.ts";

const signs: Record<string, Record<string, string>> = {
  zh: { ".": "点", "@": "艾特", "-": "杠", _: "下划线", "+": "加", "/": "斜杠", ":": "冒号" },
  en: { ".": "dot", "@": "at", "-": "dash", _: "underscore", "+": "plus", "/": "slash", ":": "colon" },
};

/** The spoken form of an e-mail address, host or file name: "tom dot lee at example dot com". */
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

/** Matches a file name in which a four-digit number is a year: `budget_2025.xlsx`. */
const datedFile = new RegExp(`^[\\w.-]*(?<!\\d)(?:19|20)\\d\\d(?!\\d)[\\w.-]*\\.(?:${fileEndings})$`);
