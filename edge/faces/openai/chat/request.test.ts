import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { requestLimits as limits } from "../../../rpc/request/limits.ts";
import { readBody } from "../read.ts";
import { chatBody } from "./request.ts";

const times = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item);
const user = { role: "user", content: "Hello." };
const asked = (more: object) => ({ model: "duet", messages: [user], ...more });
const read = (body: object) => readBody(chatBody, body);
const faultOf = (body: object): string => {
  try {
    read(body);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
};

describe("a body that is wrong in many places is refused as fast as one that is wrong once", () => {
  const bad = times(1_900, { a: 1 });
  const rows: [what: string, body: object][] = [
    ["messages", asked({ messages: times(300_000, { a: 1 }) })],
    ["messages within their bound", asked({ messages: times(limits.historyMessages, { a: 1 }) })],
    ["parts", asked({ messages: [{ role: "user", content: times(300_000, { a: 1 }) }] })],
    ["parts of many messages", asked({ messages: times(200, { role: "user", content: bad.slice(0, 1_000) }) })],
    [
      "calls",
      asked({
        messages: times(200, { role: "assistant", content: bad.slice(0, 1_000), tool_calls: bad.slice(0, 120) }),
      }),
    ],
    ["tools", asked({ tools: times(300_000, 1) })],
    ["stops", asked({ stop: times(1_000_000, 1) })],
    ["choices", asked({ response_format: { type: "choice", choice: times(1_000_000, 1) } })],
  ];
  for (const [what, body] of rows)
    it(what, () => {
      const began = performance.now();
      assert.notEqual(faultOf(body), "");
      const tookMs = performance.now() - began;
      assert.ok(tookMs < 1_000, `${tookMs} ms`);
    });
});

describe("what Converse does not take is not taken here", () => {
  const long = (characters: number) => "a".repeat(characters);
  const rows: [what: string, most: object, more: object, param: RegExp][] = [
    ["messages", { messages: times(202, user) }, { messages: times(203, user) }, /^messages/],
    [
      "a message",
      { messages: [{ ...user, content: long(32_000) }] },
      { messages: [{ ...user, content: long(32_001) }] },
      /^messages\[0\]\.content/,
    ],
    [
      "a message, whose characters may be two units each",
      { messages: [{ ...user, content: "😀".repeat(32_000) }] },
      { messages: [{ ...user, content: "😀".repeat(32_001) }] },
      /^messages\[0\]\.content/,
    ],
    [
      "instructions, all together",
      { messages: [...times(2, { role: "system", content: long(16_000) }), user] },
      { messages: [...times(2, { role: "developer", content: long(16_001) }), user] },
      /^messages/,
    ],
    ["tokens", { max_tokens: 8_192 }, { max_tokens: 8_193 }, /^max_tokens/],
    ["stops", { stop: times(4, "a") }, { stop: times(5, "a") }, /^stop/],
    [
      "a schema",
      { response_format: { type: "json_schema", json_schema: { schema: { title: long(31_000) } } } },
      { response_format: { type: "json_schema", json_schema: { schema: { title: long(32_000) } } } },
      /^response_format\.json_schema\.schema/,
    ],
    [
      "a tool",
      { tools: [{ type: "function", function: { name: "f", parameters: { title: long(31_000) } } }] },
      { tools: [{ type: "function", function: { name: "f", parameters: { title: long(32_000) } } }] },
      /^tools\[0\]/,
    ],
  ];
  for (const [what, most, more, param] of rows)
    it(what, () => {
      assert.equal(faultOf(asked(most)), "");
      assert.match(faultOf(asked(more)), param);
    });
});

it("what is wrong first is told with its path", () => {
  assert.match(
    faultOf(asked({ messages: [user, { role: "tool", content: "x" }] })),
    /^messages\[1\]\.tool_call_id must be a string, but is missing/,
  );
  assert.match(faultOf(asked({ messages: [] })), /^messages must hold/);
  assert.match(faultOf({ model: "duet" }), /^messages must be a list, but is missing/);
});
