import assert from "node:assert/strict";
import { it } from "vitest";
import { shouldIgnore } from "./defaults.ts";

const empty = { type: "StringLiteral", value: "" };
const place = (parent: object, grandparent?: object) => ({
  node: empty,
  parent: { type: "", right: empty, ...parent },
  parentPath: { node: empty, parent: { type: "", ...grandparent }, parentPath: undefined },
});

it("leaves out the empty default of an item of a list, and no other default", () => {
  const given = { type: "AssignmentPattern" };
  assert.ok(shouldIgnore(place(given, { type: "ArrayPattern" })));
  assert.equal(shouldIgnore(place(given, { type: "ArrowFunctionExpression" })), undefined);
  const other = { ...empty, value: "a" };
  assert.equal(
    shouldIgnore({ ...place({ ...given, right: other }, { type: "ArrayPattern" }), node: other }),
    undefined,
  );
});

it("leaves out the empty text for an item that is not there, and none for a call that finds nothing", () => {
  const either = { type: "LogicalExpression", operator: "??" };
  const item = { type: "MemberExpression", computed: true };
  assert.ok(shouldIgnore(place({ ...either, left: item })));
  assert.equal(shouldIgnore(place({ ...either, operator: "||", left: item })), undefined);
  assert.equal(shouldIgnore(place({ ...either, left: { ...item, computed: false } })), undefined);
  assert.equal(shouldIgnore(place({ ...either, left: { type: "CallExpression" } })), undefined);
});
