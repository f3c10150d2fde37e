import { systemClock } from "../../../infra/clock/clock.ts";
import type { FishModeName } from "../../../infra/twins/fish/modes.ts";
import { startFishTwin } from "../../../infra/twins/fish/server.ts";
import type { FlaskTwin } from "../../../infra/twins/flask/twin.ts";
import type { Web } from "../../../infra/twins/flask/web.ts";
import { type piperVersions, startPiperTwin } from "../../../infra/twins/piper/server.ts";
import type { SeenSpeech } from "../../../infra/twins/speaking/seen.ts";
import { type SpeechKindName, speechKinds } from "../../../infra/twins/speech/kinds/kinds.ts";
import { startSpeechTwin } from "../../../infra/twins/speech/server.ts";
import { startVitsTwin } from "../../../infra/twins/vits/server.ts";
import type { EngineFault } from "../../../services/common/errors/engine-error.ts";
import type { Engine } from "../../../services/synthesize/engines/engine.ts";
import { createFishEngine } from "../../../services/synthesize/engines/fish/engine.ts";
import { piperDialect } from "../../../services/synthesize/engines/piper/dialect.ts";
import { createSpeechEngine, type SpeechOptions } from "../../../services/synthesize/engines/speech/engine.ts";
import { vitsDialect } from "../../../services/synthesize/engines/vits/dialect.ts";
import { createWholeEngine } from "../../../services/synthesize/engines/whole/engine.ts";
import { isWide } from "../../support/wide.ts";

/** What a fault of a server comes to: an EngineError, or speech after all, as long as it should be or shorter. */
export type Outcome = EngineFault | "speech" | "short";

/** A stand-in that was started for a test. */
export interface Twin {
  readonly url: string;
  /** Requests to speak that it saw, the refused ones too. */
  count(): number;
  /** Whether what it saw last is over, and how many seconds of audio it made of it. */
  last(): { readonly over: boolean; readonly audioSeconds: number };
  close(): Promise<void>;
}

/** An engine under the contract, on its stand-in. */
export interface Contracted {
  readonly name: string;
  /** Starts the stand-in; `fault` is one of its words, for every request. */
  startTwin(options: { fault?: string; timeScale?: number; apiKey?: string }): Promise<Twin>;
  open(urls: readonly string[], timeoutMs: number): Engine;
  /** A voice that it has. */
  readonly voice: string;
  /** Whether goes on working for a client that has left; the engine then reads to the end. */
  readonly deaf: boolean;
  /** What each fault comes to, by the word of its stand-in. */
  readonly faults: Readonly<Record<string, Outcome>>;
}

/** What is the same for all that answer by HTTP. */
const ofHttp = {
  FAIL: "broken",
  OOM: "broken",
  BUSY: "overloaded",
  LATER: "overloaded",
  DENIED: "unauthorized",
  RESET: "unreachable",
  HANG: "stalled",
  CUT: "broken",
  PAGE: "misshapen",
  DISGUISE: "misshapen",
  SORRY: "misshapen",
  MPEG: "misshapen",
  GZIP: "misshapen",
  ODD: "speech",
} as const satisfies Record<string, Outcome>;

function fish(mode: FishModeName): Contracted {
  const { streams } = { streams: mode.startsWith("1") };
  return {
    name: `fish ${mode}`,
    async startTwin({ fault, timeScale = 0, apiKey }) {
      const twin = await startFishTwin({ mode, timeScale, fault, apiKey });
      return {
        url: twin.url,
        count: () => twin.seen().length,
        last() {
          const { state, audioSeconds = 0 } = twin.seen().at(-1) ?? {};
          return { over: state !== "queued" && state !== "running", audioSeconds };
        },
        close: twin.close,
      };
    },
    open: (urls, timeoutMs) =>
      createFishEngine({
        ...{ urls, mode, apiKey: undefined, voices: ["emma"], references: new Map() },
        ...{ withoutReference: "random", timeoutMs, clock: systemClock },
      }),
    voice: "emma",
    deaf: true,
    faults: {
      ...ofHttp,
      MEDIA: "rejected",
      SCHEMA: "rejected",
      EMPTY: "broken",
      HEADER: "misshapen",
      SLOWER: "misshapen",
      STUB: streams ? "short" : "broken",
      TAIL: streams ? "misshapen" : "speech",
    },
  };
}

/** What `speech` is opened with, by default. */
export const speechOptions: Omit<SpeechOptions, "urls" | "timeoutMs"> = {
  apiKey: undefined,
  server: "auto",
  model: undefined,
  voices: [],
  sampleRateHertz: 24_000,
  slots: undefined,
  text: "spoken",
  instructions: undefined,
  language: undefined,
  speed: 1,
  clock: systemClock,
};

/** How answers of a server of `/v1/audio/speech` differ where something goes wrong in their middle. */
const speechFaults = {
  ...ofHttp,
  REFUSED: "rejected",
  FREEZE: "stalled",
  ERROR: "broken",
  RATE: "speech",
  STEREO: "speech",
  CRAWL: "speech",
} as const satisfies Record<string, Outcome>;
const ofSamples = { STUB: "short", TAIL: "misshapen" } as const;
const ofWav = { ...ofSamples, STEREO: "misshapen" } as const;
/** Events have an end of their own. */
const ofEvents = { STUB: "broken", TAIL: "broken" } as const;

function asTwin({ url, seen, close }: Pick<FlaskTwin, "url" | "close"> & { seen(): readonly SeenSpeech[] }): Twin {
  return {
    ...{ url, close },
    count: () => seen().length,
    last() {
      const { state, audioSeconds = 0 } = seen().at(-1) ?? {};
      return { over: state !== "queued" && state !== "running", audioSeconds };
    },
  };
}

function speech(kind: SpeechKindName, faults: Readonly<Record<string, Outcome>>): Contracted {
  return {
    name: `speech ${kind}`,
    async startTwin({ fault, timeScale = 0, apiKey }) {
      return asTwin(await startSpeechTwin({ kind, timeScale, fault, apiKey }));
    },
    open: (urls, timeoutMs) => createSpeechEngine({ ...speechOptions, urls, timeoutMs }),
    voice: speechKinds[kind].voices[0] ?? "alloy",
    deaf: speechKinds[kind].deaf,
    faults: { ...speechFaults, ...faults },
  };
}

/** Whole files: nothing is heard of one that ends early, and what stands behind one is no part of it. */
const ofFiles = {
  ...speechFaults,
  STUB: "broken",
  TAIL: "speech",
  EMPTY: "broken",
  STEREO: "misshapen",
} as const satisfies Record<string, Outcome>;

/** What such an engine is opened with, by default. */
export const wholeOptions = { apiKey: undefined, voices: [], sampleRateHertz: 24_000, slots: 1, clock: systemClock };

function vits(web: Web): Contracted {
  const dialect = vitsDialect({ model: "auto", language: "auto", emotion: undefined, speed: 1 });
  return {
    name: `vits behind ${web}`,
    startTwin: async ({ fault, timeScale = 0, apiKey }) =>
      asTwin(await startVitsTwin({ web, timeScale, fault, apiKey })),
    open: (urls, timeoutMs) => createWholeEngine({ ...wholeOptions, urls, timeoutMs }, dialect),
    voice: "haoran",
    deaf: true,
    faults: ofFiles,
  };
}

function piper(version: keyof typeof piperVersions): Contracted {
  return {
    name: `piper ${version}`,
    startTwin: async ({ fault, timeScale = 0, apiKey }) =>
      asTwin(await startPiperTwin({ version, timeScale, fault, apiKey })),
    open: (urls, timeoutMs) => createWholeEngine({ ...wholeOptions, urls, timeoutMs }, piperDialect({ speed: 1 })),
    voice: "en_GB-alan-low",
    deaf: true,
    faults: ofFiles,
  };
}

/** Every engine that the contract holds for, on every server that it knows. */
export const contracted: readonly Contracted[] = [
  // One generation that streams and one that does not: what else they differ in, other tests hold.
  ...(["1.5.1", "s2"] as const).map(fish),
  speech("vllm-omni", ofWav),
  speech("sglang-omni", ofSamples),
  speech("sglang-omni-pcm-events", ofEvents),
  speech("sglang-omni-wav-events", ofEvents),
  // Nothing tells the rate of its samples: it is always the same.
  speech("kokoro-fastapi", { ...ofSamples, RATE: "short" }),
  speech("localai", ofWav),
  speech("speaches", { ...ofSamples, RATE: "short" }),
  speech("openedai-speech", ofSamples),
  speech("openai", ofWav),
  vits("gunicorn"),
  piper("1.8"),
  ...(isWide ? [vits("werkzeug"), piper("1.4")] : []),
];
