import { systemClock } from "../../../infra/clock/clock.ts";
import type { Assistant } from "./api.ts";
import type { Player } from "./audio/player.ts";
import type { Key } from "./i18n/strings.ts";
import type { Listening } from "./listening.ts";
import { recallTurns } from "./sessions/recall.ts";
import type { Session } from "./sessions/session.ts";
import { problemOfCall } from "./turn/problem.ts";
import { converse } from "./turn/stream.ts";
import type { TraceHeaders } from "./turn/trace.ts";
import { createTurn, isRunning, receive, stateOf, type Turn } from "./turn/turn.ts";

// How long a stopped turn's stream may take to end on its own.
const stopGraceMs = 1000;
// How long a question waits until the server knows where the answer before it was stopped: the model is to know too.
const knownMs = 300;
// An answer that runs elsewhere is read again and again.
const elsewhereMs = 700;

/** What a conversation needs. */
export interface ConversationOptions {
  readonly assistant: Assistant;
  readonly player: Player;
  readonly listening: Listening;
  readonly session: Session;
  /** What a person has chosen besides the question: fields of the request, such as the voice. */
  choices(): { readonly voice: string };
  /** The trace of a question that is asked now. */
  trace(): TraceHeaders;
  /** These turns are the conversation now, in this order. */
  onTurns(turns: readonly Turn[]): void;
  /** Something of a turn has changed. */
  onChange(turn: Turn): void;
  /** A turn has failed. */
  onFail(turn: Turn): void;
  /** What has become of the conversation, in a sentence; `before` stands it before a turn, and undefined takes it away. */
  onNews(sentence: Key | undefined, before?: Turn): void;
  /** More was said in it. */
  onSaid(): void;
}

/** The conversation of this page: one turn at a time, a new question stops the answer before it. The server keeps it. */
export interface Conversation {
  /** Asks; to be called inside a click or a key press, so that the browser lets it be heard, or after `player.unlock` was. */
  ask(question: string, options?: { readonly spoken: boolean }): void;
  /** Asks the same once more; of a turn that never began, as if it had not been. */
  retry(turn: Turn): void;
  /** Stops what runs and what sounds: silence at once, here and on the server. */
  stop(): void;
  /** Holds what sounds, or lets it go on. */
  hold(held: boolean): void;
  /** Plays an answer once more; what sounds falls silent. */
  replay(turn: Turn): void;
  /** Begins a new conversation; with a name, goes on with one that is kept. */
  open(name?: string): Promise<void>;
  /** Reads what is kept: after a reload, and when something may have been said elsewhere. */
  read(): Promise<void>;
  /** The conversation was deleted elsewhere. */
  forget(): void;
  /** Brings the newest turn and one that is replayed up to the sound that is heard now. */
  follow(): void;
  /** The page is being left. */
  leave(): void;
  /** The turn whose sound is heard now, if any. */
  readonly sounding: Turn | undefined;
  /** Whether there is something to stop. */
  readonly running: boolean;
  /** Whether pictures change by themselves. */
  readonly moving: boolean;
}

/** Begins a conversation; `read` goes on with the one that the tab had open. */
export function createConversation(options: ConversationOptions): Conversation {
  return new TabConversation(options);
}

class TabConversation implements Conversation {
  readonly #options: ConversationOptions;
  #turns: Turn[] = [];
  #call: AbortController | undefined;
  #replayed: Turn | undefined;
  #readAgain: ReturnType<typeof setTimeout> | undefined;
  #reads = 0;

  constructor(options: ConversationOptions) {
    this.#options = options;
  }

  ask(question: string, { spoken } = { spoken: false }): void {
    void this.#ask(question, spoken);
  }

  retry(turn: Turn): void {
    if (turn.id === "") this.#turns = this.#turns.filter((known) => known !== turn);
    void this.#ask(turn.question, turn.spoken);
  }

  stop(): void {
    void this.#stop();
  }

  hold(held: boolean): void {
    const turn = this.#audible;
    if (turn === undefined) return;
    this.#options.listening.hold(turn, held);
    this.#options.onChange(turn);
  }

  replay(turn: Turn): void {
    this.#options.player.unlock();
    void this.#stop();
    this.#replayed = turn;
    this.#options.listening.replay(turn);
    this.#options.onChange(turn);
  }

  async open(name?: string): Promise<void> {
    this.#begin(undefined);
    if (name === undefined) return;
    this.#options.session.open(name);
    await this.read();
  }

  async read(): Promise<void> {
    const { session, onNews } = this.#options;
    clearTimeout(this.#readAgain);
    if (!session.isKept || this.#isAnswering) return;
    const mine = ++this.#reads;
    const found = await session.read();
    // Another one was opened meanwhile, or a question was asked.
    if (mine !== this.#reads || this.#isAnswering) return;
    switch (found.kind) {
      case "kept":
        this.#show(recallTurns(found.messages, found.renewed ? [] : this.#turns));
        onNews(found.renewed ? "session.renewed" : undefined);
        if (this.#turns.some((turn) => turn.recalled && isRunning(turn))) this.#readIn(elsewhereMs);
        return;
      case "gone":
        return this.#begin(found.sentence);
      // When a key is given it is read again.
      case "locked":
        return;
      case "away":
        onNews("session.away");
        this.#readIn(3 * elsewhereMs);
    }
  }

  forget(): void {
    this.#begin("session.gone");
  }

  follow(): void {
    const { listening } = this.#options;
    const last = this.#turns.at(-1);
    if (last !== undefined) listening.follow(last);
    if (this.#replayed?.replay !== undefined && this.#replayed !== last) listening.follow(this.#replayed);
  }

  leave(): void {
    const last = this.#turns.at(-1);
    if (last !== undefined) this.#options.listening.leave(last);
  }

  get sounding(): Turn | undefined {
    const turn = this.#audible;
    return turn !== undefined && stateOf(turn) === "speaking" ? turn : undefined;
  }

  get running(): boolean {
    const last = this.#turns.at(-1);
    return (last !== undefined && isRunning(last)) || this.#replayed?.replay?.over === false;
  }

  get moving(): boolean {
    return [this.#turns.at(-1), this.#replayed].some(
      (turn) => turn !== undefined && !turn.recalled && isRunning(turn) && stateOf(turn) !== "paused",
    );
  }

  /** The turn whose sound is heard, or held. */
  get #audible(): Turn | undefined {
    return [this.#replayed, this.#turns.at(-1)].find(
      (turn) => turn !== undefined && ["speaking", "paused"].includes(stateOf(turn)),
    );
  }

  /** Whether a turn runs that was asked here. */
  get #isAnswering(): boolean {
    return this.#turns.some((turn) => !turn.recalled && isRunning(turn));
  }

  #show(turns: Turn[]): void {
    this.#turns = turns;
    this.#options.onTurns(turns);
  }

  #readIn(ms: number): void {
    this.#readAgain = setTimeout(() => this.read(), ms);
  }

  /** Goes on with a new conversation, and says why. */
  #begin(sentence: Key | undefined): void {
    this.#reads++;
    clearTimeout(this.#readAgain);
    void this.#stop();
    this.#options.session.open();
    this.#show([]);
    this.#options.onNews(sentence);
  }

  async #ask(question: string, spoken: boolean): Promise<void> {
    const { player, session, trace } = this.#options;
    player.unlock();
    const isFirst = !session.isKept;
    const stopped = this.#stop();
    const turn = createTurn(question, performance.now(), { spoken, trace: trace() });
    // Browsers keep the audio thread from pages that came over plain HTTP from elsewhere.
    if (!isSecureContext) turn.notes.add("note.insecure");
    const call = new AbortController();
    this.#call = call;
    this.#show([...this.#turns, turn]);
    await Promise.race([stopped, new Promise((resolve) => setTimeout(resolve, knownMs))]);
    await this.#run(turn, call.signal, isFirst);
  }

  async #run(turn: Turn, signal: AbortSignal, isFirst: boolean): Promise<void> {
    const { assistant, player, session, choices, onChange, onNews, onSaid, onFail } = this.#options;
    const { name: sessionId, person: userId } = session;
    const request = { text: turn.question, sessionId, userId, ...choices() };
    try {
      const how = { signal, headers: turn.trace, clock: systemClock };
      for await (const { event } of converse(assistant, request, how)) {
        // What comes after a stop is neither shown nor heard.
        if (turn.outcome !== undefined && event.case !== "finished") continue;
        const { outcome } = turn;
        receive(turn, event, player.play, performance.now());
        turn.outcome = outcome ?? turn.outcome;
        if (event.case === "started")
          void session.noteTurn().then((renewed) => renewed && !isFirst && onNews("session.renewed", turn));
        onChange(turn);
        if (event.case === "audio") await turn.playback?.room();
      }
    } catch (error) {
      if (turn.outcome === undefined) fail(turn, problemOfCall(error, turn.id !== ""));
    } finally {
      onChange(turn);
      if (turn.id !== "") onSaid();
      if (turn.outcome === "failed") onFail(turn);
    }
  }

  /** Stops what runs; resolves when the server knows. */
  async #stop(): Promise<void> {
    const { assistant, listening, onChange } = this.#options;
    this.#replayed?.replay?.stop();
    if (this.#replayed !== undefined) onChange(this.#replayed);
    const last = this.#turns.at(-1);
    if (last === undefined || !isRunning(last)) return;
    if (last.recalled) return void assistant.interrupt({ turnId: last.id }).catch(() => undefined);
    const isStreaming = last.outcome === undefined;
    const known = listening.stop(last);
    onChange(last);
    const call = this.#call;
    const hangUp = () => call?.abort();
    if (isStreaming && last.id === "") hangUp();
    // The server ends the stream itself; a lost connection would stop the turn too, only later.
    else if (isStreaming) setTimeout(hangUp, stopGraceMs);
    await known;
  }
}

/** What was sent is played to its end: only the rest is missing. */
function fail(turn: Turn, problem: Turn["problem"]): void {
  turn.outcome = "failed";
  turn.problem = problem;
  turn.playback?.end();
}
