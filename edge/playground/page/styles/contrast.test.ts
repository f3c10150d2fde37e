import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "vitest";

const css = readFileSync(new URL("base.css", import.meta.url), "utf8");
const pairs = [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)];
const colours = new Map(pairs.map(([, name, light, dark]) => [name as string, { light, dark }]));

/** Relative luminance as WCAG 2 defines it. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

// WCAG 2 AA: 4.5 for text, 3 for what marks a control or carries meaning.
for (const [front, back, least] of [
  ["text", "ground", 4.5],
  ["text", "raised", 4.5],
  ["text", "sunken", 4.5],
  ["text", "voice-glow", 4.5],
  ["text", "asked", 4.5],
  ["soft", "ground", 4.5],
  ["soft", "raised", 4.5],
  ["soft", "sunken", 4.5],
  ["unheard", "ground", 4.5],
  ["unheard", "sunken", 4.5],
  ["ink", "ground", 4.5],
  ["voice", "voice-glow", 4.5],
  ["ground", "voice", 4.5],
  ["voice", "sunken", 3],
  ["alarm", "alarm-ground", 4.5],
  ["alarm", "ground", 4.5],
  ["alarm", "raised", 4.5],
  // What was heard stands out from what has only come, and both from the track; the words beside the bar say the same.
  ["voice", "voice-come", 3],
  ["voice-come", "sunken", 1.5],
  ["edge", "raised", 3],
] as const)
  for (const scheme of ["light", "dark"] as const)
    test(`${front} on ${back}, ${scheme}: at least ${least} to 1`, () => {
      const ratio = contrast(colours.get(front)?.[scheme] ?? "", colours.get(back)?.[scheme] ?? "");
      assert.ok(ratio >= least, `${ratio.toFixed(2)} to 1`);
    });
