import type { Manner } from "../../language.ts";
import { end, gapAfter, type Markup, markup } from "../mark.ts";
import { spellAddress } from "./address.ts";

const spell = (match: RegExpExecArray, manner: Manner) => ({
  end: end(match),
  say: ` ${spellAddress(match[0].replace(/^~/, manner === "zh" ? "波浪号" : manner === "en" ? "tilde" : "~"), manner)}${gapAfter(match.input, end(match))}`,
});

/** Paths of files: from the root, the home or the current folder, and drives of Windows. */
export const pathMarks: readonly Markup[] = [
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
