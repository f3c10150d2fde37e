import { make, need } from "../dom.ts";
import { currentLanguage } from "../i18n/language.ts";
import { type Bar, layTimeline } from "./timeline.ts";
import type { Turn } from "./turn.ts";

/** Draws a turn's times into a stamped `timeline`. */
export function drawTimeline(root: HTMLElement, { moments, timings }: Turn): void {
  const { text, voice, ticks } = layTimeline(moments);
  root.hidden = moments.firstWordMs === undefined;
  place(need(root, ".lane.text i"), text);
  place(need(root, ".lane.voice i"), voice);
  need(root, ".axis").replaceChildren(
    ...ticks.map(({ left, ms }) => {
      const tick = make("span", "", duration(ms));
      tick.style.left = `${left}%`;
      return tick;
    }),
  );
  // The server counts from the request's arrival, the page from the key press: both are told.
  for (const [name, here, server] of [
    ["first-word", moments.firstWordMs, timings?.firstTextMs],
    ["first-sound", moments.firstSoundMs, timings?.firstAudioMs],
    ["total", moments.totalMs, timings?.totalMs],
  ] as const) {
    need(root, `.${name} .here`).textContent = duration(here);
    need(root, `.${name} .server`).textContent = duration(server);
  }
}

function place(bar: HTMLElement, where: Bar | undefined): void {
  bar.hidden = where === undefined;
  bar.style.left = `${where?.left ?? 0}%`;
  bar.style.width = `${where?.width ?? 0}%`;
}

/** A time as a person reads it, in the page's language. */
function duration(ms: number | undefined): string {
  if (ms === undefined) return "–";
  const maximumFractionDigits = ms < 1000 ? 2 : 1;
  const options = { style: "unit", unit: "second", unitDisplay: "narrow", maximumFractionDigits } as const;
  return new Intl.NumberFormat(currentLanguage(), options).format(ms / 1000);
}
