import type { Dispatcher } from "undici";
import { faultOf, type OwnFaults, retryDelayMs } from "../../../common/engine/faults.ts";
import { readText } from "../../../common/engine/http.ts";
import { EngineError } from "../../../common/errors/engine-error.ts";

/**
 * Of Fish-Speech itself none of these is known: they are a proxy's, which gave up waiting or did not know what to do. That cost one
 * segment: it is spoken once more, and the rest of the text is not given up for it.
 */
const ownFaults: OwnFaults = { 408: "broken", 501: "broken", 504: "broken" };

const maxWords = 200;
/** A segment's work takes about this long. */
const memoryPauseMs = 500;

/** The error that an answer of Fish-Speech other than 200 stands for; reads its body. `at` is the address that was asked. */
export async function refusal(
  at: string,
  { statusCode, headers, body }: Dispatcher.ResponseData,
): Promise<EngineError> {
  const said = whatItSaid(await readText(body));
  // Want of memory passes with the work that others have it do; what else CUDA says stays, and the server is left out for it.
  const pauseMs = /out of memory/i.test(said) ? memoryPauseMs : undefined;
  return new EngineError(
    faultOf(statusCode, ownFaults),
    `Fish-Speech at ${at} answered ${statusCode}${said && `: ${said}`}`,
    {
      retryDelayMs: retryDelayMs(headers) ?? pauseMs,
    },
  );
}

/**
 * The server's own words, without the input that a schema error quotes: `{message}` or `{error}` of a JSON object,
 * `loc: msg` of a pydantic array.
 */
function whatItSaid(body: string): string {
  try {
    const json: unknown = JSON.parse(body);
    if (Array.isArray(json))
      return json
        .map(({ loc, msg }) => `${[loc].flat().join(".")}: ${msg}`)
        .join("; ")
        .slice(0, maxWords);
    const { message, error } = json as Record<string, unknown>;
    const text = message ?? error;
    return typeof text === "string" ? text.slice(0, maxWords) : "";
  } catch {
    return "";
  }
}
