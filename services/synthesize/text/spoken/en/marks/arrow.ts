import { after, before, type Rule, rule } from "../../rule.ts";
import { cardinal } from "../number.ts";

/** Rules for arrows, stars and check marks. */
export const arrowRules: readonly Rule[] = [
  rule("limit of a letter", "→", /→(?=\s?[-−+]?(?:∞|\d|[a-z](?![A-Za-z])|π))/, (_match, place) =>
    /(?<![A-Za-z])[a-zA-Z]\s?$/.test(before(place, 4)) && !/[A-Z]\s?$/.test(before(place, 2))
      ? "approaches"
      : undefined,
  ),
  rule("product of a reaction", "→⟶⇌", /[→⟶⇌](?=\s?\d*\s?[A-Z])/, (_match, place) =>
    /(?:[A-Z][a-z]?[₀-₉⁺⁻\d]*\)?|\([a-z]{1,2}\))\s?$/.test(before(place, 10)) && /[₀-₉+]/.test(before(place, 24))
      ? "yields"
      : undefined,
  ),
  rule("reaction arrow typed with hyphens", "-", /-+>(?=\s?\d*\s?[A-Z])/, (match, place) =>
    /(?:[A-Z][a-z]?\d{0,2}\)?\d?)\s?$/.test(before(place, 8)) &&
    /[A-Z][a-z]?\d/.test(before(place, 24)) &&
    /^\s?\d*(?:[A-Z][a-z]?\d{0,2}){2,}/.test(after(match, 14))
      ? "yields"
      : undefined,
  ),
  rule("rise or fall shown by an arrow before a number", "↑↓▲▼⬆⬇", /[↑↓▲▼⬆⬇]\uFE0F?(?=\s?[-+]?[$€£]?\d)/, ([sign]) =>
    "↑▲⬆".includes(sign[0] ?? "") ? "up" : "down",
  ),
  rule(
    "arrow of a gas or precipitate in a reaction",
    "↑↓",
    /(?<=[A-Za-z₀-₉\d)])[↑↓](?=$|[\s,.;+，。])/,
    (_match, place) => (/(?:=|→|⟶|->)[^,.;]*$/.test(before(place, 30)) ? "" : undefined),
  ),
  rule(
    "arrow key after a word such as press",
    "↑↓←→",
    /(?<=\b(?:[Pp]ress|[Hh]it|[Uu]se|the|or|and|[Tt]ap|[Kk]eys?)\s(?:the\s)?)[↑↓←→]/,
    ([sign]) => `${({ "↑": "up", "↓": "down", "←": "left", "→": "right" } as Record<string, string>)[sign]} arrow`,
  ),
  rule("direction of an arrow", "↑↓▲▼⬆⬇", /[↑↓▲▼⬆⬇]/, ([sign], place) =>
    /[\w%)]\s?$/.test(before(place, 2)) ? ("↑▲⬆".includes(sign) ? "up" : "down") : undefined,
  ),
  rule("stars in a row", "★", /(★+)(☆*)/, (match, place) => {
    const [, full = "", empty = ""] = match;
    if (/\d\s?$/.test(before(place, 2)))
      return /^\s(?:hotel|rating|review|restaurant|resort|experience|service)/.test(after(match)) ||
        /^1\s?$/.test(before(place, 2).trim())
        ? "star"
        : "stars";
    const count = full.length;
    return empty === ""
      ? `${cardinal(String(count))} ${count === 1 ? "star" : "stars"}`
      : `${cardinal(String(count))} out of ${cardinal(String(count + empty.length))} stars`;
  }),
  rule(
    "check mark after an item",
    "✓✔☑✅",
    /(?<=[A-Za-z\d)][:\s]\s?)[✓✔☑✅]\uFE0F?(?=\s*(?:$|[,.;|)]))|^[✓✔☑✅]\uFE0F?(?=\s*$)/,
    "yes",
  ),
  rule(
    "cross mark after an item",
    "✗✘❌✕",
    /(?<=[A-Za-z\d)][:\s]\s?)[✗✘❌✕]\uFE0F?(?=\s*(?:$|[,.;|)]))|^[✗✘❌✕]\uFE0F?(?=\s*$)/,
    "no",
  ),
];
