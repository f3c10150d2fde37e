import type { Scenario } from "./scenario.ts";

/**
 * The same scenario in minutes: three sides, one calibration, one repeat, three loads, 18 s a cell at most.
 */
export function quick(scenario: Scenario): Scenario {
  const sides = scenario.sides.filter((side) => side !== "article" && side !== "article-pool");
  return {
    ...scenario,
    sides,
    calibrations: scenario.calibrations.slice(0, 1),
    loads: scenario.loads.filter((load) => load.kind === "open" || [1, 10, 50].includes(load.users)),
    time: {
      warmMs: Math.min(2000, scenario.time.warmMs),
      untilMs: Math.min(14_000, scenario.time.untilMs),
      endMs: 18_000,
    },
    repeats: 1,
  };
}
