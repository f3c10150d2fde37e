import type { IncomingMessage, ServerResponse } from "node:http";
import { decode } from "@msgpack/msgpack";
import type { FishMode } from "../modes.ts";
import { sendError } from "./error-body.ts";

/** The parsed body of a request. */
export interface RequestBody {
  value: unknown;
  /** True if the body was JSON, in which bytes are written as base64; false if it was MessagePack or a form. */
  json: boolean;
}

/** Parses a body by its content type. If the body is invalid, sends an error response and returns undefined. */
export async function readRequestBody(
  request: IncomingMessage,
  bytes: Buffer,
  response: ServerResponse,
  { contentTypes }: FishMode,
): Promise<RequestBody | undefined> {
  const header = request.headers["content-type"] ?? "";
  const contentType = header.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  switch (contentTypes.includes(contentType) ? contentType : "") {
    case "application/json":
      try {
        return { value: JSON.parse(bytes.toString("utf8")), json: true };
      } catch {
        sendError(response, 400, jsonFault(bytes.toString("utf8")));
        return undefined;
      }
    case "application/msgpack":
      try {
        return { value: decode(bytes), json: false };
      } catch {
        sendError(response, 500, "invalid type Reserved");
        return undefined;
      }
    case "multipart/form-data": {
      const form = await new Response(new Uint8Array(bytes), { headers: { "content-type": header } }).formData();
      return { value: Object.fromEntries(form.entries()), json: false };
    }
    default:
      sendError(response, 415, null, { accept: contentTypes.join(", ") });
      return undefined;
  }
}

/** Python's messages for the two most common JSON errors. */
function jsonFault(text: string): string {
  return /^\s*\{\s*[^"\s}]/.test(text)
    ? "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"
    : "Expecting value: line 1 column 1 (char 0)";
}
