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

/** A setting that somebody has written. */
export interface Given {
  readonly origin: Origin;
  /** What it means; undefined if it is wrong. */
  readonly value: unknown;
}

/** What was written of the settings. */
export interface GivenSettings {
  /** By path; the environment comes before the file. */
  readonly given: ReadonlyMap<string, Given>;
  /** Those that are wrong, by path. */
  readonly faults: ReadonlyMap<string, Problem>;
  /** Names that are no setting. */
  readonly problems: readonly Problem[];
}

/** What stands for a secret that was not fetched, the first that can: 32 characters, as long as some have to be; an address with a password. */
const unread = ["not-read-".padEnd(32, "-"), "http://not:read@not-read", "redis://not:read@not-read"];

/** A reading, and what to do if it is a fault; absent: what the setting's description says. */
type Told = Reading<unknown> & { readonly remedy?: string };

const byPath = new Map(allSettings.map((one) => [one.path, one]));
const byVariable = new Map(allSettings.map((one) => [one.variable, one]));

/** How settings are read. */
export interface Reader {
  /** The folder that paths in the file are relative to. */
  readonly folder: string;
  /** Whether secrets are fetched from where the file says that they are. Else they have a value that stands for any. */
  readonly secrets: boolean;
}

/** Reads every setting that file and environment hold, each by its own kind. The engines' part is left alone. Never throws. */
export function readGiven(tree: Tree & { kind: "map" }, env: NodeJS.ProcessEnv, reader: Reader): GivenSettings {
  const given = new Map<string, Given>();
  const faults = new Map<string, Problem>();
  const problems: Problem[] = [];
  const complain = (origin: Origin, path: string, message: string, remedy: string) =>
    problems.push({ severity: "error", origin, path, message, remedy });

  /** `shown` is the value for people, with `=` before it; empty where it is better not repeated. */
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
        complain(origin, path, `${path} has settings of its own`, `Write them below it, such as ${example}.`);
      }
    }
  };
  walk(tree, declared, "");

  for (const [variable, text] of Object.entries(env)) {
    if (text === undefined || text === "") continue;
    const alias = byPath.get(aliases[variable] ?? "");
    const one = byVariable.get(variable) ?? (alias !== undefined && !env[alias.variable] ? alias : undefined);
    if (one !== undefined) take(one, { variable }, variable, `=${text}`, one.setting.kind.fromText(text));
    // What begins so belongs to the engines' part, and is read with it.
    else if (variable.startsWith("DUET_") && !variable.startsWith("DUET_ENGINE_") && variable !== fileVariable.name)
      complain({ variable }, "", ...correctVariable(variable));
  }
  return { given, faults, problems };
}

/** A value as a message repeats it. */
function shorten(shown: string): string {
  return shown.length > 100 ? `${shown.slice(0, 100)}…` : shown;
}

/** Reads what the file says of a setting. */
function readWritten(one: Declared, tree: Tree, env: NodeJS.ProcessEnv, reader: Reader): Told {
  const { path, setting } = one;
  const kind = setting.kind as Kind<unknown>;
  if (kind.secret || (kind.holdsSecret !== undefined && tree.kind === "map")) return readSecret(one, tree, env, reader);
  const value = plain(tree);
  const reading = kind.fromYaml(value);
  if ("value" in reading) {
    if (!isSecret(kind, reading.value)) return { value: resolvePaths(kind, reading.value, reader.folder) };
    return { fault: "holds a password, and a secret is never written into a config file", remedy: placesFor(one) };
  }
  const remedy = reading.at === undefined ? remedyFor(path, value, kind.schema, kind) : undefined;
  return remedy === undefined ? reading : { ...reading, remedy: `${remedy} ${setting.does}` };
}

/** A value of a file in that folder: the paths in it are relative to the file. */
function resolvePaths<T>(kind: Kind<T>, value: T, folder: string): T {
  return kind.mapPaths === undefined ? value : kind.mapPaths(value, ({ path }) => resolve(folder, path));
}

/** The value without its places. */
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

/** Fetches a secret from where the file says that it is. */
function readSecret(one: Declared, tree: Tree, env: NodeJS.ProcessEnv, reader: Reader): Told {
  const { setting } = one;
  const remedy = placesFor(one);
  const places = tree.kind === "map" ? [...tree.entries] : [];
  const [[place, entry] = [undefined, undefined]] = places;
  const target = entry?.value.kind === "scalar" ? entry.value.value : undefined;
  if (places.length !== 1 || (place !== "env" && place !== "file") || typeof target !== "string")
    return { fault: "a secret is never written into a config file", remedy };
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
