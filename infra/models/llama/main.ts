import { availableParallelism } from "node:os";
import { readShared } from "../../config/read-process.ts";
import { createLog } from "../../log/log.ts";
import { parseAddress } from "../../net/address.ts";
import { announceListening, runMain, untilStopped } from "../../process/lifecycle.ts";
import { readOptions } from "../../process/options.ts";
import { createLlamaModel } from "./llama.ts";
import { startModelServer } from "./server.ts";

const about =
  "Runs a language model from a GGUF file on the CPU and serves it with OpenAI's chat completions API. Needs no GPU.";

// Half of the logical processors: the number of physical cores, if each runs two threads. The other half is for the
// rest of Duet. llama.cpp's threads wait for each other by spinning, so one thread too many on a busy machine costs
// more than it gains.
const defaultThreads = Math.max(1, Math.floor(availableParallelism() / 2));

const options = {
  model: { value: "FILE", does: "a GGUF file" },
  listen: { value: "HOST:PORT", does: "where it listens; port 0 lets the system choose (127.0.0.1:8081)" },
  threads: { value: "N", does: `CPU threads to use (half of the logical processors: ${defaultThreads} here)` },
  context: {
    value: "TOKENS",
    does: "tokens of prompt and answer together; at most what the model was trained on (4096)",
  },
  parallel: { value: "N", does: "answers written at once; each needs memory for its own context (2)" },
  queue: { value: "N", does: "requests that may wait; more are refused with status 503 (8)" },
};

runMain(async () => {
  const values = readOptions(about, options, "The model stops writing as soon as the caller disconnects.");
  const { log: logging } = readShared(process.env);
  if (values.model === undefined) throw new Error("--model is missing: give the path of a GGUF model file");
  const listen = parseAddress(values.listen ?? "127.0.0.1:8081");
  if (listen === undefined) throw new Error(`--listen ${values.listen}: must be host:port, such as 127.0.0.1:8081`);
  const parallel = wholeOf("parallel", values.parallel, 1, 2);
  const queue = wholeOf("queue", values.queue, 0, 8);
  const log = createLog({ service: "model", level: logging.level });
  const stopped = untilStopped();
  const model = await createLlamaModel({
    file: values.model,
    contextSize: wholeOf("context", values.context, 256, 4096),
    threads: wholeOf("threads", values.threads, 1, defaultThreads),
    parallel,
  });
  const server = await startModelServer({ model, listen, parallel, queue, log });
  log.info({ model: model.name, url: server.url, context: model.contextSize }, "serving");
  announceListening(server.url);
  await stopped;
  await server.close();
  await model.close();
});

function wholeOf(name: string, text: string | undefined, least: number, fallback: number): number {
  const value = text === undefined ? fallback : Number(text);
  if (text === "" || !Number.isInteger(value) || value < least)
    throw new Error(`--${name} ${text}: must be a whole number, at least ${least}`);
  return value;
}
