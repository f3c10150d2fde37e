/*
 * What callers are told of what a service, or the way to it, has failed at. What a service says is for people who run the deployment: it names
 * addresses, settings and files, and quotes engines. A caller can do nothing about those, and they are none of a caller's business. So a
 * caller gets the reason, which is a constant, and the sentence that stands here for it. Only what the caller's own request is to blame for
 * passes as it was said. A reason that does not stand here gets the sentence of its code: nothing passes because nobody thought of it.
 */

/** What a caller is told. */
export interface Told {
  readonly message: string;
  /** When trying again may work, in milliseconds, where the service does not say: what this cause takes to pass. Undefined: nobody knows. */
  readonly retryDelayMs?: number;
}

/** What callers are told of a failure that a service has said, or that its connection has. */
export function toldOutward({ code, reason, message }: Record<"code" | "reason" | "message", string>): Told {
  if (ofTheRequest.has(code)) return { message };
  return reasons[reason] ?? codes[code] ?? { message: otherwise };
}

const ofTheRequest = new Set(["INVALID_ARGUMENT", "NOT_FOUND", "ALREADY_EXISTS", "OUT_OF_RANGE"]);

// A process that has ended is started again within about this.
const restartMs = 2_000;
// An engine loads its model for longer, yet mostly another server answers.
const engineRestartMs = 5_000;
// Somebody has to change a setting.
const operatorMs = 30_000;

const modelAway = "the language model cannot be reached at the moment: try again later";
const voiceAway = "the voice cannot be reached at the moment: try again later";
const engineAway = "the model or the voice cannot be reached at the moment: try again later";
const engineFailed = "the model or the voice failed: try again";
const tooMuch = "there is too much to do at the moment: try again shortly";
const otherwise = "something is wrong with this deployment, and its log says what: tell whoever runs it";

/** By reason: every one that services and the edge's way to them give. */
export const reasons: Readonly<Record<string, Told>> = {
  GENERATE_UNREACHABLE: { message: modelAway, retryDelayMs: restartMs },
  GENERATE_UNTRUSTED: { message: modelAway, retryDelayMs: operatorMs },
  GENERATE_BROKEN: { message: "the language model's answer broke off: try again", retryDelayMs: 1_000 },
  SYNTHESIZE_UNREACHABLE: { message: voiceAway, retryDelayMs: restartMs },
  SYNTHESIZE_UNTRUSTED: { message: voiceAway, retryDelayMs: operatorMs },
  SYNTHESIZE_BROKEN: { message: "the voice broke off: try again", retryDelayMs: 1_000 },
  OVERLOADED: { message: tooMuch, retryDelayMs: 1_000 },
  ENGINE_OVERLOADED: { message: tooMuch, retryDelayMs: 1_000 },
  ENGINE_UNREACHABLE: { message: engineAway, retryDelayMs: engineRestartMs },
  ENGINE_SILENT: { message: engineAway, retryDelayMs: restartMs },
  ENGINE_STALLED: { message: "the model or the voice did not answer in time: try again" },
  ENGINE_EMPTY: { message: "the model ended its answer without a word: try again" },
  ENGINE_BROKEN: { message: engineFailed, retryDelayMs: 1_000 },
  ENGINE_REJECTED: { message: "the model or the voice refused the request that was made of it: tell whoever runs it" },
  ENGINE_UNAUTHORIZED: { message: otherwise },
  ENGINE_OUTPUT_INVALID: { message: "the model's answer has not the shape that was asked for: try again" },
  DRAINING: { message: "this process is about to stop: call again", retryDelayMs: 500 },
  DEADLINE_EXCEEDED: { message: "the answer took longer than its caller allows: allow more time" },
  UNREACHABLE: {
    message: "a part of this deployment cannot be reached at the moment: try again",
    retryDelayMs: restartMs,
  },
  CANCELLED: { message: "the call was cancelled" },
  UNAUTHENTICATED: { message: otherwise },
  INTERNAL: { message: otherwise },
};

const codes: Readonly<Record<string, Told>> = {
  RESOURCE_EXHAUSTED: { message: tooMuch, retryDelayMs: 1_000 },
  UNAVAILABLE: {
    message: "a part of this deployment cannot be reached at the moment: try again later",
    retryDelayMs: restartMs,
  },
  DEADLINE_EXCEEDED: { message: "the answer took too long: try again" },
  CANCELLED: { message: "the call was cancelled" },
};
