import type { Interceptor } from "@connectrpc/connect";
import type { Metrics } from "../../infra/telemetry/metrics.ts";
import { classify, codeName } from "../errors.ts";

/** Counts every call by its status, refused ones too. A turn that fails after its start is a call that is OK. */
export function countCalls(metrics: Metrics): Interceptor {
  const calls = metrics.counter("duet_calls_total", "Calls that have ended, by their status.", ["rpc", "code"]);
  return (next) => async (request) => {
    const count = (code: string) => calls.inc({ rpc: request.method.name, code });
    try {
      const response = await next(request);
      if (response.stream) return { ...response, message: counted(response.message, count) };
      count("OK");
      return response;
    } catch (error) {
      count(codeName(classify(error).code));
      throw error;
    }
  };
}

async function* counted<T>(events: AsyncIterable<T>, count: (code: string) => void): AsyncGenerator<T> {
  let code = "CANCELLED";
  try {
    yield* events;
    code = "OK";
  } catch (error) {
    code = codeName(classify(error).code);
    throw error;
  } finally {
    count(code);
  }
}
