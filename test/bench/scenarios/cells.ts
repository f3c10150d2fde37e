import { calibrations } from "../calibrations.ts";
import { type Cell, mostAtOnce, type Scenario } from "./scenario.ts";

/**
 * The cells of a scenario in the order in which they are run: all of a calibration together, since its engines stay;
 * and each row of sides the other way round from the row before, so that what drifts with time does not favour one of
 * them.
 */
export function cellsOf(scenario: Scenario, seed: number): Cell[] {
  const { time, meanTokens, probe } = scenario;
  let row = 0;
  return scenario.calibrations.flatMap((name) =>
    scenario.loads.flatMap((load) =>
      Array.from({ length: scenario.repeats }, (_, repeat) => repeat).flatMap((repeat) => {
        const sides = row++ % 2 === 0 ? scenario.sides : scenario.sides.toReversed();
        const shipped = calibrations[name];
        const calibration = scenario.workerForEachUser ? { ...shipped, workers: mostAtOnce(load) } : shipped;
        return sides.map((side) => ({
          scenario: scenario.name,
          side,
          calibration,
          load,
          time,
          repeat,
          seed: seed + repeat,
          meanTokens,
          probe,
        }));
      }),
    ),
  );
}
