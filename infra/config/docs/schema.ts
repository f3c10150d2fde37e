import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { fields } from "../../engines/fields.ts";
import { EngineConfigSchema } from "../../gen/duet/config/v1/engine_pb.ts";
import { notes } from "../../gen/duet/config/v1/notes.ts";
import { schemaOf } from "../../settings/setting.ts";
import { declared } from "../declared.ts";

type Schema = Record<string, unknown>;

/** The JSON Schema of duet.yaml, with which editors complete and explain it. */
export function configSchema(): Schema {
  const { properties, ...settings } = schemaOf(declared);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "duet.yaml",
    ...settings,
    properties: { ...(properties as Schema), engine: messageSchema(EngineConfigSchema, "engine") },
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
  // YAML parses a version such as 1.5 as a number, so numbers are accepted where a string is expected.
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
