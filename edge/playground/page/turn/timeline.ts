/** When things happened in a turn, in milliseconds since the question; absent if they have not happened. */
export interface Moments {
  /** The first word was shown. */
  readonly firstWordMs?: number | undefined;
  /** The latest word was shown. */
  readonly lastWordMs?: number | undefined;
  /** The first sound was heard. */
  readonly firstSoundMs?: number | undefined;
  /** The latest audio was heard. */
  readonly lastSoundMs?: number | undefined;
  /** When all audio received so far will have been heard. */
  readonly soundUntilMs?: number | undefined;
  /** The server had sent everything. */
  readonly totalMs?: number | undefined;
}

/** A bar that begins at `left` and is `width` wide, in percent of the axis. */
export interface Bar {
  readonly left: number;
  readonly width: number;
}

/** The bars of a turn, and the ticks of its axis. */
export interface Timeline {
  /** From the first to the last word. */
  readonly text: Bar | undefined;
  /** From the first to the last sound. */
  readonly voice: Bar | undefined;
  /** The bar from the last audio heard to the end of the audio received. */
  readonly unheard: Bar | undefined;
  /** Positions on the axis, in percent, with their times. */
  readonly ticks: readonly { readonly left: number; readonly ms: number }[];
}

const tickMs = [0, 100, 250, 500, 1000, 2000, 5000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000, 600_000];
// Room for a label, in percent, on the narrowest phone.
const tickSpacing = 14;
const minimumWidth = 1.5;
// If less than this is left to hear, it is only the audio on its way to the speaker, and no bar is drawn for it.
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
