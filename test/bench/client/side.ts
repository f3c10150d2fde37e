import type { PlannedTurn } from "../draw.ts";
import { kinds, type SideRequest } from "../sides/wire.ts";
import type { Protocol } from "./protocol.ts";

/** The wire of every side but Duet. `cues`: what the relay is told to speak. */
export function sideProtocol(cues: (turn: PlannedTurn) => SideRequest["cues"]): Protocol {
  return {
    path: "/turn",
    headers: { "content-type": "application/json" },
    body(turn) {
      const said = cues(turn);
      const request: SideRequest = { question: turn.question, ...(said !== undefined && { cues: said }) };
      return Buffer.from(JSON.stringify(request));
    },
    onMessage(kind, payload, listener) {
      if (kind === kinds.text) listener.text();
      else if (kind === kinds.sound) listener.sound(payload);
      else if (kind === kinds.segment) listener.segment(payload.toString());
      else if (payload.length === 0) listener.end("finished");
      else listener.end("failed", payload.toString());
    },
    onTrailers: (_, listener) => listener.end("failed", "ended without an end"),
  };
}
