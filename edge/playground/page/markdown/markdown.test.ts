import assert from "node:assert/strict";
import fc from "fast-check";
import { test } from "vitest";
import { parseMarkdown } from "./blocks.ts";
import type { Block, Inline } from "./tree.ts";

// Writes a tree as a line of nested words, so that a test reads like a picture.
function draw(source: string, live = false): string {
  const inline = (piece: Inline): string => {
    switch (piece.kind) {
      case "text":
        return source.slice(piece.start, piece.end);
      case "break":
        return "⏎";
      case "code":
        return `code<${source.slice(piece.start, piece.end)}>`;
      case "link":
        return `link<${piece.children.map(inline).join("")}→${piece.href}>`;
      default:
        return `${piece.kind}<${piece.children.map(inline).join("")}>`;
    }
  };
  const inlines = (pieces: readonly Inline[]) => pieces.map(inline).join("");
  const block = (part: Block): string => {
    switch (part.kind) {
      case "paragraph":
        return `p<${inlines(part.inlines)}>`;
      case "heading":
        return `h${part.level}<${inlines(part.inlines)}>`;
      case "code":
        return `pre:${part.language}<${part.lines.map(({ start, end }) => source.slice(start, end)).join("⏎")}>`;
      case "list":
        return `${part.first === undefined ? "ul" : `ol${part.first}`}<${part.items.map((item) => `li<${item.map(block).join("")}>`).join("")}>`;
      case "quote":
        return `quote<${part.blocks.map(block).join("")}>`;
      case "table":
        return `table:${part.align.map((align) => align?.[0] ?? "-").join("")}<${part.rows.map((row) => row.map(inlines).join("|")).join("⏎")}>`;
      case "rule":
        return "hr";
    }
  };
  return parseMarkdown(source, live).map(block).join("");
}

for (const [source, expected] of [
  ["One\ntwo\n\nthree", "p<One⏎two>p<three>"],
  ["# A\n## B ##\n#no", "h1<A>h2<B>p<#no>"],
  ["a **b** c *d* `e*f*` ~~g~~", "p<a strong<b> c emphasis<d> code<e*f*> strike<g>>"],
  ["**两者**各有特点，**“重要”**的", "p<strong<两者>各有特点，strong<“重要”>的>"],
  ["***x*** and **a *b***", "p<strong<emphasis<x>> and strong<a emphasis<b>>>"],
  ["2 * 3 * 4, 2*3, snake_case_name, 5** ", "p<2 * 3 * 4, 2*3, snake_case_name, 5**>"],
  ["**2*3** and *really*", "p<strong<2*3> and emphasis<really>>"],
  ["\\*not\\* `a``b` ``c`d``", "p<*not* code<a``b> code<c`d>>"],
  ["[t](https://a.b/c_(d)) ![i](https://x.y/z.png)", "p<link<t→https://a.b/c_(d)> link<i→https://x.y/z.png>>"],
  ["[t](javascript:alert(1))", "p<t>"],
  [
    "see https://a.b/c?d=e. 见 https://a.b/路径，好",
    "p<see link<https://a.b/c?d=e→https://a.b/c?d=e>. 见 link<https://a.b/路径→https://a.b/路径>，好>",
  ],
  ["<b>x</b> & <script>", "p<<b>x</b> & <script>>"],
  ["- a\n- b\n  - c\n  - d\n- e", "ul<li<p<a>>li<p<b>ul<li<p<c>>li<p<d>>>>li<p<e>>>"],
  ["1. a\n   - b\n2. c\n\n3. d", "ol1<li<p<a>ul<li<p<b>>>>li<p<c>>li<p<d>>>"],
  ["1. **a**\n- b\n2. c", "ol1<li<p<strong<a>>>>ul<li<p<b>>>ol2<li<p<c>>>"],
  ["- a\n\n  more\n\nout", "ul<li<p<a>p<more>>>p<out>"],
  ["text\n- a\n- b", "p<text>ul<li<p<a>>li<p<b>>>"],
  ["```js\nlet a = **1**;\n\n  b\n```\nend", "pre:js<let a = **1**;⏎⏎  b>p<end>"],
  ["1. x\n   ```\n   y\n   ```", "ol1<li<p<x>pre:<y>>>"],
  ["> a\n> - b\n\nc", "quote<p<a>ul<li<p<b>>>>p<c>"],
  ["a\n\n---\n\nb", "p<a>hrp<b>"],
  [
    "| 套餐 | 月费 |\n|---|--:|\n| **轻享** | 29元 |\n| `a\\|b` | |\n\n后",
    "table:-r<套餐|月费⏎strong<轻享>|29元⏎code<a\\|b>|>p<后>",
  ],
  ["a | b\n---|:-:\nc | d", "table:-c<a|b⏎c|d>"],
  ["a | b\nno table", "p<a | b⏎no table>"],
] as const)
  test(`reads ${JSON.stringify(source)}`, () => assert.equal(draw(source), expected));

for (const [source, expected] of [
  ["so **imp", "p<so strong<imp>>"],
  ["so **", "p<so >"],
  ["run `npm st", "p<run code<npm st>>"],
  ["see [the docs](https://exa", "p<see the docs>"],
  ["list:\n-", "p<list:>"],
  ["list:\n- a\n1.", "p<list:>ul<li<p<a>>>"],
  ["| a | b", "table:<a|b>"],
  ["| a | b |\n|-", "table:-<a|b>"],
  ["| a | b |\n|---|---|\n| c", "table:--<a|b⏎c>"],
  ["``", ""],
  ["```py\nprint(", "pre:py<print(>"],
  ["a **b\n\nc", "p<a **b>p<c>"],
] as const)
  test(`shows while it is written ${JSON.stringify(source)}`, () => assert.equal(draw(source, true), expected));

const markdown = fc.array(
  fc.oneof(
    fc.constantFrom(
      "**",
      "*",
      "_",
      "`",
      "```",
      "\n",
      "\n\n",
      "- ",
      "1. ",
      "  ",
      "|",
      "|---|",
      "# ",
      "> ",
      "[",
      "](",
      ")",
      "\\",
      "~~",
      "https://a.b",
    ),
    fc.string({ unit: "grapheme", maxLength: 6 }),
  ),
  { maxLength: 40 },
);

test("any text: visible places come in order, inside the text, and none twice", () => {
  fc.assert(
    fc.property(markdown, fc.boolean(), (parts, live) => {
      const source = parts.join("");
      let place = 0;
      const visit = (start: number, end: number) => {
        assert.ok(start >= place && end >= start && end <= source.length, `${start}-${end} after ${place}`);
        place = end;
      };
      const inlines = (pieces: readonly Inline[]): void => {
        for (const piece of pieces) {
          if (piece.kind === "text" || piece.kind === "code") visit(piece.start, piece.end);
          else if (piece.kind !== "break") inlines(piece.children);
        }
      };
      const blocks = (parts: readonly Block[]): void => {
        for (const part of parts) {
          if (part.kind === "paragraph" || part.kind === "heading") inlines(part.inlines);
          else if (part.kind === "code") for (const { start, end } of part.lines) visit(start, end);
          else if (part.kind === "list") part.items.forEach(blocks);
          else if (part.kind === "quote") blocks(part.blocks);
          else if (part.kind === "table") for (const row of part.rows) row.forEach(inlines);
        }
      };
      blocks(parseMarkdown(source, live));
    }),
    { numRuns: 2000 },
  );
});

test("a text's letters are all shown, whatever its markup", () => {
  fc.assert(
    fc.property(markdown, (parts) => {
      const source = parts.filter((part) => !part.includes("https") && part !== "](").join("字");
      const letters = (text: string) => [...text].filter((character) => character === "字").length;
      // A word behind a code fence names the language and is not in the text.
      if (!source.includes("```")) assert.equal(letters(draw(source)), letters(source));
    }),
    { numRuns: 1000 },
  );
});
