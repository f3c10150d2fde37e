import assert from "node:assert/strict";
import { PerformanceObserver } from "node:perf_hooks";
import { createServer } from "nice-grpc";
import { type TestContext, test } from "vitest";
import { createPipe } from "../../infra/stream/pipe.ts";
import {
  type DeepPartial,
  type Played,
  type SynthesizeRequest,
  type SynthesizeResponse,
  SynthesizeServiceDefinition,
} from "../../services/gen/duet/synthesize/v1/synthesize.ts";
import { startStack } from "../support/stack.ts";
import { until } from "../support/until.ts";
import { follow, openEdge } from "./edges.ts";

const rate = 8000;

/** How many bytes were written on each HTTP/2 stream that is closed on both sides. */
function watchStreams(context: TestContext): readonly number[] {
  const closed: number[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const { name, detail } of list.getEntries() as (PerformanceEntry & { detail?: { bytesWritten: number } })[])
      if (name === "Http2Stream") closed.push(detail?.bytesWritten ?? 0);
  });
  observer.observe({ entryTypes: ["http2"] });
  context.onTestFinished(() => observer.disconnect());
  return closed;
}

/** A voice that speaks two segments of two seconds at once, and ends only when it is told to; and what it was told. */
async function startVoice(context: TestContext) {
  const heard: string[] = [];
  const ending = createPipe<never>({ capacity: 1 });
  const format = { sampleRateHertz: rate, channelCount: 1 };
  const listen = async (requests: AsyncIterable<SynthesizeRequest>) => {
    for await (const { part } of requests) if (part?.$case === "played") heard.push(place(part.value));
    heard.push("closed");
  };
  const server = createServer();
  server.add(SynthesizeServiceDefinition, {
    listVoices: async () => ({ voices: [] }),
    getEngine: async () => ({}),
    async *synthesize(requests): AsyncGenerator<DeepPartial<SynthesizeResponse>> {
      void listen(requests);
      yield { event: { $case: "admitted", value: { voice: "v/v", format } } };
      for (const index of [0, 1]) {
        yield { event: { $case: "segment", value: { index, start: index, end: index + 1, spoken: "x" } } };
        yield { event: { $case: "audio", value: { segment: index, pcm: Buffer.alloc(4 * rate) } } };
        yield { event: { $case: "segmentDone", value: { segment: index, sampleCount: 2 * rate } } };
      }
      for await (const _ of ending);
      yield { event: { $case: "finished", value: { segmentCount: 2 } } };
    },
  });
  const port = await server.listen("127.0.0.1:0");
  context.onTestFinished(() => server.forceShutdown());
  return { url: `http://127.0.0.1:${port}`, heard, end: ending.end };
}

const place = ({ segment, offset }: Played) => `${segment} ${offset}`;

test("what a listener reports goes to the voice while it speaks, after the end of the text too, and the call ends with the speech", async (context) => {
  const closed = watchStreams(context);
  const stack = await startStack();
  context.onTestFinished(stack.close);
  const voice = await startVoice(context);
  const { client } = await openEdge(context, { ...stack, synthesize: { ...stack.synthesize, url: voice.url } });
  const turn = follow(client.converse({ text: "[[say:Yes.]]", sessionId: "s" }));
  await turn.has("segmentDone", 2);
  const report = (segment: number, offset: number) =>
    client.reportPlayback({ turnId: turn.turnId, played: { segment, offset } });
  await report(0, 4000);
  await until("the voice knows", () => voice.heard.includes("0 4000"));
  await report(1, 800);
  await until("the voice knows", () => voice.heard.includes("1 800"));
  assert.deepEqual(voice.heard, ["0 4000", "1 800"], "each once, and the call goes on");
  voice.end();
  await turn.ended;
  await until("the call is over", () => voice.heard.includes("closed"));
  // The voice's sound, and the same from the edge to its caller.
  await until("its stream is closed", () => closed.filter((bytes) => bytes > 8 * rate).length === 2);
});
