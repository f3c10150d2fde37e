import { createServer } from "nice-grpc";
import type { DeepPartial, GenerateResponse } from "../../../services/gen/duet/generate/v1/generate.ts";
import { GenerateServiceDefinition } from "../../../services/gen/duet/generate/v1/generate.ts";

/** An event of Generate, or a pause in milliseconds. */
export type Step = number | NonNullable<DeepPartial<GenerateResponse>["event"]>;

/** A Generate whose every answer is the same, with its pauses: what a model does in minutes, in moments. */
export async function startWriter(steps: readonly Step[]) {
  const server = createServer();
  server.add(GenerateServiceDefinition, {
    async *generate(_request, { signal }) {
      for (const step of steps) {
        if (typeof step === "number") await new Promise((resolve) => setTimeout(resolve, step));
        else yield { event: step };
        if (signal.aborted) return;
      }
    },
    getEngine: async () => ({}),
  });
  const port = await server.listen("127.0.0.1:0");
  return { url: `http://127.0.0.1:${port}`, close: () => server.forceShutdown() };
}
