import assert from "node:assert/strict";
import { test } from "vitest";
import { minimalMatch } from "./regex.ts";
import { minimalJson } from "./structured.ts";

test("finds a text that a pattern matches", () => {
  for (const pattern of [
    "abc",
    "\\d{3}-\\d{4}",
    "(yes|no)",
    "[A-Z][a-z]+",
    "a?b*c+",
    "^(?:x|y){2,3}$",
    "[^a]\\w\\s\\.",
    "",
  ])
    assert.match(minimalMatch(pattern), new RegExp(`^(?:${pattern})$`), pattern);
});

test("says so if it finds none", () => {
  assert.throws(() => minimalMatch("(?=b)a"), /not supported/);
  assert.throws(() => minimalMatch("a)"), Error);
});

test("makes the smallest value of a schema", () => {
  assert.deepEqual(
    minimalJson({
      type: "object",
      properties: {
        name: { type: "string" },
        kind: { enum: ["a", "b"] },
        tags: { type: "array", items: { type: "boolean" }, minItems: 2 },
        size: { anyOf: [{ type: "number", minimum: 2 }, { type: "null" }] },
        more: { type: "string" },
      },
      required: ["name", "kind", "tags", "size"],
    }),
    { name: "a", kind: "a", tags: [true, true], size: 2 },
  );
  assert.deepEqual(minimalJson({ type: "object" }), {});
});
