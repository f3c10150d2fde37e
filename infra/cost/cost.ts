/**
 * The costs of a vLLM step, in which each running request gets one token, and how much fits into memory. Stand-ins for
 * engines simulate these costs, and Generate's advice on speculative decoding uses them. `law.ts` defines how far the
 * simulated durations deviate from these costs, and `pace.ts` makes stand-ins wait that long.
 */
export interface VllmCost {
  /** Milliseconds per step, for reading the weights once. */
  stepMs: number;
  /** Milliseconds of a step per token that the step decodes or prefills. */
  tokenMs: number;
  /** Milliseconds per 1000 tokens of context that the step attends to. */
  contextMs: number;
  /** Tokens that fit into the KV cache; a request that would not fit waits. */
  kvTokens: number;
  /** The maximum number of requests in a step (`--max-num-seqs`). */
  maxSequences: number;
  /**
   * The maximum number of tokens in a step (`--max-num-batched-tokens`); the rest of a longer prompt waits for the next
   * step.
   */
  maxBatchedTokens: number;
}

const limits = { maxSequences: 256, maxBatchedTokens: 2048 };

/**
 * The costs of Qwen2.5-7B-Instruct on RTX 4090D GPUs, by parallel layout. `tp1` matches published measurements of 7B
 * models on one 4090 (18.0 ms per token alone, 1190 tokens/s at 48 requests) to within 4 %; the other layouts are
 * derived from `tp1` by memory bandwidth.
 */
export const vllmCosts = {
  tp1: { stepMs: 18, tokenMs: 0.12, contextMs: 0.067, kvTokens: 85_000, ...limits },
  tp2: { stepMs: 11.5, tokenMs: 0.09, contextMs: 0.034, kvTokens: 480_000, ...limits },
  tp4: { stepMs: 8.3, tokenMs: 0.09, contextMs: 0.017, kvTokens: 1_100_000, ...limits },
  awq: { stepMs: 7.5, tokenMs: 0.14, contextMs: 0.067, kvTokens: 200_000, ...limits },
} as const satisfies Record<string, VllmCost>;

/** The cost of a request to Fish-Speech. */
export interface FishCost {
  /** Milliseconds until the first frame of audio, for reference, prefill and vocoder. Observed: 30 to 100. */
  startMs: number;
  /** Seconds of work per second of audio. */
  realTimeFactor: number;
}

/** The cost of speaking `seconds` in one request, in milliseconds. */
export function speakMs({ startMs, realTimeFactor }: FishCost, seconds: number): number {
  return startMs + seconds * realTimeFactor * 1000;
}

/** The costs of Fish-Speech on one RTX 4090, by mode of operation, according to Fish-Speech's own figures. */
export const fishCosts = {
  compiled: { startMs: 45, realTimeFactor: 1 / 15 },
  s1: { startMs: 45, realTimeFactor: 1 / 7 },
  uncompiled: { startMs: 45, realTimeFactor: 0.72 },
} as const satisfies Record<string, FishCost>;

/**
 * The fraction of a voice's time that can be used before answers get gaps. It is below 1 since texts arrive unevenly,
 * and each waits until earlier ones are spoken. With 200 users and three Fish-Speech servers (test/bench/overload.ts),
 * one in 500 answers has a gap at this fraction, and one in ten at 0.8.
 */
export const usableShare = 0.74;

/** The typical duration of a text's segments, in seconds of speech. */
const usualSegmentSeconds = 4;

/** How many texts can be spoken at once without gaps by `servers` servers, if each speaks one segment at a time. */
export function textsAtOnce(cost: FishCost, servers: number): number {
  const workPerSecond = speakMs(cost, usualSegmentSeconds) / (1000 * usualSegmentSeconds);
  return Math.max(1, Math.floor((usableShare * servers) / workPerSecond));
}

/** The cost of each request while a voice serves `requests` requests at the same time. */
export interface SpeechPoint {
  readonly requests: number;
  /** Milliseconds to a request's first audio. */
  readonly firstMs: number;
  /** Seconds of work per second of a request's audio. */
  readonly realTimeFactor: number;
}

/** The cost of a voice that speaks several texts at once and streams each of them. */
export interface SpeechCost {
  /**
   * The costs at several numbers of concurrent requests, in ascending order. Between two points costs are
   * interpolated linearly; beyond the last point they grow in proportion to the requests.
   */
  readonly points: readonly SpeechPoint[];
  /**
   * Seconds of audio in the first piece sent (`firstSeconds`), and in each further one (`pieceSeconds`). Infinity:
   * everything is sent at once.
   */
  readonly firstSeconds: number;
  readonly pieceSeconds: number;
  /** The maximum number of concurrent requests; further requests wait. */
  readonly maxRequests: number;
}

/** The costs of speech engines other than Fish-Speech, by engine and hardware, according to measurements. */
export const speechCosts = {
  // OpenBMB/VoxCPM#374: VoxCPM2 in nano-vLLM on one RTX 4090, median time to first byte and real-time factor of a
  // request, at 1, 8, 16, 32 and 64 concurrent requests. A codec patch is 160 ms of audio, and each one is sent
  // separately.
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
  // FunAudioLLM/CosyVoice@ace7c47 runtime/triton_trtllm: CosyVoice2 on one L20, time to the first chunk at 1, 2, 4 and
  // 10 concurrent requests; where a range is published, its middle is used. The published real-time factor is for all
  // requests together (0.12 for one, 0.07 for several): it is multiplied by their number. A chunk is 25 tokens: 1 s.
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
  // Kokoro-82M on a GPU with Kokoro-FastAPI: one request at a time, real-time factor 0.03; a sentence is sent as a
  // whole.
  "kokoro-gpu": {
    points: [{ requests: 1, firstMs: 20, realTimeFactor: 0.03 }],
    firstSeconds: Number.POSITIVE_INFINITY,
    pieceSeconds: Number.POSITIVE_INFINITY,
    maxRequests: 1,
  },
  // Kim et al. 2021 (VITS), table 4: 67 times real time on one V100. Concurrent texts share the GPU.
  "vits-v100": {
    points: [{ requests: 1, firstMs: 5, realTimeFactor: 1 / 67.12 }],
    firstSeconds: Number.POSITIVE_INFINITY,
    pieceSeconds: Number.POSITIVE_INFINITY,
    maxRequests: 64,
  },
  // Measured: piper-tts 1.8.0 with en_US-joe-medium on two busy cores, with 1, 2 and 4 texts of 6 s at once.
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

/** The cost of one request while `requests - 1` other requests are running. */
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
