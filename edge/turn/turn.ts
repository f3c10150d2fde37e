import type { Log } from "../../infra/log/log.ts";
import { merge } from "../../infra/stream/merge.ts";
import { createPipe, type Pipe } from "../../infra/stream/pipe.ts";
import { classify, describeCause, type TurnErrorInit, toTurnError } from "../errors.ts";
import { Outcome } from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { Ending, TurnEvent } from "./events.ts";
import { openSpeech, type SpeechOptions } from "./speech.ts";
import type { Ledger } from "./stages/ledger.ts";
import type { Turn } from "./turns.ts";
import type { Writer, Writing } from "./writer.ts";

// The voice is slower than the model: an answer of the greatest length may wait here, joined into few messages.
const waitingPieces = 16;
const pieceCharacters = 4096;

/** What one turn is made of. */
export interface TurnPlan {
  /** Its id, and the signal that stops it. */
  readonly turn: Turn;
  /** Who writes the text. */
  readonly write: Writer;
  /** Who speaks it, and how. */
  readonly speech: SpeechOptions;
  /** Notes when things happen. */
  readonly ledger: Ledger;
  readonly log: Log;
}

/**
 * One turn, from the first call to the last event: a text is written, shown and spoken at the same time.
 * Throws before `started`; after it, every end is exactly one `finished`, unless the caller has left.
 */
export async function* runTurn({ turn, write, speech, ledger, log }: TurnPlan): AsyncGenerator<TurnEvent> {
  let started = false;
  let ending: Ending | undefined;
  const finished = (outcome: Outcome, error?: TurnErrorInit): TurnEvent => ({
    case: "finished",
    value: { outcome, ...(error && { error }), ...ending, timings: ledger.timings() },
  });
  try {
    const text = createPipe<string>({ capacity: waitingPieces, join: joinPieces });
    // The voice first: no model works for a turn that cannot be spoken. If the model refuses, `close` gives the place back.
    const spoken = await openSpeech(text, turn.signal, speech);
    ledger.admitted();
    const written = await write(turn);

    started = true;
    yield {
      case: "started",
      value: { turnId: turn.id, voice: spoken.voice, audioFormat: spoken.format, model: written.model },
    };
    const shown = relay(written, text, (how) => {
      ending = how;
    });
    yield* ledger.watch(merge<TurnEvent>(shown, spoken.events));
    yield finished(Outcome.COMPLETED);
  } catch (error) {
    if (turn.stopped === "left") throw error;
    const failed = classify(error, turn.stopped);
    if (failed.cause !== undefined) log.warn({ turn: turn.id, cause: describeCause(failed.cause) }, failed.message);
    if (!started) throw failed;
    yield turn.stopped === "interrupted"
      ? finished(Outcome.INTERRUPTED)
      : finished(Outcome.FAILED, toTurnError(failed));
  } finally {
    turn.close();
  }
}

/** Gives each piece of text to the voice and to the caller at once; the caller sees it only if it is not his own. */
async function* relay(written: Writing, voice: Pipe<string>, onEnd: (ending: Ending) => void) {
  for (;;) {
    const piece = await written.deltas.next();
    if (piece.done) {
      voice.end();
      return onEnd(piece.value);
    }
    const taken = voice.write(piece.value);
    if (written.shown) yield { case: "textDelta", value: { text: piece.value } } satisfies TurnEvent;
    await taken;
  }
}

function joinPieces(last: string, piece: string): string | undefined {
  return last.length + piece.length <= pieceCharacters ? last + piece : undefined;
}
