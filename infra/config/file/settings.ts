import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { isSecret, type Kind, type Reading, type Yaml } from "../../settings/kind.ts";
import { type Group, isSetting, settingsOf } from "../../settings/setting.ts";
import { fileVariable } from "../../settings/shared.ts";
import { aliases } from "../aliases.ts";
import { allSettings, type Declared, declared } from "../declared.ts";
import { maskPasswords } from "../mask.ts";
import type { Origin, Problem } from "../problem.ts";
import { correctPath, correctVariable } from "./correct.ts";
import { fileFault } from "./file-fault.ts";
import { remedyFor } from "./remedy.ts";
import { originOf, type Tree } from "./tree.ts";

/** A setting that is given in the file or the environment. */
export interface Given {
  readonly origin: Origin;
  /** The setting's parsed value; undefined if the value is invalid. */
  readonly value: unknown;
}

/** The settings that are given in the file and the environment, and their problems. */
export interface GivenSettings {
  /** The given settings by path. If file and environment both give a setting, the environment's value is used. */
  readonly given: ReadonlyMap<string, Given>;
  /** The faults of invalid settings, by the settings' paths. */
  readonly faults: ReadonlyMap<string, Problem>;
  /** Problems with names that are not settings. */
  readonly problems: readonly Problem[];
}

/**
 * Placeholders for secrets that are not fetched: 32 characters, the minimum length of some secrets, or a URL with a
 * password. The first one that is valid for the setting is used.
 */
const unread = ["not-read-".padEnd(32, "-"), "http://not:read@not-read", "redis://not:read@not-read"];

/** A parsed value, or a fault with its remedy. Default remedy: the setting's description. */
type Told = Reading<unknown> & { readonly remedy?: string };

const byPath = new Map(allSettings.map((one) => [one.path, one]));
const byVariable = new Map(allSettings.map((one) => [one.variable, one]));

/** How the settings in a config file are read. */
export interface Reader {
  /** The folder that paths in the file are relative to. */
  readonly folder: string;
  /** Whether secrets are read from the variables or files that the config names; if not, placeholders replace them. */
  readonly secrets: boolean;
}

/**
 * Reads every setting in the file and the environment, each with the parser for its kind of value. The engines' part is
 * skipped. Never throws.
 */
export function readGiven(tree: Tree & { kind: "map" }, env: NodeJS.ProcessEnv, reader: Reader): GivenSettings {
  const given = new Map<string, Given>();
  const faults = new Map<string, Problem>();
  const problems: Problem[] = [];
  const complain = (origin: Origin, path: string, message: string, remedy: string) =>
    problems.push({ severity: "error", origin, path, message, remedy });

  /**
   * Records what was read for a setting. `shown` is `=` and the value, for messages; empty if messages must not repeat
   * the value.
   */
  const take = (
    { path, setting }: Declared,
    origin: Origin,
    label: string,
    shown: string,
    reading: Told,
    written?: Tree,
  ) => {
    for (const known of faults.keys()) if (known === path || known.startsWith(`${path}.`)) faults.delete(known);
    given.set(path, { origin, value: "value" in reading ? reading.value : undefined });
    if ("value" in reading) return;
    const { remedy = setting.does, besides = [] } = reading;
    for (const { fault, at } of [reading, ...besides]) {
      const inside = at === undefined ? path : `${path}.${at}`;
      const place = (written && at !== undefined && originOf(written, at)) || origin;
      const subject =
        at === undefined ? `${label}${setting.kind.secret ? "" : maskPasswords(shorten(shown))}` : `${label}.${at}`;
      if (!faults.has(inside))
        faults.set(inside, { severity: "error", origin: place, path: inside, message: `${subject}: ${fault}`, remedy });
    }
  };

  const walk = (map: Tree & { kind: "map" }, group: Group, above: string) => {
    for (const [key, { origin, value }] of map.entries) {
      const path = above + key;
      if (path === "engine") continue;
      const member = Object.hasOwn(group, key) ? group[key] : undefined;
      if (member === undefined) complain(origin, path, ...correctPath(path));
      else if (value.kind === "scalar" && value.value === null) continue;
      else if (isSetting(member)) {
        const one = byPath.get(path) as Declared;
        const shown = value.kind === "scalar" ? `=${value.value}` : "";
        take(one, origin, path, shown, readWritten(one, value, env, reader), value);
      } else if (value.kind === "map") walk(value, member, `${path}.`);
      else {
        const [[example] = [""]] = [...settingsOf(member, `${path}.`)];
        complain(origin, path, `${path} must be a map of settings`, `Put its settings below it, such as ${example}.`);
      }
    }
  };
  walk(tree, declared, "");

  for (const [variable, text] of Object.entries(env)) {
    if (text === undefined || text === "") continue;
    const alias = byPath.get(aliases[variable] ?? "");
    const one = byVariable.get(variable) ?? (alias !== undefined && !env[alias.variable] ? alias : undefined);
    if (one !== undefined) take(one, { variable }, variable, `=${text}`, one.setting.kind.fromText(text));
    // Variables that begin with DUET_ENGINE_ belong to the engines' part, and are read with it.
    else if (variable.startsWith("DUET_") && !variable.startsWith("DUET_ENGINE_") && variable !== fileVariable.name)
      complain({ variable }, "", ...correctVariable(variable));
  }
  return { given, faults, problems };
}

/** A value, shortened for a message. */
function shorten(shown: string): string {
  return shown.length > 100 ? `${shown.slice(0, 100)}…` : shown;
}

/** Reads a setting from the file. */
function readWritten(one: Declared, tree: Tree, env: NodeJS.ProcessEnv, reader: Reader): Told {
  const { path, setting } = one;
  const kind = setting.kind as Kind<unknown>;
  if (kind.secret || (kind.holdsSecret !== undefined && tree.kind === "map")) return readSecret(one, tree, env, reader);
  const value = plain(tree);
  const reading = kind.fromYaml(value);
  if ("value" in reading) {
    if (!isSecret(kind, reading.value)) return { value: resolvePaths(kind, reading.value, reader.folder) };
    return { fault: "contains a password, and secrets are not allowed in the config file", remedy: placesFor(one) };
  }
  const remedy = reading.at === undefined ? remedyFor(path, value, kind.schema, kind) : undefined;
  return remedy === undefined ? reading : { ...reading, remedy: `${remedy} ${setting.does}` };
}

/** Resolves the paths in a value relative to the file's folder. */
function resolvePaths<T>(kind: Kind<T>, value: T, folder: string): T {
  return kind.mapPaths === undefined ? value : kind.mapPaths(value, ({ path }) => resolve(folder, path));
}

/** Converts a node and everything below it to a plain value, without positions. */
function plain(tree: Tree): Yaml {
  switch (tree.kind) {
    case "scalar":
      return tree.value;
    case "list":
      return tree.items.map(plain);
    case "map":
      return Object.fromEntries([...tree.entries].map(([key, { value }]) => [key, plain(value)]));
  }
}

const placesFor = ({ variable }: Declared) =>
  `Write { env: NAME } or { file: PATH }, or set ${variable} in the environment.`;

/** Reads a secret from the environment variable or the file that the config file names. */
function readSecret(one: Declared, tree: Tree, env: NodeJS.ProcessEnv, reader: Reader): Told {
  const { setting } = one;
  const remedy = placesFor(one);
  const places = tree.kind === "map" ? [...tree.entries] : [];
  const [[place, entry] = [undefined, undefined]] = places;
  const target = entry?.value.kind === "scalar" ? entry.value.value : undefined;
  if (places.length !== 1 || (place !== "env" && place !== "file") || typeof target !== "string")
    return { fault: "secrets are not allowed in the config file", remedy };
  if (!reader.secrets) return unread.map((text) => setting.kind.fromText(text)).find((one) => "value" in one) as Told;
  if (place === "env") {
    const secret = env[target] || undefined;
    return secret === undefined
      ? { fault: `the variable ${target} is not set`, remedy }
      : setting.kind.fromText(secret);
  }
  const file = resolve(reader.folder, target);
  try {
    return setting.kind.fromText(readFileSync(file, "utf8").trim());
  } catch (error) {
    return { fault: `the secret's file ${file} cannot be read: ${fileFault(error)}`, remedy };
  }
}
