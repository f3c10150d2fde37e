/**
 * What a distance between edge and services costs, and whether 16 streams keep up with real time over it: 0, 20 and 100
 * ms of round trip.
 *
 *     node test/bench/link.ts
 *
 * For each round trip: when a lone Converse turn was admitted and first heard (`Timings` of `finished`, in
 * milliseconds), and when one was admitted after its connections were idle for 11 s. Then 16 Speak turns at once: the
 * same two times; how far what was received was ahead of what was played at least, if playback starts with the first
 * sound, and how often it ran dry; the bytes that were on their way back from Synthesize at most. The engines'
 * stand-ins work in real time, with a Fish worker for each turn that speaks four times as fast as one listens. How late
 * this machine's timers were tells whether the machine is what was measured: run it on one that is idle.
 */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import type { Timings } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { spokenSeconds, toneSpeaker } from "../../infra/twins/sound/speaker.ts";
import { createGrpcClient } from "../support/callers.ts";
import { checkTurn, type Event } from "../support/events.ts";
import { startStack } from "../support/stack.ts";

const streams = 16;
const aloneTurns = 5;
const idleMs = 11_000;
const sentence = "Here is a sentence of an ordinary length, as an assistant would say it to somebody who listens. ";
const question = `[[say:${sentence.trim()}]]`;
// One tone for all, made before: making 16 at once would keep this process busy while it is to relay.
const tone = toneSpeaker.speak("a".repeat(600), "", 40);
const speaker = { speak: (text: string) => tone.subarray(0, Math.round(spokenSeconds(text) * 44_100)) };
const fish = { speaker, cost: { startMs: 45, realTimeFactor: 1 / 4 } };
const speech = sentence.repeat(4).trim();

/** How a listener who starts to play with the first sound would fare. */
interface Listening {
  readonly timings: Timings;
  readonly audioSeconds: number;
  /** The least that was there and not yet played, when more came. */
  readonly leadSeconds: number;
  /** How often more came after all before it had been played. */
  readonly underruns: number;
}

async function listen(source: AsyncIterable<Event>): Promise<Listening> {
  const events: Event[] = [];
  let bytesPerSecond = 0;
  let firstAt = 0;
  let audioSeconds = 0;
  let leadSeconds = Number.POSITIVE_INFINITY;
  let underruns = 0;
  for await (const event of source) {
    events.push(event);
    if (event.event.case === "started") bytesPerSecond = (event.event.value.audioFormat?.sampleRateHertz ?? 0) * 2;
    if (event.event.case !== "audio") continue;
    const now = performance.now() / 1000;
    if (audioSeconds === 0) firstAt = now;
    else {
      const lead = audioSeconds - (now - firstAt);
      leadSeconds = Math.min(leadSeconds, lead);
      if (lead < 0) underruns++;
    }
    audioSeconds += event.event.value.pcm.length / bytesPerSecond;
  }
  return { timings: checkTurn(events).finished.timings as Timings, audioSeconds, leadSeconds, underruns };
}

const write = (line: string) => process.stdout.write(`${line}\n`);
const middle = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] as number;
const admitted = ({ timings }: Listening) => timings.admittedMs as number;
const firstAudio = ({ timings }: Listening) => timings.firstAudioMs as number;
const show = (turns: Listening[]) =>
  `admitted ${middle(turns.map(admitted)).toFixed(1)}, first sound ${middle(turns.map(firstAudio)).toFixed(0)} ms (median of ${turns.length})`;

for (const roundTripMs of [0, 20, 100]) {
  const stack = await startStack({ roundTripMs, fishWorkers: streams, fish, timeScale: 1 });
  const { client, close } = createGrpcClient(stack.url);
  const converse = () => listen(client.converse({ text: question }, { timeoutMs: 120_000 }));
  const speak = () => listen(client.speak({ text: speech }, { timeoutMs: 120_000 }));
  await converse();
  const alone: Listening[] = [];
  while (alone.length < aloneTurns) alone.push(await converse());
  await sleep(idleMs);
  const rested = await converse();
  const lag = monitorEventLoopDelay({ resolution: 5 });
  lag.enable();
  const passed = stack.links?.synthesize.passages.length;
  const together = await Promise.all(Array.from({ length: streams }, speak));
  lag.disable();
  const back = stack.links?.synthesize.passages.slice(passed).filter(({ direction }) => direction === "back") ?? [];
  const kib = back.reduce((most, { inFlightBytes }) => Math.max(most, inFlightBytes), 0) / 1024;
  write(`round trip ${roundTripMs} ms`);
  write(`  one Converse      ${show(alone)}; after ${idleMs / 1000} s of rest ${admitted(rested).toFixed(1)}`);
  write(`  ${streams} Speak at once  ${show(together)}`);
  write(
    `  playback          ${together.reduce((sum, { audioSeconds }) => sum + audioSeconds, 0).toFixed(0)} s of speech, ` +
      `least lead ${Math.min(...together.map(({ leadSeconds }) => leadSeconds)).toFixed(2)} s, ` +
      `${together.reduce((sum, { underruns }) => sum + underruns, 0)} times dry, at most ${kib.toFixed(0)} KiB on their way`,
  );
  write(
    `  this machine      late by up to ${(lag.max / 1e6).toFixed(0)} ms, ${(lag.percentile(99) / 1e6).toFixed(0)} ms at 99 %`,
  );
  close();
  await stack.close();
}
