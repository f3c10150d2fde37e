import type { Manner } from "../../language.ts";
import { end, type Found, gapAfter, type Markup, markup } from "../mark.ts";
import { noticesOf } from "../notices.ts";
import { spellAddress } from "./address.ts";
import { fileEndings, hostEndings } from "./name-endings.ts";

const addressCharacters = String.raw`[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]`;
/**
 * Word characters of the Latin, Greek and Cyrillic scripts. Text next to such a character is not a host name, as in
 * trời.có; but text next to Chinese or another script without spaces may be one.
 */
const lettersBeyondAscii = String.raw`\u00c0-\u058f\u1e00-\u1fff`;
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

function web(match: RegExpExecArray, _manner: Manner, language: string): Found {
  const text = match[0].replace(/[._~:?!,;'*)\]]+$/, "");
  const host = text.replace(/^(?:\w+:\/\/)?(?:www\.)?/, "").split(/[/?#]/)[0] ?? "";
  const end = match.index + text.length;
  return { end, say: ` ${noticesOf(language).link || host}${gapAfter(match.input, end)}` };
}

/** The kinds of markup for plain URLs, e-mail addresses, and host and file names. */
export const linkMarks: readonly Markup[] = [
  markup(
    letters,
    /(?<![A-Za-z0-9@])(?:mailto:)?([A-Za-z0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})(?![A-Za-z0-9])/,
    (match, manner) => ({
      end: end(match),
      say: ` ${spellAddress(match[1] ?? "", manner)}${gapAfter(match.input, end(match))}`,
    }),
  ),
  markup(
    "0123456789",
    /(?<![A-Za-z0-9@.])[0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(?![A-Za-z0-9])/,
    (match, manner) => ({
      end: end(match),
      say: ` ${spellAddress(match[0], manner)}${gapAfter(match.input, end(match))}`,
    }),
  ),
  markup(
    "hHwWfF",
    new RegExp(`(?<![A-Za-z0-9])(?:https?://|ftp://|www\\.(?=[A-Za-z0-9]))${addressCharacters}+`, "i"),
    web,
  ),
  markup(
    `${letters}0123456789`,
    new RegExp(
      `(?<![A-Za-z0-9@._${lettersBeyondAscii}-])(?:[A-Za-z0-9][A-Za-z0-9-]*\\.)+(?:${hostEndings})(?![A-Za-z0-9${lettersBeyondAscii}-]|\\.[A-Za-z])(?:/${addressCharacters}*)?`,
    ),
    (match, manner) => {
      const host = (match[0].split("/")[0] ?? "").toLowerCase();
      if (/^[a-z]\.[a-z]{2}$/.test(host)) return undefined;
      const rest = match[0].slice(host.length).replace(/[._~:?!,;'*)\]]+$/, "");
      const last = match.index + host.length + rest.length;
      return {
        end: last,
        say: ` ${spellAddress(match[0].slice(0, host.length), manner)}${gapAfter(match.input, last)}`,
      };
    },
  ),
  markup(
    `${letters}0123456789_`,
    new RegExp(
      `(?<![A-Za-z0-9@._/${lettersBeyondAscii}-])(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*\\.(?:${fileEndings})(?![A-Za-z0-9_(${lettersBeyondAscii}-]|\\.[A-Za-z0-9])`,
    ),
    (match, manner) =>
      /^\d+\.\d/.test(match[0])
        ? undefined
        : { end: end(match), say: ` ${spellAddress(match[0], manner)}${gapAfter(match.input, end(match))}` },
  ),
];
