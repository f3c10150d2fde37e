/**
 * What a step of vLLM costs, and how much fits. One step gives each running request a token. The twins spend these costs,
 * Generate's advice weighs them; `law.ts` says how far real work strays from them, `pace.ts` spends the time.
 */
export interface VllmCost {
  /** Milliseconds of every step: reading the weights once. */
  stepMs: number;
  /** Milliseconds for each token of the step, decoded or prefilled. */
  tokenMs: number;
  /** Milliseconds for each 1000 tokens of context that the step attends to. */
  contextMs: number;
  /** Tokens that fit into the KV cache; a request that would not fit waits. */
  kvTokens: number;
  /** Requests that share a step at most (`--max-num-seqs`). */
  maxSequences: number;
  /** Tokens of a step at most (`--max-num-batched-tokens`); what a prompt has beyond it waits for the next step. */
  maxBatchedTokens: number;
}

const limits = { maxSequences: 256, maxBatchedTokens: 2048 };

/**
 * Qwen2.5-7B-Instruct on RTX 4090D cards, by how it is laid out. `tp1` fits published measurements of 7B models on one
 * 4090 (18.0 ms a token alone, 1190 tokens/s at 48 requests) to 4 %; the rest is derived from it by bandwidth.
 */
export const vllmCosts = {
  tp1: { stepMs: 18, tokenMs: 0.12, contextMs: 0.067, kvTokens: 85_000, ...limits },
  tp2: { stepMs: 11.5, tokenMs: 0.09, contextMs: 0.034, kvTokens: 480_000, ...limits },
  tp4: { stepMs: 8.3, tokenMs: 0.09, contextMs: 0.017, kvTokens: 1_100_000, ...limits },
  awq: { stepMs: 7.5, tokenMs: 0.14, contextMs: 0.067, kvTokens: 200_000, ...limits },
} as const satisfies Record<string, VllmCost>;

/** What a request to Fish-Speech costs. */
export interface FishCost {
  /** Milliseconds before the first frame: reference, prefill, vocoder. 30 to 100 were seen. */
  startMs: number;
  /** Seconds of work for a second of audio. */
  realTimeFactor: number;
}

/** What it costs to speak so many seconds at once, in milliseconds. */
export function speakMs({ startMs, realTimeFactor }: FishCost, seconds: number): number {
  return startMs + seconds * realTimeFactor * 1000;
}

/** Fish-Speech on one RTX 4090, by how it is run: the project's own figures. */
export const fishCosts = {
  compiled: { startMs: 45, realTimeFactor: 1 / 15 },
  s1: { startMs: 45, realTimeFactor: 1 / 7 },
  uncompiled: { startMs: 45, realTimeFactor: 0.72 },
} as const satisfies Record<string, FishCost>;

/**
 * What of a voice's time is given out: texts do not come evenly, and who comes waits for what is being made. Of 200 users before three Fish-Speech
 * (test/bench/overload.ts), one in 500 answers runs dry at this, and one in ten at four fifths.
 */
export const usableShare = 0.7;

/** About how long the segments of a text are, in seconds of speech. */
const usualSegmentSeconds = 4;

/** How many texts can be spoken at once by so many servers, each of which speaks one segment at a time, so that each is heard as it is spoken. */
export function textsAtOnce(cost: FishCost, servers: number): number {
  const workPerSecond = speakMs(cost, usualSegmentSeconds) / (1000 * usualSegmentSeconds);
  return Math.max(1, Math.floor((usableShare * servers) / workPerSecond));
}

/** What a voice that batches costs with so many requests at once, each as its caller sees it. */
export interface SpeechPoint {
  readonly requests: number;
  /** Milliseconds until a request's first audio. */
  readonly firstMs: number;
  /** Seconds that a second of a request's audio takes. */
  readonly realTimeFactor: number;
}

/** What a voice costs that speaks many texts at once and sends each as it is made. */
export interface SpeechCost {
  /** By rising number of requests; between two the figures lie on a line, beyond the last they grow in proportion. */
  readonly points: readonly SpeechPoint[];
  /** Seconds of audio of the first piece that is sent, and of each further one; Infinity: all of it at once. */
  readonly firstSeconds: number;
  readonly pieceSeconds: number;
  /** Requests that it works on at once; one more waits. */
  readonly maxRequests: number;
}

/** Voices that batch, by what was published of them. */
export const speechCosts = {
  // OpenBMB/VoxCPM#374: VoxCPM2 in nano-vLLM, one RTX 4090: p50 to the first byte and factor of a request at 1, 8, 16, 32, 64 at once.
  // A patch of its codec is 160 ms, and each is sent.
  "voxcpm-4090": {
    points: [
      { requests: 1, firstMs: 67, realTimeFactor: 0.103 },
      { requests: 8, firstMs: 79, realTimeFactor: 0.131 },
      { requests: 16, firstMs: 86, realTimeFactor: 0.176 },
      { requests: 32, firstMs: 114, realTimeFactor: 0.284 },
      { requests: 64, firstMs: 189, realTimeFactor: 0.605 },
    ],
    firstSeconds: 0.16,
    pieceSeconds: 0.16,
    maxRequests: 64,
  },
  // FunAudioLLM/CosyVoice@ace7c47 runtime/triton_trtllm: CosyVoice2, one L20, first chunk at 1, 2, 4 and 10 at once, the middle where
  // a range is given; its factor over all requests, 0.12 alone and 0.07 together, times their number. A chunk is 25 tokens: 1 s.
  "cosyvoice2-l20": {
    points: [
      { requests: 1, firstMs: 205, realTimeFactor: 0.12 },
      { requests: 2, firstMs: 302, realTimeFactor: 0.18 },
      { requests: 4, firstMs: 744, realTimeFactor: 0.28 },
      { requests: 10, firstMs: 1215, realTimeFactor: 0.7 },
    ],
    firstSeconds: 1,
    pieceSeconds: 1,
    maxRequests: 16,
  },
  // Kokoro-82M on a card by Kokoro-FastAPI: one at a time, factor 0.03, a sentence at once.
  "kokoro-gpu": {
    points: [{ requests: 1, firstMs: 20, realTimeFactor: 0.03 }],
    firstSeconds: Number.POSITIVE_INFINITY,
    pieceSeconds: Number.POSITIVE_INFINITY,
    maxRequests: 1,
  },
  // Kim et al. 2021 (VITS), table 4: 67 times as fast as it is listened to on one V100. Texts at once share the card.
  "vits-v100": {
    points: [{ requests: 1, firstMs: 5, realTimeFactor: 1 / 67.12 }],
    firstSeconds: Number.POSITIVE_INFINITY,
    pieceSeconds: Number.POSITIVE_INFINITY,
    maxRequests: 64,
  },
  // Measured: piper-tts 1.8.0 with en_US-joe-medium on two busy cores, texts of 6 s at 1, 2 and 4 at once.
  "piper-cpu": {
    points: [
      { requests: 1, firstMs: 15, realTimeFactor: 0.43 },
      { requests: 2, firstMs: 20, realTimeFactor: 0.62 },
      { requests: 4, firstMs: 40, realTimeFactor: 1.4 },
    ],
    firstSeconds: Number.POSITIVE_INFINITY,
    pieceSeconds: Number.POSITIVE_INFINITY,
    maxRequests: 64,
  },
} as const satisfies Record<string, SpeechCost>;

/** What a request sees beside `requests - 1` others. */
export function speechPoint({ points }: SpeechCost, requests: number): SpeechPoint {
  const above = points.findIndex((point) => point.requests >= requests);
  const high = points[above];
  const low = points[above - 1];
  if (high === undefined) {
    const last = points.at(-1) as SpeechPoint;
    const times = requests / last.requests;
    return { requests, firstMs: last.firstMs * times, realTimeFactor: last.realTimeFactor * times };
  }
  if (low === undefined) return { ...high, requests };
  const share = (requests - low.requests) / (high.requests - low.requests);
  const between = (from: number, to: number) => from + share * (to - from);
  return {
    requests,
    firstMs: between(low.firstMs, high.firstMs),
    realTimeFactor: between(low.realTimeFactor, high.realTimeFactor),
  };
}
