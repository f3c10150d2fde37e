import type { Dispatcher } from "undici";
import { faultOf, type OwnFaults, retryDelayMs } from "../../../common/engine/faults.ts";
import { readText } from "../../../common/engine/http.ts";
import { EngineError } from "../../../common/errors/engine-error.ts";

/**
 * The faults for statuses that come from a proxy in front of the server: such a response fails one segment, which is
 * attempted again.
 */
const ownFaults: OwnFaults = { 408: "broken", 501: "broken", 504: "broken" };
const maxWords = 200;
/**
 * How long a server that lacks GPU memory is left alone, in milliseconds: about as long as the work on a segment takes.
 */
const memoryPauseMs = 500;

/** The error for a response with a status other than 200; reads its body. */
export async function refusal(
  from: string,
  { statusCode, headers, body }: Dispatcher.ResponseData,
): Promise<EngineError> {
  const said = whatItSaid(await readText(body));
  const pauseMs = /out of memory/i.test(said) ? memoryPauseMs : undefined;
  return new EngineError(faultOf(statusCode, ownFaults), `${from} answered ${statusCode}${said && `: ${said}`}`, {
    retryDelayMs: retryDelayMs(headers) ?? pauseMs,
  });
}

/**
 * The server's own message, in whichever field it is: `error.message`, `detail.message`, `detail` or `message`; or
 * `loc: msg` of the invalid fields, without the input that the server quotes.
 */
export function whatItSaid(body: string): string {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return "";
  }
  return wordsOf(json).slice(0, maxWords);
}

function wordsOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(wordsOf).join("; ");
  if (typeof value !== "object" || value === null) return "";
  const { msg, loc, message, error, detail } = value as Record<string, unknown>;
  if (typeof msg === "string") return `${[loc].flat().join(".")}: ${msg}`;
  return typeof message === "string" ? message : wordsOf(error ?? detail);
}
