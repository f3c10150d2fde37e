import { type DescField, ScalarType, toJson } from "@bufbuild/protobuf";
import { fields } from "../../engines/fields.ts";
import { allEngines } from "../../engines/registry.ts";
import { EngineConfigSchema } from "../../gen/duet/config/v1/engine_pb.ts";
import { isSecret } from "../../settings/kind.ts";
import type { LoadedConfig } from "../config.ts";
import { allSettings } from "../declared.ts";
import { describedEngines } from "../described.ts";
import { originOf, type Tree } from "../file/tree.ts";
import { maskPasswords } from "../mask.ts";
import { type Origin, writeOrigin } from "../problem.ts";
import { writeYaml } from "./describe.ts";

/** One value of a config, as it will be shown. */
interface Line {
  readonly path: string;
  /** The value in YAML; undefined if nothing sets a value at this path. */
  readonly value: string | undefined;
  /** Where the value comes from; without a value, what is used instead. */
  readonly comment: string;
}

/**
 * The complete effective config as YAML that can be read again. Each value, including defaults, is shown with its
 * origin; comments explain how GPU memory is used. Secrets are named, never shown.
 */
export function showConfig(loaded: LoadedConfig): string {
  const { config } = loaded;
  return [
    `# Settings from ${config.file ?? "no file"}, overridden by the environment; defaults for the rest.`,
    ...nest([...settingLines(loaded), ...engineLines(loaded)]),
    ...describedEngines(config).flatMap(({ engine, plan }) => ["", ...engine.explain(plan)]),
    "",
  ].join("\n");
}

function settingLines({ given, tree }: LoadedConfig): Line[] {
  return allSettings.map(({ path, setting: { kind, fallback } }): Line => {
    const written = given.get(path);
    if (written !== undefined && written.value === undefined)
      return { path, value: undefined, comment: `${writeOrigin(written.origin)}, which is wrong` };
    const value = written === undefined ? fallback : written.value;
    if (value === undefined || kind.write(value) === "") return { path, value: undefined, comment: "not set" };
    return {
      path,
      value: isSecret(kind, value)
        ? secretName(tree, path, written?.origin)
        : writeYaml(withoutPasswords(kind.toYaml(value))),
      comment: writeOrigin(written?.origin),
    };
  });
}

/**
 * How the value of a secret is shown: the reference as written in the file, or the name of the variable that contained
 * the secret.
 */
function secretName(tree: Tree, path: string, origin: Origin): string {
  if (origin !== undefined && "variable" in origin) return `{ env: ${origin.variable} }`;
  let at: Tree | undefined = tree;
  for (const step of path.split(".")) at = at?.kind === "map" ? at.entries.get(step)?.value : undefined;
  const [entry] = at?.kind === "map" ? at.entries : [];
  return `{ ${entry?.[0]}: ${entry?.[1].value.kind === "scalar" ? entry[1].value.value : ""} }`;
}

function withoutPasswords(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map((item, index) =>
      // Secrets do not belong in arguments, but one that was put there must not be shown either.
      typeof item === "string" && isSecretFlag(value[index - 1]) ? "…" : withoutPasswords(item),
    );
  if (typeof value === "string" && /^--?[\w-]+[= ]/.test(value) && isSecretFlag(value.split(/[= ]/)[0]))
    return value.replace(/[= ].*$/s, (rest) => `${rest[0]}…`);
  return typeof value === "string" ? maskPasswords(value) : value;
}

function isSecretFlag(word: unknown): boolean {
  return typeof word === "string" && /^--?[\w-]*(?:key|token|password|secret)$/i.test(word);
}

function engineLines({ config, tree }: LoadedConfig): Line[] {
  if (describedEngines(config).length === 0) return [];
  const json = toJson(EngineConfigSchema, config.engine) as Json;
  const present = EngineConfigSchema.fields.filter(
    ({ jsonName }) => json?.[jsonName] !== undefined || jsonName === "host",
  );
  return present.flatMap((field) => fieldLines(field, json?.[field.jsonName], `engine.${field.jsonName}`, tree));
}

type Json = { readonly [name: string]: Json } | undefined;

function fieldLines(field: DescField, value: unknown, path: string, tree: Tree): Line[] {
  if (field.fieldKind === "message") {
    // Nothing is shown for an alternative (`oneof`) that is not selected, or for an absent optional part.
    if (value === undefined && (field.oneof !== undefined || isOptional(path))) return [];
    return field.message.fields.flatMap((below) =>
      fieldLines(below, (value as Json)?.[below.jsonName], `${path}.${below.jsonName}`, tree),
    );
  }
  if (value !== undefined) {
    // ProtoJSON writes 64-bit integers as strings; the file takes a number.
    const written = field.scalar === ScalarType.UINT64 ? String(value) : writeYaml(withoutPasswords(value));
    return [{ path, value: written, comment: writeOrigin(originOf(tree, path)) }];
  }
  const { fallback, otherwise } = fields[path] ?? {};
  if (fallback !== undefined) return [{ path, value: writeYaml(fallback), comment: "default" }];
  return otherwise === undefined ? [] : [{ path, value: undefined, comment: otherwise }];
}

/**
 * Whether the group of fields at this path is optional, so that its presence alone has a meaning: without the group
 * there is, for example, no speculative decoding or no context extension.
 */
function isOptional(path: string): boolean {
  return allEngines.some(({ name, optionalParts }) =>
    optionalParts.some((part) => `${path}.`.startsWith(`engine.${name}.${part}.`)),
  );
}

/** Renders values by their paths as a YAML tree; a path without a value becomes a comment. */
function nest(lines: readonly Line[]): string[] {
  const groups = new Map<string, Line[]>();
  const rows: string[] = [];
  for (const line of lines) {
    const [first = "", ...rest] = line.path.split(".");
    if (rest.length === 0) rows.push(row(line));
    else groups.set(first, [...(groups.get(first) ?? []), { ...line, path: rest.join(".") }]);
  }
  for (const [name, below] of groups) {
    const nested = nest(below);
    const empty = below.every(({ value }) => value === undefined);
    rows.push(`${empty ? "# " : ""}${name}:`, ...nested.map((text) => `  ${text}`));
  }
  return rows;
}

function row({ path, value, comment }: Line): string {
  return value === undefined ? `# ${path}: ${comment}` : `${path}: ${value} # ${comment}`;
}
