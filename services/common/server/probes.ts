import type { ServerMiddleware } from "nice-grpc";
import { HealthServiceImpl, HealthState } from "nice-grpc-server-health";

/** Health checks: the RPCs by which other programs ask whether a service works. */
export interface Probes {
  /** Implements `grpc.health.v1.Health`. */
  readonly health: HealthServiceImpl;
  /** Wraps health calls, so that `end()` can end those in progress: a watch could otherwise last forever. */
  readonly middleware: ServerMiddleware;
  /** Reports NOT_SERVING to all watches, and ends their calls. */
  end(): void;
}

/**
 * Makes the probes of a process that serves `service` (a full name). A health call with an empty name asks about the
 * process itself. A call with the name `service` calls `notReady`; its result also reaches all open watches.
 */
export function createProbes(service: string, notReady: () => Promise<string | undefined>): Probes {
  const state = HealthState();
  // Each watch adds one listener, so a large number of listeners is not a leak, and Node should not warn about one.
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
