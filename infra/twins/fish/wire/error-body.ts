import { type ServerResponse, STATUS_CODES } from "node:http";
import { send, sendJson } from "../../http.ts";

/** Sends an error in the format of the Kui framework. */
export function sendError(
  response: ServerResponse,
  status: number,
  message: string | null,
  headers: Record<string, string> = {},
): void {
  sendJson(response, status, { statusCode: status, message, error: STATUS_CODES[status] }, headers);
}

/** An invalid field, as pydantic reports it. */
export interface FieldFault {
  type: string;
  loc: readonly (string | number)[];
  msg: string;
  input: unknown;
  ctx?: object;
}

/** Sends status 422, with an indented JSON list of the invalid fields as the whole body. */
export function sendFieldFaults(response: ServerResponse, faults: readonly FieldFault[]): void {
  const listed = faults.map((fault) => ({ ...fault, url: `https://errors.pydantic.dev/2.11/v/${fault.type}` }));
  send(response, 422, JSON.stringify(listed, null, 2), { "content-type": "application/json" });
}
