/** Each limit of a call to Synthesize from both sides: what is just allowed, and what is one more. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { InvalidRequestError } from "../../services/common/errors/request-error.ts";
import { Config, type DeepPartial, type SynthesizeRequest } from "../../services/gen/duet/synthesize/v1/synthesize.ts";
import { readConfig, readWritten } from "../../services/synthesize/wire.ts";

const configured = (fields: DeepPartial<Config>): SynthesizeRequest => ({
  part: { $case: "config", value: Config.fromPartial(fields) },
});
const text = (value: string): SynthesizeRequest => ({ part: { $case: "text", value } });
const flush: SynthesizeRequest = { part: { $case: "flush", value: {} } };
const end: SynthesizeRequest = { part: { $case: "end", value: {} } };

const refusal = (field: string) => (error: unknown) =>
  error instanceof InvalidRequestError && error.violations.map((one) => one.field).join() === field;

/** What is read of messages, and how much of it. */
async function read(...messages: SynthesizeRequest[]) {
  const received = {
    characters: 0,
    firstTextAt: undefined as number | undefined,
    waits: { received() {} },
    played() {},
  };
  async function* sent() {
    yield* messages;
  }
  let now = 5;
  const written = await Array.fromAsync(readWritten(sent(), received, () => now++));
  return { written, ...received };
}

describe("the first message", () => {
  // A character outside the basic plane counts as one.
  const long = (count: number) => "😀".repeat(count);
  const rows: readonly (readonly [field: string, allowed: DeepPartial<Config>, refused: DeepPartial<Config>])[] = [
    ["config.language", { language: "zh-Hans" }, { language: "Chinese?" }],
    ["config.question_language", { questionLanguage: "" }, { questionLanguage: "?" }],
    ["config.openings", { openings: Array(32).fill("x") }, { openings: Array(33).fill("x") }],
    ["config.openings[1]", { openings: ["x", long(100)] }, { openings: ["x", long(101)] }],
  ];
  for (const [field, allowed, refused] of rows)
    it(`is refused for ${field}, and not for less`, () => {
      assert.ok(readConfig({ done: false, value: configured(allowed) }));
      assert.throws(() => readConfig({ done: false, value: configured(refused) }), refusal(field));
    });

  it("is how to speak, and nothing else", () => {
    assert.throws(() => readConfig({ done: true, value: undefined }), refusal("config"));
    assert.throws(() => readConfig({ done: false, value: text("x") }), refusal("config"));
  });
});

describe("the messages after it", () => {
  it("hold 64 KiB of UTF-8 at most, each", async () => {
    // 21,845 of three bytes each are a byte less.
    const most = `${"好".repeat(21_845)}a`;
    assert.equal((await read(text(most))).characters, 21_846);
    await assert.rejects(read(text(`${most}a`)), refusal("text"));
  });

  it("hold 200,000 characters at most together, be they outside the basic plane", async () => {
    const fifth = () => text("a".repeat(40_000));
    const most = [...Array.from({ length: 4 }, fifth), text("a".repeat(39_999)), text("😀")];
    assert.equal((await read(...most)).characters, 200_000);
    await assert.rejects(read(...most, text("a")), refusal("text"));
    assert.equal((await read(...most, text(""))).characters, 200_000);
  });

  it("end with the end, and say when the first text came", async () => {
    const { written, characters, firstTextAt } = await read(flush, text("a"), text("b"), flush, end, text("c"));
    assert.deepEqual(written, ["flush", { text: "a" }, { text: "b" }, "flush"]);
    assert.deepEqual([characters, firstTextAt], [2, 5]);
    assert.equal((await read(flush)).firstTextAt, undefined);
  });

  it("are no second config, and not empty", async () => {
    await assert.rejects(read(configured({})), refusal("config"));
    await assert.rejects(read({ part: undefined }), refusal("part"));
  });
});
