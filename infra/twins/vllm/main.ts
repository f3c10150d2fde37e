import { vllmCosts } from "../../cost/cost.ts";
import { readLaw } from "../../cost/law.ts";
import { announceListening, runMain, untilStopped } from "../../process/lifecycle.ts";
import { flagOf, given, numberOf, oneOf, readOptions, table } from "../../process/options.ts";
import { faults } from "./faults.ts";
import { startVllmTwin, type VllmTwinOptions } from "./server.ts";

const about = "A stand-in for vLLM: the same HTTP, byte for byte, with scripted answers. Needs no model and no GPU.";

const options = {
  host: { value: "HOST", does: "where it listens (127.0.0.1)" },
  port: { value: "PORT", does: "the port; 0 lets the system choose (8000)" },
  "model-name": { value: "NAME", does: "the served model's name (duet-script)" },
  version: { value: "VERSION", does: "the vLLM version that it reports (0.28.0)" },
  "api-key": { value: "KEY", does: "bearer token required below /v1 (none)" },
  "max-model-len": { value: "N", does: "most tokens of prompt and answer together (32768)" },
  cost: { value: "NAME", does: `the hardware it imitates: ${Object.keys(vllmCosts).join(", ")} (tp1)` },
  law: {
    value: "LAW",
    does: "how long its steps take: model for the published speed, hidden:SEED for random times from that seed (model)",
  },
  "time-scale": { value: "X", does: "factor on all delays; 0 is as fast as possible (1)" },
  seed: { value: "N", does: "seed of the random variation in step durations (1)" },
  "prefix-caching": {
    value: "on|off",
    does: "whether a prompt reuses the cached beginning that it shares with an earlier one (on)",
  },
  speculation: {
    value: "K:A",
    does: "speculative decoding: K tokens per step, each accepted with probability A, such as 3:0.62 (none)",
  },
  openings: { value: "follow:SHARE", does: "the percentage of answers that begin as the prompt requests (follow:0)" },
  faults: { value: "on|off", does: "whether questions may trigger faults (off)" },
  fault: { value: "NAME", does: "a fault that every request triggers (none)" },
};

const notes = `A question may carry [[say:TEXT]] or [[tokens:N]], and with --faults on [[fault:NAME]]. Faults:
${table(Object.entries(faults).map(([name, { does }]) => [name, does] as const))}

GET /_twin/requests shows the requests it received, GET /_twin/faults lists the faults.`;

runMain(async () => {
  const values = readOptions(about, options, notes);
  const twin = await startVllmTwin({
    port: 8000,
    cost: vllmCosts[oneOf("cost", values.cost ?? "tp1", vllmCosts)],
    faults: flagOf("faults", values.faults ?? "off"),
    prefixCaching: flagOf("prefix-caching", values["prefix-caching"] ?? "on"),
    speculation: speculationOf(values.speculation),
    openings: openingsOf(values.openings ?? "follow:0"),
    ...given<VllmTwinOptions>({
      host: values.host,
      port: numberOf("port", values.port),
      modelName: values["model-name"],
      version: values.version,
      apiKey: values["api-key"],
      maxModelLen: numberOf("max-model-len", values["max-model-len"]),
      law: values.law === undefined ? undefined : readLaw(values.law),
      timeScale: numberOf("time-scale", values["time-scale"]),
      seed: numberOf("seed", values.seed),
      fault: values.fault === undefined ? undefined : oneOf("fault", values.fault, faults),
    }),
  });
  process.stdout.write(`vLLM stand-in listens on ${twin.url}\n`);
  announceListening(twin.url);
  await untilStopped();
  await twin.close();
});

function speculationOf(text: string | undefined): VllmTwinOptions["speculation"] {
  if (text === undefined) return undefined;
  const [, tokens, acceptance] = /^([1-9]\d?):(0(?:\.\d+)?|1)$/.exec(text) ?? [];
  if (tokens === undefined)
    throw new Error(`--speculation ${text}: must be a number of tokens and a probability, such as 3:0.62`);
  return { tokens: Number(tokens), acceptance: Number(acceptance) };
}

function openingsOf(text: string): number {
  const share = Number(/^follow:(\d{1,3}(?:\.\d+)?)%?$/.exec(text)?.[1] ?? Number.NaN);
  if (!(share <= 100)) throw new Error(`--openings ${text}: must be follow:PERCENT, such as follow:60`);
  return share / 100;
}
