import assert from "node:assert/strict";
import { create } from "@bufbuild/protobuf";
import { it } from "vitest";
import { Failure } from "../errors.ts";
import { ConverseRequestSchema, MessageSchema } from "../gen/duet/assistant/v1/assistant_pb.ts";
import { checkConverse } from "./validate.ts";

const empty = create(MessageSchema);

for (const [what, fields] of [
  ["a million messages without a word", { history: Array.from({ length: 1_000_000 }, () => empty) }],
  ["a million stops", { stop: Array.from({ length: 1_000_000 }, () => "") }],
  [
    "a million paths",
    {
      constraint: {
        shape: { case: "jsonSchema", value: "{}" } as const,
        spoken: Array.from({ length: 1_000_000 }, () => ""),
      },
    },
  ],
] as const)
  it(`what is wrong with ${what} is told in a few words`, () => {
    assert.throws(
      () => checkConverse(create(ConverseRequestSchema, { text: "Yes?", ...fields })),
      (error) => error instanceof Failure && (error.details.fields?.length ?? 99) <= 10 && error.message.length < 2_000,
    );
  });
