import { before, capitalStarts, type Rule, rule } from "../../rule.ts";
import { commandBefore, keySigns } from "../../typed.ts";
import { cardinal } from "../number.ts";
import { spelled } from "./code.ts";

/** Rules for what people type at a computer: command options, relative commits, spreadsheet cells, key chords. */
export const shellRules: readonly Rule[] = [
  rule(
    "hexadecimal number after 0x",
    "0",
    /(?<![\w.])0[xX]([\dA-Fa-f]+)(?!\w)/,
    ([, text = ""]) => `zero x ${spelled(text)}`,
  ),
  rule("command option with two hyphens", "-", /(?<![\w-])--(?=[A-Za-z][\w-]*)/, "dash dash "),
  rule("option of a command", "-", /(?<=[A-Za-z\d]\s)-(?=[A-Za-z]{1,5}(?![\w'’-]|\s?[=+*/^]))/, (_match, place) =>
    commandBefore.test(before(place, 40)) ? "dash " : undefined,
  ),
  rule("tilde of a Git revision", "~", /(?<=(?:HEAD|main|master|[a-z]+)\^?)~(?=\d)/, "tilde"),
  rule("parent of a commit", "^", /(?<=HEAD)\^/, "caret"),
  rule(
    "range of spreadsheet cells",
    ":",
    /(?<=(?<![A-Za-z\d])\$?[A-Z]{1,3}\$?\d{1,6}):(?=\$?[A-Z]{1,3}\$?\d{1,6}(?![A-Za-z\d]))|(?<=[(,!]\s?\$?[A-Z]{1,2}):(?=\$?[A-Z]{1,2}[),])/,
    "to",
  ),
  rule(
    "absolute reference to a spreadsheet cell",
    "$",
    /\$([A-Z]{1,2})\$?(\d{1,6})(?![\d.,]\d|\d)/,
    ([text, column = "", row = ""]) => `dollar ${column} ${text.lastIndexOf("$") > 0 ? "dollar " : ""}${cardinal(row)}`,
  ),
  rule(
    "spreadsheet cell with an absolute row",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    /(?<=[=(,+*/:-])([A-Z])\$(\d{1,6})(?!\d|\.\d)/,
    ([, column = "", row = ""]) => `${column} dollar ${cardinal(row)}`,
  ),
  rule(
    "number of a cell",
    "0123456789",
    /(?<=(?<![A-Za-z])[A-Z]{1,2})\d{1,4}(?=:[A-Z]{1,2}\d|[),])/,
    ([text], place) => (/(?:[(,:]|[A-Z]\d+:)\s?[A-Z]{1,2}$/.test(before(place, 10)) ? cardinal(text) : undefined),
  ),
  rule(
    "abbreviated name of a keyboard key",
    capitalStarts,
    /(?<![A-Za-z])(?:Ctrl|Cmd|Esc|Del|Ins|PgUp|PgDn|PrtSc)(?![A-Za-z])/,
    ([text]) => keys[text],
  ),
  rule("symbol of a keyboard key", Object.keys(keySigns).join(""), /./u, ([sign]) => `${keySigns[sign]} `),
];

const keys: Readonly<Record<string, string>> = {
  Ctrl: "Control",
  Cmd: "Command",
  Esc: "Escape",
  Del: "Delete",
  Ins: "Insert",
  PgUp: "Page Up",
  PgDn: "Page Down",
  PrtSc: "Print Screen",
};
