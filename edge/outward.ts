/** What a failure says. */
interface Said {
  readonly code: string;
  readonly reason: string;
  readonly message: string;
}

/**
 * What a caller is told of a failure. Within the edge a message is for people who run the deployment: it may name their addresses, hosts and
 * settings, and goes to the log and to /readyz as it is. A caller can do nothing about those, and they are none of his business: a message that
 * names any is told in other words. The reason, which is a constant, stays the same.
 */
export function toldOutward({ code, reason, message }: Said): string {
  return ours.test(message) ? (sentences[reason] ?? codeSentences[code] ?? otherwise) : message;
}

// A setting, a URL, an IP address, a host with its port.
const ours =
  /\bDUET_[A-Z]|\b[a-z]+:\/\/|\b\d{1,3}(?:\.\d{1,3}){3}\b|\[[\da-f:]*:[\da-f:]*\]|\blocalhost\b|\b[a-z][\w-]*(?:\.[\w-]+)*:\d{2,5}\b/i;

const sentences: Readonly<Record<string, string>> = {
  TOO_MANY_TURNS: "as many answers are under way as can be: try again in a moment",
  TOO_MANY_TURNS_OF_PEER: "as many answers are under way from your address as may be: wait until one has ended",
  GENERATE_UNREACHABLE: "the language model's side cannot be reached now: try again later",
  GENERATE_UNTRUSTED: "the language model's side cannot be reached now: try again later",
  SYNTHESIZE_UNREACHABLE: "the voice's side cannot be reached now: try again later",
  SYNTHESIZE_UNTRUSTED: "the voice's side cannot be reached now: try again later",
  OVERLOADED: "there is more to do than can be done in time: try again in a moment",
  ENGINE_OVERLOADED: "there is more to do than can be done in time: try again in a moment",
  ENGINE_UNREACHABLE: "the model or the voice cannot be reached now: try again later",
  ENGINE_STALLED: "the model or the voice did not answer in time: try again",
  ENGINE_BROKEN: "the model or the voice failed in its work: try again",
  ENGINE_EMPTY: "the model ended its answer without a word: ask again, or in other words",
};

const codeSentences: Readonly<Record<string, string>> = {
  // It quotes its caller, who sent something of that form.
  INVALID_ARGUMENT: "the request cannot be taken: its details name the field and what is wrong with it",
  RESOURCE_EXHAUSTED: "there is more to do than can be done in time: try again in a moment",
  UNAVAILABLE: "a part of this deployment cannot be reached now: try again later",
  DEADLINE_EXCEEDED: "the answer took too long: try again",
};

const otherwise = "this deployment is at fault, and its log says why: tell whoever runs it";
