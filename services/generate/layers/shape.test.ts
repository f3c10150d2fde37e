import assert from "node:assert/strict";
import { it } from "vitest";
import type { Constraint } from "../chat.ts";
import { misshapen } from "./shape.ts";

const person: Constraint = {
  type: "jsonSchema",
  schema: {
    type: "object",
    properties: { name: { type: "string" }, mail: { type: "string", format: "email" }, format: { enum: ["a", "b"] } },
    required: ["name"],
    additionalProperties: false,
  },
};
const regex = (pattern: string): Constraint => ({ type: "regex", pattern });

const rows: [what: string, text: string, constraint: Constraint, fits: boolean][] = [
  ["an object of the schema", '{"name":"Ada"}', person, true],
  ["a format, which is a remark", '{"name":"Ada","mail":"no address"}', person, true],
  ["a property that is called format", '{"name":"Ada","format":"c"}', person, false],
  ["a field that is missing", "{}", person, false],
  ["a field too many", '{"name":"Ada","age":3}', person, false],
  ["JSON that is cut", '{"name":"A', person, false],
  ["no JSON", "Ada", person, false],
  ["a keyword that the validator does not know", "7", { type: "jsonSchema", schema: { if: { const: 7 } } }, true],
  ["a whole match", "2026-08-17", regex("\\d{4}-\\d\\d-\\d\\d"), true],
  ["half a match", "on 2026-08-17", regex("\\d{4}-\\d\\d-\\d\\d"), false],
  ["a branch", "no way", regex("yes|no"), false],
  ["a pattern of another language", "x", regex("(?P<a>x)"), true],
  ["a pattern that takes forever", `${"a".repeat(50)}!`, regex("(a+)+b"), true],
  ["one of the choices", "yes", { type: "choice", options: ["yes", "no"] }, true],
  ["none of the choices", "Yes", { type: "choice", options: ["yes", "no"] }, false],
];
for (const [what, text, constraint, fits] of rows)
  it(`${fits ? "passes" : "finds"} ${what}`, () => assert.equal(misshapen(text, constraint) === undefined, fits));

it("says nothing of what was answered", () => {
  for (const [, text, constraint] of rows) assert.ok(!misshapen(text, constraint)?.includes("Ada"));
});
