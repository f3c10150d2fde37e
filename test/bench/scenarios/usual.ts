import type { CellTime, Load } from "./scenario.ts";

/**
 * Half a minute that counts; users beyond the engines' capacity are given another one for the turns that they have
 * begun.
 */
export const usualTime: CellTime = { warmMs: 5000, untilMs: 35_000, endMs: 65_000 };

/**
 * Users of a closed loop who think for 10 s, as those of the seed article must have: without a pause, 50 of them would
 * take twelve seconds a turn on its hardware. One alone thinks for 1 s, or there would be few turns to tell of; nobody
 * waits for him.
 */
export function closed(users: number): Load {
  return { kind: "closed", users, thinkMs: users === 1 ? 1000 : 10_000 };
}
