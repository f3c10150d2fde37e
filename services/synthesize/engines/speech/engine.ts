import type { Clock } from "../../../../infra/clock/clock.ts";
import { withoutCredentials } from "../../../../infra/net/address.ts";
import { faultOf, retryDelayMs } from "../../../common/engine/faults.ts";
import { createHttp } from "../../../common/engine/http.ts";
import { createWatchdog } from "../../../common/engine/watchdog.ts";
import { EngineError } from "../../../common/errors/engine-error.ts";
import { readAnswer } from "../../audio/answer.ts";
import type { Engine } from "../engine.ts";

/** How to reach servers of `/v1/audio/speech`. */
export interface SpeechOptions {
  /** Base addresses, one a server; at least one. */
  readonly urls: readonly string[];
  /** Sent as a bearer token. */
  readonly apiKey: string | undefined;
  readonly model: string | undefined;
  readonly voices: readonly string[];
  readonly sampleRateHertz: number;
  readonly slots: number | undefined;
  /** How long one request may take. */
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/** Servers of `/v1/audio/speech`, asked for whole answers. */
export function createSpeechEngine(options: SpeechOptions): Engine {
  const { sampleRateHertz, timeoutMs, clock } = options;
  const servers = options.urls.map((url) => {
    const address = withoutCredentials(url);
    const unreachable = () => `the speech server at ${address} does not answer`;
    return { address, http: createHttp({ url, apiKey: options.apiKey, unreachable, sendAgain: "died-idle" }) };
  });
  return {
    name: "speech",
    sampleRateHertz,
    addresses: servers.map(({ address }) => address),
    slots: servers.map(() => options.slots ?? 1),
    streams: false,
    fromFirst: () => false,
    minOpenerSeconds: 0,
    voices: async () =>
      (options.voices.length > 0 ? options.voices : ["default"]).map((name) => ({
        name,
        displayName: name,
        languages: [],
      })),
    async *synthesize(worker, { text, voice }, signal) {
      const { http, address } = servers[worker] as (typeof servers)[0];
      const watchdog = createWatchdog(clock, signal);
      watchdog.expect(timeoutMs, () => new EngineError("stalled", `${address} took more than ${timeoutMs} ms`));
      try {
        const body = { model: options.model ?? "tts-1", input: text, voice, response_format: "wav" };
        const {
          statusCode,
          headers,
          body: answer,
        } = await http.request({
          method: "POST",
          path: "/v1/audio/speech",
          body,
          signal: watchdog.signal,
        });
        if (statusCode !== 200) {
          await answer.dump();
          throw new EngineError(faultOf(statusCode), `${address} answered ${statusCode}`, {
            retryDelayMs: retryDelayMs(headers),
          });
        }
        yield* readAnswer({ from: address, headers, body: answer }, { sampleRateHertz, as: "wav" });
      } finally {
        watchdog.rest();
      }
    },
    probe: undefined,
    notReady: async () => undefined,
    caution: async () => undefined,
    workers: async () => servers.map(({ address }) => ({ url: address, versions: [], reason: undefined })),
    async close() {
      await Promise.all(servers.map(({ http }) => http.close()));
    },
  };
}
