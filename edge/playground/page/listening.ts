import type { Position } from "../../session/heard.ts";
import type { Assistant } from "./api.ts";
import type { Playback } from "./audio/playback.ts";
import type { Player } from "./audio/player.ts";
import { type Recording, trimRecordings } from "./audio/recording.ts";
import { listenedOf, newsOf, unheard } from "./turn/listened.ts";
import { createReports, type Reports } from "./turn/reports.ts";
import { follow, playedOf, soundOf, stateOf, type Turn } from "./turn/turn.ts";

/** Plays turns on this page, and reports playback to the server. */
export interface Listening {
  /** Records in a turn how far its audio has been heard, and reports this position to the server. */
  follow(turn: Turn): void;
  /** Stops playing a turn. Resolves once the server knows the stop position, or can't be told; never rejects. */
  stop(turn: Turn): Promise<void>;
  /** To be called when the page is being closed during a turn: tells the server where the turn was stopped. */
  leave(turn: Turn): void;
  /**
   * Replays a turn's audio from the beginning. The server gets no new playback report: the turn was already heard to
   * its end or stopped.
   */
  replay(turn: Turn): void;
  /** Pauses a turn's audio if `held`; otherwise continues it. */
  hold(turn: Turn, held: boolean): void;
  /** Whether a turn's audio can be replayed. */
  canReplay(turn: Turn): boolean;
}

/** What listening needs from the rest of the page. */
export interface ListeningOptions {
  readonly assistant: Assistant;
  /** A client like `assistant`, whose requests the browser completes even after the page has been closed. */
  readonly parting: Assistant;
  readonly player: Player;
}

// How long `stop` waits at most, in milliseconds, until the server has learned where the turn was stopped.
const stopMs = 1000;
// The most audio kept for replay, in bytes: 25 minutes at 44.1 kHz. Older answers remain readable, but cannot be
// replayed.
const mostRecordedBytes = 128 * 1024 * 1024;

/** Makes the object that plays turns. At first no turn is playing. */
export function createListening({ assistant, parting, player }: ListeningOptions): Listening {
  const reports = new WeakMap<Turn, Reports>();
  const recordings: Recording[] = [];

  /**
   * Makes the function that reports how far a turn was heard, and how its playback went (first audio, gaps). A report
   * repeats none of the playback data that the server has already acknowledged.
   */
  const reporter = (turn: Turn) => {
    let told = unheard;
    return async (played: Position) => {
      const { id: turnId, playback, askedAtMs, trace: headers } = turn;
      const now = playback === undefined ? unheard : listenedOf(playback, askedAtMs, performance.now());
      await assistant.reportPlayback({ turnId, played, listened: newsOf(now, told) }, { headers });
      told = now;
    };
  };
  const reportsOf = (turn: Turn): Reports => {
    const known = reports.get(turn) ?? createReports(reporter(turn));
    reports.set(turn, known);
    return known;
  };
  /**
   * Where a turn was stopped, as reported to the server. If the browser blocked the audio, no position is reported: the
   * user read the answer instead of hearing it, and only the server can estimate how far.
   */
  const stopOf = (turn: Turn) => {
    const played = player.blocked ? undefined : playedOf(turn);
    return played === undefined ? { turnId: turn.id } : { turnId: turn.id, played };
  };
  const bringUp = (turn: Turn) => {
    follow(turn, performance.now());
    const { playback, recording } = turn;
    if (recording !== undefined && !recordings.includes(recording)) recordings.push(recording);
    if (playback?.firstHeardMs === undefined || turn.outcome === "stopped") return;
    const played = playedOf(turn);
    if (played !== undefined) reportsOf(turn).tell(played, performance.now(), playback.held || playback.over);
  };
  const play = async (playback: Playback, { pieces }: Recording) => {
    for (const piece of pieces) {
      if (playback.over) return;
      playback.push(piece);
      // Resampling a long answer takes a moment; the page must stay responsive.
      await new Promise((resolve) => setTimeout(resolve));
    }
    playback.end();
  };

  return {
    follow: bringUp,
    async stop(turn) {
      turn.replay?.stop();
      if (turn.outcome === "stopped" || turn.recalled) return;
      const isHeard = turn.playback?.over === true;
      bringUp(turn);
      turn.playback?.stop();
      if (turn.outcome !== "failed") turn.outcome = "stopped";
      bringUp(turn);
      reports.get(turn)?.end();
      if (turn.id === "" || isHeard) return;
      await assistant.interrupt(stopOf(turn), { timeoutMs: stopMs, headers: turn.trace }).catch(() => undefined);
    },
    leave(turn) {
      if (turn.id === "" || turn.recalled || turn.outcome === "stopped" || turn.playback?.over !== false) return;
      bringUp(turn);
      void parting.interrupt(stopOf(turn), { headers: turn.trace }).catch(() => undefined);
    },
    replay(turn) {
      const { recording } = turn;
      if (recording === undefined) return;
      turn.replay = player.play(recording.sampleRate);
      void play(turn.replay, recording);
    },
    hold(turn, held) {
      soundOf(turn)?.hold(held);
      if (turn.replay === undefined) bringUp(turn);
    },
    canReplay(turn) {
      trimRecordings(recordings, mostRecordedBytes);
      const settled = ["done", "stopped", "failed"].includes(stateOf(turn));
      return settled && turn.outcome !== undefined && isSecureContext && (turn.recording?.bytes ?? 0) > 0;
    },
  };
}
