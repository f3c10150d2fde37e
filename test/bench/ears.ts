/**
 * From the end of speech to the first sound of the answer, on stand-ins: where the time goes, and how much of it is
 * Duet's own.
 *
 *     node test/bench/ears.ts
 *
 * A question is spoken by espeak-ng. The page waits for a pause before it takes it for ended: `endpoint` is that wait,
 * and no work. Two ways follow: `audio` sends the recording to Converse at 300 ms of silence; `ahead` has it written
 * down by Transcribe at 240 ms, while the pause goes on, and asks by its text at 300 ms. `transcript`, `first token`
 * and `first sound` follow each other, as the edge's ledger has them; `line` is what is left until the caller has the
 * sound. Each is told as p50/p99 in ms with the stand-ins at the pace of their engines, then with stand-ins that take
 * no time: what is left is Duet's own, and the work of the stand-ins themselves. The ear's own part is the transcript
 * without the recognizer's time, from the request on: it may take 15 ms.
 */
import { loadavg } from "node:os";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { type ConverseRequestSchema, InputEncoding } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { startEarsTwin } from "../../infra/twins/transcribe/server.ts";
import * as sounds from "../ears/sounds.ts";
import { createGrpcClient } from "../support/callers.ts";
import { percentile } from "../support/load.ts";
import { startStack } from "../support/stack.ts";

const turns = 40;
const warmUp = 4;
const mostOwnMs = 15;
// When the page asks for a transcript, and when it takes the question for ended.
const [askedAfterMs, endedAfterMs] = [240, 300];

const question = "What is Duet?";
const voice = await sounds.createVoice();
if (voice === undefined) throw new Error("espeak-ng is not installed");
const recording = sounds.join(sounds.silence(0.5), voice(question), sounds.silence(endedAfterMs / 1000));
const audio = {
  data: new Uint8Array(Buffer.from(recording.buffer)),
  encoding: InputEncoding.PCM_S16LE,
  sampleRateHertz: sounds.rate,
};

type Client = ReturnType<typeof createGrpcClient>["client"];
type Parts = Readonly<Record<"endpoint" | "transcript" | "first token" | "first sound" | "line", number>>;

/** Asks, stops once the first sound is there, and reads where the time went. */
async function ask(client: Client, request: MessageInitShape<typeof ConverseRequestSchema>) {
  const askedAt = performance.now();
  let [turnId, heardMs] = ["", 0];
  for await (const { event } of client.converse(request)) {
    if (event.case === "started") turnId = event.value.turnId;
    if (event.case === "audio" && heardMs === 0) {
      heardMs = performance.now() - askedAt;
      await client.interrupt({ turnId });
    }
    if (event.case !== "finished") continue;
    const { transcriptMs = 0, firstTextMs = 0, firstAudioMs = 0 } = event.value.timings ?? {};
    return { transcriptMs, firstTextMs, firstAudioMs, heardMs };
  }
  throw new Error("the turn has no end");
}

const ways: Record<string, (client: Client) => Promise<Parts>> = {
  async audio(client) {
    const { transcriptMs, firstTextMs, firstAudioMs, heardMs } = await ask(client, { audio });
    return {
      endpoint: endedAfterMs,
      transcript: transcriptMs,
      "first token": firstTextMs - transcriptMs,
      "first sound": firstAudioMs - firstTextMs,
      line: heardMs - firstAudioMs,
    };
  },
  async ahead(client) {
    const askedAt = performance.now();
    const { text } = await client.transcribe({ audio });
    const transcript = performance.now() - askedAt;
    const { firstTextMs, firstAudioMs, heardMs } = await ask(client, { text });
    const endpoint = Math.max(askedAfterMs, endedAfterMs - transcript);
    const [token, sound] = [firstTextMs, firstAudioMs - firstTextMs];
    return { endpoint, transcript, "first token": token, "first sound": sound, line: heardMs - firstAudioMs };
  },
};

/** All of a way's turns, with stand-ins at a pace. */
async function measure(timeScale: number): Promise<Map<string, Parts[]>> {
  const twin = await startEarsTwin({ timeScale, says: [question], faults: false });
  const how = { apiKey: undefined, kind: "auto", model: undefined, language: undefined, stream: false };
  const transcribe = { ...how, url: [twin.url], timeoutMs: 10_000, maxAtOnce: 8 };
  const stack = await startStack({ timeScale, edge: { transcribe } });
  const { client, close } = createGrpcClient(stack.url);
  const measured = new Map<string, Parts[]>(Object.keys(ways).map((way) => [way, []]));
  try {
    for (let turn = 0; turn < turns + warmUp; turn++)
      for (const [way, take] of Object.entries(ways)) {
        const parts = await take(client);
        if (turn >= warmUp) measured.get(way)?.push(parts);
      }
  } finally {
    close();
    await stack.close();
    await twin.close();
  }
  return measured;
}

const tell = (values: readonly number[]) => [0.5, 0.99].map((at) => percentile(values, at).toFixed(1)).join("/");
const write = (line: string) => process.stdout.write(`${line}\n`);

for (const [what, timeScale] of [
  ["at the pace of engines", 1],
  ["without a wait", 0],
] as const)
  for (const [way, all] of await measure(timeScale)) {
    const waits = timeScale === 0 ? 0 : 1;
    const parts = (Object.keys(all[0] as Parts) as (keyof Parts)[]).filter(
      (part) => waits === 1 || part !== "endpoint",
    );
    const each = parts.map((part) => `${part} ${tell(all.map((one) => one[part]))}`).join("  ");
    const whole = all.map((one) => parts.reduce((sum, part) => sum + one[part], 0));
    write(`${way.padEnd(5)} ${what}: ${each}  in all ${tell(whole)}`);
    // What is written down ahead is measured by its caller, line and all, and hidden in the pause.
    if (timeScale !== 0 || way !== "audio") continue;
    const ear = percentile(
      all.map(({ transcript }) => transcript),
      0.5,
    );
    const verdict = ear <= mostOwnMs ? "holds" : "does not hold";
    write(`the ear's own part is ${ear.toFixed(1)} ms (p50), of ${mostOwnMs} that it may take: ${verdict}`);
  }
write(`load average ${loadavg()[0]?.toFixed(1)}`);
