/** The stand-in for FunASR's WebSocket server: one recording for each connection. */
import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { remember } from "../remember.ts";
import { Conversation } from "./conversation.ts";
import { type Trigger, triggerOf } from "./faults.ts";
import type { SeenRecording } from "./options.ts";
import type { EarsContext } from "./recording.ts";

/** Creates the function that accepts WebSocket connections, and records them in `seen`. */
export function createEarsSockets(context: EarsContext, seen: SeenRecording[]) {
  const { made, kind } = context;
  const isWhole = kind.socket === "whole";
  const sockets = new WebSocketServer({ noServer: true, autoPong: false, perMessageDeflate: false });
  sockets.on("headers", (lines) => {
    lines.push(`Server: ${isWhole ? "WebSocket++/0.8.2" : "Python/3.11 websockets/12.0"}`);
  });

  return (request: IncomingMessage, wire: Duplex, head: Buffer): void => {
    const entry: SeenRecording = {
      headers: request.headers,
      fields: {},
      file: undefined,
      wave: undefined,
      state: "reading",
    };
    remember(seen, entry);
    const always = triggerOf("", made.faults, made.fault);
    const isAllowed = made.apiKey === undefined || request.headers.authorization === `Bearer ${made.apiKey}`;
    if (!isAllowed || always?.refuses !== undefined) {
      entry.state = "refused";
      const { status, message, headers } = always?.refuses ?? { status: 401, message: "Unauthorized" };
      refuse(wire, status, { type: "text/plain", body: message }, headers);
      return;
    }
    if (always?.answer?.type.startsWith("text/html")) {
      refuse(wire, 200, always.answer);
      return;
    }
    sockets.handleUpgrade(request, wire, head, (socket) => {
      if (!isWhole) for (const other of sockets.clients) if (other !== socket) other.close(1000);
      new Conversation(socket, wire, entry, context).listen();
    });
  };
}

/** Refuses a connection with an HTTP response, as a proxy in front of the server would. */
function refuse(wire: Duplex, status: number, { type, body }: NonNullable<Trigger["answer"]>, headers = {}): void {
  const all = { ...headers, "content-type": type, "content-length": Buffer.byteLength(body), connection: "close" };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  wire.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join("")}\r\n${body}`);
}
