import { existsSync, readFileSync } from "node:fs";
import type { Origin, Problem } from "../problem.ts";
import { aliases, pathOf, settingPaths } from "../settings/names.ts";
import { type SettingName, settings } from "../settings/settings.ts";
import { fileShape } from "../settings/shape.ts";
import { nearest } from "./did-you-mean.ts";
import { parseTree, type Tree } from "./tree.ts";

/** A setting as it was written, and where. */
export interface Written {
  /** As an environment variable would have it. */
  readonly text: string;
  readonly origin: Origin;
}

/** What was written, before it is checked. */
export interface Sources {
  /** The config file; undefined if there is none. */
  readonly file: string | undefined;
  /** All that the file holds, the engines' part unread. */
  readonly tree: Tree & { kind: "map" };
  /** Settings of file and environment; the environment comes first. */
  readonly written: ReadonlyMap<SettingName, Written>;
  readonly problems: readonly Problem[];
}

const defaultFile = "duet.yaml";

/** Finds the config file and reads it; `text` is what it holds, for one that is not on disk. Never throws. */
export function readSources(env: NodeJS.ProcessEnv, text?: string): Sources {
  const named = env.DUET_CONFIG || undefined;
  const file = named ?? (text !== undefined || existsSync(defaultFile) ? defaultFile : undefined);
  const problems: Problem[] = [];
  let tree: Sources["tree"] = { kind: "map", origin: undefined, entries: new Map() };
  if (file !== undefined) {
    try {
      const parsed = parseTree(file, text ?? readFileSync(file, "utf8"));
      problems.push(...parsed.problems);
      if (parsed.tree.kind === "map") tree = parsed.tree;
    } catch (error) {
      const message = `the config file ${file} cannot be read: ${(error as Error).message}`;
      const origin = named === undefined ? undefined : { variable: "DUET_CONFIG" };
      problems.push({ severity: "error", origin, path: "", message, remedy: "Correct DUET_CONFIG, or unset it." });
    }
  }
  const written = new Map<SettingName, Written>();
  readFileSettings(tree, env, written, problems);
  readVariables(env, written, problems);
  return { file, tree, written, problems };
}

/** Which settings somebody has written, in the environment or the config file. Never throws: faults are for `readSettings` to tell. */
export function writtenSettings(env: NodeJS.ProcessEnv): ReadonlySet<string> {
  return new Set(readSources(env).written.keys());
}

function readFileSettings(
  tree: Sources["tree"],
  env: NodeJS.ProcessEnv,
  written: Map<SettingName, Written>,
  problems: Problem[],
): void {
  const paths = [...settingPaths.keys()].filter(
    (path) => fileShape(settings[settingPaths.get(path) as SettingName]).type.length > 0,
  );
  const groups = new Set(paths.flatMap((path) => (path.includes(".") ? [path.split(".")[0] as string] : [])));
  const complain = (origin: Origin, path: string, message: string, remedy: string) =>
    problems.push({ severity: "error", origin, path, message, remedy });
  const unknown = (origin: Origin, path: string) => {
    const near = nearest(path, [...paths, ...groups, "engine"]);
    complain(
      origin,
      path,
      `there is no setting ${path}`,
      near === undefined ? "See docs/config.md for all there are." : `Did you mean ${near}?`,
    );
  };
  const walk = (map: Sources["tree"], above: string) => {
    for (const [key, { origin, value }] of map.entries) {
      const path = above + key;
      const name = settingPaths.get(path);
      if (path === "engine") continue;
      if (above === "" && groups.has(key)) {
        if (value.kind === "map") walk(value, `${key}.`);
        else if (value.kind === "list" || value.value !== null)
          complain(
            origin,
            path,
            `${path} has settings of its own`,
            `Write them below it, such as ${paths.find((other) => other.startsWith(`${key}.`))}.`,
          );
      } else if (name === undefined || !paths.includes(path)) unknown(origin, path);
      else {
        const text = writeAsVariable(name, value, env, (message, remedy) => complain(origin, path, message, remedy));
        if (text !== undefined) written.set(name, { text, origin });
      }
    }
  };
  walk(tree, "");
}

/** The value as an environment variable would have it; undefined if it is not set, or of the wrong kind. */
function writeAsVariable(
  name: SettingName,
  value: Tree,
  env: NodeJS.ProcessEnv,
  complain: (message: string, remedy: string) => void,
): string | undefined {
  const { type } = fileShape(settings[name]);
  if (value.kind === "scalar" && value.value === null) return undefined;
  if (type[0] === "object") return readSecret(name, value, env, complain);
  if (value.kind === "list" && type.includes("array")) {
    const items = value.items.map((item) =>
      item.kind === "scalar" && item.value !== null ? String(item.value) : undefined,
    );
    if (items.every((item) => item !== undefined && !item.includes(","))) return items.join(",");
    complain("its items must be words without a comma", "Write one value an item.");
    return undefined;
  }
  if (value.kind === "scalar") {
    const kind = typeof value.value;
    if (kind === "string" && type.includes("string")) return value.value as string;
    if (kind === "boolean" && type.includes("boolean")) return value.value === true ? "1" : "0";
    if (kind === "number" && type.some((word) => word === "number" || word === "integer")) return String(value.value);
  }
  const shown = value.kind === "scalar" ? String(value.value) : `a ${value.kind}`;
  complain(`${shown} is not ${type.map((word) => words[word]).join(" or ")}`, settings[name].description ?? "");
  return undefined;
}

const words = {
  string: "a text",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "a reference to a secret",
};

function readSecret(
  name: SettingName,
  value: Tree,
  env: NodeJS.ProcessEnv,
  complain: (message: string, remedy: string) => void,
): string | undefined {
  const remedy = `Write { env: NAME } or { file: PATH }, or set ${name} in the environment.`;
  const [entry] = value.kind === "map" ? value.entries : [];
  const target = entry?.[1].value;
  const isReference =
    value.kind === "map" && value.entries.size === 1 && target?.kind === "scalar" && typeof target.value === "string";
  if (!isReference || (entry?.[0] !== "env" && entry?.[0] !== "file")) {
    complain("a secret is never written into a config file", remedy);
    return undefined;
  }
  const place = target.value as string;
  if (entry[0] === "env") {
    const secret = env[place] || undefined;
    if (secret === undefined) complain(`the variable ${place} is not set`, remedy);
    return secret;
  }
  try {
    return readFileSync(place, "utf8").trim();
  } catch (error) {
    complain(`the secret's file cannot be read: ${(error as NodeJS.ErrnoException).code}`, remedy);
    return undefined;
  }
}

function readVariables(env: NodeJS.ProcessEnv, written: Map<SettingName, Written>, problems: Problem[]): void {
  for (const [variable, text] of Object.entries(env)) {
    const name = variable as SettingName;
    if (text === undefined || text === "") continue;
    const alias = settingPaths.get(aliases[variable] ?? "");
    if (alias !== undefined && !env[alias]) written.set(alias, { text, origin: { variable } });
    // What begins so belongs to the engines' part, and is read with it.
    if (!variable.startsWith("DUET_") || variable.startsWith("DUET_ENGINE_")) continue;
    if (name in settings) written.set(name, { text, origin: { variable } });
    else
      problems.push({
        severity: "error",
        origin: { variable },
        path: "",
        message: `${variable} is no setting`,
        remedy: `did you mean ${nearest(variable, Object.keys(settings)) ?? "one of those in docs/config.md"}?`,
      });
  }
}

/** Where a setting would be written: its path for what came from a file, else its variable. */
export function labelOf(name: SettingName, origin: Origin): string {
  return origin === undefined || "variable" in origin ? (origin?.variable ?? name) : pathOf(name);
}
