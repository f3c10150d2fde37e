import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createPipe } from "../../infra/stream/pipe.ts";
import { SynthesizeRequest } from "../../services/gen/duet/synthesize/v1/synthesize.ts";
import { readWritten } from "../../services/synthesize/wire.ts";
import { until } from "../support/until.ts";

describe("what a caller tells of its playback", () => {
  it("is taken among its text, and behind the end of that until the call is over", async () => {
    const messages = createPipe<SynthesizeRequest>({ capacity: 10 });
    const say = (part: NonNullable<SynthesizeRequest["part"]>) =>
      void messages.write(SynthesizeRequest.create({ part }));
    const hear = (segment: number, offset: number) => say({ $case: "played", value: { segment, offset } });
    const heard: string[] = [];
    const waits = { received() {} };
    const received = {
      characters: 0,
      firstTextAt: undefined,
      waits,
      played: ({ segment, offset }: { segment: number; offset: number }) => void heard.push(`${segment} ${offset}`),
    };
    hear(0, 0);
    say({ $case: "text", value: "Yes." });
    hear(0, 5);
    say({ $case: "end", value: {} });
    const written = readWritten(messages[Symbol.asyncIterator](), received, () => 0);
    assert.deepEqual(await Array.fromAsync(written), [{ text: "Yes." }], "the text ends, though the call goes on");
    assert.deepEqual(heard, ["0 0", "0 5"]);
    hear(1, 7);
    say({ $case: "text", value: "No." });
    hear(1, 8);
    await until("all is read", () => heard.length === 4);
    assert.deepEqual(heard.slice(2), ["1 7", "1 8"]);
    messages.fail(new Error("the caller has left"));
  });
});
