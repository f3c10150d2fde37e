import type { Manner } from "../language.ts";
import { append, type Mapped } from "../mapped.ts";
import { fileEndings, hostEndings, linkName, spellAddress } from "./address.ts";
import { bracketEffect, parenthesisEffect } from "./effects.ts";
import { speakLatex } from "./latex.ts";

/** What is said in place of something that is written, and where the rest goes on. Inner text is read on its own. */
type Found =
  | { readonly end: number; readonly say?: string; readonly inner?: readonly [start: number, end: number] }
  | undefined;

interface Markup {
  readonly starts: string;
  readonly pattern: RegExp;
  readonly act: (match: RegExpExecArray, manner: Manner) => Found;
}

const markup = (starts: string, pattern: RegExp, act: Markup["act"]): Markup => ({
  starts,
  pattern: pattern.sticky ? pattern : new RegExp(pattern.source, `${pattern.flags}y`),
  act,
});
const end = (match: RegExpExecArray): number => match.index + match[0].length;
const drop = (match: RegExpExecArray): Found => ({ end: end(match), say: "" });
const say =
  (text: string) =>
  (match: RegExpExecArray): Found => ({ end: end(match), say: text });
/** Reads the first group of the match, which starts `skip` characters into it. */
const inner = (match: RegExpExecArray, skip: number): Found => ({
  end: end(match),
  inner: [match.index + skip, match.index + skip + (match[1] ?? "").length],
});

const entities: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  ensp: " ",
  emsp: " ",
  copy: "©",
  reg: "",
  trade: "",
  mdash: "—",
  ndash: "–",
  hellip: "…",
  times: "×",
  divide: "÷",
  deg: "°",
  plusmn: "±",
  laquo: "«",
  raquo: "»",
  ldquo: "“",
  rdquo: "”",
  lsquo: "‘",
  rsquo: "’",
  middot: "·",
  bull: "",
  euro: "€",
  pound: "£",
  yen: "¥",
  cent: "¢",
  le: "≤",
  ge: "≥",
  ne: "≠",
  rarr: "→",
  larr: "",
  infin: "∞",
  frac12: "½",
  frac14: "¼",
  frac34: "¾",
  sup2: "²",
  sup3: "³",
  micro: "µ",
};

const blockTags = /^<\/?(?:br|p|div|li|ul|ol|tr|h[1-6]|hr|table|section|article|blockquote|td|th)\b/i;
const addressCharacters = String.raw`[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]`;
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

function web(match: RegExpExecArray, manner: Manner): Found {
  const text = match[0].replace(/[._~:?!,;'*)\]]+$/, "");
  return { end: match.index + text.length, say: ` ${linkName[manner] === "" ? text : linkName[manner]} ` };
}

/** Inline marks, tried in this order. */
const inline: readonly Markup[] = [
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
    /(?:^|[A-Za-z]|(?:[Ss]ee|in|[Rr]ef|[Rr]eference|of|[Ii]tem|见|参见|文献|如|按)\s?)$/.test(
      match.input.slice(0, match.index),
    ) && !/[a-z]{3}$/.test(match.input.slice(0, match.index))
      ? undefined
      : drop(match),
  ),
  markup("(（", parenthesisEffect, (match) => ({ end: end(match), say: " " })),
  markup("<", /<[|｜][^<>\n]{0,60}?[|｜]>/, (match) => ({ end: end(match), say: " " })),
  markup("<", /<\/?(?:s|unk|pad|bos|eos|mask|think|tool_call|end_of_turn|start_of_turn)>|<<\/?SYS>>/i, drop),
  markup("<", /<((?:https?:\/\/|mailto:)[^\s<>]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)>/, (match) => inner(match, 1)),
  markup("<", /<(script|style|rt|rp)\b[^<>]*>[^<]*<\/\1>/i, drop),
  markup("<", /<!--[\s\S]*?(?:-->|$)/, drop),
  markup("<", /<sup>([^<]*)<\/sup>/i, (match) => ({ end: end(match), say: `^${match[1] ?? ""}` })),
  markup(
    "<",
    /<\/?[A-Za-z][A-Za-z0-9:-]*(?:\s+[A-Za-z_:-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+)))*\s*\/?>/,
    (match) => ({ end: end(match), say: blockTags.test(match[0]) ? "\n" : "" }),
  ),
  // The name alone of a tag that is shown and not meant: &lt;div&gt;.
  markup("&", /&lt;\/?([A-Za-z][A-Za-z0-9-]*)(?:\s[^&\n]{0,80})?\s?\/?&gt;/, (match) =>
    inner(match, match[0].indexOf(match[1] ?? "", 4)),
  ),
  markup("&", /&(?:([A-Za-z][A-Za-z0-9]{1,8})|#(\d{1,6})|#x([0-9A-Fa-f]{1,5}));/, (match) => {
    const [, name, decimal, hex] = match;
    if (name !== undefined)
      return entities[name] === undefined ? undefined : { end: end(match), say: entities[name] ?? "" };
    return {
      end: end(match),
      say: String.fromCodePoint(
        Math.min(0x10ffff, decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal)),
      ).replace(/[#*_`[\]{}|\\]/, ""),
    };
  }),
  markup(
    letters,
    /(?<![A-Za-z0-9@])(?:mailto:)?([A-Za-z0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})(?![A-Za-z0-9])/,
    (match, manner) => ({ end: end(match), say: ` ${spellAddress(match[1] ?? "", manner)} ` }),
  ),
  markup(
    "0123456789",
    /(?<![A-Za-z0-9@.])[0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(?![A-Za-z0-9])/,
    (match, manner) => ({ end: end(match), say: ` ${spellAddress(match[0], manner)} ` }),
  ),
  markup(
    "hHwWfF",
    new RegExp(`(?<![A-Za-z0-9])(?:https?://|ftp://|www\\.(?=[A-Za-z0-9]))${addressCharacters}+`, "i"),
    web,
  ),
  markup(
    `${letters}0123456789`,
    new RegExp(
      `(?<![A-Za-z0-9@._-])(?:[A-Za-z0-9][A-Za-z0-9-]*\\.)+(?:${hostEndings})(?![A-Za-z0-9-]|\\.[A-Za-z])(?:/${addressCharacters}*)?`,
    ),
    (match, manner) => {
      const host = (match[0].split("/")[0] ?? "").toLowerCase();
      if (/^[a-z]\.[a-z]{2}$/.test(host)) return undefined;
      const rest = match[0].slice(host.length).replace(/[._~:?!,;'*)\]]+$/, "");
      return {
        end: match.index + host.length + rest.length,
        say: ` ${spellAddress(match[0].slice(0, host.length), manner)} `,
      };
    },
  ),
  markup(
    `${letters}0123456789_`,
    new RegExp(
      `(?<![A-Za-z0-9@._/-])(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*\\.(?:${fileEndings})(?![A-Za-z0-9_(-]|\\.[A-Za-z0-9])`,
    ),
    (match, manner) =>
      /^\d+\.\d/.test(match[0]) ? undefined : { end: end(match), say: ` ${spellAddress(match[0], manner)} ` },
  ),
  markup(
    ":;^T>X<",
    /(?<![A-Za-z0-9])(?:[:;]['’]?-?[)(DPpO3](?![A-Za-z0-9])|\^[_.o-]*\^|T[_.]T|>[_.]<|XD(?![A-Za-z])|<3(?!\d))/,
    drop,
  ),
  markup("(（", /[(（][^\w\s一-鿿]?[\^*・ω><;:_.oO≧≦╯°□￣▽´`∀]{2,12}[^\w\s一-鿿]?[)）][~～ノ/]?/, drop),
  markup("(（", /[(（](?=[^()（）]*[•ω▽≧≦╯°□￣´`∀；ˇ])[^()（）\s\w一-鿿]{3,14}[)）][وノ✧~～☆★♪/]{0,3}/, drop),
  markup(":", /(?<![\w:]):[a-z][a-z0-9_+-]{1,30}:(?![\w:])/, drop),
  markup("*", /(?<=[\dA-Za-z)]\s)\*(?=\s[\dA-Za-z(])|(?<=\d)\*(?=\d)/, say("×")),
  markup("*", /\*+/, drop),
  markup("~", /~{2,}/, drop),
  markup("=", /==(?=[^\s=][^=\n]*==)|(?<=[^\s=])==(?=$|[\s，。！？,.!?一-鿿])/, drop),
  markup("_", /(?<=[A-Za-z0-9])_+(?=[A-Za-z0-9])/, say(" ")),
  markup("_", /_+/, drop),
  markup("|", /(?<![\w|])\|([A-Za-z\d+−-]{1,8})\|(?![\w|])/, (match, manner) => ({
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
    /(?:(?<![A-Za-z])[A-G]|(?:[Pp]ress|[Dd]ial|[Hh]it|按|拨)\s?)$/.test(match.input.slice(0, match.index))
      ? undefined
      : drop(match),
  ),
];

const byStart = new Map<string, Markup[]>();
for (const entry of inline) for (const c of entry.starts) byStart.set(c, [...(byStart.get(c) ?? []), entry]);

/** Adds `[start, stop)` of a clause's text to `mapped` without its inline marks; `at` gives code points for UTF-16 units. */
export function readInline(
  text: string,
  start: number,
  stop: number,
  manner: Manner,
  mapped: Mapped,
  at: (unit: number) => number,
): void {
  let index = start;
  next: while (index < stop) {
    const c = text[index] ?? "";
    for (const { pattern, act } of byStart.get(c) ?? []) {
      pattern.lastIndex = index;
      const match = pattern.exec(text);
      if (match === null || end(match) > stop) continue;
      const found = act(match, manner);
      // What takes up nothing could be found for ever.
      if (found === undefined || found.end <= index) continue;
      if (found.inner !== undefined) readInline(text, found.inner[0], found.inner[1], manner, mapped, at);
      else append(mapped, found.say ?? "", at(index), at(found.end));
      index = found.end;
      continue next;
    }
    append(mapped, c, at(index), at(index + 1));
    index++;
  }
}
