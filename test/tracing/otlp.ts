import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";

/** A span as a collector gets it. */
export interface ReceivedSpan {
  readonly service: string;
  readonly resource: Record<string, Value>;
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for the first of a trace. */
  readonly parentId: string;
  /** Whether its parent is said to be in another process. */
  readonly parentIsRemote: boolean;
  readonly name: string;
  readonly kind: "internal" | "server" | "client";
  readonly durationMs: number;
  readonly attributes: Record<string, Value>;
  readonly eventCount: number;
  readonly failed: boolean;
}

type Value = string | number | boolean | readonly unknown[] | undefined;
type Fields = Map<number, (Uint8Array | bigint | number)[]>;

/**
 * Reads the body of an OTLP/HTTP request, binary, by the field numbers of
 * opentelemetry/proto/collector/trace/v1/trace_service.proto and those that it imports.
 */
export function readExport(body: Uint8Array): ReceivedSpan[] {
  return messages(readFields(body), 1).flatMap((resourceSpans) => {
    const [resource] = messages(resourceSpans, 1);
    const attributes = resource === undefined ? {} : readAttributes(messages(resource, 1));
    const spans = messages(resourceSpans, 2).flatMap((scopeSpans) => messages(scopeSpans, 2));
    return spans.map((span) => readSpan(span, attributes));
  });
}

function readSpan(span: Fields, resource: Record<string, Value>): ReceivedSpan {
  const id = (field: number) => Buffer.from(bytes(span, field)).toString("hex");
  const time = (field: number) => BigInt((span.get(field)?.[0] as bigint | undefined) ?? 0n);
  const kinds: Record<string, ReceivedSpan["kind"]> = { 2: "server", 3: "client" };
  const [status] = messages(span, 15);
  return {
    service: String(resource["service.name"]),
    resource,
    traceId: id(1),
    spanId: id(2),
    parentId: id(4),
    // SPAN_FLAGS_CONTEXT_IS_REMOTE_MASK
    parentIsRemote: (Number(span.get(16)?.[0] ?? 0) & 0x200) !== 0,
    name: text(span, 5),
    kind: kinds[String(span.get(6)?.[0])] ?? "internal",
    durationMs: Number(time(8) - time(7)) / 1e6,
    attributes: readAttributes(messages(span, 9)),
    eventCount: messages(span, 11).length,
    failed: Number(status?.get(3)?.[0] ?? 0) === 2,
  };
}

function readAttributes(pairs: Fields[]): Record<string, Value> {
  return Object.fromEntries(pairs.map((pair) => [text(pair, 1), readValue(messages(pair, 2)[0] ?? new Map())]));
}

function readValue(value: Fields): Value {
  if (value.has(1)) return text(value, 1);
  if (value.has(2)) return Number(value.get(2)?.[0]) === 1;
  if (value.has(3)) return Number(value.get(3)?.[0]);
  if (value.has(4)) return Buffer.from((value.get(4) as bigint[]).map(toBytes)[0] as Buffer).readDoubleLE();
  return messages(value, 5).flatMap((array) => messages(array, 1).map(readValue));
}

function readFields(body: Uint8Array): Fields {
  const reader = new BinaryReader(body);
  const fields: Fields = new Map();
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    const values = fields.get(field) ?? [];
    fields.set(field, values);
    if (type === WireType.LengthDelimited) values.push(reader.bytes());
    else if (type === WireType.Varint) values.push(BigInt(reader.uint64()));
    else if (type === WireType.Bit64) values.push(BigInt(reader.fixed64()));
    else if (type === WireType.Bit32) values.push(reader.fixed32());
    else throw new Error(`wire type ${type} is not one of OTLP's`);
  }
  return fields;
}

function messages(fields: Fields, field: number): Fields[] {
  return (fields.get(field) ?? []).map((value) => readFields(value as Uint8Array));
}

function bytes(fields: Fields, field: number): Uint8Array {
  return (fields.get(field)?.[0] as Uint8Array | undefined) ?? new Uint8Array();
}

function text(fields: Fields, field: number): string {
  return Buffer.from(bytes(fields, field)).toString("utf8");
}

function toBytes(value: bigint): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(value);
  return buffer;
}
