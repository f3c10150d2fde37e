import type { HandlerContext, ServiceImpl } from "@connectrpc/connect";
import { type Clock, sleep } from "../../infra/clock/clock.ts";
import { createPeerLimit, type PeerLimitOptions } from "../../infra/net/peer-limit.ts";
import { Failure } from "../errors.ts";
import { peerKey } from "../rpc/keys.ts";
import type { Health } from "../wellknown/gen/grpc/health/v1/health_pb.ts";
import { HealthCheckResponse_ServingStatus as ServingStatus } from "../wellknown/gen/grpc/health/v1/health_pb.ts";

/** Options of createHealth. */
export interface HealthOptions {
  /** The full name of the gRPC service whose readiness is reported. */
  readonly service: string;
  /** Why the service accepts no work now; undefined if it accepts work. */
  readonly notReady: () => Promise<string | undefined>;
  /** Aborts when the process begins to shut down: the status is then NOT_SERVING. */
  readonly draining: AbortSignal;
  readonly clock: Clock;
  /** How many `Watch` calls may run at once: in all (default 256) and per remote address (default 64). */
  readonly watches?: PeerLimitOptions;
}

// The default maximum number of open watches: a fleet of load balancers opens a few dozen, and each watch takes a
// stream and a timer here.
const defaultWatches = { most: 256 };
// How long a client is told to wait, in milliseconds, if too many watches are open: watches last for hours, so one
// rarely ends. Each watch checks its service's status every `lookIntervalMs`.
const fullRetryDelayMs = 5_000;
const lookIntervalMs = 1_000;
// After this many checks without a change (60 s), a watch sends its status again: the port would otherwise take the
// watch's connection for dead after 120 s without data.
const repeatAfterLooks = 60;

/**
 * Implements `grpc.health.v1.Health`. The empty service name asks about the process, which is SERVING until it drains;
 * the service's own name asks about its readiness. When the process drains, watches report NOT_SERVING and end.
 */
export function createHealth(options: HealthOptions): ServiceImpl<typeof Health> {
  const { service, notReady, draining, clock } = options;
  const watches = createPeerLimit(options.watches ?? defaultWatches);

  async function look(name: string): Promise<ServingStatus> {
    if (name !== "" && name !== service) return ServingStatus.SERVICE_UNKNOWN;
    if (draining.aborted || (name === service && (await notReady()) !== undefined)) return ServingStatus.NOT_SERVING;
    return ServingStatus.SERVING;
  }

  async function* watch(name: string, call: HandlerContext) {
    const leave = watches.enter(call.values.get(peerKey));
    if (typeof leave === "string") throw tooManyWatches();
    try {
      yield* tell(name, call);
    } finally {
      leave();
    }
  }

  async function* tell(name: string, call: HandlerContext) {
    const ended = AbortSignal.any([call.signal, draining]);
    let told: ServingStatus | undefined;
    for (let quiet = 0; !call.signal.aborted; quiet++) {
      const status = await look(name);
      if (status !== told || quiet === repeatAfterLooks) {
        yield { status };
        told = status;
        quiet = 0;
      }
      if (draining.aborted) return;
      await sleep(clock, lookIntervalMs, ended).catch(() => {});
    }
  }

  return {
    async check({ service: name }) {
      const status = await look(name);
      if (status === ServingStatus.SERVICE_UNKNOWN)
        throw new Failure(
          "NOT_FOUND",
          "SERVICE_NOT_FOUND",
          `there is no service of this name here: ask for ${service}, or leave the name empty to ask for the process`,
        );
      return { status };
    },
    watch: ({ service: name }, call) => watch(name, call),
    async list() {
      const names = ["", service];
      const statuses = await Promise.all(names.map(async (name) => [name, { status: await look(name) }]));
      return { statuses: Object.fromEntries(statuses) };
    },
  };
}

function tooManyWatches(): Failure {
  return new Failure(
    "RESOURCE_EXHAUSTED",
    "TOO_MANY_WATCHES",
    "too many Watch calls are open: use Check, or watch again later",
    { retryDelayMs: fullRetryDelayMs },
  );
}
