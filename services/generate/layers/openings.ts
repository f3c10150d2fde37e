/**
 * Makes a model begin its answer with one of several short texts (openings) whose audio is cached. The model is asked
 * for this after the question, not in the instructions, which are in the server's prefix cache. If structured output
 * enforces an opening as well, then as soon as the text so far is the beginning of only one opening, the rest of that
 * opening is certain and is sent at once. If only one opening is allowed, it is certain before the first token.
 */
import { countCodePoints } from "../../../infra/text/code-points.ts";
import { hash } from "../../../infra/text/hash.ts";
import type { ChatEvent, ChatMessage, ChatRequest, Layer } from "../chat.ts";

/** Options of withOpenings. */
export interface OpeningsOptions {
  /**
   * The maximum number of openings among which structured output may make the model choose; 0 if the operator has not
   * said that the servers support structured output.
   */
  readonly hold: number;
  /** Whether a server uses speculative decoding: then no pattern enforces the openings (vllm#52620, #46118). */
  readonly guesses: () => boolean;
  /** Called when a server did not respect the constraint: from then on, answers are no longer constrained. */
  readonly broken: () => void;
}

/**
 * The maximum number of openings in a prompt if structured output does not enforce them: each one makes the prompt
 * longer and the first token later.
 */
const mostAsked = 3;
/** The maximum number of openings in a request, and the maximum length of each in characters. */
const most = 32;
const longest = 100;

/** What is wrong with the openings of a request: pairs of a field and a description. */
export function* openingFaults(openings: readonly string[]): Generator<readonly [field: string, description: string]> {
  if (openings.length > most) yield ["openings", `holds more than ${most} texts`];
  for (const [i, text] of openings.entries())
    if (text.trim() !== text || text === "" || /[\r\n]/.test(text) || countCodePoints(text) > longest)
      yield [`openings[${i}]`, `must be a line of 1 to ${longest} characters, without white space around it`];
}

/** Asks the model to begin with one of the openings, and enforces this with a constraint where possible. */
export function withOpenings({ hold, guesses, broken }: OpeningsOptions): Layer {
  let isTrusted = hold > 0;
  return (chat) =>
    async function* chatWithOpenings(request, signal) {
      const { openings = [], constraint, tools, thinking = false } = request;
      if (openings.length === 0 || constraint !== undefined || tools !== undefined || thinking)
        return yield* withoutAccepted(chat(request, signal));
      const isHeld = isTrusted && !guesses();
      const wanted = some(openings, isHeld ? hold : mostAsked, request.requestId);
      const asked: ChatRequest = { ...request, messages: askFor(wanted, request.messages) };
      if (!isHeld) return yield* withoutAccepted(chat(asked, signal));
      const held = chat({ ...asked, constraint: { type: "regex", pattern: patternOf(wanted) } }, signal);
      yield* spell(held, wanted, () => {
        isTrusted = false;
        broken();
      });
    };
}

/** Selects some of the openings, differently for each request, so that conversations do not all begin alike. */
function some(openings: readonly string[], count: number, requestId: string): readonly string[] {
  const from = hash(requestId) % openings.length;
  return [...openings.slice(from), ...openings.slice(0, from)].slice(0, count);
}

/** The conversation with a request for an opening added to its last question. */
export function askFor(openings: readonly string[], messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const last = messages.findLastIndex(({ role }) => role === "user");
  const list = openings.map((opening) => `- ${opening}`).join("\n");
  const wish = isChinese(openings) ? `合适就以此开头：\n${list}` : `If one fits, begin with it:\n${list}`;
  return messages.map((message, at) =>
    at === last ? { ...message, content: `${message.content}\n\n${wish}` } : message,
  );
}

/** A pattern for answers that begin with one of the openings, in the syntax shared by all of vLLM's backends. */
function patternOf(openings: readonly string[]): string {
  const texts = openings.map((opening) => opening.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
  return `(?:${texts.join("|")})(?:.|\\n)*`;
}

/** Removes the event `accepted`, which the layers above do not need. */
async function* withoutAccepted(events: AsyncIterable<ChatEvent>): AsyncGenerator<ChatEvent> {
  for await (const event of events) if (event.type !== "accepted") yield event;
}

/**
 * Sends a whole opening as soon as the model's text so far is the beginning of that opening and of no other, and then
 * drops the rest of it from the model's text. If the answer continues differently, the server has not kept to the
 * constraint that it was given: then everything that the model wrote is sent after the opening, so that both are heard.
 */
async function* spell(
  events: AsyncIterable<ChatEvent>,
  openings: readonly string[],
  broken: () => void,
): AsyncGenerator<ChatEvent> {
  /** Everything that the model has written, until the opening is complete. */
  let written = "";
  /** How many UTF-16 units of `written` were sent before the opening was certain. */
  let shown = 0;
  let opening: string | undefined;
  let isStarted = false;
  let isOver = false;
  for await (const event of events) {
    if (event.type === "accepted" || event.type === "started") {
      // If only one opening is allowed, it is certain even before the first token that the answer begins with it.
      if (event.type === "accepted" && openings.length > 1) continue;
      if (!isStarted) yield { ...event, type: "started", openingHeld: true };
      isStarted = true;
    } else if (event.type === "delta" && !isOver) written += event.text;
    else {
      yield event;
      continue;
    }
    const text = next();
    if (text !== "") yield { type: "delta", text };
  }

  /** Returns the text that can be sent now. */
  function next(): string {
    const said = written.trimStart();
    if (opening === undefined) {
      const fitting = openings.filter((one) => one.startsWith(said) || said.startsWith(one));
      const [only] = fitting;
      const isCertain = fitting.length === 1 && only !== undefined;
      if (!isCertain) {
        isOver = fitting.length === 0;
        if (isOver) broken();
        const text = written.slice(shown);
        shown = written.length;
        return text;
      }
      opening = only;
      const shownOfIt = Math.max(0, shown - (written.length - said.length));
      if (shownOfIt > only.length) {
        // While a longer opening was still possible, this opening and some text after it were already sent, so only the
        // rest is left to send.
        isOver = true;
        return written.slice(shown);
      }
      const given = only.slice(shownOfIt) + gapAfter(only);
      return said.length > only.length ? given + next() : given;
    }
    if (opening.startsWith(said)) return "";
    isOver = true;
    if (said.startsWith(opening)) {
      const rest = said.slice(opening.length);
      return gapAfter(opening) === "" ? rest : rest.replace(/^ /, "");
    }
    broken();
    return said;
  }
}

/** The separator after an opening: nothing if the opening is Chinese or Japanese, otherwise a space. */
function gapAfter(opening: string): string {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(opening) ? "" : " ";
}

function isChinese(openings: readonly string[]): boolean {
  const text = openings.join("");
  return /\p{Script=Han}/u.test(text) && !/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text);
}
