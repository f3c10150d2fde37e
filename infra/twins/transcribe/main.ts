import { announceListening, runMain, untilStopped } from "../../process/lifecycle.ts";
import { flagOf, given, numberOf, oneOf, readOptions, table } from "../../process/options.ts";
import { triggers } from "./faults.ts";
import { earsTwinKinds } from "./kinds.ts";
import type { EarsTwinOptions } from "./options.ts";
import { startEarsTwin } from "./server.ts";

const about =
  "A stand-in for servers of OpenAI's /v1/audio/transcriptions and of FunASR's WebSocket. It does not recognize speech: the length of a recording decides which text it returns.";

const options = {
  host: { value: "HOST", does: "where it listens (127.0.0.1)" },
  port: { value: "PORT", does: "the port; 0 lets the system choose (8092)" },
  kind: { value: "NAME", does: `the server it imitates: ${Object.keys(earsTwinKinds).join(", ")} (vllm-whisper)` },
  "api-key": { value: "KEY", does: "bearer token required (none)" },
  models: { value: "A,B", does: "models that it lists (the server's usual ones)" },
  says: { value: "TEXT|TEXT", does: "the texts it returns (the questions that the scripted stand-in answers)" },
  "delay-ms": { value: "N", does: "how many milliseconds it takes to answer (90)" },
  faults: { value: "on|off", does: "whether words in a prompt trigger faults (off)" },
  fault: { value: "WORD", does: "a fault that every request triggers (none)" },
  "time-scale": { value: "X", does: "factor on all delays; 0 is as fast as possible (1)" },
};

const notes = `Servers:
${table(Object.entries(earsTwinKinds).map(([name, kind]) => [name, kind.about] as const))}

Faults. With --faults on, a prompt that contains one of these words triggers that fault:
${table(Object.entries(triggers).map(([name, { does }]) => [name, does] as const))}

GET /_twin/requests lists the requests that it received.`;

runMain(async () => {
  const values = readOptions(about, options, notes);
  const twin = await startEarsTwin({
    port: 8092,
    kind: oneOf("kind", values.kind ?? "vllm-whisper", earsTwinKinds),
    faults: flagOf("faults", values.faults ?? "off"),
    ...given<EarsTwinOptions>({
      host: values.host,
      port: numberOf("port", values.port),
      apiKey: values["api-key"],
      models: values.models?.split(","),
      says: values.says?.split("|"),
      delayMs: numberOf("delay-ms", values["delay-ms"]),
      fault: values.fault === undefined ? undefined : oneOf("fault", values.fault, triggers),
      timeScale: numberOf("time-scale", values["time-scale"]),
    }),
  });
  process.stdout.write(`Stand-in for a recognizer listens on ${twin.url}\n`);
  announceListening(twin.url);
  await untilStopped();
  await twin.close();
});
