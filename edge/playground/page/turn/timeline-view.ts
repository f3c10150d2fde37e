import { make, need } from "../dom.ts";
import { currentLanguage, say } from "../i18n/language.ts";
import { worthTelling } from "./phases.ts";
import { type Bar, layTimeline } from "./timeline.ts";
import type { Turn } from "./turn.ts";

/**
 * Wires up the line that tells when the first audio was heard, and the details of how long each phase took; returns the
 * function that updates both.
 */
export function createTimelineView(root: HTMLElement, turn: Turn): () => void {
  const line = need<HTMLButtonElement>(root, ".times");
  const timeline = need(root, ".timeline");
  line.addEventListener("click", () => {
    timeline.hidden = !timeline.hidden;
    line.ariaExpanded = String(!timeline.hidden);
    if (!timeline.hidden) draw(timeline, turn);
    timeline.scrollIntoView({ block: "nearest" });
  });
  return () => {
    const { firstSoundMs, firstWordMs } = turn.moments;
    line.hidden = firstWordMs === undefined;
    const sentence = firstSoundMs === undefined ? "time.lineWord" : "time.lineSound";
    const text = say(sentence, seconds(firstSoundMs ?? firstWordMs ?? 0));
    if (need(line, "span").textContent !== text) need(line, "span").textContent = text;
    if (!timeline.hidden) draw(timeline, turn);
  };
}

/** Draws a turn's bars, times and phases. */
function draw(root: HTMLElement, { moments, timings }: Turn): void {
  const { text, voice, unheard, ticks } = layTimeline(moments);
  place(need(root, ".lane.text i"), text);
  place(need(root, ".lane.voice .heard"), voice);
  place(need(root, ".lane.voice .unheard"), unheard);
  need(root, ".axis").replaceChildren(
    ...ticks.map(({ left, ms }) => {
      const tick = make("span", "", duration(ms));
      tick.style.left = `${left}%`;
      return tick;
    }),
  );
  // Both times are shown: the server counts from the arrival of the request, the page from the moment of asking.
  for (const [name, here, server] of [
    ["first-word", moments.firstWordMs, timings?.firstTextMs],
    ["first-sound", moments.firstSoundMs, timings?.firstAudioMs],
    ["total", moments.totalMs, timings?.totalMs],
  ] as const) {
    need(root, `.${name} .here`).textContent = duration(here);
    need(root, `.${name} .server`).textContent = duration(server);
  }
  // The phases of the wait for the server's first audio.
  const phases = worthTelling(timings?.phases ?? []);
  const line = need(root, ".phases");
  line.hidden = phases.length === 0;
  line.textContent = phases.map(({ key, ms }) => say(key, duration(ms))).join(" · ");
}

function place(bar: HTMLElement, where: Bar | undefined): void {
  bar.hidden = where === undefined;
  bar.style.left = `${where?.left ?? 0}%`;
  bar.style.width = `${where?.width ?? 0}%`;
}

/** Formats a duration as a number of seconds, without the unit, for use in a message. */
function seconds(ms: number): string {
  const maximumFractionDigits = ms < 100 ? 2 : 1;
  return new Intl.NumberFormat(currentLanguage(), { maximumFractionDigits }).format(ms / 1000);
}

/** Formats a duration in the page's language. */
function duration(ms: number | undefined): string {
  if (ms === undefined) return "–";
  const maximumFractionDigits = ms < 1000 ? 2 : 1;
  const options = { style: "unit", unit: "second", unitDisplay: "narrow", maximumFractionDigits } as const;
  return new Intl.NumberFormat(currentLanguage(), options).format(ms / 1000);
}
