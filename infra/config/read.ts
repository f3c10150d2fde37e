import { z } from "zod";
import { type SettingName, type Settings, settings } from "./settings.ts";

/** One or more settings are wrong; `message` has a line for each that names it and the remedy. */
export class SettingsError extends Error {
  override name = "SettingsError";
}

/** Settings whose value is written nowhere. */
const secret = /_(?:API_KEY|TOKEN)$/;

/**
 * Reads the named settings from environment variables, with defaults for those unset; an empty variable counts as unset.
 * Throws SettingsError with all faults at once; a variable that begins with `DUET_` and is no setting is one of them.
 */
export function readSettings<Name extends SettingName>(names: readonly Name[], env: NodeJS.ProcessEnv): Settings<Name> {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""));
  const faults = Object.keys(set)
    .filter((name) => name.startsWith("DUET_") && !(name in settings))
    .map((name) => `${name} is no setting: did you mean ${nearest(name)}?`);
  const shape = Object.fromEntries(names.map((name) => [name, settings[name]]));
  const result = z.object(shape).safeParse(set);
  for (const issue of result.error?.issues ?? []) {
    const name = String(issue.path[0]) as SettingName;
    faults.push(
      set[name] === undefined
        ? `${name} is not set: ${settings[name].description}`
        : `${name}${secret.test(name) ? "" : `=${set[name]}`}: ${issue.message}. ${settings[name].description}`,
    );
  }
  if (faults.length > 0) throw new SettingsError(faults.join("\n"));
  return result.data as Settings<Name>;
}

/** The setting whose name is the fewest edits away. */
function nearest(name: string): string {
  return Object.keys(settings).reduce((best, candidate) =>
    editDistance(name, candidate) < editDistance(name, best) ? candidate : best,
  );
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(
        (row[j] as number) + 1,
        (next[j - 1] as number) + 1,
        (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    row = next;
  }
  return row[b.length] as number;
}
