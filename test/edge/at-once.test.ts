import assert from "node:assert/strict";
import { createClient, createRouterTransport } from "@connectrpc/connect";
import { it } from "vitest";
import { createCall } from "../../edge/call.ts";
import { GenerateService } from "../../edge/gen/duet/generate/v1/generate_pb.ts";
import { createAskModel } from "../../edge/hosts/generate.ts";
import { systemClock } from "../../infra/clock/clock.ts";

const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 20));

it("text that reaches the edge at once is one message, and what comes later is another", async () => {
  const delta = (text: string) => ({ event: { case: "delta", value: { text } } }) as const;
  const transport = createRouterTransport(({ service }) =>
    service(GenerateService, {
      async *generate() {
        yield { event: { case: "started", value: {} } };
        for (const text of ["今天", "天气", "很好，"]) yield delta(text);
        await pause();
        for (const text of ["我们", "出去", "走走。"]) yield delta(text);
        yield { event: { case: "finished", value: {} } };
      },
    }),
  );
  const { signal } = new AbortController();
  const ask = createAskModel(createClient(GenerateService, transport), systemClock);
  const { deltas } = await ask({ instructions: "", history: [], options: {} })(createCall({ signal }), "turn");
  assert.deepEqual(await Array.fromAsync(deltas), ["今天天气很好，", "我们出去走走。"]);
});
