import type { DescEnum, DescField, DescMessage } from "@bufbuild/protobuf";
import { ScalarType } from "@bufbuild/protobuf";
import { getComments } from "@bufbuild/protoplugin";

/** A JSON Schema, as OpenAPI 3.1 uses it. */
export type Schema = Readonly<Record<string, unknown>>;

/** Makes the schemas of messages and enums as ProtoJSON writes them, and collects all that are referred to, by name. */
export interface Schemas {
  /** A reference to a message's schema. */
  refer(message: DescMessage): Schema;
  /** All schemas that were referred to, sorted by name. */
  all(): Record<string, Schema>;
}

const wellKnown: Readonly<Record<string, Schema>> = {
  "google.protobuf.Timestamp": { type: "string", format: "date-time" },
  "google.protobuf.Duration": { type: "string", pattern: "^-?\\d+(?:\\.\\d+)?s$" },
};

/** Makes an empty collection of schemas. */
export function createSchemas(): Schemas {
  const made = new Map<string, Schema>();

  const refer = (desc: DescMessage | DescEnum): Schema => {
    const known = wellKnown[desc.typeName];
    if (known !== undefined) return known;
    if (!made.has(desc.name)) {
      // The message may refer to itself, so it is registered before its fields are read.
      made.set(desc.name, {});
      made.set(desc.name, desc.kind === "message" ? messageSchema(desc) : enumSchema(desc));
    }
    return { $ref: `#/components/schemas/${desc.name}` };
  };

  const messageSchema = (desc: DescMessage): Schema => {
    const choices = desc.oneofs.map(({ name, fields }) => `${name}: at most one of ${fields.map(nameOf).join(", ")}.`);
    return {
      type: "object",
      description: [commentOf(desc), ...choices].filter(Boolean).join("\n\n"),
      properties: Object.fromEntries(desc.fields.map((field) => [nameOf(field), fieldSchema(field)])),
    };
  };

  const fieldSchema = (field: DescField): Schema => {
    const description = commentOf(field);
    switch (field.fieldKind) {
      case "list":
        return { type: "array", description, items: itemSchema(field) };
      case "map":
        return { type: "object", description, additionalProperties: true };
      default:
        return { ...itemSchema(field), description };
    }
  };

  const itemSchema = (field: DescField): Schema => {
    if (field.message !== undefined) return refer(field.message);
    if (field.enum !== undefined) return refer(field.enum);
    return scalarSchema(field.scalar);
  };

  return {
    refer,
    all: () => Object.fromEntries([...made].sort(([one], [other]) => (one < other ? -1 : 1))),
  };
}

function enumSchema(desc: DescEnum): Schema {
  const values = desc.values.map((value) => `\`${value.name}\`: ${commentOf(value)}`);
  return {
    type: "string",
    description: [commentOf(desc), ...values].join("\n\n"),
    enum: desc.values.map(({ name }) => name),
  };
}

/** The schema of a scalar type in ProtoJSON, where a 64-bit integer is a string, and bytes are base64. */
function scalarSchema(scalar: ScalarType | undefined): Schema {
  switch (scalar) {
    case ScalarType.BOOL:
      return { type: "boolean" };
    case ScalarType.BYTES:
      return { type: "string", contentEncoding: "base64" };
    case ScalarType.DOUBLE:
    case ScalarType.FLOAT:
      return { type: "number" };
    case ScalarType.INT64:
    case ScalarType.UINT64:
    case ScalarType.SINT64:
    case ScalarType.FIXED64:
    case ScalarType.SFIXED64:
      return { type: "string", pattern: "^-?\\d+$" };
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return { type: "integer", minimum: 0, maximum: 4_294_967_295 };
    case ScalarType.STRING:
      return { type: "string" };
    default:
      return { type: "integer" };
  }
}

function nameOf({ jsonName }: DescField): string {
  return jsonName;
}

/** The proto comment of a declaration, as a single string. */
export function commentOf(desc: Parameters<typeof getComments>[0]): string {
  return (getComments(desc).leading ?? "").trim().replace(/\n\s*/g, " ");
}
