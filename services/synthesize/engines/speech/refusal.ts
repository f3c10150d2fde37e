import type { Dispatcher } from "undici";
import { faultOf, type OwnFaults, retryDelayMs } from "../../../common/engine/faults.ts";
import { readText } from "../../../common/engine/http.ts";
import { EngineError } from "../../../common/errors/engine-error.ts";

/** A proxy's, as with Fish-Speech: it cost one segment, which is spoken once more. */
const ownFaults: OwnFaults = { 408: "broken", 501: "broken", 504: "broken" };
const maxWords = 200;
/** A segment's work takes about this long. */
const memoryPauseMs = 500;

/** The error that an answer other than 200 stands for; reads its body. */
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
 * The server's own words, wherever it puts them: `error.message`, `detail.message`, `detail`, `message`, or `loc: msg` of the fields that did
 * not fit, without the input that is quoted there.
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
