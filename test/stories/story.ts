import { sleep } from "../../infra/clock/clock.ts";
import { createVirtualClock, type VirtualClock } from "../../infra/clock/virtual.ts";
import { withIdle } from "../../infra/stream/idle.ts";
import { createPipe, type Pipe } from "../../infra/stream/pipe.ts";
import { createMetrics } from "../../infra/telemetry/metrics.ts";
import { EngineError, type EngineFault } from "../../services/common/errors/engine-error.ts";
import type { Engine } from "../../services/synthesize/engines/engine.ts";
import { createSynthesizeMetrics } from "../../services/synthesize/report/metrics.ts";
import { createSchedule } from "../../services/synthesize/schedule/schedule.ts";
import { createPlayback, type Playback } from "../../services/synthesize/speak/playback.ts";
import { createSpeaker } from "../../services/synthesize/speak/speak.ts";
import type { Speaker, Speech } from "../../services/synthesize/speak/speech.ts";
import { estimateSeconds } from "../../services/synthesize/text/duration.ts";
import { createSegmenter } from "../../services/synthesize/text/segmenter/segmenter.ts";
import { partClause, type SpeakableClause } from "../../services/synthesize/text/speakable.ts";
import { createSpokenForm } from "../../services/synthesize/text/spoken/spoken.ts";
import { words } from "../../services/synthesize/text/words.ts";

/**
 * A story is told in lines, in virtual time (milliseconds):
 *
 *     workers 2                 how many serial workers speak; 45 ms a request and 1/15 s a second of speech
 *     streams                   their audio is passed on before it is judged
 *     fault broken broken       what the next requests come to, in order (an EngineFault, `short` or `ok`)
 *     0 a writes 好的，          writer `a` writes; `\n` is a line break; the first line of a writer opens its session
 *     900 a flushes | ends | leaves | stops | listens; the listener takes nothing from `stops` to `listens`
 *     950 a hears 1 0.5          its listener says how far it is heard: half a second of the second segment
 *
 * Returns what its listeners saw: `time session event`.
 */
export async function runStory(told: string): Promise<string[]> {
  const clock = createVirtualClock();
  const log: string[] = [];
  const steps: { at: number; session: string; verb: string; text: string }[] = [];
  let workers = 1;
  let streams = false;
  const faults: string[] = [];
  for (const line of told.split("\n")) {
    const [head, ...rest] = line.split(" ");
    if (line === "" || line.startsWith("#")) continue;
    else if (head === "workers") workers = Number(rest[0]);
    else if (head === "streams") streams = true;
    else if (head === "fault") faults.push(...rest);
    else {
      const [session = "", verb = "", ...text] = rest;
      steps.push({ at: Number(head), session, verb, text: text.join(" ").replaceAll("\\n", "\n") });
    }
  }
  const speaker = createStorySpeaker(clock, { workers, streams, faults });
  const sessions = new Map<string, Telling>();
  for (const { at, session: name, verb, text } of steps) {
    await clock.advance(at - clock.now());
    let telling = sessions.get(name);
    if (telling === undefined) {
      telling = listen(name, speaker, clock, log);
      sessions.set(name, telling);
    }
    if (verb === "writes") void telling.written.write({ text });
    else if (verb === "flushes") void telling.written.write("flush");
    else if (verb === "ends") telling.written.end();
    else if (verb === "leaves") telling.leave.abort();
    else if (verb === "stops") telling.pause.current = Promise.withResolvers();
    else if (verb === "listens") telling.pause.current?.resolve();
    else if (verb === "hears") {
      const [segment = 0, seconds = 0] = text.split(" ").map(Number);
      telling.playback.tell({ segment, seconds });
    } else throw new Error(`a story knows no "${verb}"`);
  }
  await clock.advance(120_000);
  await Promise.all([...sessions.values()].map(({ listening }) => listening));
  speaker.close();
  if (clock.pending > 0) log.push(`${clock.pending} timers leak`);
  return log;
}

interface Telling {
  readonly written: Pipe<{ readonly text: string } | "flush">;
  readonly leave: AbortController;
  readonly pause: { current?: PromiseWithResolvers<void> };
  readonly playback: Playback;
  readonly listening: Promise<void>;
}

function listen(name: string, speaker: Speaker, clock: VirtualClock, log: string[]): Telling {
  const written: Telling["written"] = createPipe({ capacity: 1000 });
  const leave = new AbortController();
  const pause: Telling["pause"] = {};
  const playback = createPlayback();
  const say = (what: string) => log.push(`${String(Math.round(clock.now())).padStart(6)} ${name} ${what}`);
  const offers = words(withIdle(written, clock, 400), createSegmenter(), createSpokenForm({ language: "" }));
  const listening = (async () => {
    try {
      for await (const speech of speaker.speak(offers, { voice: "voice", signal: leave.signal, playback })) {
        const line = describe(speech);
        if (line !== undefined) say(line);
        await pause.current?.promise;
      }
      say("over");
    } catch (error) {
      say(error instanceof EngineError ? `failed: ${error.fault}` : `stopped: ${(error as Error).name}`);
    }
  })();
  return { written, leave, pause, playback, listening };
}

function describe(speech: Speech): string | undefined {
  switch (speech.kind) {
    case "segment":
      return `segment ${speech.index} [${speech.segment.start},${speech.segment.end}) ${speech.segment.spoken}`;
    case "audio":
      return speech.offset === 0 ? `audio ${speech.index}` : undefined;
    case "done":
      return `done ${speech.index} ${(speech.sampleCount / sampleRateHertz).toFixed(1)} s`;
    case "warning":
      return `warning ${speech.reason} [${speech.start},${speech.end})`;
  }
}

const sampleRateHertz = 1000;

interface Voice {
  readonly workers: number;
  readonly streams: boolean;
  readonly faults: string[];
}

function createStorySpeaker(clock: VirtualClock, { workers, streams, faults }: Voice): Speaker {
  const engine: Engine = {
    name: "story",
    sampleRateHertz,
    addresses: Array.from({ length: workers }, (_, worker) => `http://story:${worker}`),
    slots: Array(workers).fill(1),
    streams,
    checks: { wraps: false, loops: false, speed: 1 },
    fromFirst: () => false,
    // What is out of reach stays so for as long as the story has it.
    probe: async () => (faults[0] === "unreachable" ? "out of reach" : undefined),
    caution: async () => undefined,
    garble: [
      { belowSeconds: 0.6, probability: 0.2 },
      { belowSeconds: 0.9, probability: 0.02 },
    ],
    voices: async () => [{ name: "voice", displayName: "voice", languages: [] }],
    async *synthesize(_worker, { text }, signal) {
      const fault = faults.shift() ?? "ok";
      const seconds = fault === "short" ? 0.1 : estimateSeconds(text);
      await sleep(clock, 45 + (seconds * 1000) / 15);
      signal.throwIfAborted();
      if (fault !== "short" && fault !== "ok")
        throw new EngineError(fault as EngineFault, "as the story has it", { unsent: fault === "unreachable" });
      const samples = Int16Array.from({ length: seconds * sampleRateHertz }, (_, i) => (i % 2 === 0 ? 9000 : -9000));
      yield new Uint8Array(samples.buffer);
    },
    notReady: async () => undefined,
    workers: async () => [],
    close: async () => {},
  };
  const schedule = createSchedule<SpeakableClause>({
    slots: engine.slots,
    garble: engine.garble,
    part: partClause,
    segmentMaxCharacters: 80,
    probes: true,
  });
  const metrics = createSynthesizeMetrics(createMetrics({ runtime: false })).of(engine.name, () => ({
    ...schedule.load,
    slots: 1,
  }));
  return createSpeaker({ engine, schedule, clock, metrics });
}
