import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import { writeHead } from "../../http.ts";
import type { SpeechKind } from "../kinds/kind.ts";
import type { ErrorSaid } from "./errors.ts";

/**
 * Writes status and headers as the imitated web server does: uvicorn writes names in lower case; Go capitalizes them,
 * and sends no `server` header.
 */
export function sendHead(
  response: ServerResponse,
  { web }: Pick<SpeechKind, "web">,
  status: number,
  headers: OutgoingHttpHeaders,
): void {
  if (web === "uvicorn") {
    writeHead(response, status, headers);
    return;
  }
  response.sendDate = false;
  if (response.req.headers.connection?.toLowerCase() !== "close") response.removeHeader("connection");
  const capital = (name: string) => name.replace(/(?<![A-Za-z])[a-z]/g, (letter) => letter.toUpperCase());
  const named = Object.entries(headers).map(([name, value]) => [capital(name), value]);
  response.writeHead(status, { ...Object.fromEntries(named), Date: new Date().toUTCString() });
}

/** Sends JSON, a string, or an empty body. */
export function sendBody(
  response: ServerResponse,
  kind: Pick<SpeechKind, "web">,
  status: number,
  value: object | string,
  headers: OutgoingHttpHeaders = {},
): void {
  const isText = typeof value === "string";
  const body = isText ? value : JSON.stringify(value);
  const type = isText ? (value === "" ? {} : { "content-type": "text/plain; charset=utf-8" }) : json;
  sendHead(response, kind, status, { ...type, "content-length": Buffer.byteLength(body), ...headers });
  response.end(body);
}

const json = { "content-type": "application/json" };

/** Sends an error in the server's own format. */
export function sendSaid(
  response: ServerResponse,
  kind: Pick<SpeechKind, "web" | "errors">,
  said: ErrorSaid,
  headers: OutgoingHttpHeaders = {},
): void {
  sendBody(response, kind, said.status, kind.errors(said), headers);
}
