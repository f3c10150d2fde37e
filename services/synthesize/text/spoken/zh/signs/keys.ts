import { type Rule, rule } from "../../rule.ts";
import { keySigns } from "../../typed.ts";

/** Keys of a keyboard that are read by a Chinese name; all other keys are read as they are labeled. */
const ownKeys: Readonly<Record<string, string>> = {
  "⏎": "回车",
  "↩": "回车",
  "↵": "回车",
  "⌤": "回车",
  "⌫": "退格",
  "␣": "空格",
};

/**
 * Rules for keys of a keyboard, and for hashes that the markup rules do not handle, such as those of musical notes and
 * hashtags. Other rules read stars and telephone keys.
 */
export const keyRules: readonly Rule[] = [
  rule("sharp", "#", /(?<=(?<![A-Za-z])[A-G])#(?!\d)/, " sharp"),
  rule("hash after a Latin letter or digit", "#", /(?<=[A-Za-z\d])#(?=[一-鿿A-Za-z])/, "井号"),
  rule(
    "symbol of a keyboard key",
    Object.keys(keySigns).join(""),
    /./u,
    ([sign]) => ` ${ownKeys[sign] ?? keySigns[sign]} `,
  ),
  rule("tilde of a Git revision", "~", /(?<=(?<![A-Za-z])(?:HEAD|main|master)\^?)~(?=\d)/, "波浪号"),
  rule("hash before a number", "#", /(?<![\d#])#(?=\d)/, ""),
];
