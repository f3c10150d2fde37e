import type { Manner } from "../../language.ts";
import { end, gapAfter, isInCode, type Markup, markup } from "../mark.ts";
import { spellAddress } from "./address.ts";

const spell = (match: RegExpExecArray, manner: Manner) => ({
  end: end(match),
  say: ` ${spellAddress(match[0].replace(/^~/, manner === "zh" ? "波浪号" : manner === "en" ? "tilde" : "~"), manner)}${gapAfter(match.input, end(match))}`,
});

/** The words for `..` (the parent folder) in a command, keyed by language. */
const folderAbove: Readonly<Record<string, string>> = {
  zh: "点点",
  en: "dot dot",
  ja: "ドットドット",
  ko: "점점",
  de: "Punkt Punkt",
  fr: "point point",
  es: "punto punto",
  it: "punto punto",
  pt: "ponto ponto",
  ru: "точка точка",
};

/** How file paths are handled: `..`; paths from the root, the home or the current folder; and Windows paths. */
export const pathMarks: readonly Markup[] = [
  markup(".", /(?<=[\s`])\.\.(?=[\s`])/, (match, _manner, language) =>
    isInCode(match)
      ? { end: end(match), say: `${folderAbove[language] ?? match[0]}${gapAfter(match.input, end(match))}` }
      : undefined,
  ),
  markup("~.", /(?<![\w/.~])(?:~|\.{1,2})(?:\/[A-Za-z_.][\w.-]*)+(?<![.])\/?/, spell),
  markup(
    "/",
    /(?<![\w/.:)\]%°²³])(?:\/[A-Za-z_.][\w.-]*){2,}(?<![.])\/?|(?<![\w/.:)\]%°²³])\/(?:etc|var|usr|tmp|home|opt|bin|dev|mnt|root|api|help|start|proc|data)(?![\w/])/,
    spell,
  ),
  markup("ABCDEFGH", /(?<![A-Za-z\d])[A-H]:(?:\\[A-Za-z_.][\w.-]*)+/, (match, manner) => ({
    end: end(match),
    say: ` ${spellAddress(match[0].replaceAll("\\", "/"), manner).replaceAll(manner === "zh" ? "斜杠" : "slash", manner === "zh" ? "反斜杠" : "backslash")} `,
  })),
];
