/*
 * What callers are told when a service, or the connection to it, fails. A service's own message is for people who run
 * the deployment: it names addresses, settings and files, and quotes engines. Callers cannot act on these, and should
 * not see them. So a caller gets the reason, which is a constant, and the sentence that is given for this reason here.
 * Only messages about faults in the caller's own request are passed on unchanged. A reason that is not listed here gets
 * the sentence of its gRPC code, so that nothing is disclosed by oversight.
 */

/** What a caller is told of a failure. */
export interface Told {
  readonly message: string;
  /**
   * How long callers are told to wait before a retry, in milliseconds, if the service does not say: as long as such a
   * failure usually lasts. Undefined: unknown.
   */
  readonly retryDelayMs?: number;
}

/** What callers are told of a failure of a service or of its connection. */
export function toldOutward({ code, reason, message }: Record<"code" | "reason" | "message", string>): Told {
  if (ofTheRequest.has(code)) return { message };
  return reasons[reason] ?? codes[code] ?? { message: otherwise };
}

const ofTheRequest = new Set(["INVALID_ARGUMENT", "NOT_FOUND", "ALREADY_EXISTS", "OUT_OF_RANGE"]);

// How long callers are told to wait if a process has ended: it is restarted within about this time.
const restartMs = 2_000;
// How long callers are told to wait if an engine cannot be reached: a restarted engine takes longer to load its model,
// but usually another server answers within this time.
const engineRestartMs = 5_000;
// How long callers are told to wait, in milliseconds, if a failure lasts until somebody changes a setting.
const operatorMs = 30_000;

const modelAway = "the language model cannot be reached at the moment: try again later";
const voiceAway = "the voice cannot be reached at the moment: try again later";
const engineAway = "the model or the voice cannot be reached at the moment: try again later";
const engineFailed = "the model or the voice failed: try again";
const tooMuch = "this deployment is overloaded at the moment: try again shortly";
const otherwise = "something is wrong with this deployment, and its log says what: tell whoever runs it";

/**
 * What callers are told of a failure, keyed by its reason: all reasons that the services or the edge's clients give.
 */
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
  ENGINE_REJECTED: { message: "the model or the voice refused a request of this deployment: tell whoever runs it" },
  ENGINE_UNAUTHORIZED: { message: otherwise },
  ENGINE_OUTPUT_INVALID: { message: "the model's answer does not have the requested format: try again" },
  DRAINING: { message: "this process is shutting down: call again", retryDelayMs: 500 },
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
