import {
  type DescField,
  type DescMessage,
  fromJson,
  type JsonObject,
  type JsonValue,
  ScalarType,
} from "@bufbuild/protobuf";
import { fields } from "../../engines/fields.ts";
import { allEngines } from "../../engines/registry.ts";
import { type EngineConfig, EngineConfigSchema } from "../../gen/duet/config/v1/engine_pb.ts";
import type { Origin, Problem } from "../problem.ts";
import { nearest } from "./did-you-mean.ts";
import { remedyFor, type Wanted } from "./remedy.ts";
import type { Entry, Tree } from "./tree.ts";

/**
 * Parses the engines' part of a config, the JSON mapping of EngineConfig, and reports every problem in it. Never
 * throws.
 */
export function readEngine(tree: Tree): { engine: EngineConfig; problems: Problem[] } {
  const reader = new EngineReader();
  const json = reader.message(EngineConfigSchema, tree, "engine");
  return { engine: fromJson(EngineConfigSchema, json), problems: reader.problems };
}

/** Every scalar field of the engines' config: its path from `engine.` on, and its descriptor. */
export function* engineLeaves(
  schema: DescMessage = EngineConfigSchema,
  path = "engine",
): Generator<[string, DescField]> {
  for (const field of schema.fields) {
    const below = `${path}.${field.jsonName}`;
    if (field.fieldKind === "message") yield* engineLeaves(field.message, below);
    else if (field.fieldKind === "list" && field.listKind === "message")
      yield* engineLeaves(field.message, `${below}[]`);
    else yield [below, field];
  }
}

/** Reads the protobuf messages of the engines' config from a parsed file, and collects their problems. */
class EngineReader {
  readonly problems: Problem[] = [];

  message(schema: DescMessage, tree: Tree, path: string): JsonObject {
    const json: JsonObject = {};
    if (tree.kind === "scalar" && tree.value === null) return json;
    if (tree.kind !== "map") {
      this.#complain(
        tree.origin,
        path,
        `${path} must be a map of fields`,
        `Set its fields below it: ${namesOf(schema).join(", ")}.`,
      );
      return json;
    }
    const chosen = new Map<string, string>();
    for (const [key, entry] of tree.entries) {
      const below = `${path}.${key}`;
      const field = schema.fields.find(({ jsonName }) => jsonName === key);
      if (field === undefined) {
        const near = nearest(key, namesOf(schema)) ?? elsewhere(path, key);
        const other = near === undefined ? `Its fields are ${namesOf(schema).join(", ")}.` : `Did you mean ${near}?`;
        const remedy = insteadOf(path, key) ?? other;
        this.#complain(entry.origin, below, `${path} has no field ${key}`, remedy);
        continue;
      }
      const group = field.oneof?.name;
      const other = group === undefined ? undefined : chosen.get(group);
      if (other !== undefined) {
        this.#complain(
          entry.origin,
          below,
          `${path} takes only one ${group}, and ${other} is already set`,
          `Keep either ${other} or ${key}.`,
        );
        continue;
      }
      if (group !== undefined) chosen.set(group, key);
      const value = this.#read(field, entry, below);
      if (value !== undefined) json[key] = value;
    }
    return json;
  }

  #complain(origin: Origin, path: string, message: string, remedy: string): undefined {
    this.problems.push({ severity: "error", origin, path, message, remedy });
    return undefined;
  }

  #read(field: DescField, { value, origin }: Entry, path: string): JsonValue | undefined {
    if (field.fieldKind === "message") return this.message(field.message, value, path);
    // A field that is written without a value counts as absent.
    if (value.kind === "scalar" && value.value === null) return undefined;
    if (field.fieldKind === "list") {
      if (value.kind !== "list") {
        const example = value.kind === "scalar" ? `[${value.value}]` : "[a, b]";
        return this.#complain(
          origin,
          path,
          "must be a list",
          `Write ${example}, or one item per line, each after a dash.`,
        );
      }
      return value.items.flatMap((item, index) => {
        const at = `${path}[${index}]`;
        const read =
          field.listKind === "message" ? this.message(field.message, item, at) : this.#scalar(field, item, at);
        return read === undefined ? [] : [read];
      });
    }
    return this.#scalar(field, value, path);
  }

  #scalar(field: DescField, tree: Tree, path: string): JsonValue | undefined {
    const facts = fields[path.replace(/\[\d+\]/g, "[]")];
    if (tree.kind !== "scalar")
      return this.#complain(tree.origin, path, `must be ${kindOf(field)}`, "Write one value.");
    const { value, origin } = tree;
    const remedy = (wanted: Wanted) => remedyFor(path, value, wanted) ?? "Write another value.";
    switch (field.scalar) {
      case ScalarType.STRING: {
        // YAML parses a version such as 1.5 as a number, and would turn 0.30 into 0.3: the text is used as it was
        // written.
        const text = typeof value === "number" ? (tree.source ?? String(value)) : value;
        if (typeof text !== "string" || text === "" || !text.isWellFormed())
          return this.#complain(
            origin,
            path,
            `${value} is not a string`,
            `Write ${kindOf(field)}, in quotes if necessary.`,
          );
        if (facts?.words === undefined || facts.words.includes(text)) return text;
        return this.#complain(origin, path, `${text} is not one of the allowed values`, remedy({ enum: facts.words }));
      }
      case ScalarType.BOOL:
        return typeof value === "boolean"
          ? value
          : this.#complain(origin, path, `${value} is neither true nor false`, remedy({ type: "boolean" }));
      default: {
        const [least, most] = facts?.range ?? [
          0,
          field.scalar === ScalarType.UINT64 ? Number.MAX_SAFE_INTEGER : 0xffff_ffff,
        ];
        const whole = field.scalar !== ScalarType.DOUBLE;
        const fits =
          typeof value === "number" && value >= least && value <= most && (!whole || Number.isInteger(value));
        if (!fits)
          return this.#complain(
            origin,
            path,
            typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value))
              ? `${value} is a string, but must be a number from ${least} to ${most}`
              : `${value} is not a ${whole ? "whole " : ""}number from ${least} to ${most}`,
            remedy({ type: whole ? "integer" : "number", minimum: least, maximum: most }),
          );
        return field.scalar === ScalarType.UINT64 ? String(value) : value;
      }
    }
  }
}

/** What the engine's record suggests instead of a name that is not a field; undefined if it suggests nothing. */
function insteadOf(path: string, key: string): string | undefined {
  return allEngines.find(({ name }) => `${path}.`.startsWith(`engine.${name}.`))?.insteadOf(key);
}

/**
 * The path of a field that has the name `key` elsewhere in the same engine's config; undefined if there is none. Case,
 * `-` and `_` are ignored: flags, for example, have `-` instead of `_`.
 */
function elsewhere(path: string, key: string): string | undefined {
  const engine = path.split(".").slice(0, 2).join(".");
  const plain = (name: string) => name.toLowerCase().replaceAll(/[_-]/g, "");
  return [...engineLeaves()]
    .map(([leaf]) => leaf)
    .find((leaf) => leaf.startsWith(`${engine}.`) && plain(leaf.split(".").at(-1) as string) === plain(key));
}

function namesOf(schema: DescMessage): string[] {
  return schema.fields.map(({ jsonName }) => jsonName);
}

function kindOf(field: DescField): string {
  if (field.scalar === ScalarType.STRING) return "a string";
  return field.scalar === ScalarType.BOOL ? "true or false" : "a number";
}
