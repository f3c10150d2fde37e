import { z } from "zod";
import { labelOf, readSources, type Sources } from "../file/source.ts";
import { type Problem, writeOrigin } from "../problem.ts";
import { pathOf } from "./names.ts";
import { type SettingName, type Settings, settings } from "./settings.ts";
import { fileShape } from "./shape.ts";

/** One or more settings are wrong; `message` has a line for each that names it and the remedy. */
export class SettingsError extends Error {
  override name = "SettingsError";
}

/**
 * Reads the named settings from the environment and the config file, with defaults for those unset. A variable comes before the
 * file; an empty one counts as unset. Throws SettingsError with all faults at once: among them each variable that begins
 * with `DUET_`, and each key of the file, that is no setting. The engines' part of the file is not looked into.
 */
export function readSettings<Name extends SettingName>(names: readonly Name[], env: NodeJS.ProcessEnv): Settings<Name> {
  const sources = readSources(env);
  const { values, problems } = checkSettings(names, sources);
  const faults = [...sources.problems, ...problems];
  if (faults.length > 0) throw new SettingsError(faults.map(writeFault).join("\n"));
  return values as Settings<Name>;
}

/** Checks the named settings. Those that are wrong or missing are problems, and no values. */
export function checkSettings<Name extends SettingName>(
  names: readonly Name[],
  { written }: Pick<Sources, "written">,
): { values: Partial<Settings<Name>>; problems: Problem[] } {
  const values: Partial<Settings<Name>> = {};
  const problems: Problem[] = [];
  for (const name of names) {
    const setting: z.core.$ZodType = settings[name];
    const given = written.get(name);
    const result = z.safeParse(setting, given?.text);
    if (result.success) values[name] = result.data as Settings<Name>[Name];
    const remedy = settings[name].description ?? "";
    const label = labelOf(name, given?.origin);
    const shown = fileShape(setting).type[0] === "object" ? label : `${label}=${given?.text}`;
    for (const { message } of result.error?.issues.slice(0, 1) ?? [])
      problems.push({
        severity: "error",
        origin: given?.origin,
        path: pathOf(name),
        message: given === undefined ? `${label} is not set` : `${shown}: ${message}`,
        remedy,
      });
  }
  return { values, problems };
}

function writeFault({ origin, path, message, remedy }: Problem): string {
  if (origin === undefined) return `${message}: ${remedy}`;
  if ("variable" in origin) return message.includes(": ") ? `${message}. ${remedy}` : `${message}: ${remedy}`;
  return `${writeOrigin(origin)}: ${message.includes(path) ? "" : `${path}: `}${message}. ${remedy}`;
}
