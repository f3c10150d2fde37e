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
import { createTurn, fail, isRunning, receive, stateOf, type Turn } from "./turn/turn.ts";

// How long a stopped turn's stream may take to end on its own, in milliseconds; then the page closes the stream.
const stopGraceMs = 1000;
// How long a new question waits at most, in milliseconds, for the server to learn where the user stopped the previous
// answer. The server tells the model that position.
const knownMs = 300;
// While an answer is being spoken on another page, the conversation is read again after this many milliseconds.
const elsewhereMs = 700;

/** Options of createConversation. */
export interface ConversationOptions {
  readonly assistant: Assistant;
  readonly player: Player;
  readonly listening: Listening;
  readonly session: Session;
  /** The fields of the request that the user has chosen besides the question, such as the voice. */
  choices(): { readonly voice: string };
  /** The trace headers of a question asked now. */
  trace(): TraceHeaders;
  /** Called with the turns of the conversation, in order, when they change. */
  onTurns(turns: readonly Turn[]): void;
  /** Called when a turn must be drawn again: its text, its state or its playback has changed. */
  onChange(turn: Turn): void;
  /** Called when a turn has failed. */
  onFail(turn: Turn): void;
  /**
   * Shows a sentence about the state of the conversation, placed before the turn `before` if that is given. If
   * `sentence` is undefined, removes the sentence that is shown.
   */
  onNews(sentence: Key | undefined, before?: Turn): void;
  /** Called at the end of a turn that the server had begun: its messages are then in the stored conversation. */
  onSaid(): void;
}

/**
 * The conversation of this page, which the server stores: one turn at a time; a new question stops the previous answer.
 */
export interface Conversation {
  /** Asks a question. Call it in a click or key handler, or after `player.unlock`, or the browser blocks the audio. */
  ask(question: string, options?: { readonly spoken: boolean }): void;
  /** Asks the turn's question again in a new turn. If the old turn never started, the new one replaces it. */
  retry(turn: Turn): void;
  /** Stops the running turn and all playback at once, here and on the server. */
  stop(): void;
  /** Pauses playback if `held`; otherwise resumes it. */
  hold(held: boolean): void;
  /** Plays an answer again, and stops what is playing. */
  replay(turn: Turn): void;
  /** Continues the stored conversation called `name`; without a name, starts a new conversation. */
  open(name?: string): Promise<void>;
  /** Reads the stored conversation. Call this after a reload, or when another page may have changed it. */
  read(): Promise<void>;
  /** To be called when the conversation was deleted elsewhere: a new one begins. */
  forget(): void;
  /** Updates the newest turn, and a turn that is being replayed, to the current playback position. */
  follow(): void;
  /** To be called when the user leaves the page: tells the server to stop the turn that is playing here. */
  leave(): void;
  /** The turn whose audio is playing; undefined if no audio is playing. */
  readonly sounding: Turn | undefined;
  /** Whether there is something to stop: the newest turn is running, or an answer is being replayed. */
  readonly running: boolean;
  /** Whether the display changes without user input, for example while an answer is being written or spoken. */
  readonly moving: boolean;
}

/** Creates a conversation; its method `read` continues the one that the tab had open. */
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
    // If another conversation was opened or a question was asked meanwhile, this result is out of date and ignored.
    if (mine !== this.#reads || this.#isAnswering) return;
    switch (found.kind) {
      case "kept":
        this.#show(recallTurns(found.messages, found.renewed ? [] : this.#turns));
        onNews(found.renewed ? "session.renewed" : undefined);
        if (this.#turns.some((turn) => turn.recalled && isRunning(turn))) this.#readIn(elsewhereMs);
        return;
      case "gone":
        return this.#begin(found.sentence);
      // No message here: the conversation is read again once the user has entered a key.
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

  /** The turn that is playing or paused. */
  get #audible(): Turn | undefined {
    return [this.#replayed, this.#turns.at(-1)].find(
      (turn) => turn !== undefined && ["speaking", "paused"].includes(stateOf(turn)),
    );
  }

  /** Whether a turn is running whose question was asked on this page. */
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

  /** Begins a new conversation; `sentence`, if given, tells the user why. */
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
    // Browsers deny the audio thread to pages loaded over plain HTTP from another machine: a note tells the user.
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
        // Events that arrive after the user has stopped the turn are neither shown nor played.
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

  /** Stops the replay and the running turn; resolves when the server knows where the turn was stopped. */
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
    // Normally the server ends the stream by itself. After `stopGraceMs` the page closes it in any case: the turn also
    // stops when its connection is lost.
    else if (isStreaming) setTimeout(hangUp, stopGraceMs);
    await known;
  }
}
