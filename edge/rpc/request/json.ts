/**
 * Parses JSON against its proto message. protobuf-es stops at the first error and names the field without its path;
 * here all errors are reported at once, each with its full path, its kind and what would be valid. No value of the
 * request is quoted. Enum values may be written informally: `user` for `ROLE_USER`.
 */
import {
  type DescEnum,
  type DescField,
  type DescMessage,
  fromJson,
  type JsonValue,
  ScalarType,
} from "@bufbuild/protobuf";
import type { FieldFault, FieldViolation } from "../../errors.ts";

/** The result of `readJson`: the same JSON in the proto's spelling, and the violations found. */
export interface ReadJson {
  readonly json: JsonValue;
  readonly violations: readonly FieldViolation[];
}

/** Parses the JSON of a message. */
export function readJson(message: DescMessage, json: JsonValue): ReadJson {
  const violations: FieldViolation[] = [];
  const refuse = (field: string, reason: FieldFault, description: string) => {
    // Further violations are dropped: nobody reads more than these, and errors travel in a header of limited size.
    if (violations.length < mostViolations) violations.push({ field, reason, description });
  };
  return { json: readMessage(message, json, "", refuse), violations };
}

const mostViolations = 10;
const mostKeyCharacters = 64;

type Refuse = (field: string, reason: FieldFault, description: string) => void;
type Read = (value: JsonValue, path: string, refuse: Refuse) => JsonValue;

function readMessage(message: DescMessage, json: JsonValue, path: string, refuse: Refuse): JsonValue {
  // Well-known types such as timestamps and durations have JSON forms of their own.
  if (message.typeName.startsWith("google.protobuf.")) return readWhole(message, json, path, refuse);
  if (!isObject(json)) {
    refuse(path.replace(/\.$/, ""), "WRONG_TYPE", "must be an object");
    return json;
  }
  const read: Record<string, JsonValue> = Object.create(null);
  const seen = new Map<DescField, string>();
  for (const [key, value] of Object.entries(json)) {
    const field = message.fields.find(({ name, jsonName }) => name === key || jsonName === key);
    if (field === undefined) {
      const fields = message.fields.map(({ name }) => name).join(", ");
      const description = `is not a field of ${message.name}, ${fields === "" ? "which has none" : `whose fields are ${fields}`}`;
      refuse(path + key.slice(0, mostKeyCharacters), "UNKNOWN_FIELD", description);
      continue;
    }
    const twin = seen.get(field);
    seen.set(field, key);
    if (twin !== undefined) refuse(path + field.name, "NOT_ALLOWED", `is given twice, as ${twin} and as ${key}`);
    // By the proto's JSON mapping, null means the same as absent.
    if (value !== null) read[key] = readField(field, value, path + field.name, refuse);
  }
  return read;
}

function readField(field: DescField, value: JsonValue, path: string, refuse: Refuse): JsonValue {
  const one = readerOf(field);
  switch (field.fieldKind) {
    case "list":
      if (Array.isArray(value)) return value.map((item, index) => one(item, `${path}[${index}]`, refuse));
      refuse(path, "WRONG_TYPE", "must be a list");
      return value;
    case "map":
      if (isObject(value))
        return Object.fromEntries(
          Object.entries(value).map(([key, item]) => [
            key,
            one(item, `${path}.${key.slice(0, mostKeyCharacters)}`, refuse),
          ]),
        );
      refuse(path, "WRONG_TYPE", "must be an object");
      return value;
    default:
      return one(value, path, refuse);
  }
}

function readerOf(field: DescField): Read {
  const { message, scalar } = field;
  if (message !== undefined)
    return (value, path, refuse) =>
      readMessage(message, value, message.typeName.startsWith("google.") ? path : `${path}.`, refuse);
  if (field.enum !== undefined) return readEnum(field.enum);
  return (value, path, refuse) => {
    const fault = scalarFault(scalar as ScalarType, value);
    if (fault !== undefined) refuse(path, ...fault);
    return value;
  };
}

function readEnum(type: DescEnum): Read {
  const values = type.values.filter(({ number }) => number !== 0);
  return (value, path, refuse) => {
    if (typeof value === "number" && Number.isInteger(value) && Math.abs(value) < 2 ** 31) return value;
    const word = typeof value === "string" ? value.toUpperCase().replaceAll("-", "_") : undefined;
    const found = type.values.find(
      ({ name }) => name === word || name === (type.sharedPrefix ?? "").toUpperCase() + word,
    );
    if (found !== undefined) return found.name;
    refuse(path, "UNKNOWN_VALUE", `must be one of ${values.map(({ name }) => name).join(", ")}`);
    return value;
  };
}

const int32 = [-(2 ** 31), 2 ** 31 - 1] as const;
const uint32 = [0, 2 ** 32 - 1] as const;
const ranges: { readonly [type in ScalarType]?: readonly [least: number, most: number] } = {
  [ScalarType.INT32]: int32,
  [ScalarType.SINT32]: int32,
  [ScalarType.SFIXED32]: int32,
  [ScalarType.UINT32]: uint32,
  [ScalarType.FIXED32]: uint32,
};

type Fault = readonly [reason: FieldFault, description: string];

/** What is wrong with a value of a scalar type; undefined if the value is valid. */
function scalarFault(type: ScalarType, value: JsonValue): Fault | undefined {
  const range = ranges[type];
  if (range !== undefined) {
    const number = readNumber(value);
    const fits = number !== undefined && Number.isInteger(number) && number >= range[0] && number <= range[1];
    const description = `must be a whole number from ${range[0]} to ${range[1]}`;
    return fits ? undefined : [number === undefined ? "WRONG_TYPE" : "OUT_OF_RANGE", description];
  }
  switch (type) {
    case ScalarType.STRING:
      if (typeof value !== "string") return ["WRONG_TYPE", "must be a string"];
      return value.isWellFormed() ? undefined : ["INVALID_FORMAT", "must be valid Unicode"];
    case ScalarType.BOOL:
      return typeof value === "boolean" ? undefined : ["WRONG_TYPE", "must be true or false"];
    case ScalarType.BYTES:
      if (typeof value !== "string") return ["WRONG_TYPE", "must be base64"];
      return /^[\w+/-]*={0,2}$/.test(value) ? undefined : ["INVALID_FORMAT", "must be base64"];
    case ScalarType.FLOAT:
    case ScalarType.DOUBLE: {
      const number = value === "NaN" || value === "Infinity" || value === "-Infinity" ? 0 : readNumber(value);
      if (number === undefined) return ["WRONG_TYPE", "must be a number"];
      return type === ScalarType.DOUBLE || Math.abs(number) <= mostFloat ? undefined : ["OUT_OF_RANGE", "is too large"];
    }
    default: {
      const isWhole = typeof value === "string" ? /^-?\d{1,19}$/.test(value) : Number.isSafeInteger(value);
      return isWhole ? undefined : ["WRONG_TYPE", "must be a whole number"];
    }
  }
}

const mostFloat = 3.4028235e38;

/** Reads a number, which the proto's JSON mapping also allows as a string; undefined if the value is neither. */
function readNumber(value: JsonValue): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(value) ? Number(value) : undefined;
}

function readWhole(message: DescMessage, json: JsonValue, path: string, refuse: Refuse): JsonValue {
  try {
    fromJson(message, json);
  } catch {
    refuse(path, "INVALID_FORMAT", `must be a ${message.typeName} as protobuf writes it in JSON`);
  }
  return json;
}

function isObject(value: JsonValue): value is { [key: string]: JsonValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
