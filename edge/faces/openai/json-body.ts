import { Code, ConnectError } from "@connectrpc/connect";
import type { UniversalServerRequest } from "@connectrpc/connect/protocol";
import { readAllBytes } from "@connectrpc/connect/protocol";
import type { Clock } from "../../../infra/clock/clock.ts";
import { parseJson } from "../../../infra/text/json.ts";
import { Failure } from "../../errors.ts";
import { tooLarge } from "../../rpc/request/failures.ts";
import { requestLimits } from "../../rpc/request/limits.ts";
import { requestTimeoutMs, untilLate } from "../../rpc/request/read.ts";

const mostBytes = requestLimits.bytes;
// How deeply the JSON may be nested: deeper than any schema that people write, yet safe for recursive code.
const mostDepth = 100;
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** A parsed JSON body. */
export interface JsonBody {
  readonly bytes: Uint8Array;
  readonly json: unknown;
}

/**
 * Reads a JSON body. Throws INVALID_ARGUMENT if the body is not JSON, is compressed or is nested too deeply, and
 * RESOURCE_EXHAUSTED if it is too large. The message quotes nothing from the body.
 */
export async function readJsonBody({ header, body }: UniversalServerRequest, clock: Clock): Promise<JsonBody> {
  const type = header.get("content-type") ?? "";
  if (!/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type))
    throw wrongMedia("the body must be JSON: send content-type: application/json");
  if (!/^(?:identity)?$/i.test(header.get("content-encoding") ?? ""))
    throw wrongMedia("the body must not be compressed: leave content-encoding out");
  let bytes: Uint8Array;
  try {
    const sent = untilLate(body as AsyncIterable<Uint8Array<ArrayBuffer>>, { timeoutMs: requestTimeoutMs, clock });
    bytes = await readAllBytes(sent, mostBytes, header.get("content-length"));
  } catch (error) {
    throw error instanceof ConnectError && error.code === Code.ResourceExhausted ? tooLarge(mostBytes) : error;
  }
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    throw unreadable("is not valid UTF-8: encode it as UTF-8");
  }
  if (isTooDeep(text)) throw unreadable(`is nested deeper than ${mostDepth} levels: flatten it`);
  const json = parseJson(text);
  if (json === undefined) throw unreadable("is not valid JSON: check its syntax");
  return { bytes, json: /\\u[dD][89a-fA-F]/.test(text) ? wellFormed(json.parsed) : json.parsed };
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (inString) {
      if (char === "\\") at++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === "{" || char === "[") {
      if (++depth > mostDepth) return true;
    } else if (char === "}" || char === "]") depth--;
  }
  return false;
}

/** Replaces lone surrogates in all strings of a JSON value by U+FFFD: JSON can escape them, but valid text has none. */
function wellFormed(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.toWellFormed(), wellFormed(inner)]));
}

function wrongMedia(message: string): Failure {
  return new Failure("INVALID_ARGUMENT", "UNSUPPORTED_MEDIA_TYPE", message);
}

function unreadable(what: string): Failure {
  return new Failure("INVALID_ARGUMENT", "INVALID_JSON", `the body ${what}`);
}
