import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "vitest";
import { type Stack, startStack } from "../support/stack.ts";
import { ask, rawProtocols } from "./leaving/ask.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());

describe("a deadline far ahead ends no turn", () => {
  const rows: [header: string, value: string, protocol: string][] = [
    ["connect-timeout-ms", "86400000", "json on HTTP/1"],
    ["connect-timeout-ms", "2147483647", "json on HTTP/1"],
    ["connect-timeout-ms", "2147483648", "connect+json on HTTP/1"],
    ["connect-timeout-ms", "9999999999", "connect+proto on HTTP/2"],
    ["grpc-timeout", "30H", "grpc on HTTP/2"],
    ["grpc-timeout", "99999999S", "grpc on HTTP/2"],
    ["grpc-timeout", "597H", "grpc-web+proto on HTTP/1"],
    ["grpc-timeout", "99999999H", "grpc on HTTP/2"],
  ];
  for (const [header, value, protocol] of rows)
    it(`${header}: ${value}, ${protocol}`, async () => {
      const asked = await ask(stack.url, rawProtocols[protocol] as (typeof rawProtocols)[string], "[[say:Soon.]]", {
        headers: { [header]: value },
      });
      const answer = await asked.ended;
      assert.ok(answer.includes("Soon."), "it is written");
      assert.doesNotMatch(answer, /DEADLINE|deadline/);
      asked.socket.destroy();
    });
});
