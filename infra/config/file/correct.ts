import { variableOf } from "../../settings/setting.ts";
import { fileVariable } from "../../settings/shared.ts";
import { allSettings } from "../declared.ts";
import { renamed } from "../renamed.ts";
import { nearest } from "./did-you-mean.ts";

type Correction = [message: string, remedy: string];

const paths = allSettings.map(({ path }) => path);
// Includes the old names of renamed settings, so that even a misspelled old name leads to the new name.
const newPaths = new Map([...paths.map((path) => [path, path] as const), ...Object.entries(renamed)]);
const newVariables = new Map([
  [fileVariable.name as string, fileVariable.name as string],
  ...[...newPaths].map(([old, path]) => [variableOf(old), variableOf(path)] as const),
]);
const groups = [
  ...new Set(paths.flatMap((path) => [...path.matchAll(/\./g)].map(({ index }) => path.slice(0, index)))),
];
const lastSteps = new Map(paths.map((path) => [path.split(".").at(-1) as string, path]));

/** What is wrong with a path of duet.yaml that is not a setting, and what to write instead. */
export function correctPath(path: string): Correction {
  const now = Object.hasOwn(renamed, path) ? renamed[path] : undefined;
  if (now !== undefined) return [`${path} was renamed to ${now}`, "Use the new name."];
  const near = nearest(path, [...newPaths.keys(), ...groups, "engine"]);
  // If only the group in the path is wrong, the setting with the same name in another group is suggested.
  const last =
    near === undefined
      ? lastSteps.get(nearest(path.split(".").at(-1) as string, [...lastSteps.keys()]) ?? "")
      : undefined;
  const meant = (near === undefined ? undefined : (newPaths.get(near) ?? near)) ?? last;
  return [
    `unknown setting ${path}`,
    meant === undefined ? "docs/config.md lists all settings." : `Did you mean ${meant}?`,
  ];
}

/** What is wrong with a variable that begins with DUET_ and is not a setting, and what to set instead. */
export function correctVariable(variable: string): Correction {
  const now = newVariables.get(variable);
  if (now !== undefined) return [`${variable} was renamed to ${now}`, "use the new name"];
  const near = newVariables.get(nearest(variable, [...newVariables.keys()]) ?? "");
  return [`unknown setting ${variable}`, `did you mean ${near ?? "one of the settings in docs/config.md"}?`];
}
