import { Role } from "../../gen/duet/assistant/v1/assistant_pb.ts";
import type { Assistant } from "./api.ts";
import type { Player } from "./audio/player.ts";
import { historyOf } from "./turn/history.ts";
import { lost, problemOfCall } from "./turn/problem.ts";
import { createTurn, follow, isRunning, receive, rememberedOf, type Turn } from "./turn/turn.ts";

// How long a stopped turn's stream may take to end on its own.
const stopGraceMs = 1000;

/** What a conversation needs. */
export interface ConversationOptions {
  readonly assistant: Assistant;
  readonly player: Player;
  /** The voice to ask for; empty is the default. */
  voice(): string;
  /** A turn has begun. */
  onTurn(turn: Turn): void;
  /** A turn was taken back: it is asked again. */
  onForget(turn: Turn): void;
  /** Something of a turn has changed. */
  onChange(turn: Turn): void;
  /** A turn has failed. */
  onFail(): void;
}

/** The conversation of this page: one turn at a time, a new question stops the answer before it. */
export interface Conversation {
  /** Asks; to be called inside a click or a key press, so that the browser lets it be heard. */
  ask(question: string): void;
  /** Asks the same once more, as if the turn had not been. */
  retry(turn: Turn): void;
  /** Stops the turn that runs: silence at once, here and on the server. */
  stop(): void;
  /** Brings the running turn up to the sound that is heard now. */
  follow(): void;
  /** Whether there is something to stop. */
  readonly running: boolean;
}

/** Begins a conversation. */
export function createConversation(options: ConversationOptions): Conversation {
  const { assistant, player, onChange } = options;
  const turns: { turn: Turn; call: AbortController }[] = [];

  const run = async (turn: Turn, { signal }: AbortController, history: ReturnType<typeof historyOf>) => {
    const request = {
      text: turn.question,
      voice: options.voice(),
      history: history.map(({ role, content }) => ({ role: role === "user" ? Role.USER : Role.ASSISTANT, content })),
    };
    try {
      for await (const { event } of assistant.converse(request, { signal })) {
        // What comes after a stop is neither shown nor heard.
        if (turn.outcome !== undefined && event.case !== "finished") continue;
        const stopped = turn.outcome === "stopped";
        receive(turn, event, player.play, performance.now());
        if (stopped) turn.outcome = "stopped";
        onChange(turn);
        if (event.case === "audio") await turn.playback?.room();
      }
      if (turn.outcome === undefined) fail(turn, lost);
    } catch (error) {
      if (turn.outcome === undefined) fail(turn, problemOfCall(error, turn.id !== ""));
    } finally {
      onChange(turn);
      if (turn.outcome === "failed") options.onFail();
    }
  };

  // What was sent is played to its end: only the rest is missing.
  const fail = (turn: Turn, problem: Turn["problem"]) => {
    turn.outcome = "failed";
    turn.problem = problem;
    turn.playback?.end();
  };

  const stop = () => {
    const last = turns.at(-1);
    if (last === undefined) return;
    const { turn, call } = last;
    follow(turn);
    if (!isRunning(turn)) return;
    turn.playback?.stop();
    const streaming = turn.outcome === undefined;
    if (turn.outcome !== "failed") turn.outcome = "stopped";
    onChange(turn);
    if (!streaming) return;
    const leave = () => call.abort();
    if (turn.id === "") return leave();
    // The server ends the stream itself; a lost connection would stop the turn too, only later.
    assistant.interrupt({ turnId: turn.id }, { timeoutMs: stopGraceMs }).catch(leave);
    setTimeout(leave, stopGraceMs);
  };

  const ask = (question: string) => {
    player.unlock();
    stop();
    const history = historyOf(turns.map(({ turn }) => ({ question: turn.question, answer: rememberedOf(turn) })));
    const turn = createTurn(question, performance.now());
    // Browsers keep the audio thread from pages that came over plain HTTP from elsewhere.
    if (!isSecureContext) turn.notes.add("note.insecure");
    const call = new AbortController();
    turns.push({ turn, call });
    options.onTurn(turn);
    void run(turn, call, history);
  };

  return {
    ask,
    stop,
    retry(turn) {
      const index = turns.findIndex((known) => known.turn === turn);
      if (index === -1) return;
      if (index === turns.length - 1) stop();
      turns.splice(index, 1);
      options.onForget(turn);
      ask(turn.question);
    },
    follow() {
      const turn = turns.at(-1)?.turn;
      if (turn !== undefined) follow(turn);
    },
    get running() {
      const turn = turns.at(-1)?.turn;
      return turn !== undefined && isRunning(turn);
    },
  };
}
