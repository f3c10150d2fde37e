import assert from "node:assert/strict";
import { it } from "vitest";
import type { Chat, ChatRequest, Constraint, FinishReason } from "../chat.ts";
import { misshapen, schemaSteps } from "./misshapen.ts";
import { withShapes } from "./shapes.ts";

const person: Constraint = {
  type: "jsonSchema",
  schema: {
    type: "object",
    properties: { name: { type: "string" }, mail: { type: "string", format: "email" }, format: { enum: ["a", "b"] } },
    required: ["name"],
    additionalProperties: false,
  },
};
const ofPattern: Constraint = {
  type: "jsonSchema",
  schema: {
    type: "object",
    properties: { name: { type: "string", pattern: "^(a+)+$" }, pattern: { enum: ["a", "b"] } },
  },
};
const list: Constraint = {
  type: "jsonSchema",
  schema: {
    $ref: "#/$defs/list",
    $defs: {
      list: {
        type: "object",
        properties: { value: { type: "number" }, next: { $ref: "#/$defs/list" } },
        required: ["value"],
      },
    },
  },
};
const nested = (depth: number): object => JSON.parse(`${'{"not":'.repeat(depth)}{}${"}".repeat(depth)}`);
const fixed = (schema: object): Constraint => ({ type: "jsonSchema", schema });
const draft7 = "http://json-schema.org/draft-07/schema#";
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
  ["a part within a part that it refers to", '{"value":1,"next":{"value":2}}', list, true],
  ["a part that is not what it refers to", '{"value":1,"next":{}}', list, false],
  ["a reference to nothing", "7", { type: "jsonSchema", schema: { $ref: "#/$defs/none" } }, true],
  ["a schema nested deeper than the stack", "7", { type: "jsonSchema", schema: nested(10_000) }, true],
  ["a whole match", "2026-08-17", regex("\\d{4}-\\d\\d-\\d\\d"), true],
  ["half a match", "on 2026-08-17", regex("\\d{4}-\\d\\d-\\d\\d"), false],
  ["a branch", "no way", regex("yes|no"), false],
  ["a pattern of another language", "x", regex("(?P<a>x)"), true],
  ["half a match that would be looked for forever", `${"a".repeat(50)}!`, regex("(a+)+b"), false],
  ["a pattern that is too large", "a", regex(".{1000}".repeat(100)), true],
  ["a pattern that is too large by its least count", "a", regex(`(?:${"b".repeat(20)}){1000,}`), true],
  ["a pattern that is too large by its most count", "a", regex(`(?:${"b".repeat(20)}){1,1000}`), true],
  ["a repetition that is large", "a", regex("a{1000}"), false],
  ["repetitions that are too large together", "a", regex("a{1000}a{1000}"), true],
  ["repetitions of which the most are too large", "b", regex("a{1,1000}a{0,1000}"), true],
  ["repetitions without an end", "b", regex("a{900,}"), false],
  ["a text that is long", `${"a".repeat(90_000)}!`, regex("a*b"), false],
  ["a text that is too long", `${"a".repeat(900_000)}!`, regex("a*b"), true],
  ["lines", "a\nb", regex("a.b"), true],
  ["a value", '"x"', fixed({ const: "x" }), true],
  ["another value", '"y"', fixed({ const: "x" }), false],
  ["null", "null", fixed({ const: null }), true],
  ["a value among some", "2", fixed({ enum: [1, 2, null] }), true],
  ["a value not among some", "3", fixed({ enum: [1, 2, null] }), false],
  ["a value that is an object", '{"a":1}', fixed({ const: { a: 1 } }), true],
  ["a value that is a list", "[1]", fixed({ const: [1] }), true],
  ["an object among some", '{"a":1}', fixed({ enum: [1, { a: 1 }] }), true],
  ["a property whose value is an object", '{"x":{"a":1}}', fixed({ properties: { x: { const: { a: 1 } } } }), true],
  [
    "a property that is called const",
    '{"const":1}',
    fixed({ type: "object", properties: { const: { type: "string" } } }),
    false,
  ],
  ["a part of a list of parts", "7", fixed({ anyOf: [{ type: "string" }, { type: "boolean" }] }), false],
  [
    "a part that is called format",
    "7",
    fixed({ $ref: "#/$defs/format", $defs: { format: { type: "string" } } }),
    false,
  ],
  [
    "an old part that is called format",
    "7",
    fixed({ $schema: draft7, $ref: "#/definitions/format", definitions: { format: { type: "string" } } }),
    false,
  ],
  ["names by a pattern, which anything fits", '{"a":1}', fixed({ type: "string", patternProperties: {} }), true],
  [
    "a property that is called patternProperties",
    '{"patternProperties":1}',
    fixed({ type: "object", properties: { patternProperties: { type: "string" } } }),
    false,
  ],
  ["a reference into another document", "7", fixed({ $ref: "other.json#/a" }), true],
  ["a text that the pattern of a schema does not match", '{"name":"b"}', ofPattern, true],
  ["a property that is called pattern", '{"name":"Ada","pattern":"c"}', ofPattern, false],
  ["one of the choices", "yes", { type: "choice", options: ["yes", "no"] }, true],
  ["none of the choices", "Yes", { type: "choice", options: ["yes", "no"] }, false],
];
for (const [what, text, constraint, fits] of rows)
  it(`${fits ? "passes" : "finds"} ${what}`, () => assert.equal(misshapen(text, constraint) === undefined, fits));

const referred = { $ref: "#/$defs/a" };
const steps: [what: string, schema: object, steps: number][] = [
  ["nothing", {}, 1],
  ["parts within parts", { type: "object", properties: { a: { type: "string" }, b: {} } }, 1 + 1 + (1 + 2 + 1)],
  ["a list", { enum: [1, null, "a"] }, 1 + 1 + 3],
  ["a part that is referred to", { ...referred, $defs: { a: { type: "string" } } }, 1 + 1 + (1 + 2) + 2],
  [
    "a part that is referred to twice",
    { anyOf: [referred, referred], $defs: { a: { type: "string" } } },
    1 + (1 + 2 * (2 + 2)) + (1 + 2),
  ],
  ["the whole within itself", { properties: { a: { $ref: "#" } } }, Number.POSITIVE_INFINITY],
  ["the whole twice within itself", { properties: { a: { $ref: "#" }, b: { $ref: "#" } } }, Number.POSITIVE_INFINITY],
  ["a part within itself", { ...referred, $defs: { a: { not: referred } } }, Number.POSITIVE_INFINITY],
  ["a part that is not there", referred, Number.POSITIVE_INFINITY],
  ["a part of what is no part", { $ref: "#/type/a", type: "object" }, Number.POSITIVE_INFINITY],
  ["a part of another document", { $ref: "other.json#/a", a: {} }, Number.POSITIVE_INFINITY],
  ["a hundred parts, each in the one before", nested(100), 101],
  ["a hundred and one parts", nested(101), Number.POSITIVE_INFINITY],
  ["a name that is no reference", { properties: { $ref: { type: "string" } } }, 1 + 1 + 2],
];
it.each(steps)("counts the parts of a schema: %s", (_, schema, expected) =>
  assert.equal(schemaSteps(schema), expected),
);

const long = "a".repeat(100_000);
const refers = (depth: number) =>
  Object.fromEntries(
    Array.from({ length: depth }, (_, n) => {
      const next = { $ref: `#/$defs/d${n + 1}` };
      return [`d${n}`, n === depth - 1 ? { type: "number" } : { anyOf: [next, next] }];
    }),
  );
const hostile: [what: string, text: string, constraint: Constraint][] = [
  ["groups within groups", `${long}!`, regex("(a+)+b")],
  ["branches that overlap", `${long}!`, regex("(a|a)*b")],
  ["many stars", `${long}!`, regex(`${"a*".repeat(50)}b`)],
  ["a million steps", `${long}!`, regex("(?:.{30}){30}b")],
  ["a pattern that is written out to a million steps", long, regex(`(${"a".repeat(1_900)}){1000}`)],
  ["a pattern in a schema", JSON.stringify({ name: `${long}!` }), ofPattern],
  [
    "a pattern for names",
    JSON.stringify({ [`${long}!`]: 1 }),
    { type: "jsonSchema", schema: { type: "object", patternProperties: { "^(a+)+$": { type: "string" } } } },
  ],
  [
    "a schema that grows with each reference",
    '"a"',
    { type: "jsonSchema", schema: { $ref: "#/$defs/d0", $defs: refers(40) } },
  ],
];
for (const [what, text, constraint] of hostile)
  it(`holds nothing up for ${what}`, () => {
    // Of CPU: on a machine that is busy it waits for its turn, too.
    const began = process.cpuUsage();
    misshapen(text, constraint);
    const { user, system } = process.cpuUsage(began);
    assert.ok(user + system < 150_000, `${(user + system) / 1000} ms`);
  });

it("says how an answer is not what was asked for", () => {
  assert.match(misshapen("c", { type: "choice", options: ["a", "b"] }) ?? "", /none of the allowed texts/);
  assert.match(misshapen("c", regex("a|b")) ?? "", /does not match the pattern/);
  assert.match(misshapen("c", fixed({})) ?? "", /not JSON/);
  assert.match(misshapen("7", fixed({ type: "string" })) ?? "", /does not fit the schema/);
});

it("says nothing of what was answered", () => {
  for (const [, text, constraint] of rows) assert.ok(!misshapen(text, constraint)?.includes("Ada"));
});

/** The types of what reaches the caller of an answer in two deltas, and how it ended. */
async function reach(text: [string, string], reason: FinishReason, constraint: Constraint | undefined) {
  const chat: Chat = async function* () {
    for (const part of text) yield { type: "delta", text: part };
    yield { type: "finished", reason, usage: undefined };
  };
  const types: string[] = [];
  try {
    const request = { constraint } as ChatRequest;
    for await (const { type } of withShapes(chat)(request, new AbortController().signal)) types.push(type);
  } catch (error) {
    types.push((error as { fault: string }).fault);
  }
  return types.join(" ");
}

it("judges an answer as a whole, once it is complete, and only where a shape was asked for", async () => {
  assert.equal(await reach(["y", "es"], "stop", regex("yes|no")), "delta delta finished");
  assert.equal(await reach(["y", "ep"], "stop", regex("yes|no")), "delta delta misshapen");
  assert.equal(await reach(["y", "e"], "length", regex("yes|no")), "delta delta finished");
  assert.equal(await reach(["y", "ep"], "stop", undefined), "delta delta finished");
});
