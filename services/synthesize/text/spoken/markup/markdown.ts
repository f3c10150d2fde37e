import { bracketEffect } from "./effects.ts";
import { speakLatex } from "./latex.ts";
import { drop, end, inner, type Markup, markup, say } from "./mark.ts";

/** What stands before a match, up to `length` characters. */
const head = (match: RegExpExecArray, length: number): string =>
  match.input.slice(Math.max(0, match.index - length), match.index);

/** Whether a star or hash is a key of a telephone. */
const isKey = (match: RegExpExecArray): boolean =>
  /(?:[Pp]ress|[Dd]ial|[Hh]it|按下?|[拨撥]打?|[键鍵输輸]入|加)(?:the|\s|“|"|「)*[\d*#]*$/.test(head(match, 16));

/** Whether a sign belongs to a password or the name of an account or a network, of which every sign counts. */
const isSecret = (match: RegExpExecArray): boolean =>
  /(?:密码|密碼|口令|Wi-?Fi名?|SSID|热点|网络名称?|用户名|账号|帐号|[Pp]assword|[Uu]sername)(?:名|为|是|：|:|\s|“|"|is)*[\w#@*!&$-]*$/.test(
    head(match, 36),
  );

/** Markdown inside a line: formulas, code, images, links, notes, emphasis. */
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
      /^[\d,.]+(?:$|\s|[A-Za-z]{2,}|[^\d,.\s^_{}=+*<>\\|/A-Za-z-])/.test(source) &&
      !/[\\^_=]/.test(source) &&
      !/^\d+$/.test(source);
    return money || /[一-鿿]/.test(source.replace(/\\text\{[^}]*\}/g, ""))
      ? undefined
      : { end: end(match), say: ` ${speakLatex(source, manner)} ` };
  }),
  markup("`", /(`+)(?!`)([\s\S]*?[^`])\1(?!`)/, (match) => ({
    end: end(match),
    inner: [match.index + (match[1] ?? "").length, end(match) - (match[1] ?? "").length],
  })),
  markup("!", /!\[([^\]]*)\](?:\([^)\n]*\)|\[[^\]]*\])/, (match, manner) => {
    const alt = match[1] ?? "";
    const name = manner === "en" ? "image" : manner === "zh" ? "图片" : "";
    return {
      end: end(match),
      say: alt === "" ? name : `${name}${name === "" ? "" : manner === "en" ? ": " : "："}${alt}`,
    };
  }),
  markup("[", /\[\^[^\]\s]{1,40}\]:?/, drop),
  markup("[", bracketEffect, (match) => ({ end: end(match), say: " " })),
  markup("[", /\[\/?(?:INST|SYS|CLS|SEP|PAD|MASK|UNK|BOS|EOS)\]/i, drop),
  markup("[", /\[((?:[^[\]]|\[[^[\]]*\])*)\]\((?:[^()\n]|\([^()\n]*\))*\)/, (match) => inner(match, 1)),
  markup("[", /(?:\[\d{1,3}\]){2,}/, drop),
  markup("[", /\[([^[\]]+)\]\[[^\]]*\]/, (match) => inner(match, 1)),
  markup("[", /\[\d{1,3}(?:[-,–]\s?\d{1,3})*\](?!\s?[=+(])/, (match) =>
    /(?:^|[A-Za-z]|(?:[Ss]ee|in|[Rr]ef|[Rr]eference|of|[Ii]tem|见|参见|文献|如|按|列表|数组|区间|集合|向量|坐标|序列|矩阵|元组|输[入出]|返回|结果|等于|范围|[是为在成取=:：])\s?)$/.test(
      match.input.slice(0, match.index),
    ) && !/[a-z]{3}$/.test(match.input.slice(0, match.index))
      ? undefined
      : drop(match),
  ),
  markup("*", /(?<=[\dA-Za-z)]\s)\*(?=\s[\dA-Za-z(])|(?<=\d)\*(?=\d)/, say("×")),
  markup("*", /\*+/, (match) => (isKey(match) ? undefined : drop(match))),
  markup("~", /~{2,}/, drop),
  markup("=", /==(?=[^\s=][^=\n]*==)|(?<=[^\s=])==(?=$|[\s，。！？,.!?一-鿿])/, drop),
  markup("_", /(?<=[A-Za-z0-9])_+(?=[A-Za-z0-9])/, (match) =>
    isSecret(match) ? undefined : { end: end(match), say: " " },
  ),
  markup("_", /_+/, (match) => (isSecret(match) ? undefined : drop(match))),
  markup("|", /(?<![\w|])\|(?!\s)([A-Za-z\d+−\-₀-₉²³.()√π ]{1,16})(?<!\s)\|(?![\w|])/, (match, manner) => ({
    end: end(match),
    say:
      manner === "zh"
        ? `${match[1]}的绝对值`
        : manner === "en"
          ? `the absolute value of ${match[1]}`
          : (match[1] ?? ""),
  })),
  markup("`|", /`+|\|+/, (match) => ({ end: end(match), say: match[0].startsWith("|") ? "，" : "" })),
  markup("#", /#(?=[一-鿿A-Za-z])|(?<=[一-鿿A-Za-z0-9 ])#(?=$|[\s，。！？,.!?])/, (match) =>
    /(?<![A-Za-z])[A-G]$/.test(match.input.slice(0, match.index)) ||
    isKey(match) ||
    isSecret(match) ||
    /[A-Za-z\d]#[一-鿿]/.test(match.input.slice(Math.max(0, match.index - 1), match.index + 2))
      ? undefined
      : drop(match),
  ),
];
