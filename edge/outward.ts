import { namesPlace } from "../infra/net/places.ts";

/** What a failure says. */
interface Said {
  readonly code: string;
  readonly reason: string;
  readonly message: string;
}

/**
 * What a caller is told of a failure. Within the edge a message is for people who run the deployment: it may name their addresses, hosts and
 * settings, and goes to the log and to /readyz as it is. A caller can do nothing about those, and they are none of a caller's business: a
 * message that names any is replaced by a sentence that names none. The reason, which is a constant, stays the same.
 *
 * The text decides, and not whoever wrote it: most messages come from services and what they quote, and one that nobody thought of must not
 * pass either.
 */
export function toldOutward({ code, reason, message }: Said): string {
  const isInternal = namesSetting.test(message) || namesPlace(message);
  return isInternal ? (sentences[reason] ?? codeSentences[code] ?? otherwise) : message;
}

const namesSetting = /\bDUET_[A-Z]/;

const modelAway = "the language model cannot be reached at the moment: try again later";
const voiceAway = "the voice cannot be reached at the moment: try again later";

const sentences: Readonly<Record<string, string>> = {
  TOO_MANY_TURNS: "as many answers are running as this deployment allows: try again in a moment",
  TOO_MANY_TURNS_OF_PEER: "as many answers are running as one address may have: wait until one has ended",
  GENERATE_UNREACHABLE: modelAway,
  GENERATE_UNTRUSTED: modelAway,
  SYNTHESIZE_UNREACHABLE: voiceAway,
  SYNTHESIZE_UNTRUSTED: voiceAway,
  SESSIONS_AWAY: "conversations cannot be kept at the moment: try again shortly, or ask without session_id",
  ENGINE_STALLED: "the model or the voice did not answer in time: try again",
  ENGINE_BROKEN: "the model or the voice failed: try again",
};

const codeSentences: Readonly<Record<string, string>> = {
  // It quotes its caller, who sent something of that form.
  INVALID_ARGUMENT: "the request is not valid: its details name the field and what is wrong with it",
  RESOURCE_EXHAUSTED: "there is too much to do at the moment: try again shortly",
  UNAVAILABLE: "a part of this deployment cannot be reached at the moment: try again later",
  DEADLINE_EXCEEDED: "the answer took too long: try again",
};

const otherwise = "something is wrong with this deployment, and its log says what: tell whoever runs it";
