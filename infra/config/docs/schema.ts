import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { fields } from "../../engines/fields.ts";
import { EngineConfigSchema } from "../../gen/duet/config/v1/engine_pb.ts";
import { notes } from "../../gen/duet/config/v1/notes.ts";
import { describeSettings } from "../settings/describe.ts";
import { pathOf } from "../settings/names.ts";
import { settings } from "../settings/settings.ts";
import { type FileShape, fileShape } from "../settings/shape.ts";

type Schema = Record<string, unknown>;

/** The JSON Schema of duet.yaml, from which editors complete and explain it. */
export function configSchema(): Schema {
  const properties: Record<string, Schema> = {};
  for (const { name, does } of describeSettings()) {
    const shape = fileShape(settings[name]);
    if (shape.type.length === 0) continue;
    const [first, second] = pathOf(name).split(".") as [string, string | undefined];
    const schema = { description: does, ...settingSchema(shape) };
    if (second === undefined) properties[first] = schema;
    else {
      properties[first] ??= object({});
      (properties[first].properties as Record<string, Schema>)[second] = schema;
    }
  }
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "duet.yaml",
    ...object({ ...properties, engine: messageSchema(EngineConfigSchema, "engine") }),
  };
}

function settingSchema({ type, range, words }: FileShape): Schema {
  if (type[0] === "object") {
    const text = { type: "string" };
    return { oneOf: [object({ env: text }, ["env"]), object({ file: text }, ["file"])] };
  }
  return {
    type: type.length === 1 ? type[0] : type,
    ...(range === undefined ? {} : { minimum: range[0], maximum: range[1] }),
    ...(words === undefined ? {} : { enum: words }),
    ...(type.includes("array") ? { items: { type: "string" } } : {}),
  };
}

function messageSchema(schema: DescMessage, path: string): Schema {
  const properties = Object.fromEntries(
    schema.fields.map((field) => [field.jsonName, fieldSchema(field, `${path}.${field.jsonName}`)]),
  );
  const choices = schema.oneofs
    .filter(({ fields }) => fields.length > 1)
    .map(({ fields }) => ({
      not: {
        anyOf: fields.flatMap((a, index) =>
          fields.slice(index + 1).map((b) => ({ required: [a.jsonName, b.jsonName] })),
        ),
      },
    }));
  return { ...object(properties), ...choices[0] };
}

function fieldSchema(field: DescField, path: string): Schema {
  const description = notes[`${field.parent.typeName}.${field.name}`];
  if (field.fieldKind === "message") return { description, ...messageSchema(field.message, path) };
  if (field.fieldKind === "list") {
    const items = field.listKind === "message" ? messageSchema(field.message, `${path}[]`) : scalarSchema(field, path);
    return { description, type: "array", items };
  }
  const { fallback } = fields[path] ?? {};
  return { description, ...scalarSchema(field, path), ...(fallback === undefined ? {} : { default: fallback }) };
}

function scalarSchema(field: DescField, path: string): Schema {
  const { range, words } = fields[path] ?? {};
  if (field.scalar === ScalarType.BOOL) return { type: "boolean" };
  // A version such as 1.5 is a number to YAML.
  if (field.scalar === ScalarType.STRING) return words === undefined ? { type: ["string", "number"] } : { enum: words };
  const [minimum, maximum] = range ?? [0, undefined];
  return {
    type: field.scalar === ScalarType.DOUBLE ? "number" : "integer",
    minimum,
    ...(maximum === undefined ? {} : { maximum }),
  };
}

function object(properties: Record<string, Schema>, required: string[] = []): Schema {
  return { type: "object", additionalProperties: false, properties, ...(required.length > 0 ? { required } : {}) };
}
