import { createHash } from "node:crypto";
import { Failure } from "../../errors.ts";

/** A complete answer that was sent to a caller. */
export interface GivenAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array;
}

/** Work on a request that was begun under the request's `Idempotency-Key`. */
export interface Begun {
  /** Keeps the complete answer, for whoever sends the same request again. */
  keep(answer: GivenAnswer): void;
  /** Frees the key for a new try, since the work failed. Without effect after `keep`, or if called again. */
  free(): void;
}

/** Stores answers in this process by the `Idempotency-Key` of their request, for clients that send a request again. */
export interface IdempotencyKeys {
  /**
   * Begins work under a key, or returns the answer already given. Throws ABORTED while the first request with the key
   * is running, and INVALID_ARGUMENT if the key was first used for a different request.
   */
  begin(caller: string, key: string, request: Uint8Array): Begun | GivenAnswer;
}

// How long answers are kept: SDKs retry within seconds, people within minutes.
const keptMs = 600_000;
const mostBytes = 64 << 20;
/** The size in bytes up to which an answer is kept, to be sent again if its request is retried. */
export const mostKeptBytes = 8 << 20;
const mostKeys = 10_000;
const mostKeyCharacters = 255;

/** Makes an empty store of keys. When it is full, the oldest answers are dropped; running requests never are. */
export function createIdempotencyKeys(unixNow: () => number): IdempotencyKeys {
  interface Entry {
    readonly request: string;
    readonly until: number;
    answer?: GivenAnswer;
  }
  const entries = new Map<string, Entry>();
  let bytes = 0;

  const drop = (id: string) => {
    bytes -= entries.get(id)?.answer?.body.length ?? 0;
    entries.delete(id);
  };
  const makeRoom = () => {
    for (const [id, { answer, until }] of entries) {
      if (entries.size <= mostKeys && bytes <= mostBytes && until > unixNow()) return;
      if (answer !== undefined) drop(id);
    }
  };
  return {
    begin(caller, key, request) {
      if (key.length > mostKeyCharacters || !/^[!-~]+$/.test(key))
        throw new Failure(
          "INVALID_ARGUMENT",
          "INVALID_IDEMPOTENCY_KEY",
          `the header Idempotency-Key must be 1 to ${mostKeyCharacters} visible ASCII characters`,
          {
            fields: [
              {
                field: "Idempotency-Key",
                reason: "INVALID_FORMAT",
                description: `must be 1 to ${mostKeyCharacters} visible ASCII characters`,
              },
            ],
          },
        );
      const id = `${caller}\n${key}`;
      const digest = createHash("sha256").update(request).digest("base64");
      const known = entries.get(id);
      if (known !== undefined && known.answer !== undefined && known.until <= unixNow()) drop(id);
      else if (known !== undefined) {
        if (known.request !== digest)
          throw new Failure(
            "INVALID_ARGUMENT",
            "IDEMPOTENCY_KEY_REUSED",
            "this Idempotency-Key was already used for another request: use a new key for each request",
            {
              fields: [
                { field: "Idempotency-Key", reason: "NOT_ALLOWED", description: "was used for another request" },
              ],
            },
          );
        if (known.answer !== undefined) return known.answer;
        throw new Failure(
          "ABORTED",
          "IDEMPOTENCY_KEY_IN_USE",
          "the first request with this Idempotency-Key is still being answered: send it again in a moment",
          { retryDelayMs: 1_000 },
        );
      }
      const entry: Entry = { request: digest, until: unixNow() + keptMs };
      entries.set(id, entry);
      return {
        keep(answer) {
          if (entries.get(id) !== entry) return;
          entry.answer = answer;
          bytes += answer.body.length;
          makeRoom();
        },
        free() {
          if (entries.get(id) === entry && entry.answer === undefined) entries.delete(id);
        },
      };
    },
  };
}
