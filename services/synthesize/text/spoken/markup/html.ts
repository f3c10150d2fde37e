import { drop, end, inner, isInCode, type Markup, markup } from "./mark.ts";

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

/** The kinds of markup for HTML tags, character references, and control tokens of language models. */
export const htmlMarks: readonly Markup[] = [
  markup("<", /<[|｜][^<>\n]{0,60}?[|｜]>/, (match) => ({ end: end(match), say: " " })),
  markup("<", /<\/?(?:s|unk|pad|bos|eos|mask|think|tool_call|end_of_turn|start_of_turn)>|<<\/?SYS>>/i, drop),
  markup("<", /<((?:https?:\/\/|mailto:)[^\s<>]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)>/, (match) => inner(match, 1)),
  markup("<", /<(script|style|rt|rp)\b[^<>]*>[^<]*<\/\1>/i, drop),
  markup("<", /<!--[\s\S]*?(?:-->|$)/, drop),
  markup("<", /<sup>([^<]*)<\/sup>/i, (match) => ({ end: end(match), say: `^${match[1] ?? ""}` })),
  // The name of a tag or type in angle brackets is spoken only in code: `<div>`, `List<String>`.
  markup("<", /<\/?([A-Za-z](?:[\w, .[\]?-]{0,60}|[\w-]*\s[^<>`\n]*=[^<>`\n]{1,60}))\s?\/?>+/, (match) => {
    const names = match[1] ?? "";
    return isInCode(match)
      ? {
          end: end(match),
          say: ` ${(names.includes("=") ? names.replace(/\s.*/, "") : names).replace(/[^\w.]+/g, " ")} `,
        }
      : undefined;
  }),
  markup(
    "<",
    /<\/?[A-Za-z][A-Za-z0-9:-]*(?:\s+[A-Za-z_:-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+)))*\s*\/?>/,
    (match) => ({ end: end(match), say: blockTags.test(match[0]) ? "\n" : "" }),
  ),
  // A tag that is displayed literally (`&lt;div&gt;`) is read by its name.
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
];
