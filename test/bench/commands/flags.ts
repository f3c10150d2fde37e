import { type CalibrationName, calibrations } from "../calibrations.ts";
import { quick } from "../scenarios/quick.ts";
import type { Load, Scenario } from "../scenarios/scenario.ts";
import { scenarios } from "../scenarios/scenarios.ts";
import { closed } from "../scenarios/usual.ts";
import { type SideName, sides } from "../sides/names.ts";

/** What `bench run` is told. */
export interface RunFlags {
  readonly quick?: true;
  readonly json?: string;
  readonly html?: string;
  readonly replies: string;
  readonly calibrations?: string;
  readonly sides?: string;
  readonly users?: string;
  readonly open?: string;
  readonly think?: string;
  readonly seconds?: string;
  readonly repeats?: string;
  readonly seed: string;
  readonly gzip?: true;
  readonly virtual?: true;
  readonly profile?: string;
}

/** A scenario as the flags change it. Throws an Error that names the flag and what it takes. */
export function scenarioOf(name: string, flags: RunFlags): Scenario {
  const shipped = Object.hasOwn(scenarios, name) ? scenarios[name] : undefined;
  if (shipped === undefined)
    throw new Error(`${name} is no scenario: take one of ${Object.keys(scenarios).join(", ")}`);
  numberOf("--seed", flags.seed);
  const scenario = flags.quick === true ? quick(shipped) : shipped;
  return {
    ...scenario,
    ...(flags.calibrations !== undefined && {
      calibrations: namesOf<CalibrationName>("--calibrations", flags.calibrations, calibrations),
    }),
    ...(flags.sides !== undefined && { sides: namesOf<SideName>("--sides", flags.sides, sides) }),
    // Repeats are for what a machine does beside; in virtual time it does nothing.
    ...(flags.virtual === true && { repeats: 1 }),
    ...(flags.repeats !== undefined && { repeats: numberOf("--repeats", flags.repeats) }),
    ...(flags.seconds !== undefined && { time: timeOf(numberOf("--seconds", flags.seconds) * 1000) }),
    loads: loadsOf(scenario, flags),
  };
}

function loadsOf({ loads }: Scenario, { users, open, think }: RunFlags): readonly Load[] {
  if (open !== undefined) {
    return open.split(",").map((rate) => ({ kind: "open", perSecond: numberOf("--open", rate) }));
  }
  const asked = users?.split(",").map((count) => numberOf("--users", count));
  const kept = asked?.map(
    (count) => loads.find((load) => load.kind === "closed" && load.users === count) ?? closed(count),
  );
  return (kept ?? loads).map((load) =>
    load.kind === "closed" && think !== undefined ? { ...load, thinkMs: numberOf("--think", think) * 1000 } : load,
  );
}

/** A seventh to warm up, a seventh to drain. */
function timeOf(endMs: number): Scenario["time"] {
  return { warmMs: endMs / 7, untilMs: (endMs * 6) / 7, endMs };
}

function numberOf(flag: string, text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value <= 0)
    throw new Error(`${flag} ${text}: must be a number above 0`);
  return value;
}

function namesOf<Name extends string>(flag: string, text: string, names: Record<Name, unknown>): Name[] {
  return text.split(",").map((name) => {
    if (!Object.hasOwn(names, name)) throw new Error(`${flag} ${name}: must be of ${Object.keys(names).join(", ")}`);
    return name as Name;
  });
}
