import { speechCosts } from "../../cost/cost.ts";
import { readLaw } from "../../cost/law.ts";
import { announceListening, runMain, untilStopped } from "../../process/lifecycle.ts";
import { flagOf, given, numberOf, oneOf, readOptions, table } from "../../process/options.ts";
import { createEspeakSpeaker } from "../sound/espeak.ts";
import { toneSpeaker } from "../sound/speaker.ts";
import { triggers } from "../speaking/faults.ts";
import { habits } from "./habits.ts";
import { speechKinds } from "./kinds/kinds.ts";
import { type SpeechTwinOptions, startSpeechTwin } from "./server.ts";

const about =
  "A stand-in for servers of OpenAI's /v1/audio/speech: the same HTTP, with espeak-ng's voice. Needs no model and no GPU.";

const options = {
  host: { value: "HOST", does: "where it listens (127.0.0.1)" },
  port: { value: "PORT", does: "the port; 0 lets the system choose (8091)" },
  kind: { value: "NAME", does: `the server it imitates: ${Object.keys(speechKinds).join(", ")} (vllm-omni)` },
  "api-key": { value: "KEY", does: "bearer token required (none)" },
  models: { value: "A,B", does: "models that it lists (the server's usual ones)" },
  voices: { value: "A,B", does: "voices that it has (the server's usual ones)" },
  "sample-rate": { value: "N", does: "sample rate in hertz (the model's)" },
  speaker: { value: "NAME", does: "espeak for speech, or tone for tones (espeak)" },
  cost: {
    value: "NAME",
    does: `the setup whose published speed it imitates: ${Object.keys(speechCosts).join(", ")} (the server's usual one)`,
  },
  "max-queued": { value: "N", does: "how many requests may wait; more are answered 503 (any number)" },
  law: {
    value: "LAW",
    does: "how long its work takes: model for the published speed, hidden:SEED for random times from that seed (model)",
  },
  faults: { value: "on|off", does: "whether words in a text trigger faults (off)" },
  fault: { value: "WORD", does: "a fault that every request triggers (none)" },
  "time-scale": { value: "X", does: "factor on all delays; 0 is as fast as possible (1)" },
  "boot-ms": { value: "N", does: "how many milliseconds it loads before it listens (0)" },
};

const notes = `Servers:
${table(Object.entries(speechKinds).map(([name, kind]) => [name, kind.about] as const))}

Faults. With --faults on, a text that contains one of these words triggers that fault; if it also contains ONCE, only the first time:
${table(Object.entries(triggers).map(([name, { does }]) => [name, does] as const))}

What it always does, as those servers do:
${table(Object.entries(habits))}

GET /_twin/requests lists the requests that it received. espeak-ng is GPL-3.0 and loaded in this process alone.`;

runMain(async () => {
  const values = readOptions(about, options, notes);
  const espeak = oneOf("speaker", values.speaker ?? "espeak", { espeak: true, tone: true }) === "espeak";
  const speaker = espeak ? await createEspeakSpeaker() : undefined;
  if (espeak && speaker === undefined)
    process.stdout.write(
      "@echogarden/espeak-ng-emscripten is not installed, so the stand-in sends tones instead of speech: run npm install.\n",
    );
  const twin = await startSpeechTwin({
    port: 8091,
    kind: oneOf("kind", values.kind ?? "vllm-omni", speechKinds),
    speaker: speaker ?? toneSpeaker,
    faults: flagOf("faults", values.faults ?? "off"),
    ...given<SpeechTwinOptions>({
      host: values.host,
      port: numberOf("port", values.port),
      apiKey: values["api-key"],
      models: values.models?.split(","),
      voices: values.voices?.split(","),
      sampleRateHertz: numberOf("sample-rate", values["sample-rate"]),
      cost: values.cost === undefined ? undefined : speechCosts[oneOf("cost", values.cost, speechCosts)],
      maxQueued: numberOf("max-queued", values["max-queued"]),
      law: values.law === undefined ? undefined : readLaw(values.law),
      fault: values.fault === undefined ? undefined : oneOf("fault", values.fault, triggers),
      timeScale: numberOf("time-scale", values["time-scale"]),
      bootMs: numberOf("boot-ms", values["boot-ms"]),
    }),
  });
  process.stdout.write(`Stand-in for a speech server listens on ${twin.url}\n`);
  announceListening(twin.url);
  await untilStopped();
  await twin.close();
});
