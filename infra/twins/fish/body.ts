import type { IncomingMessage, ServerResponse } from "node:http";
import { sendError } from "./errors.ts";
import { decodeMsgpack } from "./msgpack.ts";

/** Content types that a body may have, in the words of the `accept` header of a 415. */
const accepted = "application/msgpack, application/json, multipart/form-data";

/** Reads a body by its content type. Answers the request itself and returns undefined if it cannot be read. */
export async function readRequestBody(
  request: IncomingMessage,
  bytes: Buffer,
  response: ServerResponse,
): Promise<{ body: unknown } | undefined> {
  const contentType = request.headers["content-type"] ?? "";
  switch (contentType.split(";", 1)[0]?.trim().toLowerCase()) {
    case "application/json":
      try {
        return { body: JSON.parse(bytes.toString("utf8")) };
      } catch {
        sendError(response, 400, jsonFault(bytes.toString("utf8")));
        return undefined;
      }
    case "application/msgpack":
      try {
        return { body: decodeMsgpack(bytes) };
      } catch (error) {
        sendError(response, 500, (error as Error).message);
        return undefined;
      }
    case "multipart/form-data": {
      const form = await new Response(new Uint8Array(bytes), { headers: { "content-type": contentType } }).formData();
      return { body: Object.fromEntries(form.entries()) };
    }
    default:
      sendError(response, 415, null, { accept: accepted });
      return undefined;
  }
}

/** Python's words for the two commonest faults of JSON. */
function jsonFault(text: string): string {
  return /^\s*\{\s*[^"\s}]/.test(text)
    ? "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"
    : "Expecting value: line 1 column 1 (char 0)";
}
