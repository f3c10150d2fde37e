import assert from "node:assert/strict";
import fc from "fast-check";
import { test } from "vitest";
import { createCodePoints } from "./code-points.ts";

test("maps every code point of any text to its unit, however the text was cut", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme" })), (parts) => {
      const points = createCodePoints();
      for (const part of parts) points.append(part);
      const characters = [...parts.join("")];
      for (let index = 0; index <= characters.length; index++)
        assert.equal(points.toUnit(index), characters.slice(0, index).join("").length);
    }),
  );
});

test("stays inside the text", () => {
  const points = createCodePoints();
  points.append("a😀b");
  assert.equal(points.toUnit(99), 4);
});
