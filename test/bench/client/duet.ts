import { gunzipSync } from "node:zlib";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  ConverseRequestSchema,
  ConverseResponseSchema,
  Outcome,
} from "../../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { languageOf } from "../../../infra/text/language/language.ts";
import type { PlannedTurn } from "../draw.ts";
import type { Protocol } from "./protocol.ts";

/** gRPC, as customers' clients speak it; what comes most often, text and sound, is told by its tag and not decoded. */
export const duetProtocol: Protocol = {
  path: "/duet.assistant.v1.AssistantService/Converse",
  headers: { "content-type": "application/grpc", te: "trailers" },
  body({ question, reply }: PlannedTurn) {
    // What fills the question up to its length says nothing of the language.
    const request = create(ConverseRequestSchema, { text: question, language: languageOf(reply.text) ?? "" });
    const message = toBinary(ConverseRequestSchema, request);
    const head = Buffer.alloc(5);
    head.writeUInt32BE(message.length, 1);
    return Buffer.concat([head, message]);
  },
  onMessage(flags, message, listener) {
    const payload = flags === compressed ? gunzipSync(message) : message;
    const event = readEvent(payload);
    if (event?.field === fields.textDelta) return listener.text();
    if (event?.field === fields.audio) return listener.sound(pcmOf(event.value));
    const { event: decoded } = fromBinary(ConverseResponseSchema, payload);
    if (decoded.case === "segment") listener.segment(decoded.value.spoken, decoded.value.end);
    if (decoded.case !== "finished") return;
    const { outcome, error } = decoded.value;
    if (outcome === Outcome.COMPLETED) listener.end("finished");
    else listener.end("failed", error?.reason ?? `outcome ${outcome}`);
  },
  onTrailers(headers, listener) {
    const status = Number(headers["grpc-status"] ?? 2);
    const words = decodeURIComponent(String(headers["grpc-message"] ?? ""));
    if (status === resourceExhausted) listener.end("refused", words);
    else listener.end("failed", status === 0 ? "ended without finished" : `status ${status}: ${words}`);
  },
};

/**
 * The same for a caller that takes compressed messages, as Connect's own client for Node does unless it is told
 * otherwise.
 */
export const duetGzipProtocol: Protocol = {
  ...duetProtocol,
  headers: { ...duetProtocol.headers, "grpc-accept-encoding": "gzip" },
};

/** The flag of a message that is compressed. */
const compressed = 1;
const resourceExhausted = 8;
/** Numbers of ConverseResponse and Audio in the contract. */
const fields = { textDelta: 3, audio: 5 };
const pcmField = 3;
const lengthDelimited = 2;

/** The event of a response: the last field that holds a message. */
function readEvent(message: Buffer): { field: number; value: Buffer } | undefined {
  let event: { field: number; value: Buffer } | undefined;
  for (const { field, value } of fieldsOf(message)) if (value !== undefined) event = { field, value };
  return event;
}

function pcmOf(audio: Buffer): Buffer {
  for (const { field, value } of fieldsOf(audio)) if (field === pcmField && value !== undefined) return value;
  return Buffer.alloc(0);
}

/**
 * The fields of a message; those that are not length-delimited have no value here. The only other wire type in these is
 * the varint.
 */
function* fieldsOf(message: Buffer): Generator<{ field: number; value: Buffer | undefined }> {
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = message[at++] as number;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < message.length) {
    const tag = varint();
    const number = varint();
    if ((tag & 7) !== lengthDelimited) {
      yield { field: tag >> 3, value: undefined };
      continue;
    }
    yield { field: tag >> 3, value: message.subarray(at, at + number) };
    at += number;
  }
}
