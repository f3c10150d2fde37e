import type { Dispatcher } from "undici";
import { EngineError, type EngineFault } from "../../common/errors/engine-error.ts";

/** For `catch` of a request: no connection, or one that was cut before the answer began. A caller's own abort passes. */
export function unreachable(engine: string, url: string): (error: unknown) => never {
  return (error) => {
    if (error instanceof Error && error.name === "AbortError") throw error;
    throw new EngineError("unreachable", `${engine} at ${url} does not answer`, { cause: error });
  };
}

/** The error that an HTTP answer other than 200 stands for; reads the body. */
export async function refusal(engine: string, url: string, response: Dispatcher.ResponseData): Promise<EngineError> {
  const { statusCode } = response;
  const said = whatItSaid(await response.body.text().catch(() => ""));
  const retryAfter = Number(response.headers["retry-after"]);
  return new EngineError(
    faultOf(statusCode, said),
    `${engine} at ${url} answered ${statusCode}${said && `: ${said}`}`,
    retryAfter > 0 ? { retryDelayMs: retryAfter * 1000 } : {},
  );
}

function faultOf(status: number, said: string): EngineFault {
  if (status === 401 || status === 403) return "unauthorized";
  if (status === 429 || status === 503 || /CUDA|out of memory/i.test(said)) return "overloaded";
  return status >= 400 && status < 500 ? "rejected" : "broken";
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
        .slice(0, 200);
    const { message, error } = json as Record<string, unknown>;
    const text = message ?? error;
    return typeof text === "string" ? text.slice(0, 200) : "";
  } catch {
    return "";
  }
}
