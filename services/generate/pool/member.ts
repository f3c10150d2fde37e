import { type Breaker, createBreaker } from "../../../infra/balance/breaker.ts";
import type { Clock } from "../../../infra/clock/clock.ts";
import { EngineError } from "../../common/errors/engine-error.ts";
import type { ChatEvent, ChatRequest } from "../chat.ts";
import type { ModelServer } from "../engines/openai/server.ts";
import { createWatch, type Watch, type WatchOptions } from "./watch.ts";

/** A server in a pool. */
export interface Member {
  readonly server: ModelServer;
  readonly watch: Watch;
  /** How many answers the server is writing for this process. */
  readonly inFlight: number;
  /** Why the server gets no work at the moment; undefined if it gets work. */
  readonly reason: string | undefined;
  /** Whether the server does not respond, or fell silent in its latest answer and is not to be tried again yet. */
  readonly isSilent: boolean;
  /** Whether a request is being sent to this silent server as a trial, to find out whether it responds again. */
  readonly onTrial: boolean;
  /**
   * Streams the server's answer. With `holdsStart`, the event `started` is held back until there is a thought or text,
   * since another server may still take over.
   */
  answer(request: ChatRequest, signal: AbortSignal, holdsStart: boolean): AsyncGenerator<ChatEvent>;
}

/** Options of createMember. */
export type MemberOptions = Omit<WatchOptions, "load">;

class WatchedMember implements Member {
  readonly server: ModelServer;
  readonly watch: Watch;
  inFlight = 0;
  onTrial = false;
  readonly #clock: Clock;
  readonly #breaker: Breaker = createBreaker();
  /** How many of the answers in flight have begun, with a thought or text. */
  #speaking = 0;
  /** Whether the last failure was because the server was silent. */
  #fellSilent = false;

  constructor(server: ModelServer, options: MemberOptions) {
    this.server = server;
    this.#clock = options.clock;
    const load = () => ({ inFlight: this.inFlight, speaking: this.#speaking });
    this.watch = createWatch(server, { ...options, load });
  }

  get reason(): string | undefined {
    const { trouble } = this.watch;
    if (trouble !== undefined || this.#breaker.allows(this.#clock.now())) return trouble;
    return this.#fellSilent
      ? "the model server's last answers did not come in time (DUET_GENERATE_FIRST_TOKEN_TIMEOUT_MS)"
      : "the model server's last answers failed";
  }

  get isSilent(): boolean {
    return this.watch.isSilent || (this.#fellSilent && !this.#breaker.allows(this.#clock.now()));
  }

  async *answer(request: ChatRequest, signal: AbortSignal, holdsStart: boolean): AsyncGenerator<ChatEvent> {
    let started: ChatEvent | undefined;
    let spoke = false;
    const trial = this.isSilent;
    if (trial) this.onTrial = true;
    this.inFlight++;
    this.#breaker.begin(this.#clock.now());
    this.watch.touch();
    try {
      for await (const event of this.server.chat(request, signal)) {
        if (event.type === "accepted") {
          yield event;
          continue;
        }
        if (event.type === "started") {
          if (holdsStart) started = event;
          else yield event;
          continue;
        }
        if (!spoke) {
          spoke = true;
          this.#speaking++;
          this.#fellSilent = false;
          if (trial) this.onTrial = false;
        }
        if (started !== undefined) yield started;
        started = undefined;
        yield event;
      }
      this.#breaker.succeeded();
    } catch (error) {
      if (isServersFault(error)) {
        this.#fellSilent = error.fault === "stalled";
        this.#breaker.failed(this.#clock.now());
      }
      throw error;
    } finally {
      if (trial) this.onTrial = false;
      this.inFlight--;
      if (spoke) this.#speaking--;
      this.#breaker.ended();
      if (this.inFlight === 0) this.watch.rest();
    }
  }
}

/** Creates a member that has not been asked anything yet. */
export function createMember(server: ModelServer, options: MemberOptions): Member {
  return new WatchedMember(server, options);
}

function isServersFault(error: unknown): error is EngineError {
  return error instanceof EngineError && ["unreachable", "broken", "stalled"].includes(error.fault);
}
