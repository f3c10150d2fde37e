import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "vitest";
import type { ChatMessage } from "../../chat.ts";
import { shapeMessages, toWire } from "./messages.ts";

/** A conversation, one character for each role: `s:Be brief.|u:Hi.` */
const parse = (text: string): ChatMessage[] =>
  text === ""
    ? []
    : text.split("|").map((part) => {
        const role = { s: "system", u: "user", a: "assistant", t: "tool" } as const;
        return { role: role[part[0] as keyof typeof role], content: part.slice(2) };
      });
const tell = (messages: readonly ChatMessage[]) =>
  messages.map(({ role, content, toolCalls }) => `${role[0]}:${toolCalls ? "(calls)" : ""}${content}`).join("|");
const calls = [{ id: "c", name: "get", arguments: "{}" }];

describe("a conversation for strict templates", () => {
  const rows: [what: string, given: string, shaped: string, folded?: string][] = [
    ["stays as it is", "s:S|u:A|a:B|u:C", "s:S|u:A|a:B|u:C", "u:S\n\nA|a:B|u:C"],
    [
      "has neighbours of one role joined",
      "s:S|s:T|u:A|u:B|a:C|a:D|u:E",
      "s:S\n\nT|u:A\n\nB|a:C\n\nD|u:E",
      "u:S\n\nT\n\nA\n\nB|a:C\n\nD|u:E",
    ],
    ["has no blank messages", "u:A|a: \n|u:B|u:", "u:A\n\nB"],
    ["is continued in its last message", "u:A|a:B|a:C", "u:A|a:B|a:C"],
    ["is continued in its last message, be it empty", "u:A|a:", "u:A|a:"],
    [
      "has all instructions in its first question",
      "u:A|s:S|a:B|s:T|u:C",
      "u:A|s:S|a:B|s:T|u:C",
      "u:S\n\nT\n\nA|a:B|u:C",
    ],
    ["has instructions before an answer that is continued", "s:S|a:B", "s:S|a:B", "u:S|a:B"],
    ["has instructions before the first answer", "s:S|a:B|u:C", "s:S|a:B|u:C", "u:S|a:B|u:C"],
    ["is its last message, where all are blank", "u: |u:\n", "u:\n"],
    ["keeps the results of tools apart", "u:A|t:1|t:2|u:B", "u:A|t:1|t:2|u:B"],
    ["keeps results that are empty", "u:A|t:|u:B", "u:A|t:|u:B"],
  ];
  it.each(rows)("%s", (_, given, shaped, folded = shaped) => {
    assert.equal(tell(shapeMessages(parse(given), false)), shaped);
    assert.equal(tell(shapeMessages(parse(given), true)), folded);
  });

  it("keeps messages that make calls apart, and without words too", () => {
    const [question, one, two, result] = parse("u:A|a:|a:B|t:1") as [
      ChatMessage,
      ChatMessage,
      ChatMessage,
      ChatMessage,
    ];
    const messages = [question, { ...one, toolCalls: calls }, two, { ...two, toolCalls: calls }, result];
    assert.equal(tell(shapeMessages(messages, false)), "u:A|a:(calls)|a:B|a:(calls)B|t:1");
  });

  it("takes turns in the end, with every word in its order", () => {
    const message = fc.record({
      role: fc.constantFrom("system" as const, "user" as const, "assistant" as const),
      content: fc.constantFrom("", " ", "a", "b", "c"),
    });
    fc.assert(
      fc.property(fc.array(message, { minLength: 1, maxLength: 8 }), fc.boolean(), (messages, fold) => {
        const shaped = shapeMessages(messages, fold);
        const words = (some: readonly ChatMessage[]) => some.map(({ content }) => content.replace(/\s/g, "")).join("");
        const isSystem = ({ role }: ChatMessage) => role === "system";
        if (!fold) assert.equal(words(shaped), words(messages));
        else if (shaped.length > 1)
          assert.equal(words(shaped), words([...messages.filter(isSystem), ...messages.filter((m) => !isSystem(m))]));
        assert.ok(!fold || shaped.length === 1 || !shaped.some(isSystem));
        // The last may continue an answer.
        for (const [at, { role, content }] of shaped.entries())
          if (at > 0 && at < shaped.length - 1) assert.ok(role !== shaped[at - 1]?.role && content.trim() !== "");
      }),
    );
  });
});

describe("a message on the wire", () => {
  const rows: [what: string, message: ChatMessage, wire: object][] = [
    ["words", { role: "user", content: "Hi." }, { role: "user", content: "Hi." }],
    ["no words", { role: "user", content: "" }, { role: "user", content: "" }],
    ["a result", { role: "tool", content: "1", toolCallId: "c" }, { role: "tool", content: "1", tool_call_id: "c" }],
    [
      "calls alone",
      { role: "assistant", content: "", toolCalls: calls },
      {
        role: "assistant",
        content: null,
        tool_calls: [{ id: "c", type: "function", function: { name: "get", arguments: "{}" } }],
      },
    ],
    [
      "calls and words",
      { role: "assistant", content: "Wait.", toolCalls: [] },
      { role: "assistant", content: "Wait.", tool_calls: [] },
    ],
  ];
  it.each(rows)("has %s", (_, message, wire) => assert.deepEqual(toWire(message), wire));
});
