import { announceListening, runMain, untilStopped } from "../../process/lifecycle.ts";
import { given, numberOf, readOptions, table } from "../cli.ts";
import { vllmCosts } from "../cost.ts";
import { faults } from "./faults.ts";
import { startVllmTwin, type VllmTwinOptions } from "./server.ts";

const about = "A stand-in of vLLM: the same HTTP, byte for byte, with scripted answers. Needs no model and no GPU.";

const options = {
  host: { value: "HOST", does: "where it listens (127.0.0.1)" },
  port: { value: "PORT", does: "0 lets the system choose (8000)" },
  "model-name": { value: "NAME", does: "the served model's name (duet-script)" },
  version: { value: "VERSION", does: "vLLM's version that it says it is (0.28.0)" },
  "api-key": { value: "KEY", does: "asked for as a bearer token below /v1 (none)" },
  "max-model-len": { value: "N", does: "tokens of prompt and answer together (32768)" },
  cost: { value: "NAME", does: `the hardware it imitates: ${Object.keys(vllmCosts).join(", ")} (tp1)` },
  "time-scale": { value: "X", does: "stretches all delays; 0 is as fast as possible (1)" },
  seed: { value: "N", does: "of the variation between steps (1)" },
  fault: { value: "NAME", does: "a fault for every request (none)" },
};

const notes = `A question may carry [[say:TEXT]], [[tokens:N]] or [[fault:NAME]]. Faults:
${table(Object.entries(faults).map(([name, { does }]) => [name, does] as const))}

GET /_twin/requests shows what it saw, GET /_twin/faults lists the faults.`;

runMain(async () => {
  const values = readOptions(about, options, notes);
  const cost = values.cost ?? "tp1";
  if (!Object.hasOwn(vllmCosts, cost))
    throw new Error(`--cost ${cost}: must be one of ${Object.keys(vllmCosts).join(", ")}`);
  if (values.fault !== undefined && !Object.hasOwn(faults, values.fault))
    throw new Error(`--fault ${values.fault}: must be one of ${Object.keys(faults).join(", ")}`);
  const twin = await startVllmTwin({
    port: 8000,
    cost: vllmCosts[cost as keyof typeof vllmCosts],
    ...given<VllmTwinOptions>({
      host: values.host,
      port: numberOf("port", values.port),
      modelName: values["model-name"],
      version: values.version,
      apiKey: values["api-key"],
      maxModelLen: numberOf("max-model-len", values["max-model-len"]),
      timeScale: numberOf("time-scale", values["time-scale"]),
      seed: numberOf("seed", values.seed),
      fault: values.fault,
    }),
  });
  process.stdout.write(`vLLM stand-in on ${twin.url}\n`);
  announceListening(twin.url);
  await untilStopped();
  await twin.close();
});
