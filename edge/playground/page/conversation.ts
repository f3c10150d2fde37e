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
  const { assistant, player, listening, session, onChange, onNews } = options;
  let turns: Turn[] = [];
  let call: AbortController | undefined;
  let replayed: Turn | undefined;
  let later: ReturnType<typeof setTimeout> | undefined;
  let readings = 0;

  const show = (next: Turn[]) => {
    turns = next;
    options.onTurns(turns);
  };

  const run = async (turn: Turn, { signal }: AbortController, isFirst: boolean) => {
    const { name: sessionId, person: userId } = session;
    const request = { text: turn.question, sessionId, userId, ...options.choices() };
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
      if (turn.id !== "") options.onSaid();
      if (turn.outcome === "failed") options.onFail(turn);
    }
  };

  // What was sent is played to its end: only the rest is missing.
  const fail = (turn: Turn, problem: Turn["problem"]) => {
    turn.outcome = "failed";
    turn.problem = problem;
    turn.playback?.end();
  };

  /** Stops what runs; resolves when the server knows. */
  const stop = async (): Promise<void> => {
    replayed?.replay?.stop();
    if (replayed !== undefined) onChange(replayed);
    const last = turns.at(-1);
    if (last === undefined || !isRunning(last)) return;
    if (last.recalled) return void assistant.interrupt({ turnId: last.id }).catch(() => undefined);
    const streaming = last.outcome === undefined;
    const known = listening.stop(last);
    onChange(last);
    const mine = call;
    const leave = () => mine?.abort();
    if (streaming && last.id === "") leave();
    // The server ends the stream itself; a lost connection would stop the turn too, only later.
    else if (streaming) setTimeout(leave, stopGraceMs);
    await known;
  };

  /** The turn whose sound is heard, or held. */
  const audible = () =>
    [replayed, turns.at(-1)].find((turn) => turn !== undefined && ["speaking", "paused"].includes(stateOf(turn)));

  const ask = async (question: string, spoken = false) => {
    player.unlock();
    const isFirst = !session.isKept;
    const stopped = stop();
    const turn = createTurn(question, performance.now(), { spoken, trace: options.trace() });
    // Browsers keep the audio thread from pages that came over plain HTTP from elsewhere.
    if (!isSecureContext) turn.notes.add("note.insecure");
    const mine = new AbortController();
    call = mine;
    show([...turns, turn]);
    await Promise.race([stopped, new Promise((resolve) => setTimeout(resolve, knownMs))]);
    await run(turn, mine, isFirst);
  };

  const read = async (): Promise<void> => {
    clearTimeout(later);
    if (!session.isKept || turns.some((turn) => !turn.recalled && isRunning(turn))) return;
    const mine = ++readings;
    const reading = await session.read();
    // Another one was opened meanwhile, or a question was asked.
    if (mine !== readings || turns.some((turn) => !turn.recalled && isRunning(turn))) return;
    switch (reading.kind) {
      case "kept":
        show(recallTurns(reading.messages, reading.renewed ? [] : turns));
        onNews(reading.renewed ? "session.renewed" : undefined);
        if (turns.some((turn) => turn.recalled && isRunning(turn))) later = setTimeout(read, elsewhereMs);
        return;
      case "gone":
        return leave(reading.sentence);
      // When a key is given it is read again.
      case "locked":
        return;
      case "away":
        onNews("session.away");
        later = setTimeout(read, 3 * elsewhereMs);
    }
  };

  /** Goes on with a new conversation, and says why. */
  const leave = (sentence: Key | undefined) => {
    readings++;
    clearTimeout(later);
    void stop();
    session.open();
    show([]);
    onNews(sentence);
  };

  return {
    ask: (question, { spoken } = { spoken: false }) => void ask(question, spoken),
    stop: () => void stop(),
    retry(turn) {
      if (turn.id === "") turns = turns.filter((known) => known !== turn);
      void ask(turn.question, turn.spoken);
    },
    hold(held) {
      const turn = audible();
      if (turn === undefined) return;
      listening.hold(turn, held);
      onChange(turn);
    },
    replay(turn) {
      player.unlock();
      void stop();
      replayed = turn;
      listening.replay(turn);
      onChange(turn);
    },
    async open(name) {
      leave(undefined);
      if (name === undefined) return;
      session.open(name);
      await read();
    },
    read,
    forget: () => leave("session.gone"),
    follow() {
      const last = turns.at(-1);
      if (last !== undefined) listening.follow(last);
      if (replayed?.replay !== undefined && replayed !== last) listening.follow(replayed);
    },
    leave() {
      const last = turns.at(-1);
      if (last !== undefined) listening.leave(last);
    },
    get sounding() {
      const turn = audible();
      return turn !== undefined && stateOf(turn) === "speaking" ? turn : undefined;
    },
    get running() {
      const last = turns.at(-1);
      return (last !== undefined && isRunning(last)) || replayed?.replay?.over === false;
    },
    get moving() {
      return [turns.at(-1), replayed].some(
        (turn) => turn !== undefined && !turn.recalled && isRunning(turn) && stateOf(turn) !== "paused",
      );
    },
  };
}
