import { createOpenAiFace } from "./faces/openai/face.ts";
import type { OpenAiOptions } from "./faces/openai/tools.ts";
import { createDocs } from "./faces/openapi/page.ts";
import { createPlainFace } from "./faces/plain/face.ts";
import { whyNotReady } from "./hosts/status.ts";
import { openAdminPort, openPublicPort, type Served } from "./http/open.ts";
import type { Port } from "./http/port.ts";
import type { Page } from "./http/routes.ts";
import type { EdgeOptions } from "./options.ts";
import type { Parts } from "./parts.ts";
import { createProbes } from "./probes/probes.ts";
import { createRpcs } from "./rpc/rpcs.ts";

/** The parts of an edge that the ports serve, in addition to those in `openPorts`' other arguments. */
export interface Serving extends Pick<Parts, "readStatus" | "turns"> {
  /** The implementation of the edge's own API, which Connect calls. */
  readonly assistant: Parameters<typeof createRpcs>[0];
  /** The options of the OpenAI-compatible API. */
  readonly openai: OpenAiOptions;
  /** Answers requests for stored speech by URL. */
  readonly storedPage: Page;
  /** Aborts when the edge no longer accepts new turns. */
  readonly draining: AbortSignal;
}

/**
 * Opens the ports of an edge: the one for callers and, if it is configured, the admin port. Throws AddressInUseError if
 * an address is taken.
 */
export async function openPorts(
  options: EdgeOptions,
  { assistant, openai, storedPage, readStatus, turns, draining }: Serving,
): Promise<{ readonly port: Port; readonly adminPort: Port | undefined }> {
  const { log, metrics, clock, publicUrl, adminListen, allowedHosts = [], trustedProxies = [] } = options;
  const notReady = async () => (turns.draining ? "draining: no new turns" : whyNotReady(await readStatus()));
  const docs = createDocs(publicUrl);
  const face = createOpenAiFace(openai);
  const { access, calls, tracer } = openai;
  const rpcs = createRpcs(assistant, { access, calls, log, tracer, clock });
  const serves = options.jobs?.role !== "work";
  const served: Served = {
    rpcs: serves ? rpcs : new Map(),
    probes: createProbes({ notReady, draining, clock, log }),
    admin: { metrics, notReady },
    faces: serves ? [face, createPlainFace(rpcs, clock)] : [],
    page: async (path, response) =>
      (await docs(path, response)) || (await storedPage(path, response)) || (await options.page(path, response)),
    log,
  };
  const port = await openPublicPort(served, { ...options, trustedProxies });
  const adminPort = adminListen && (await openAdminPort(served, adminListen, allowedHosts));
  return { port, adminPort };
}
