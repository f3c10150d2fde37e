import type { Clock } from "../../infra/clock/clock.ts";
import type { Log } from "../../infra/log/log.ts";
import { createPipe, type Pipe } from "../../infra/stream/pipe.ts";
import { countCodePoints } from "../../infra/text/code-points.ts";
import type { Call } from "../call.ts";
import { classify, describeCause, type TurnErrorInit, toTurnError } from "../errors.ts";
import { OpenerMode, Outcome, WarningReason } from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { Ending, TurnEvent } from "./events.ts";
import { behindNotice } from "./notice.ts";
import { type OpeningLists, openingsIn } from "./openings.ts";
import type { Said, SpokenPlan, TurnPlan } from "./plan.ts";
import { type Given, repeat } from "./repeat.ts";
import { everything, type Selection, selectValues } from "./selection/selection.ts";
import type { OpenSpeech } from "./speech.ts";
import { withHeartbeats } from "./stages/heartbeat.ts";
import { createLedger, type Ledger, tellTimings } from "./stages/ledger.ts";
import { logTurn } from "./stages/log.ts";
import { type MarkTurn, unmarked } from "./stages/mark.ts";
import type { CountTurn } from "./stages/metrics.ts";
import { type Numbered, number } from "./stages/number.ts";
import { readAhead } from "./stages/read-ahead.ts";
import { traceTurn } from "./stages/span.ts";
import { speakBehindText } from "./stages/text-ahead.ts";
import type { Turn, Turns } from "./turns.ts";
import type { Writing } from "./writer.ts";

/** The registry, services and options that all turns of a process share. */
export interface TurnTools {
  readonly turns: Turns;
  readonly openSpeech: OpenSpeech;
  /** Texts that answers may begin with, by language. Default: none. */
  readonly openings?: OpeningLists;
  readonly count: CountTurn;
  /** Marks speech as machine-made. Default: it is not marked. */
  readonly mark?: MarkTurn;
  /** After this many milliseconds in which a turn has sent nothing, it sends a heartbeat. */
  readonly heartbeatIntervalMs: number;
  /** How long a reader may hold up a turn, in milliseconds; then the turn is stopped. */
  readonly readerTimeoutMs: number;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Runs a turn for any of the APIs, and yields its events, numbered. The turn begins when the first event is read, and
 * runs until it is complete, `turns` interrupts it, another turn of its session begins, its deadline passes, or its
 * caller leaves or stops reading. If the turn fails before `started`, throws a Failure; after `started`, every turn
 * ends with exactly one `finished`, unless the caller has left.
 */
export async function* startTurn(
  call: Call,
  plan: TurnPlan | SpokenPlan | Given,
  tools: TurnTools,
): AsyncGenerator<Numbered<TurnEvent>> {
  const ledger = createLedger(tools.clock);
  const turn = tools.turns.open(call, plan.id);
  const watched = { rpc: plan.rpc, profile: plan.profile ?? "", tenant: call.tenant, turn, ledger, span: call.span };

  try {
    const own = { ...call, signal: turn.signal };
    const answer = (plan: TurnPlan | Given) => {
      const events = "given" in plan ? repeat(own, turn, plan, ledger) : perform(own, turn, plan, tools, ledger);
      const held = readAhead(ledger.watch(events), turn, tools);
      return plan.keep?.(held, turn) ?? held;
    };
    const asked = "listen" in plan ? listenFirst(own, turn, plan, { answer, ledger, log: tools.log }) : answer(plan);
    const marked = (tools.mark ?? unmarked)(asked, { ...watched, tenant: call.tenant });
    const traced = traceTurn(marked, watched);
    const counted = tools.count(traced, watched);
    const logged = logTurn(counted, watched, tools.log);
    yield* withHeartbeats(number(logged), tools.clock, tools.heartbeatIntervalMs);
  } finally {
    turn.close();
  }
}

/**
 * A turn whose question is a recording. If nobody speaks in the recording, the turn ends without an answer: no request
 * goes to the model or the voice, and nothing is added to the session.
 */
async function* listenFirst(
  call: Call,
  turn: Turn,
  { listen, answer: planFor, profile = "" }: SpokenPlan,
  { answer, ledger, log }: { answer(plan: TurnPlan): AsyncGenerator<TurnEvent>; ledger: Ledger; log: Log },
): AsyncGenerator<TurnEvent> {
  let said: Said;
  try {
    said = await listen(call);
    ledger.transcribed();
  } catch (error) {
    if (turn.stopped === "left") throw error;
    const failed = classify(error, turn.stopped);
    const { reason, cause } = failed;
    if (cause !== undefined) log.warn({ turn: turn.id, reason, cause: describeCause(cause) }, failed.inFull);
    throw failed;
  }
  const transcript: TurnEvent = { case: "transcript", value: { ...said, final: true } };
  if (said.text === "") {
    yield { case: "started", value: { turnId: turn.id, profile } };
    yield transcript;
    yield { case: "finished", value: { outcome: Outcome.NO_SPEECH, timings: tellTimings(ledger.timings()) } };
    return;
  }
  for await (const event of answer(planFor(said))) {
    yield event;
    if (event.case === "started") yield transcript;
  }
}

/** The turn itself: text is written, shown and spoken at the same time. `call.signal` is the turn's own signal. */
async function* perform(
  call: Call,
  turn: Turn,
  { rpc, write, profile = "", voice, language, questionLanguage, lexicon, opener, spoken: paths, notice }: TurnPlan,
  { openSpeech, openings: lists = {}, log }: TurnTools,
  ledger: Ledger,
): AsyncGenerator<TurnEvent> {
  let started = false;
  let ending: Ending | undefined;
  const finished = (outcome: Outcome, error?: TurnErrorInit): TurnEvent => {
    const { finishReason, usage } = ending ?? {};
    const how = { ...(finishReason !== undefined && { finishReason }), ...(usage && { usage }) };
    return {
      case: "finished",
      value: { outcome, ...(error && { error }), ...how, timings: tellTimings(ledger.timings()) },
    };
  };
  try {
    const selection = paths === undefined ? everything : selectValues(paths);
    const text = createPipe<string>({ capacity: waitingPieces, join: joinPieces });
    // The turn first gets a slot for the voice, so that no model writes for a turn that cannot be spoken. If the model
    // then refuses, `close` frees the slot.
    const openings = rpc === "Speak" ? [] : openingsIn(lists, language || questionLanguage);
    ledger.asked();
    const spoken = await openSpeech(text, call, { voice, language, questionLanguage, lexicon, opener, openings });
    ledger.admitted(spoken);
    turn.followPlayback(spoken.played);
    const written = await write(call, turn.id, spoken.openings);
    const said = notice?.() ?? "";
    if (said !== "") await text.write(`${said}\n`);
    const isListed = spoken.openerMode === OpenerMode.LIST;

    started = true;
    yield {
      case: "started",
      value: {
        turnId: turn.id,
        voice: spoken.voice,
        audioFormat: spoken.format,
        model: written.model,
        language: language || questionLanguage,
        openerMode: isListed && !written.opens ? OpenerMode.SOFT : spoken.openerMode,
        profile,
        ...(said !== "" && { marked: { notice: true } }),
      },
    };
    let broken: { readonly error: unknown } | undefined;
    const shown = relay(written, text, selection, ledger, {
      onEnd: (how) => {
        ending = how;
      },
      // If the turn was stopped, nothing more is spoken. Otherwise the text that was already shown is still spoken, and
      // then the error is reported.
      onBroken: (error) => {
        if (turn.stopped !== undefined) throw error;
        broken = { error };
      },
    });
    yield* speakBehindText(shown, mapEvents(behindNotice(said, spoken.events), selection.locate));
    if (broken !== undefined) throw broken.error;
    yield finished(Outcome.COMPLETED);
  } catch (error) {
    if (turn.stopped === "left") throw error;
    const failed = classify(error, turn.stopped);
    const { reason, cause } = failed;
    // Logs the details of the error, which callers do not get. `logTurn` reports a refused turn anyway, so an error
    // before the event `started` is logged here only if it has a cause.
    if (started ? turn.stopped === undefined : cause !== undefined)
      log.warn({ turn: turn.id, reason, ...(cause !== undefined && { cause: describeCause(cause) }) }, failed.inFull);
    if (!started) throw failed;
    yield turn.stopped === "interrupted" || turn.stopped === "superseded"
      ? finished(Outcome.INTERRUPTED)
      : finished(Outcome.FAILED, toTurnError(failed, call.inFull));
  }
}

/** What `relay` calls at the end of a text: `onEnd` if the text is complete, `onBroken` if it broke off. */
interface RelayEnds {
  readonly onEnd: (ending: Ending) => void;
  /** Called if the text breaks off in the middle. May throw `error`, which ends the turn at once. */
  readonly onBroken: (error: unknown) => void;
}

/**
 * Passes each piece of text to the voice and to the caller at once; a caller that supplied the text does not get it
 * back. Only the caller is told that the model is thinking.
 */
async function* relay(
  written: Writing,
  voice: Pipe<string>,
  selection: Selection,
  ledger: Ledger,
  { onEnd, onBroken }: RelayEnds,
): AsyncGenerator<TurnEvent> {
  let characters = 0;
  let isHeard = false;
  for (;;) {
    let piece: Awaited<ReturnType<Writing["deltas"]["next"]>>;
    try {
      piece = await written.deltas.next();
    } catch (error) {
      if (characters === 0) throw error;
      onBroken(error);
      voice.end();
      return;
    }
    if (piece.done) {
      voice.end();
      onEnd(piece.value);
      const reason = WarningReason.NOT_SPOKEN;
      if (piece.value.leftOut) yield { case: "warning", value: { reason, start: characters, end: characters } };
      if (characters > 0 && !isHeard) yield { case: "warning", value: { reason, start: 0, end: characters } };
      return;
    }
    if (typeof piece.value !== "string") {
      yield { case: "thinking", value: piece.value };
      continue;
    }
    characters += countCodePoints(piece.value);
    ledger.wrote(written);
    const heard = selection.take(piece.value);
    if (heard !== "") ledger.spoke();
    isHeard ||= heard !== "";
    const taken = heard === "" ? undefined : voice.write(heard);
    if (written.shown) yield { case: "textDelta", value: { text: piece.value } };
    await taken;
  }
}

async function* mapEvents(events: AsyncIterable<TurnEvent>, map: (event: TurnEvent) => TurnEvent) {
  for await (const event of events) yield map(event);
}

// The maximum number of text pieces that wait for the voice, which is slower than the model. Short pieces are joined,
// so this is enough for any answer.
const waitingPieces = 16;
const pieceCharacters = 4096;

function joinPieces(last: string, piece: string): string | undefined {
  return last.length + piece.length <= pieceCharacters ? last + piece : undefined;
}
