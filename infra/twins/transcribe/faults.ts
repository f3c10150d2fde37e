/**
 * A fault of a recognizer, or of a proxy in front of it: triggered by a word in the prompt, or set for every request.
 */
export interface Trigger {
  /** A description of the fault, for `--help` and `GET /_twin/faults`. */
  readonly does: string;
  /**
   * The request is refused before any work, with this status and message in the server's own error format. `quotes`:
   * the message ends with the prompt, or with the words of the recording.
   */
  readonly refuses?: {
    readonly status: number;
    readonly message: string;
    readonly headers?: Record<string, string>;
    readonly quotes?: "prompt" | "words";
  };
  /** This body is sent unchanged instead of an answer, without any work. */
  readonly answer?: { readonly type: string; readonly body: string };
  /**
   * `reset`: destroys the connection before the first byte. `hang`: never answers. `restart`: the process ends and is
   * started again.
   */
  readonly instead?: "reset" | "hang" | "restart";
  /** The answer takes this many seconds longer. */
  readonly slowSeconds?: number;
  /**
   * What happens in the middle of the answer. `cut`: the connection is destroyed. `freeze`: nothing more is sent.
   * `error`: an error is reported inside a 200. `garbage`: meaningless bytes are sent.
   */
  readonly middle?: "cut" | "freeze" | "error" | "garbage";
  /** Returns the wrong transcript that replaces the correct one. */
  readonly words?: (text: string) => string;
  /** The language that is reported as detected. */
  readonly language?: string;
  /** If set, only requests for this response format are refused. */
  readonly refusesFormat?: string;
}

const signIn = `<!DOCTYPE html><html><head><title>Sign in</title></head><body>${"<p>Please sign in.</p>".repeat(50)}</body></html>`;
const json = "application/json";

/** All triggers, each under the word in the prompt that activates it. */
export const triggers: Readonly<Record<string, Trigger>> = {
  FAIL: { does: "answers 500: the engine fails", refuses: { status: 500, message: "EngineCore encountered an issue" } },
  BUSY: { does: "answers 503: it is overloaded", refuses: { status: 503, message: "Service unavailable" } },
  LATER: {
    does: "answers 429 with Retry-After",
    refuses: { status: 429, message: "Rate limit reached", headers: { "retry-after": "7" } },
  },
  DENIED: { does: "answers 401: the key is wrong", refuses: { status: 401, message: "Incorrect API key provided" } },
  UNKNOWN: {
    does: "answers 404: there is no such model",
    refuses: { status: 404, message: "The model does not exist." },
  },
  REFUSED: { does: "answers 400: it rejects the request", refuses: { status: 400, message: "Invalid request" } },
  QUOTE: {
    does: "answers 400 and quotes the prompt",
    refuses: { status: 400, message: "Invalid prompt: ", quotes: "prompt" },
  },
  SPILL: {
    does: "answers 500 and quotes what was said",
    refuses: { status: 500, message: "Cannot encode ", quotes: "words" },
  },
  PLAIN: { does: "answers 400 where verbose_json is asked for", refusesFormat: "verbose_json" },
  SLOW: { does: "takes 20 s longer", slowSeconds: 20 },
  HANG: { does: "never answers", instead: "hang" },
  RESET: { does: "the connection is destroyed before the first byte", instead: "reset" },
  RESTART: { does: "the process exits and is restarted; connections are refused meanwhile", instead: "restart" },
  CUT: { does: "the connection is cut in the middle of the answer", middle: "cut" },
  FREEZE: { does: "the answer stalls in the middle", middle: "freeze" },
  ERROR: { does: "answers 200 with an error in the body", middle: "error" },
  GARBAGE: { does: "sends meaningless bytes in the middle of the answer", middle: "garbage" },
  PAGE: {
    does: "answers 200 with a sign-in page, as a proxy in front of it does",
    answer: { type: "text/html; charset=utf-8", body: signIn },
  },
  DISGUISE: { does: "answers 200 with an HTML page labelled as JSON", answer: { type: json, body: signIn } },
  EMPTY: { does: "answers 200 with an empty body", answer: { type: json, body: "" } },
  NULL: { does: "answers 200 with null as the text", answer: { type: json, body: JSON.stringify({ text: null }) } },
  WORDLESS: { does: "transcribes nothing", words: () => "" },
  QWEN: { does: "leaves Qwen3-ASR's tags in the transcript", words: (text) => `language English<asr_text>${text}` },
  QWENNONE: { does: "transcribes nothing, with Qwen3-ASR's tags around it", words: () => "language None<asr_text>" },
  SENSE: {
    does: "leaves SenseVoice's tags in the transcript",
    words: (text) => `<|zh|><|NEUTRAL|><|Speech|><|withitn|>${text}`,
  },
  FOREIGN: {
    does: "transcribes the recording as another language",
    words: () => "안녕하세요 잘 지내세요",
    language: "ko",
  },
  GHOST: { does: "writes a subtitle credit that was not spoken", words: () => "字幕由 Amara.org 社区提供" },
  LOOP: { does: "repeats the transcript", words: (text) => `${text} `.repeat(60) },
  HUGE: { does: "writes a transcript of two megabytes", words: () => "word ".repeat(400_000) },
};

/** The trigger for a request: the one named by `always` if set, otherwise the one that the prompt contains. */
export function triggerOf(prompt: string, byPrompt: boolean, always: string | undefined): Trigger | undefined {
  if (always !== undefined) return triggers[always];
  const name = byPrompt ? Object.keys(triggers).find((word) => new RegExp(`\\b${word}\\b`).test(prompt)) : undefined;
  return name === undefined ? undefined : triggers[name];
}
