import { once } from "node:events";
import { type ClientHttp2Session, connect, constants } from "node:http2";
import type { PlannedTurn } from "../draw.ts";
import { createUnframer } from "../sides/wire.ts";
import type { Listener } from "./listener.ts";
import type { Line } from "./load.ts";
import type { Protocol } from "./protocol.ts";

/** Far more than a client may have in flight: its window is never what a turn waits for. */
const windowBytes = 16 << 20;

/** Opens the connection of one user to a side at `url`. */
export async function openLine(url: string, protocol: Protocol): Promise<Line> {
  const session = connect(url, { settings: { initialWindowSize: windowBytes, enablePush: false } });
  // Told at each call, as its end.
  session.on("error", () => {});
  await once(session, "connect");
  session.setLocalWindowSize(windowBytes);
  return {
    call: (turn, listener, signal) => callTurn(session, protocol, turn, listener, signal),
    close: () => session.destroy(),
  };
}

function callTurn(
  session: ClientHttp2Session,
  protocol: Protocol,
  turn: PlannedTurn,
  listener: Listener,
  signal: AbortSignal,
): Promise<void> {
  const stream = session.request({ ":method": "POST", ":path": protocol.path, ...protocol.headers });
  const unframe = createUnframer((kind, payload) => protocol.onMessage(kind, payload, listener));
  const onAbort = () => stream.close(constants.NGHTTP2_CANCEL);
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  return new Promise((resolve) => {
    stream.on("response", (headers, flags) => {
      // Headers alone: the call was refused before it began.
      if ((flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0) protocol.onTrailers(headers, listener);
    });
    stream.on("data", unframe);
    stream.on("trailers", (headers) => protocol.onTrailers(headers, listener));
    stream.on("error", (error) => listener.end("failed", error.message));
    stream.on("close", () => {
      signal.removeEventListener("abort", onAbort);
      protocol.onTrailers({}, listener);
      resolve();
    });
    stream.end(protocol.body(turn));
  });
}
