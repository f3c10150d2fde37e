import type { Clock } from "../../../infra/clock/clock.ts";

/** Remembers in memory the first value recorded for each request. The value names the turn that answers the request. */
export class Requests {
  readonly #clock: Clock;
  readonly #mostRequests: number;
  readonly #begun = new Map<string, { readonly value: string; readonly until: number }>();

  /** Remembers at most `mostRequests` requests; if there are more, the oldest are forgotten. */
  constructor(clock: Clock, mostRequests: number) {
    this.#clock = clock;
    this.#mostRequests = mostRequests;
  }

  /** Records a request's value for `ttlMs`, unless it already has one. Returns that earlier value, else undefined. */
  claim(tenant: string, request: string, value: string, ttlMs: number): string | undefined {
    const id = JSON.stringify([tenant, request]);
    const before = this.#begun.get(id);
    if (before !== undefined && before.until > this.#clock.now()) return before.value;
    this.#begun.delete(id);
    const oldest = this.#begun.size >= this.#mostRequests ? this.#begun.keys().next().value : undefined;
    if (oldest !== undefined) this.#begun.delete(oldest);
    this.#begun.set(id, { value, until: this.#clock.now() + ttlMs });
    return undefined;
  }

  /** Deletes the value of a request if it is still equal to `value`. */
  release(tenant: string, request: string, value: string): void {
    const id = JSON.stringify([tenant, request]);
    if (this.#begun.get(id)?.value === value) this.#begun.delete(id);
  }

  /** Forgets requests whose `ttlMs` has passed. */
  sweep(): void {
    for (const [id, { until }] of this.#begun) if (until <= this.#clock.now()) this.#begun.delete(id);
  }
}
