import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { test } from "vitest";

test("leaves a worker", async () => {
  const worker = new Worker("setInterval(() => {}, 1000)", { eval: true });
  await once(worker, "online");
});
