import { nameOf } from "../../infra/config/declared.ts";
import { tellEngineErrors } from "../../infra/config/read-process.ts";
import { startServer } from "../common/server/server.ts";
import type { RunningService, ServiceOptions } from "../common/server/service.ts";
import { GenerateServiceDefinition } from "../gen/duet/generate/v1/generate.ts";
import { createEngine } from "./engine.ts";
import { createVllm } from "./engines/openai/server.ts";
import { createGenerateService } from "./service.ts";

/**
 * Starts Generate in front of its model servers. Throws AddressInUseError, or an Error that says why an address is
 * refused.
 */
export async function startGenerate({ config, ...tools }: ServiceOptions<"generate">): Promise<RunningService> {
  const { generate, engine: used, credentials } = config;
  const { log, metrics, clock } = tools;
  tellEngineErrors(used, log);
  const { url: urls, ...reach } = used.settings;
  const engine = createEngine({
    servers: urls.map((url) => createVllm({ ...reach, ...generate, url, clock, log })),
    plan: used.plan,
    ...generate,
    ...tools,
  });
  const server = await startServer({
    name: "generate",
    definition: GenerateServiceDefinition,
    implementation: createGenerateService({
      engine,
      config: used.bytes,
      maxTokens: generate.maxTokens,
      metrics,
      clock,
    }),
    listen: { address: generate.listen, setting: nameOf("generate.listen") },
    adminListen: { address: generate.adminListen, setting: nameOf("generate.adminListen") },
    credentials,
    ...tools,
    notReady: engine.notReady,
    drainTimeoutMs: config.drainTimeoutMs,
  });
  return {
    url: server.url,
    renew: server.renew,
    async close() {
      await server.drain();
      await engine.close();
    },
  };
}
