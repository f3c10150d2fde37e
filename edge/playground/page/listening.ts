import type { Position } from "../../session/heard.ts";
import type { Assistant } from "./api.ts";
import type { Playback } from "./audio/playback.ts";
import type { Player } from "./audio/player.ts";
import { type Recording, trimRecordings } from "./audio/recording.ts";
import { listenedOf, newsOf, unheard } from "./turn/listened.ts";
import { createReports, type Reports } from "./turn/reports.ts";
import { follow, playedOf, soundOf, stateOf, type Turn } from "./turn/turn.ts";

/** How turns are heard on this page, and how the server comes to know. */
export interface Listening {
  /** Brings a turn up to the sound that is heard now, and tells the server. */
  follow(turn: Turn): void;
  /** Silences a turn. Resolves when the server knows where it was stopped, or will not know; never rejects. */
  stop(turn: Turn): Promise<void>;
  /** The page is being left in the middle of a turn. */
  leave(turn: Turn): void;
  /** Plays a turn's sound once more, from its beginning. Nothing of it is reported: it was heard, or it was stopped. */
  replay(turn: Turn): void;
  /** Holds a turn's sound, or lets it go on. */
  hold(turn: Turn, held: boolean): void;
  /** Whether a turn's sound can be played once more. */
  canReplay(turn: Turn): boolean;
}

/** What listening needs of the rest of the page. */
export interface ListeningOptions {
  readonly assistant: Assistant;
  /** The same, for what has to arrive though the page is gone. */
  readonly parting: Assistant;
  readonly player: Player;
}

// Where a turn is stopped, and not told so by the server, in time: the next question waits no longer for it.
const stopMs = 1000;
// 24 minutes at 44.1 kHz. What is older can be read, not heard again.
const mostRecordedBytes = 128 * 1024 * 1024;

/** Listens to nothing yet. */
export function createListening({ assistant, parting, player }: ListeningOptions): Listening {
  const reports = new WeakMap<Turn, Reports>();
  const recordings: Recording[] = [];

  /** Tells how far a turn was heard, and once each how: what was not answered is told again. */
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
  /** Where a turn is stopped. Where a browser kept its sound shut it was read, and how far only the server can guess. */
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
      // A long answer takes a moment to be resampled: the page is not to stand still for it.
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
