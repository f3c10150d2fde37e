import { type DescField, type DescMessage, toJson } from "@bufbuild/protobuf";
import { stringify } from "yaml";
import { fields } from "../engines/fields.ts";
import { sessionsOf } from "../engines/vllm/model/memory.ts";
import type { VllmPlan } from "../engines/vllm/plan.ts";
import { EngineConfigSchema } from "../gen/duet/config/v1/engine_pb.ts";
import { originOf, type Tree } from "./file/tree.ts";
import type { LoadedConfig } from "./load.ts";
import { writeOrigin } from "./problem.ts";
import { describeSettings } from "./settings/describe.ts";
import { pathOf } from "./settings/names.ts";
import { settings } from "./settings/settings.ts";
import { fileShape } from "./settings/shape.ts";

/** One value of a config. */
interface Line {
  readonly path: string;
  /** As YAML has it; undefined where there is none. */
  readonly value: string | undefined;
  /** Where it comes from, or what stands in for it. */
  readonly comment: string;
}

/**
 * The whole config in force as YAML that can be read again: each value with its place, defaults included, and what the memory
 * of a card is used for. Secrets are named, never shown.
 */
export function showConfig(loaded: LoadedConfig): string {
  const { config, sources } = loaded;
  const lines = [...settingLines(loaded), ...engineLines(loaded)];
  const { vllm } = config.plan;
  return [
    `# ${sources.file ?? "No file"}, the environment over it, and defaults.`,
    ...nest(lines),
    ...(vllm === undefined ? [] : ["", ...memoryLines(vllm)]),
    "",
  ].join("\n");
}

function settingLines({ sources }: LoadedConfig): Line[] {
  return describeSettings().flatMap(({ name, fallback }): Line[] => {
    const shape = fileShape(settings[name]);
    if (shape.type.length === 0) return [];
    const given = sources.written.get(name);
    const path = pathOf(name);
    const text = given?.text ?? fallback;
    if (text === "") return [{ path, value: undefined, comment: "not set" }];
    const value =
      shape.type[0] === "object"
        ? secretName(sources.tree, path, given?.origin)
        : scalar(withoutPassword(text), shape.type);
    return [{ path, value, comment: writeOrigin(given?.origin) }];
  });
}

/** The reference as it stands in the file; else the variable that held the secret. */
function secretName(tree: Tree, path: string, origin: ReturnType<typeof originOf>): string {
  if (origin !== undefined && "variable" in origin) return `{ env: ${origin.variable} }`;
  let at: Tree | undefined = tree;
  for (const step of path.split(".")) at = at?.kind === "map" ? at.entries.get(step)?.value : undefined;
  const [entry] = at?.kind === "map" ? at.entries : [];
  return `{ ${entry?.[0]}: ${entry?.[1].value.kind === "scalar" ? entry[1].value.value : ""} }`;
}

function withoutPassword(text: string): string {
  return text.replace(/^([a-z]+:\/\/[^:@/\s]*:)[^@/\s]+@/, "$1…@");
}

function scalar(text: string, type: readonly string[]): string {
  if (type[0] === "boolean") return String(text === "1");
  if (type[0] === "array") return stringify(text.split(","), { collectionStyle: "flow", lineWidth: 0 }).trim();
  const value = type[0] === "integer" || type[0] === "number" ? Number(text) : text;
  return stringify(value, { lineWidth: 0 }).trim();
}

function engineLines({ config, sources }: LoadedConfig): Line[] {
  const json = toJson(EngineConfigSchema, config.engine) as Json;
  const present = EngineConfigSchema.fields.filter(
    ({ jsonName }) => json?.[jsonName] !== undefined || jsonName === "host",
  );
  if (config.plan.vllm === undefined && config.plan.fish === undefined) return [];
  return present.flatMap((field) =>
    fieldLines(field, json?.[field.jsonName], `engine.${field.jsonName}`, sources.tree),
  );
}

type Json = { readonly [name: string]: Json } | undefined;

function fieldLines(field: DescField, value: unknown, path: string, tree: Tree): Line[] {
  if (field.fieldKind === "message") {
    // A method that is not chosen has nothing to show, and neither has what is absent as a whole.
    if (value === undefined && (field.oneof !== undefined || isOptional(field.message, path))) return [];
    return field.message.fields.flatMap((below) =>
      fieldLines(below, (value as Json)?.[below.jsonName], `${path}.${below.jsonName}`, tree),
    );
  }
  if (value !== undefined) {
    const written = stringify(value, { collectionStyle: "flow", lineWidth: 0 }).trim();
    return [{ path, value: written, comment: writeOrigin(originOf(tree, path)) }];
  }
  const { fallback, otherwise } = fields[path] ?? {};
  if (fallback !== undefined) return [{ path, value: stringify(fallback).trim(), comment: "default" }];
  return otherwise === undefined ? [] : [{ path, value: undefined, comment: otherwise }];
}

/** Parts whose presence means something: without them nothing is guessed ahead, and no context is stretched. */
function isOptional(message: DescMessage, path: string): boolean {
  return ["Speculation", "Yarn", "Geometry", "DraftGeometry"].includes(message.name) || path.includes(".speculation.");
}

/** Paths as a tree of YAML: what has no value is a comment. */
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

/** What the memory of one card is used for, and how many conversations it holds. */
function memoryLines({ memory, model, parallelism, context, batching, host, cache }: VllmPlan): string[] {
  if (memory === undefined)
    return [`# The shape of ${model.name} is not known: memory is not estimated. Write engine.vllm.model.configFile.`];
  const { tensor, pipeline, data } = parallelism;
  const cards = tensor * pipeline * data;
  const gib = (value: number) => `${value.toFixed(1).padStart(6)} GiB`;
  const lengths = [2048, 4096, 8192, 16_384, 32_768, 65_536, 131_072].filter((length) => length < context.maxModelLen);
  const room = [...lengths, context.maxModelLen].map((length) => {
    const sessions = sessionsOf(memory, length, data);
    const batched = batching.maxNumSeqs * data;
    return `#   ${String(length).padStart(6)} tokens: ${sessions}${sessions > batched ? `, of which ${batched} are written at once` : ""}`;
  });
  return [
    `# Memory of ${cards === 1 ? "its card" : `each of its ${cards} cards`} of ${host.gpuMemoryGib} GiB, estimated; vLLM measures when it starts:`,
    `#   ${gib(memory.budgetGib)}  may be taken (${cache.gpuMemoryUtilization})`,
    `#   ${gib(memory.weightsGib)}  weights`,
    `#   ${gib(memory.reserveGib)}  room to work in: activations, graphs, context`,
    `#   ${gib(memory.cacheGib)}  cache, ${memory.bytesPerToken} bytes a token: ${memory.tokensPerCopy} tokens${data > 1 ? ` a copy, ${memory.tokens} in all` : ""}`,
    "# Conversations that it holds:",
    ...room,
  ];
}
