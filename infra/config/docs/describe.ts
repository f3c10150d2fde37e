import { stringify } from "yaml";
import { fileVariable, shared, start } from "../../settings/shared.ts";
import { allSettings } from "../declared.ts";
import { groupsOf, type ProcessName, processes } from "../processes.ts";

/** A setting, described for people. */
export interface SettingDescription {
  /** The setting's path in duet.yaml; undefined if duet.yaml cannot contain the setting. */
  readonly path: string | undefined;
  /** The name of the environment variable for the setting. */
  readonly variable: string;
  /** The setting's possible values, in words. */
  readonly values: string;
  /** The setting's default, as it would be written in the environment variable; empty if the setting has no default. */
  readonly fallback: string;
  /** The setting's default, as it would be written in duet.yaml; empty if the setting has no default. */
  readonly fallbackInFile: string;
  /** What the setting does, in full sentences. */
  readonly does: string;
}

/** The settings that one process or command reads. */
export interface SettingSection {
  /** The process or command that reads these settings, as people call it, such as `Generate`. */
  readonly readBy: string;
  readonly settings: readonly SettingDescription[];
}

/** Every setting with its default, grouped by the process or command that reads it. */
export function describeSettings(): SettingSection[] {
  const { name, does } = fileVariable;
  const file = { path: undefined, variable: name, values: "text", fallback: "", fallbackInFile: "", does };
  return [
    { readBy: "Every process", settings: [file, ...describeGroups(Object.keys(shared))] },
    ...Object.keys(processes).map((process) => ({
      readBy: `${process[0]?.toUpperCase()}${process.slice(1)}`,
      settings: describeGroups(groupsOf(process as ProcessName)),
    })),
    { readBy: "npm start", settings: describeGroups(Object.keys(start)) },
  ];
}

function describeGroups(groups: readonly string[]): SettingDescription[] {
  return groups.flatMap((group) =>
    allSettings
      .filter(({ path }) => path.split(".")[0] === group)
      .map(({ path, variable, setting: { kind, fallback, does } }) => {
        const known = fallback !== undefined && kind.write(fallback) !== "";
        return {
          path,
          variable,
          values: kind.values,
          fallback: known ? kind.write(fallback) : "",
          fallbackInFile: known ? writeYaml(kind.toYaml(fallback)) : "",
          does,
        };
      }),
  );
}

/** Serializes a value as YAML on one line. */
export function writeYaml(value: unknown): string {
  // A block scalar would take several lines; in quotes its line breaks are `\n`.
  if (typeof value === "string" && /[\n\r]/.test(value)) return JSON.stringify(value);
  return stringify(value, { ...(isCollection(value) && { collectionStyle: "flow" }), lineWidth: 0 }).trim();
}

function isCollection(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
