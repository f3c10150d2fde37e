import { Agent } from "undici";

/** The workers of Fish-Speech as a side without a scheduler uses them: who comes first is served first. */
export interface Voices {
  /** Speaks on the next worker that is free; gives the PCM as it comes. `streamed`: part by part, not as one file. */
  speak(words: string, how: { streamed: boolean }, signal: AbortSignal): AsyncGenerator<Buffer>;
  close(): Promise<void>;
}

/** A WAV header of Fish-Speech. */
const wavHeaderBytes = 44;

/** Makes the pool of workers: each is asked one thing at a time, and what waits does so here, in order of arrival. */
export function createVoices(urls: readonly string[]): Voices {
  const agent = new Agent({ connections: null, keepAliveTimeout: 4000 });
  const free = [...urls];
  const queue: ((url: string) => void)[] = [];
  const take = () =>
    new Promise<string>((resolve) => {
      const url = free.shift();
      if (url === undefined) queue.push(resolve);
      else resolve(url);
    });
  const give = (url: string) => {
    const next = queue.shift();
    if (next === undefined) free.push(url);
    else next(url);
  };
  return {
    async *speak(words, { streamed }, signal) {
      const url = await take();
      try {
        signal.throwIfAborted();
        const { statusCode, body } = await agent.request({
          origin: url,
          path: "/v1/tts",
          method: "POST",
          headers: { "content-type": "application/json" },
          // 0: no limit of frames, so that no answer is cut; 100: the shortest parts that 1.5 makes.
          body: JSON.stringify({
            text: words,
            streaming: streamed,
            format: "wav",
            ...(streamed && { chunk_length: 100 }),
            max_new_tokens: 0,
          }),
        });
        if (statusCode !== 200) throw new Error(`Fish-Speech answered ${statusCode}: ${await body.text()}`);
        let header = streamed ? 0 : wavHeaderBytes;
        for await (const bytes of body as AsyncIterable<Buffer>) {
          const sound = bytes.subarray(Math.min(header, bytes.length));
          header -= bytes.length - sound.length;
          // Whoever left has the rest thrown away: the worker goes on to the end, as it is.
          if (sound.length > 0 && !signal.aborted) yield sound;
        }
        signal.throwIfAborted();
      } finally {
        give(url);
      }
    },
    close: () => agent.destroy(),
  };
}
