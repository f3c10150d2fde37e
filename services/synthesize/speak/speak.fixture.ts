import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { sleep } from "../../../infra/clock/clock.ts";
import { createVirtualClock } from "../../../infra/clock/virtual.ts";
import type { TraceContext, Tracer } from "../../../infra/telemetry/tracer.ts";
import { EngineError } from "../../common/errors/engine-error.ts";
import { createSegmentCache, type Found } from "../cache/cache.ts";
import { createClauseCache } from "../cache/clauses.ts";
import { createMemoryTier } from "../cache/memory.ts";
import type { SharedTier } from "../cache/redis.ts";
import type { Engine, EngineRequest } from "../engines/engine.ts";
import type { SpeakMetrics } from "../report/metrics.ts";
import { nothingKept } from "../schedule/kept.ts";
import { createSchedule } from "../schedule/schedule.ts";
import { estimateSeconds } from "../text/duration.ts";
import { partClause, type SpeakableClause } from "../text/speakable.ts";
import type { Offer } from "../text/words.ts";
import { createSpeaker } from "./speak.ts";
import type { SpeakOptions, Speech } from "./speech.ts";

export const rate = 1000;
export const broken = new EngineError("broken", "it broke");
export const gone = new EngineError("unreachable", "it is not there", { unsent: true });

/** Mono PCM of so many seconds that swings as speech does. */
export const tone = (seconds: number) =>
  new Uint8Array(
    Int16Array.from({ length: Math.round(seconds * rate) }, (_, at) => 8000 * Math.sin((at + 1) / 3)).buffer,
  );

/** Says a request, within half a second: as it should be, or what is given; an error in its place is thrown. */
export type Say = (request: EngineRequest & { worker: number }, nth: number) => Error | Uint8Array | undefined;
const well: Say = () => undefined;

export interface Options extends Partial<Pick<Engine, "fromFirst" | "probe" | "streams" | "synthesize">> {
  readonly workers?: number;
  readonly say?: Say;
  /** Whether it reuses speech, of every voice but `anybody`. */
  readonly reuses?: boolean;
  /** What other processes have spoken, which it then reuses too. */
  readonly shared?: SharedTier;
  readonly minOpenerSeconds?: number;
}

/** A span of a trace, as it was left. */
export interface Traced {
  readonly name: string;
  readonly parent: TraceContext;
  readonly attributes: Record<string, unknown>;
  failed: string | undefined;
  ended: boolean;
}

/** A tracer that keeps all spans. */
function createTracer(): { readonly spans: readonly Traced[]; readonly tracer: Tracer } {
  const spans: Traced[] = [];
  const tracer: Tracer = {
    enabled: true,
    read: () => ({}),
    record() {},
    start(name, { parent, attributes }) {
      const span: Traced = { name, parent, attributes: { ...attributes }, failed: undefined, ended: false };
      spans.push(span);
      return {
        context: parent,
        set: (more) => void Object.assign(span.attributes, more),
        rename() {},
        fail(type) {
          span.failed = type;
        },
        end() {
          span.ended = true;
        },
      };
    },
  };
  return { spans, tracer };
}

/** A speaker in virtual time, with what its engine was asked and what was counted of it. */
export function create(options: Options = {}) {
  const { workers = 1, say = well, probe, reuses = false, shared, minOpenerSeconds = 0, ...more } = options;
  const clock = createVirtualClock();
  const asked: (EngineRequest & { readonly worker: number; readonly signal: AbortSignal })[] = [];
  const engine: Engine = {
    name: "hand",
    sampleRateHertz: rate,
    addresses: Array.from({ length: workers }, (_, worker) => `http://hand:${worker}`),
    slots: Array(workers).fill(1),
    streams: false,
    checks: { wraps: false, loops: false, speed: 1 },
    garble: [],
    fromFirst: () => false,
    probe,
    voices: async () => [],
    async *synthesize(worker, request, signal) {
      asked.push({ ...request, worker, signal });
      const said = say({ ...request, worker }, asked.length);
      await sleep(clock, 500);
      signal.throwIfAborted();
      if (said instanceof Error) throw said;
      yield said ?? tone(estimateSeconds(request.text));
    },
    notReady: async () => undefined,
    caution: async () => undefined,
    workers: async () => [],
    close: async () => {},
    ...more,
  };
  const counted: unknown[][] = [];
  const metrics: SpeakMetrics = {
    segment: (outcome, engineSeconds, audioSeconds) => void counted.push([outcome, engineSeconds, audioSeconds]),
    firstAudio: (seconds) => void counted.push(["first audio", seconds]),
    ended: (border) => void counted.push(["ended", border]),
    waited() {},
    looked() {},
  };
  const found: (Found | undefined)[] = [];
  const cache = reuses
    ? createClauseCache({
        cache: createSegmentCache({ memory: createMemoryTier(2 ** 20), shared, clock }),
        sampleRateHertz: rate,
        revision: (voice) => (voice === "anybody" ? undefined : "r"),
        looked: (where) => void found.push(where),
      })
    : undefined;
  const schedule = createSchedule<SpeakableClause>({
    slots: engine.slots,
    segmentMaxCharacters: 80,
    minOpenerSeconds,
    probes: probe !== undefined,
    kept: cache ?? nothingKept,
    part(clause, border) {
      const parts = partClause(clause, border);
      cache?.parted(clause, parts ?? []);
      return parts;
    },
  });
  const { spans, tracer } = createTracer();
  const speaker = createSpeaker({ engine, schedule, clock, metrics, cache, tracer });
  const signal = new AbortController();
  const speak = (offers: AsyncIterable<Offer>, options: Partial<SpeakOptions> = {}) =>
    speaker.speak(offers, { voice: "emma", signal: signal.signal, ...options });
  /** Nothing of what was spoken goes on, or is waited for. */
  const assertOver = async () => {
    await clock.advance(10_000);
    assert.deepEqual(schedule.load, { sessions: 0, busy: 0 });
    speaker.close();
    assert.equal(clock.pending, 0);
    assert.equal(getEventListeners(signal.signal, "abort").length, 0);
  };
  return { clock, asked, counted, found, spans, schedule, speaker, speak, signal, assertOver };
}

/** Offers each text as a clause that is spoken at once; then ends, or throws the error that is last. */
export async function* offer(...texts: readonly (string | Error)[]): AsyncGenerator<Offer> {
  let start = 0;
  for (const text of texts) {
    if (text instanceof Error) throw text;
    const end = start + text.length;
    const clause: SpeakableClause = {
      clause: { text, start, end, borders: [] },
      spoken: text,
      spans: [{ start, end, spokenStart: 0, spokenEnd: text.length }],
      seconds: estimateSeconds(text),
      characters: text.length,
    };
    yield { clauses: [clause], omitted: [], open: undefined, flush: true };
    start = end;
  }
}

export const first = "This is the first of two sentences that are spoken.";
export const second = "And this is the second of the two, which goes behind it.";

/** Reads all of it while time passes. */
export async function read(house: ReturnType<typeof create>, speech: AsyncIterable<Speech>): Promise<Speech[]> {
  const events: Speech[] = [];
  let isOver = false;
  const reading = (async () => {
    try {
      for await (const event of speech) events.push(event);
    } finally {
      isOver = true;
    }
  })();
  reading.catch(() => {});
  for (let i = 0; i < 600 && !isOver; i++) await house.clock.advance(100);
  assert.ok(isOver, "it ends");
  await reading;
  return events;
}

export const of = <Kind extends Speech["kind"]>(events: readonly Speech[], kind: Kind) =>
  events.filter((event): event is Extract<Speech, { kind: Kind }> => event.kind === kind);
