import type { Scenario } from "./scenario.ts";

/**
 * The same scenario in minutes: three sides, one calibration, one repeat, three loads, 18 s a cell at most. A single user thinks for a second,
 * or there would be two turns to tell of.
 */
export function quick(scenario: Scenario): Scenario {
  const sides = scenario.sides.filter((side) => side !== "article" && side !== "article-pool");
  const kept = scenario.loads.filter((load) => load.kind === "open" || [1, 10, 50].includes(load.users));
  return {
    ...scenario,
    sides,
    calibrations: scenario.calibrations.slice(0, 1),
    loads: kept.map((load) => (load.kind === "closed" && load.users === 1 ? { ...load, thinkMs: 1000 } : load)),
    time: {
      warmMs: Math.min(2000, scenario.time.warmMs),
      untilMs: Math.min(14_000, scenario.time.untilMs),
      endMs: 18_000,
    },
    repeats: 1,
  };
}
