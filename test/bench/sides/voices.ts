import { Agent } from "undici";

/** The workers of Fish-Speech as a side without a scheduler uses them: who comes first is served first. */
export interface Voices {
  /** Speaks on the next worker that is free; gives the PCM as it comes. `streamed`: part by part, not as one file. */
  speak(words: string, how: { streamed: boolean }, signal: AbortSignal): AsyncGenerator<Buffer>;
}

/** What a worker is asked, in Fish-Speech's own words. */
export interface SpeechRequest {
  readonly text: string;
  readonly streaming: boolean;
  readonly format: "wav";
  readonly chunk_length?: number;
  readonly max_new_tokens: number;
}

/** Asks a worker; gives the bytes of its answer. */
export type AskVoice = (worker: string, request: SpeechRequest) => AsyncIterable<Buffer>;

/** A WAV header of Fish-Speech. */
export const wavHeaderBytes = 44;

/** Makes the pool of workers: each is asked one thing at a time, and what waits does so here, in order of arrival. */
export function createVoices(workers: readonly string[], ask: AskVoice): Voices {
  const free = [...workers];
  const queue: ((worker: string) => void)[] = [];
  const take = () =>
    new Promise<string>((resolve) => {
      const worker = free.shift();
      if (worker === undefined) queue.push(resolve);
      else resolve(worker);
    });
  const give = (worker: string) => {
    const next = queue.shift();
    if (next === undefined) free.push(worker);
    else next(worker);
  };
  return {
    async *speak(words, { streamed }, signal) {
      const worker = await take();
      try {
        signal.throwIfAborted();
        // 0: no limit of frames, so that no answer is cut; 100: the shortest parts that 1.5 makes.
        const parts = streamed && { chunk_length: 100 };
        const answer = ask(worker, { text: words, streaming: streamed, format: "wav", ...parts, max_new_tokens: 0 });
        let header = streamed ? 0 : wavHeaderBytes;
        for await (const bytes of answer) {
          const sound = bytes.subarray(Math.min(header, bytes.length));
          header -= bytes.length - sound.length;
          // Whoever left has the rest thrown away: the worker goes on to the end, as it is.
          if (sound.length > 0 && !signal.aborted) yield sound;
        }
        signal.throwIfAborted();
      } finally {
        give(worker);
      }
    },
  };
}

/** Asks workers over HTTP, each by its address. */
export function askFish(): { ask: AskVoice; close(): Promise<void> } {
  const agent = new Agent({ connections: null, keepAliveTimeout: 4000 });
  return {
    async *ask(origin, request) {
      const { statusCode, body } = await agent.request({
        origin,
        path: "/v1/tts",
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(request),
      });
      if (statusCode !== 200) throw new Error(`Fish-Speech answered ${statusCode}: ${await body.text()}`);
      yield* body as AsyncIterable<Buffer>;
    },
    close: () => agent.destroy(),
  };
}
