import { announceListening, runMain, untilStopped } from "../../process/lifecycle.ts";
import { given, numberOf, readOptions, table } from "../cli.ts";
import { fishCosts } from "../cost.ts";
import { createEspeakSpeaker } from "./espeak.ts";
import { fishModes } from "./modes.ts";
import { type FishTwinOptions, fishTwinVoices, startFishTwin } from "./server.ts";
import { toneSpeaker } from "./speaker.ts";
import { triggers } from "./triggers.ts";

const about =
  "A stand-in of Fish-Speech: the same HTTP, byte for byte, with espeak-ng's voice. Needs no model and no GPU.";

const options = {
  host: { value: "HOST", does: "where it listens (127.0.0.1)" },
  port: { value: "PORT", does: "0 lets the system choose (8081)" },
  mode: { value: "NAME", does: `the generation it imitates: ${Object.keys(fishModes).join(", ")} (s2)` },
  "api-key": { value: "KEY", does: "asked for as a bearer token on every route (none)" },
  "max-text-length": { value: "N", does: "characters of a text at most; 0 is no limit (0)" },
  voices: { value: "A,B", does: `reference ids (${fishTwinVoices.join(",")})` },
  speaker: { value: "NAME", does: "espeak, or tone for tones (espeak)" },
  cost: { value: "NAME", does: `how it is run: ${Object.keys(fishCosts).join(", ")} (compiled)` },
  "time-scale": { value: "X", does: "stretches all delays; 0 is as fast as possible (1)" },
  seed: { value: "N", does: "of the voices that nobody chose (1)" },
  "boot-ms": { value: "N", does: "how long it loads before it listens (0)" },
};

const notes = `A text may hold a word that makes it misbehave:
${table(Object.entries(triggers).map(([name, { does }]) => [name, does] as const))}

GET /_twin/requests shows what it saw. espeak-ng is GPL-3.0 and loaded in this process alone.`;

runMain(async () => {
  const values = readOptions(about, options, notes);
  const mode = oneOf("mode", values.mode ?? "s2", fishModes);
  const cost = oneOf("cost", values.cost ?? "compiled", fishCosts);
  const espeak = oneOf("speaker", values.speaker ?? "espeak", { espeak: true, tone: true }) === "espeak";
  const speaker = espeak ? await createEspeakSpeaker() : undefined;
  if (espeak && speaker === undefined)
    process.stdout.write(
      "@echogarden/espeak-ng-emscripten is not installed: speaking in tones. Install it with npm install.\n",
    );
  const twin = await startFishTwin({
    port: 8081,
    mode,
    cost: fishCosts[cost],
    speaker: speaker ?? toneSpeaker,
    ...given<FishTwinOptions>({
      host: values.host,
      port: numberOf("port", values.port),
      apiKey: values["api-key"],
      maxTextLength: numberOf("max-text-length", values["max-text-length"]),
      voices: values.voices?.split(","),
      timeScale: numberOf("time-scale", values["time-scale"]),
      seed: numberOf("seed", values.seed),
      bootMs: numberOf("boot-ms", values["boot-ms"]),
    }),
  });
  process.stdout.write(`Fish-Speech stand-in on ${twin.url}\n`);
  announceListening(twin.url);
  await untilStopped();
  await twin.close();
});

function oneOf<Name extends string>(option: string, value: string, names: Record<Name, unknown>): Name {
  if (!Object.hasOwn(names, value))
    throw new Error(`--${option} ${value}: must be one of ${Object.keys(names).join(", ")}`);
  return value as Name;
}
