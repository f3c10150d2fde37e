import { fileEndings } from "../../markup/links/name-endings.ts";
import { type Rule, rule } from "../../rule.ts";

/** How a language says e-mail addresses and host names. */
export interface AddressWords {
  readonly dot: string;
  readonly at: string;
  readonly hyphen: string;
  readonly underscore: string;
  readonly slash: string;
  /** What stands between the names and symbols of a spoken address: a space or nothing. */
  readonly join: string;
  /** How the digits of an address are spoken. */
  readonly digits: (digits: string) => string;
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** Rules for e-mail addresses and host names; URLs have been replaced before any of these rules is tried. */
export function addressRules(words: AddressWords): readonly Rule[] {
  const signs: Record<string, string> = {
    ".": words.dot,
    "@": words.at,
    "-": words.hyphen,
    _: words.underscore,
    "/": words.slash,
  };
  const spell = (text: string): string =>
    (text.match(/\d+|[^\d.@_/-]+|[.@_/-]/g) ?? [])
      .map((part) => (/^\d/.test(part) ? words.digits(part) : (signs[part] ?? part)))
      .join(words.join);
  return [
    rule(
      "address of mail",
      `${letters}0123456789`,
      /(?<![A-Za-z\d.@_-])[A-Za-z\d][A-Za-z\d._-]*@[A-Za-z\d-]+(?:\.[A-Za-z\d-]+)+/,
      ([text]) => spell(text),
    ),
    rule(
      "name of a file",
      `${letters}0123456789_.`,
      new RegExp(
        `(?<![A-Za-z\\d.@_/-])(?:\\.{1,2}/)?[A-Za-z\\d_][A-Za-z\\d_-]*\\.(?:${fileEndings})(?![A-Za-z\\d(-]|\\.[A-Za-z])`,
      ),
      ([text]) => (/^\d+\.\d/.test(text) ? undefined : spell(text)),
    ),
    rule(
      "host",
      letters,
      /(?<![A-Za-z\d.@_/-])(?:[A-Za-z\d][A-Za-z\d-]*\.)+(?:com|org|net|de|at|ch|ru|su|jp|kr|eu|io|info|app|dev|gov|edu|рф)(?![A-Za-z\d-]|\.[A-Za-z])/,
      ([text]) => spell(text),
    ),
  ];
}
