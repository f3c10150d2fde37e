import type { Dispatcher } from "undici";
import { faultOf, type OwnFaults, retryDelayMs } from "../../../common/engine/faults.ts";
import { readText } from "../../../common/engine/http.ts";
import { EngineError } from "../../../common/errors/engine-error.ts";

/**
 * Statuses that Fish-Speech itself never sends: they come from a proxy that gave up waiting or was misconfigured. Such
 * a response costs one segment, which is attempted again; it is no reason to give up the rest of the text.
 */
const ownFaults: OwnFaults = { 408: "broken", 501: "broken", 504: "broken" };

const maxWords = 200;
/**
 * How long a server that lacks GPU memory is left alone, in milliseconds: about as long as the work on a segment takes.
 */
const memoryPauseMs = 500;

/**
 * The error for a Fish-Speech response with a status other than 200; reads its body. `at` is the URL that was called.
 */
export async function refusal(
  at: string,
  { statusCode, headers, body }: Dispatcher.ResponseData,
): Promise<EngineError> {
  const said = whatItSaid(await readText(body));
  // Lack of memory is temporary, caused by other work on the GPU. Any other CUDA error is permanent, so the server is
  // excluded.
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
 * The server's own message, without the input that a validation error quotes: `{message}` or `{error}` of a JSON
 * object, or `loc: msg` of each error in a pydantic list.
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
