import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "vitest";
import { createCodeTracker } from "./code.ts";

/** Whether a text ends inside code, told from the whole of it. */
function endsInCode(text: string): boolean {
  let open: { readonly run: string; readonly isBlock: boolean } | undefined;
  for (const { 0: found, index } of text.matchAll(/`+|~+|\n(?=[ \t\r]*\n)/g)) {
    if (found === "\n") {
      if (open?.isBlock === false) open = undefined;
      continue;
    }
    const isBlock = found.length >= 3 && /(?:^|\n)[ \t\r]*$/.test(text.slice(0, index));
    if (open === undefined) {
      if (found[0] === "`" || isBlock) open = { run: found, isBlock };
      continue;
    }
    // Behind the end of a block stands the end of its line, at least.
    const closes = open.isBlock
      ? isBlock && found.startsWith(open.run) && index + found.length < text.length
      : found === open.run;
    if (closes) open = undefined;
  }
  return open !== undefined;
}

function inside(...pieces: readonly string[]): boolean {
  const code = createCodeTracker();
  for (const piece of pieces) code.take(piece);
  return code.inside;
}

describe("code", () => {
  const rows: [text: string, isInside: boolean][] = [
    ["", false],
    ["a `b", true],
    ["a `b` c", false],
    ["a `b``c", true],
    ["a ``b`c", true],
    ["a ``b`c``", false],
    ["a `", true],
    ["a `b\nc", true],
    ["a `b\n\nc", false],
    ["a `b\n \t\r\nc", false],
    ["```\na\n\nb", true],
    ["```js\na\n```\n", false],
    ["```js\na\n`````\n", false],
    ["````\na\n```\n", true],
    ["```\na ```\nb", true],
    [" \t```\na", true],
    ["```\na\n~~~\nb", true],
    ["~~~\na", true],
    ["~~~\na\n~~~\n", false],
    ["~~a", false],
    ["a ~~~b", false],
    ["a ~~~", false],
    ["`~~~\n`", false],
    ["~`a", true],
  ];
  it.each(rows)("of %j: %s", (text, isInside) => {
    assert.equal(inside(text), isInside);
    assert.equal(endsInCode(text), isInside);
    assert.equal(inside(...text), isInside, "character by character");
  });

  it("is told of a text that comes in pieces as of the whole", () => {
    const parts = fc.array(fc.constantFrom("`", "``", "```", "````", "~", "~~~", "~~~~", "\n", " ", "\t", "\r", "a"), {
      maxLength: 14,
    });
    fc.assert(
      fc.property(parts, (pieces) => {
        assert.equal(inside(...pieces), endsInCode(pieces.join("")));
      }),
      { numRuns: 5000 },
    );
  });
});
