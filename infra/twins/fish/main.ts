import { fishCosts } from "../../cost/cost.ts";
import { readLaw } from "../../cost/law.ts";
import { announceListening, runMain, untilStopped } from "../../process/lifecycle.ts";
import { flagOf, given, numberOf, oneOf, readOptions, table } from "../../process/options.ts";
import { createEspeakSpeaker } from "../sound/espeak.ts";
import { toneSpeaker } from "../sound/speaker.ts";
import { habits, triggers } from "./faults.ts";
import { fishModes } from "./modes.ts";
import { type FishTwinOptions, fishTwinVoices, startFishTwin } from "./server.ts";
import { readGarble, usualGarble } from "./sound/garble.ts";

const about =
  "A stand-in for Fish-Speech: the same HTTP, byte for byte, with espeak-ng's voice. Needs no model and no GPU.";

const options = {
  host: { value: "HOST", does: "where it listens (127.0.0.1)" },
  port: { value: "PORT", does: "the port; 0 lets the system choose (8081)" },
  mode: { value: "NAME", does: `the generation it imitates: ${Object.keys(fishModes).join(", ")} (s2)` },
  "api-key": { value: "KEY", does: "bearer token required on every route (none)" },
  "max-text-length": { value: "N", does: "most characters of a text; 0 is no limit (0)" },
  voices: { value: "A,B", does: `reference ids (${fishTwinVoices.join(",")})` },
  speaker: { value: "NAME", does: "espeak for speech, or tone for tones (espeak)" },
  cost: {
    value: "NAME",
    does: `the setup whose published speed it imitates: ${Object.keys(fishCosts).join(", ")} (compiled)`,
  },
  law: {
    value: "LAW",
    does: "how long its work takes: model for the published speed, hidden:SEED for random times from that seed (model)",
  },
  garble: {
    value: "S:P",
    does: `a text whose speech is shorter than S seconds turns into noise with probability P; off: never (${usualGarble.belowSeconds}:${usualGarble.probability})`,
  },
  faults: { value: "on|off", does: "whether words in a text trigger faults (off)" },
  fault: { value: "WORD", does: "a fault that every request triggers (none)" },
  "time-scale": { value: "X", does: "factor on all delays; 0 is as fast as possible (1)" },
  seed: { value: "N", does: "seed of the random voices used without a reference (1)" },
  "boot-ms": { value: "N", does: "how many milliseconds it loads before it listens (0)" },
};

const notes = `Faults. With --faults on, a text that contains one of these words triggers that fault; if it also contains ONCE, only the first time:
${table(Object.entries(triggers).map(([name, { does }]) => [name, does] as const))}

What it always does, as Fish-Speech does:
${table(Object.entries(habits))}

GET /_twin/requests lists the requests that it received. espeak-ng is GPL-3.0 and loaded in this process alone.`;

runMain(async () => {
  const values = readOptions(about, options, notes);
  const mode = oneOf("mode", values.mode ?? "s2", fishModes);
  const cost = oneOf("cost", values.cost ?? "compiled", fishCosts);
  const espeak = oneOf("speaker", values.speaker ?? "espeak", { espeak: true, tone: true }) === "espeak";
  const speaker = espeak ? await createEspeakSpeaker() : undefined;
  if (espeak && speaker === undefined)
    process.stdout.write(
      "@echogarden/espeak-ng-emscripten is not installed, so the stand-in sends tones instead of speech: run npm install.\n",
    );
  const twin = await startFishTwin({
    port: 8081,
    mode,
    cost: fishCosts[cost],
    speaker: speaker ?? toneSpeaker,
    faults: flagOf("faults", values.faults ?? "off"),
    garble: values.garble === undefined ? usualGarble : readGarble(values.garble),
    ...given<FishTwinOptions>({
      host: values.host,
      port: numberOf("port", values.port),
      apiKey: values["api-key"],
      maxTextLength: numberOf("max-text-length", values["max-text-length"]),
      voices: values.voices?.split(","),
      fault: values.fault === undefined ? undefined : oneOf("fault", values.fault, triggers),
      law: values.law === undefined ? undefined : readLaw(values.law),
      timeScale: numberOf("time-scale", values["time-scale"]),
      seed: numberOf("seed", values.seed),
      bootMs: numberOf("boot-ms", values["boot-ms"]),
    }),
  });
  process.stdout.write(`Fish-Speech stand-in listens on ${twin.url}\n`);
  announceListening(twin.url);
  await untilStopped();
  await twin.close();
});
