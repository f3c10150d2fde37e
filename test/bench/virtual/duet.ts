import { type CallContext, Metadata } from "nice-grpc";
import { openingsIn } from "../../../edge/turn/openings.ts";
import { createTurns } from "../../../edge/turn/turns.ts";
import { type Clock, sleep } from "../../../infra/clock/clock.ts";
import { readProcess } from "../../../infra/config/read-process.ts";
import { createLog } from "../../../infra/log/log.ts";
import { createPipe } from "../../../infra/stream/pipe.ts";
import { languageOf } from "../../../infra/text/language/language.ts";
import { Config, OpenerMode, type SynthesizeRequest } from "../../../services/gen/duet/synthesize/v1/synthesize.ts";
import type { Chat, ChatRequest } from "../../../services/generate/chat.ts";
import { createAdmission, withAdmission } from "../../../services/generate/layers/admission.ts";
import { withOpenings } from "../../../services/generate/layers/openings.ts";
import { createSpeechAdmission } from "../../../services/synthesize/admission/admission.ts";
import type { ClauseCache } from "../../../services/synthesize/cache/clauses.ts";
import type { Engine } from "../../../services/synthesize/engines/engine.ts";
import { chunkLength, tokenLimit, withFinalMark } from "../../../services/synthesize/engines/fish/request.ts";
import { openEngine } from "../../../services/synthesize/engines/open.ts";
import { createVoices } from "../../../services/synthesize/engines/voices.ts";
import { createCasting } from "../../../services/synthesize/lanes/casting.ts";
import { type Lane, withLearning } from "../../../services/synthesize/lanes/lane.ts";
import { createPrewarm } from "../../../services/synthesize/lanes/prewarm.ts";
import { createForecast } from "../../../services/synthesize/openings/forecast.ts";
import { createOpenings } from "../../../services/synthesize/openings/openings.ts";
import { createSchedule } from "../../../services/synthesize/schedule/schedule.ts";
import { createSynthesizeService } from "../../../services/synthesize/service.ts";
import { createSpeaker } from "../../../services/synthesize/speak/speak.ts";
import { partClause, type SpeakableClause } from "../../../services/synthesize/text/speakable.ts";
import { modelRequest } from "../sides/model.ts";
import type { VirtualEngines } from "./engines.ts";
import type { Hops } from "./hops.ts";
import { later } from "./later.ts";
import type { Answer } from "./line.ts";
import { keepOpenings, type VirtualOpenings } from "./openings.ts";
import { coarseSampleRateHertz, fromCoarse, toCoarse } from "./sound.ts";

/** What Duet in virtual time stands before, and how it is set. */
export interface VirtualDuetOptions {
  readonly engines: VirtualEngines;
  readonly hops: Hops;
  readonly clock: Clock;
  /** Settings that differ from the shipped ones, as for the real processes. */
  readonly settings: Record<string, string>;
  /** Default: none are offered. */
  readonly openings: VirtualOpenings | undefined;
  /** Makes what speech is kept in. Default: listed openings are kept, if any are offered. */
  readonly keep?: (sampleRateHertz: number, clock: Clock) => ClauseCache;
}

/**
 * Answers as Duet does. The admission of Generate and all of Synthesize are the product's own, as they are shipped:
 * segmenter, spoken form, schedule, speaker, guard, service. Of the edge there is the register of turns; what stands
 * for the rest is its order: a place at the voice, then the model, then both at once.
 */
export function createDuetAnswer(options: VirtualDuetOptions): Answer & { close(): Promise<void> } {
  const { engines, hops, clock, settings } = options;
  const urls = Array.from({ length: engines.workers }, (_, worker) => `http://127.0.0.1:${worker + 1}`).join(",");
  const voice =
    engines.kind === "serial"
      ? { DUET_FISH_URL: urls, DUET_FISH_MODE: "1.5.1" }
      : { DUET_SPEECH_URL: urls, DUET_SPEECH_SERVER: "vllm-omni" };
  const env = { ...voice, DUET_VLLM_URL: "http://127.0.0.1:1", ...settings };
  const { edge } = readProcess("edge", env);
  const { generate } = readProcess("generate", env);
  const synthesize = createSynthesize(options, env);
  const admission = createAdmission({ ...generate, servers: () => 1, clock });
  const { asked = false, held = 0, lists = {} } = options.openings ?? {};
  const withListed = withOpenings({ hold: held, guesses: () => false, broken() {} });
  const chat = withListed(withAdmission(admission)(createChat(engines)));
  const turns = createTurns({ ...edge, clock });

  const answer: Answer = async ({ question, reply }, caller, left) => {
    // All callers of a run have one address, as those of the real one do.
    const turn = turns.open({ tenant: "default", signal: left, deadline: undefined, peer: "127.0.0.1" });
    const { signal } = turn;
    try {
      await sleep(clock, hops.questionMs / 2, signal);
      const text = createPipe<SynthesizeRequest>({ capacity: Number.POSITIVE_INFINITY });
      const write = (part: NonNullable<SynthesizeRequest["part"]>) => void text.write({ part });
      const offered = asked ? openingsIn(lists, languageOf(reply.text) ?? "") : [];
      const opener = asked ? OpenerMode.LIST : OpenerMode.UNSPECIFIED;
      write({ $case: "config", value: Config.fromPartial({ opener, openings: [...offered] }) });
      const speech = synthesize.service.synthesize(text, { metadata: new Metadata(), signal } as CallContext);
      const events = speech[Symbol.asyncIterator]();
      // The voice first; it throws if there is no place.
      const { event } = (await events.next()).value ?? {};
      const openings = event?.$case === "admitted" ? (event.value?.openings ?? []) : [];
      await sleep(clock, hops.questionMs / 2, signal);
      const written = async () => {
        for await (const event of later(
          chat({ ...chatRequest(question, generate.maxTokens), openings }, signal),
          clock,
          hops.tokenMs,
        )) {
          if (event.type !== "delta") continue;
          caller.text();
          write({ $case: "text", value: event.text });
        }
        write({ $case: "end", value: {} });
      };
      const heard = async () => {
        for await (const { event } of { [Symbol.asyncIterator]: () => events }) {
          if (event?.$case === "segment") caller.segment(event.value?.spoken ?? "", event.value?.end);
          if (event?.$case === "audio") caller.sound(fromCoarse(event.value?.pcm ?? Buffer.alloc(0)));
        }
      };
      await Promise.all([written(), heard()]);
    } finally {
      turn.close();
    }
  };
  return Object.assign(answer, { close: synthesize.close });
}

/** Synthesize as its process wires it, but for the way to its workers. */
function createSynthesize({ engines, hops, clock, openings, keep }: VirtualDuetOptions, env: Record<string, string>) {
  const {
    synthesize,
    engines: [used],
  } = readProcess("synthesize", env);
  const opened = openEngine(used, { clock }).engine;
  const overridden: Pick<Engine, "sampleRateHertz" | "voices" | "synthesize" | "probe"> = {
    sampleRateHertz: coarseSampleRateHertz,
    probe: undefined,
    voices: async () => [{ name: "default", displayName: "default", languages: [] }],
    async *synthesize(worker, { text, goesOn, maxSeconds }, signal) {
      signal.throwIfAborted();
      await sleep(clock, hops.askMs);
      const asked =
        engines.kind === "serial"
          ? {
              text: withFinalMark(text, goesOn),
              streaming: opened.streams,
              chunk_length: chunkLength,
              max_new_tokens: tokenLimit(maxSeconds),
            }
          : { text, streaming: true, max_new_tokens: 0, leaving: signal };
      for await (const frames of later(engines.speak(worker, asked), clock, hops.soundMs))
        if (!signal.aborted) yield toCoarse(frames);
      signal.throwIfAborted();
    },
  };
  const engine: Engine = { ...opened, ...overridden };
  const keepListed = openings && ((rate: number) => keepOpenings(openings, rate, clock));
  const kept = (keep ?? keepListed)?.(coarseSampleRateHertz, clock);
  const schedule = createSchedule<SpeakableClause>({
    ...(kept && { kept }),
    slots: engine.slots,
    firstSlots: engine.firstSlots,
    minOpenerSeconds: synthesize.opener.minSeconds ?? 0,
    garble: synthesize.opener.minSeconds === undefined ? engine.garble : [],
    part(clause, border) {
      const parts = partClause(clause, border);
      kept?.parted(clause, parts ?? []);
      return parts;
    },
    segmentMaxCharacters: synthesize.segmentMaxCharacters,
  });
  const metrics = { segment() {}, waited() {}, ended() {}, firstAudio() {}, looked() {} };
  const log = createLog({ service: "synthesize", level: "silent" });
  const { maxSessions: most } = synthesize;
  const admission = createSpeechAdmission({ name: engine.name, slots: () => schedule.slots, most, log, clock });
  const speaker = createSpeaker({ engine, schedule, clock, metrics: withLearning(metrics, admission), cache: kept });
  const lane: Lane = {
    name: engine.name,
    sampleRateHertz: engine.sampleRateHertz,
    opener: synthesize.opener.mode === "list" ? "soft" : synthesize.opener.mode,
    asWritten: false,
    speaker,
    voices: createVoices(engine, clock),
    kept,
    admission,
    forecast: createForecast({ load: () => ({ busy: schedule.load.busy, slots: engine.slots.length }), clock }),
    answers: async () => true,
  };
  const casting = createCasting({ lanes: [lane], metrics: { handedOver() {} }, log, clock });
  const over = new AbortController();
  const prewarm = createPrewarm({ casting, clock, log }, over.signal);
  const service = createSynthesizeService({
    casting,
    openings: createOpenings({ fromMs: synthesize.opener.listFromMs, prewarm }),
    writerPauseMs: synthesize.opener.waitMs,
    maxSessions: synthesize.maxSessions,
    watches: [],
    lanes: [lane],
    clock,
  });
  const close = () => {
    over.abort();
    speaker.close();
    return opened.close();
  };
  return { service, close };
}

function createChat(engines: VirtualEngines): Chat {
  return async function* ({ messages, constraint }, signal) {
    const body = JSON.parse(modelRequest(messages.at(-1)?.content ?? "", true)) as object;
    yield { type: "accepted", model: "" };
    const held = constraint?.type === "regex" && { structured_outputs: { regex: constraint.pattern } };
    let isStarted = false;
    for await (const text of engines.write(JSON.stringify({ ...body, ...held }), signal)) {
      if (!isStarted) yield { type: "started", model: "" };
      isStarted = true;
      yield { type: "delta", text };
    }
  };
}

function chatRequest(question: string, maxTokens: number): ChatRequest {
  return {
    requestId: "",
    model: undefined,
    messages: [{ role: "user", content: question }],
    maxTokens,
    sampling: {},
    stop: [],
    constraint: undefined,
    priority: 0,
    traceparent: undefined,
  };
}
