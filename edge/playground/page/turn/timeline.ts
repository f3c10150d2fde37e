/** The times of a turn's events, in milliseconds since the question; absent for events that have not happened. */
export interface Moments {
  /** When the first word was shown. */
  readonly firstWordMs?: number | undefined;
  /** When the latest word was shown. */
  readonly lastWordMs?: number | undefined;
  /** When the first audio was heard. */
  readonly firstSoundMs?: number | undefined;
  /** When the latest audio was heard. */
  readonly lastSoundMs?: number | undefined;
  /** When all audio received so far will have been heard. */
  readonly soundUntilMs?: number | undefined;
  /** When the page had received everything from the server. */
  readonly totalMs?: number | undefined;
}

/** A bar that begins at `left` and is `width` wide, in percent of the axis. */
export interface Bar {
  readonly left: number;
  readonly width: number;
}

/** The bars of a turn, and the ticks of its axis. */
export interface Timeline {
  /** The bar from the first to the last word; undefined if no word was shown. */
  readonly text: Bar | undefined;
  /** The bar from the first to the last audio heard; undefined if none was heard. */
  readonly voice: Bar | undefined;
  /** The bar from the last audio heard to the end of the audio received; undefined if hardly any audio is left. */
  readonly unheard: Bar | undefined;
  /** The ticks of the axis: their positions, in percent of the axis, and the times they stand for. */
  readonly ticks: readonly { readonly left: number; readonly ms: number }[];
}

const tickMs = [0, 100, 250, 500, 1000, 2000, 5000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000, 600_000];
// The least distance between two ticks, in percent of the axis: the width of a label on the narrowest phone.
const tickSpacing = 14;
const minimumWidth = 1.5;
// No bar is drawn for less unheard audio than this, in milliseconds: such a short stretch is merely on its way to the
// speaker.
const leastUnheardMs = 200;

/**
 * Lays out a turn. The axis has a square-root scale, so that the first second, in which a person waits, gets more room
 * than the tenth.
 */
export function layTimeline(moments: Moments): Timeline {
  const { firstWordMs, lastWordMs, firstSoundMs, lastSoundMs, soundUntilMs = 0 } = moments;
  const spanMs = Math.max(1, ...Object.values(moments).filter((ms) => ms !== undefined));
  const place = (ms: number) => 100 * Math.sqrt(Math.max(0, ms) / spanMs);
  const bar = (fromMs: number | undefined, toMs: number | undefined): Bar | undefined => {
    if (fromMs === undefined) return undefined;
    const left = Math.min(place(fromMs), 100 - minimumWidth);
    return { left, width: Math.max(place(toMs ?? fromMs) - left, minimumWidth) };
  };
  const ticks: { left: number; ms: number }[] = [];
  for (const ms of tickMs) {
    const left = place(ms);
    if (left > 100 - tickSpacing / 2) break;
    if (left - (ticks.at(-1)?.left ?? -tickSpacing) >= tickSpacing) ticks.push({ left, ms });
  }
  const soundMs = lastSoundMs ?? firstSoundMs;
  const unheard =
    soundMs !== undefined && soundUntilMs - soundMs > leastUnheardMs ? bar(soundMs, soundUntilMs) : undefined;
  return { text: bar(firstWordMs, lastWordMs), voice: bar(firstSoundMs, lastSoundMs), unheard, ticks };
}
