import { bracketEffect } from "../effects.ts";
import { speakLatex } from "../latex/latex.ts";
import { drop, end, inner, isInCode, type Markup, markup } from "../mark.ts";
import { noticesOf } from "../notices.ts";
import { barMarks } from "./bars.ts";
import { apart, hashMarks, isSecretAlone, keyName, secretBefore, starMarks } from "./keys.ts";

/** Matches a word such as Wi-Fi with part of a network name, in which each symbol is spoken: Wi-Fi里选择Home_5G. */
const networkBefore = /(?:[Ww]i-?[Ff]i|SSID|热点|无线网络?)[^。！？_]{0,16}(?<![A-Za-z\d])[A-Za-z\d-]+$/;

/** How inline Markdown is handled: formulas, code, images, links, footnotes, emphasis. */
export const markdownMarks: readonly Markup[] = [
  markup("\\", /\\\(([\s\S]+?)\\\)|\\\[([\s\S]+?)\\\]/, (match, manner) => ({
    end: end(match),
    say: ` ${speakLatex(match[1] ?? match[2] ?? "", manner)} `,
  })),
  markup("\\", /\\(?=[!-/:-@[-`{-~])/, (match) => ({
    end: end(match) + 1,
    say: /[*_`#|~\\[\]{}]/.test(match.input[end(match)] ?? "") ? "" : (match.input[end(match)] ?? ""),
  })),
  markup("$", /\$\$([\s\S]+?)\$\$/, (match, manner) => ({
    end: end(match),
    say: ` ${speakLatex(match[1] ?? "", manner)} `,
  })),
  markup("$", /\$(?!\s)([^$\n]+?)(?<!\s)\$(?!\d)/, (match, manner) => {
    const source = match[1] ?? "";
    const money =
      !/^\d[\d,]*(?:\.\d+)?$/.test(source) &&
      /^[\d,.]+(?:$|\s|[A-Za-z]{2,}|[^\d,.\s^_{}=+*<>\\|/A-Za-z-])/.test(source) &&
      !/[\\^_=]/.test(source);
    return money || /[一-鿿]/.test(source.replace(/\\text\{[^}]*\}/g, ""))
      ? undefined
      : { end: end(match), say: ` ${speakLatex(source, manner)} ` };
  }),
  markup("`", /(`+)(?!`)([\s\S]*?[^`])\1(?!`)/, (match) => ({
    end: end(match),
    inner: [match.index + (match[1] ?? "").length, end(match) - (match[1] ?? "").length],
  })),
  // In code, slashes and leading full stops are spoken: "slash" in `fix/login-bug`, "dot" in `.venv/bin`.
  markup("/", /\/(?=[\w.@{*])|(?<=\w)\/(?=[`\s])/, (match, manner) =>
    isInCode(match) && !/^\d\/\d/.test(match.input.slice(Math.max(0, match.index - 1)))
      ? { end: end(match), say: manner === "zh" ? "斜杠" : manner === "en" ? " slash " : "/" }
      : undefined,
  ),
  markup("-", /(?<=[`\s])-{1,2}(?=[A-Za-z])/, (match, manner) =>
    isInCode(match) && manner === "zh" ? { end: end(match), say: "杠".repeat(match[0].length) } : undefined,
  ),
  markup(".", /(?<=[`\s])\.(?=[`\s])|(?<=[`\s/])\.(?=[A-Za-z]{2})/, (match, manner) =>
    isInCode(match) ? { end: end(match), say: manner === "zh" ? "点" : manner === "en" ? "dot " : "." } : undefined,
  ),
  markup("!", /!\[([^\]]*)\](?:\([^)\n]*\)|\[[^\]]*\])/, (match, _manner, language) => {
    const alt = match[1] ?? "";
    const name = noticesOf(language).image;
    const colon = language === "zh" || language === "ja" ? "：" : ": ";
    return { end: end(match), say: alt === "" ? name : `${name}${name === "" ? "" : colon}${alt}` };
  }),
  markup("[", /\[\^[^\]\s]{1,40}\]:?/, drop),
  markup("[", bracketEffect, (match) => ({ end: end(match), say: " " })),
  markup("[", /\[\/?(?:INST|SYS|CLS|SEP|PAD|MASK|UNK|BOS|EOS)\]/i, drop),
  markup("[", /\[((?:[^[\]]|\[[^[\]]*\])*)\]\((?:[^()\n]|\([^()\n]*\))*\)/, (match) => inner(match, 1)),
  markup("[", /\[(-?\d{1,3})\]/, (match) =>
    isInCode(match)
      ? {
          end: end(match),
          say: ` ${match[1] ?? ""}${/^`\p{Script=Hangul}/u.test(match.input.slice(end(match))) ? "" : " "}`,
        }
      : undefined,
  ),
  // The colon of a slice in code (`a[1:3]`) is spoken as a word: "colon" or 冒号.
  markup(":", /(?<=\[[^\][`\s]{0,16}):(?=[^\][`\s]{0,16}\])/, (match, manner) =>
    isInCode(match) && manner !== "other" ? { end: end(match), say: manner === "zh" ? "冒号" : " colon " } : undefined,
  ),
  markup("|", /(?<=\s)\|(?=\s)/, (match, manner) =>
    isInCode(match) ? { end: end(match), say: manner === "zh" ? "竖线" : manner === "en" ? " pipe " : "|" } : undefined,
  ),
  markup("[", /(?:\[\d{1,3}\]){2,}/, drop),
  markup("[", /\[([^[\]]+)\]\[[^\]]*\]/, (match) => inner(match, 1)),
  markup("[", /\[\d{1,3}(?:[-,–]\s?\d{1,3})*\](?!\s?[=+(])/, (match) =>
    /(?:^|[A-Za-z]|(?:[Ss]ee|in|[Rr]ef|[=:(,<>+]\s?|[Rr]eference|of|[Ii]tem|见|参见|文献|如|按|列表|数组|区间|集合|向量|坐标|序列|元组|输[入出]|返回|结果|等于|[是为=:：])\s?)$/.test(
      match.input.slice(0, match.index),
    ) && !/[a-z]{3}$/.test(match.input.slice(0, match.index))
      ? undefined
      : drop(match),
  ),
  ...starMarks,
  markup("~", /~{2,}/, drop),
  markup("=", /==(?=[^\s=][^=\n]*==)|(?<=[^\s=!<>])==(?=$|[\s，。！？,.!?一-鿿])/, drop),
  markup("_", /(?<=[A-Za-z0-9])_+(?=[A-Za-z0-9])/, (match, manner, language) => ({
    end: end(match),
    say:
      isSecretAlone(match.input) ||
      secretBefore.test(match.input.slice(Math.max(0, match.index - 40), match.index)) ||
      (manner === "zh" && networkBefore.test(match.input.slice(Math.max(0, match.index - 40), match.index)))
        ? apart(keyName("_", manner, language), manner)
        : " ",
  })),
  markup("_", /_+/, drop),
  ...barMarks,
  markup("`|", /`+|\|+/, (match) => ({ end: end(match), say: match[0].startsWith("|") ? "，" : "" })),
  ...hashMarks,
];
