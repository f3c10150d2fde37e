import { chooseServer } from "../../../infra/balance/choose-server.ts";
import type { Clock } from "../../../infra/clock/clock.ts";
import type { Log } from "../../../infra/log/log.ts";
import { withoutCredentials } from "../../../infra/net/address.ts";
import { EarsError } from "./ears-error.ts";
import {
  type Answered,
  createRecognizer,
  type Hints,
  type Recognizer,
  type RecognizerSettings,
  type Sent,
} from "./recognizer.ts";

/** Settings that say which recognizers a deployment has, and how requests are sent to them. */
export interface RecognizersSettings extends RecognizerSettings {
  /** The URLs of the recognizers. */
  readonly url: readonly string[];
  /** How long the transcription of one recording may take, in milliseconds. */
  readonly timeoutMs: number;
}

/** All recognizers of a deployment behind one interface: each recording goes to an available recognizer. */
export interface Recognizers {
  /**
   * Has a recording transcribed by one of the recognizers. If that one is unreachable, tries once more, preferably with
   * a different one. Throws EarsError if this fails; the error's fault is `stalled` if `late` aborts. If `signal`
   * aborts, throws the signal's reason.
   */
  write(sent: Sent, hints: Hints, signal: AbortSignal, late: AbortSignal): Promise<Answered>;
  /** Whether at least one recognizer is available for a recording now. */
  readonly isThere: boolean;
  /** Destroys all connections. */
  close(): Promise<void>;
}

/** Creates the pool of a deployment's recognizers; contacts none of them yet. */
export function createRecognizers(settings: RecognizersSettings, tools: Tools): Recognizers {
  return new RecognizerPool(settings, tools);
}

interface Tools {
  readonly clock: Clock;
  readonly log: Log;
}

class RecognizerPool implements Recognizers {
  readonly #recognizers: readonly Recognizer[];
  readonly #timeoutMs: number;
  readonly #clock: Clock;
  readonly #log: Log;
  #turn = 0;

  constructor(settings: RecognizersSettings, { clock, log }: Tools) {
    this.#recognizers = settings.url.map((url) => createRecognizer(url, settings, clock));
    this.#timeoutMs = settings.timeoutMs;
    this.#clock = clock;
    this.#log = log;
  }

  get isThere(): boolean {
    return this.#recognizers.some(({ breaker }) => !breaker.isOpen);
  }

  async write(sent: Sent, hints: Hints, signal: AbortSignal, late: AbortSignal): Promise<Answered> {
    const either = AbortSignal.any([signal, late]);
    const tried = new Set<Recognizer>();
    for (;;) {
      const chosen = this.#choose(tried);
      const isLast = tried.size > 0;
      tried.add(chosen);
      chosen.breaker.begin(this.#clock.now());
      try {
        const answered = await chosen.write(sent, hints, either);
        chosen.breaker.succeeded();
        return answered;
      } catch (caught) {
        const error = late.aborted && !signal.aborted ? this.#tooLate() : caught;
        this.#note(chosen, error);
        if (!(error instanceof EarsError) || error.fault !== "unreachable" || isLast) throw error;
      }
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#recognizers.map((one) => one.close()));
  }

  /** A recognizer whose circuit breaker allows a request, preferably one not in `tried`. Throws if there is none. */
  #choose(tried: ReadonlySet<Recognizer>): Recognizer {
    const now = this.#clock.now();
    const able = this.#recognizers.filter(({ breaker }) => breaker.allows(now));
    const fresh = able.filter((one) => !tried.has(one));
    const chosen = chooseServer(fresh.length > 0 ? fresh : able, undefined, this.#turn++);
    if (chosen === undefined)
      throw new EarsError("unreachable", "failed recently, and is not being used for the moment", {
        retryDelayMs: this.#untilTrialMs(now),
      });
    return chosen;
  }

  #untilTrialMs(now: number): number | undefined {
    const trials = this.#recognizers.flatMap(({ breaker }) => breaker.trialAt ?? []);
    return trials.length === 0 ? undefined : Math.ceil(Math.max(0, Math.min(...trials) - now));
  }

  #tooLate(): EarsError {
    return new EarsError("stalled", `took longer than ${this.#timeoutMs} ms (DUET_TRANSCRIBE_TIMEOUT_MS)`);
  }

  /** Tells a recognizer's circuit breaker about a failure, and logs it. */
  #note({ breaker, url }: Recognizer, error: unknown): void {
    if (error instanceof EarsError) {
      if (blames(error)) breaker.failed(this.#clock.now());
      else breaker.reset();
      this.#log.warn({ fault: error.fault, url: withoutCredentials(url) }, `the recognizer ${error.message}`);
    } else breaker.ended();
  }
}

/** Whether a failure means that the recognizer itself is unhealthy. */
function blames({ fault }: EarsError): boolean {
  return fault === "unreachable" || fault === "broken" || fault === "stalled";
}
