import type { ServerMiddleware } from "nice-grpc";
import { HealthServiceImpl, HealthState } from "nice-grpc-server-health";

/** What other programs ask a service about itself over gRPC. */
export interface Probes {
  /** Implements `grpc.health.v1.Health`. */
  readonly health: HealthServiceImpl;
  /** For services whose calls last as long as their caller likes, so that `end` reaches them. */
  readonly middleware: ServerMiddleware;
  /** Says NOT_SERVING to all who watch, and ends their calls. */
  end(): void;
}

/**
 * Makes the probes of a process that serves `service`, its full name. Health answers for the process under the empty name; under
 * the service's name a check asks `notReady`, and a watch hears what checks found.
 */
export function createProbes(service: string, notReady: () => Promise<string | undefined>): Probes {
  const state = HealthState();
  // One listener for each call that watches: as many as there are watchers, not a leak.
  state.setMaxListeners(0);
  state.setStatus("unhealthy", service);
  const ended = new AbortController();
  const { check, watch } = HealthServiceImpl(state);
  const refresh = async () => state.setStatus((await notReady()) === undefined ? "healthy" : "unhealthy", service);

  return {
    health: {
      async check(request, context) {
        if (request.service === service) await refresh();
        return check(request, context);
      },
      async *watch(request, context) {
        if (request.service === service) await refresh();
        yield* watch(request, context);
      },
    },
    middleware: async function* probesMiddleware(call, context) {
      return yield* call.next(call.request, { ...context, signal: AbortSignal.any([context.signal, ended.signal]) });
    },
    end() {
      state.setStatus("unhealthy");
      state.setStatus("unhealthy", service);
      ended.abort();
    },
  };
}
