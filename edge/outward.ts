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
  TOO_MANY_TURNS: "as many answers are running as this deployment allows: try again in a moment",
  TOO_MANY_TURNS_OF_PEER: "as many answers are running as one address may have: wait until one has ended",
  GENERATE_UNREACHABLE: "the language model cannot be reached at the moment: try again later",
  GENERATE_UNTRUSTED: "the language model cannot be reached at the moment: try again later",
  SYNTHESIZE_UNREACHABLE: "the voice cannot be reached at the moment: try again later",
  SYNTHESIZE_UNTRUSTED: "the voice cannot be reached at the moment: try again later",
  OVERLOADED: "there is too much to do at the moment: try again shortly",
  ENGINE_OVERLOADED: "there is too much to do at the moment: try again shortly",
  ENGINE_UNREACHABLE: "the model or the voice cannot be reached at the moment: try again later",
  ENGINE_STALLED: "the model or the voice did not answer in time: try again",
  ENGINE_BROKEN: "the model or the voice failed: try again",
  ENGINE_EMPTY: "the model ended its answer without a word: ask again, or put it differently",
};

const codeSentences: Readonly<Record<string, string>> = {
  // It quotes its caller, who sent something of that form.
  INVALID_ARGUMENT: "the request is not valid: its details name the field and what is wrong with it",
  RESOURCE_EXHAUSTED: "there is too much to do at the moment: try again shortly",
  UNAVAILABLE: "a part of this deployment cannot be reached at the moment: try again later",
  DEADLINE_EXCEEDED: "the answer took too long: try again",
};

const otherwise = "something is wrong with this deployment, and its log says what: tell whoever runs it";
