import { speechCosts } from "../../cost/cost.ts";
import { readLaw } from "../../cost/law.ts";
import { announceListening, untilStopped } from "../../process/lifecycle.ts";
import { flagOf, given, numberOf, oneOf, readOptions, table } from "../../process/options.ts";
import { createEspeakSpeaker } from "../sound/espeak.ts";
import { toneSpeaker } from "../sound/speaker.ts";
import { triggers } from "../speaking/faults.ts";
import type { FlaskTwinOptions } from "./options.ts";
import { type FlaskTwin, flaskHabits } from "./twin.ts";

/** What a stand-in needs to run as a program. */
export interface FlaskCommand<Own extends string> {
  readonly about: string;
  /** The defaults of this stand-in: its port, how long its work takes, and its web server. */
  readonly usual: { readonly port: number; readonly cost: keyof typeof speechCosts; readonly web: string };
  /** The command-line options that only this stand-in has, beside those of all stand-ins for Flask servers. */
  readonly own: Readonly<Record<Own, { readonly value: string; readonly does: string }>>;
  /** The imitated server's name in messages: `Piper`. */
  readonly title: string;
  start(options: Partial<FlaskTwinOptions>, own: Readonly<Partial<Record<Own, string>>>): Promise<FlaskTwin>;
}

/** Runs a stand-in until it is stopped. */
export async function runFlaskTwin<Own extends string>(command: FlaskCommand<Own>): Promise<void> {
  const { about, usual, own, title, start } = command;
  const options = {
    host: { value: "HOST", does: "where it listens (127.0.0.1)" },
    port: { value: "PORT", does: `the port; 0 lets the system choose (${usual.port})` },
    web: {
      value: "NAME",
      does: `its web server: werkzeug, one thread per request, or gunicorn, one worker (${usual.web})`,
    },
    ...own,
    speaker: { value: "NAME", does: "espeak for speech, or tone for tones (espeak)" },
    cost: {
      value: "NAME",
      does: `the setup whose published speed it imitates: ${Object.keys(speechCosts).join(", ")} (${usual.cost})`,
    },
    law: {
      value: "LAW",
      does: "how long its work takes: model for the published speed, hidden:SEED for random times from that seed (model)",
    },
    faults: { value: "on|off", does: "whether words in a text trigger faults (off)" },
    fault: { value: "WORD", does: "a fault that every request triggers (none)" },
    "time-scale": { value: "X", does: "factor on all delays; 0 is as fast as possible (1)" },
    "boot-ms": { value: "N", does: "how many milliseconds it loads before it listens (0)" },
  };
  const notes = `Faults. With --faults on, a text that contains one of these words triggers that fault; if it also contains ONCE, only the first time:
${table(Object.entries(triggers).map(([name, { does }]) => [name, does] as const))}

What it always does, as ${title} does:
${table(Object.entries(flaskHabits))}

GET /_twin/requests lists the requests that it received. espeak-ng is GPL-3.0 and loaded in this process alone.`;
  const values: Readonly<Partial<Record<string, string>>> = readOptions(about, options, notes);
  const espeak = oneOf("speaker", values.speaker ?? "espeak", { espeak: true, tone: true }) === "espeak";
  const speaker = espeak ? await createEspeakSpeaker() : undefined;
  if (espeak && speaker === undefined)
    process.stdout.write(
      "@echogarden/espeak-ng-emscripten is not installed, so the stand-in sends tones instead of speech: run npm install.\n",
    );
  const twin = await start(
    {
      port: usual.port,
      speaker: speaker ?? toneSpeaker,
      faults: flagOf("faults", values.faults ?? "off"),
      ...given<FlaskTwinOptions>({
        host: values.host,
        port: numberOf("port", values.port),
        web: values.web === undefined ? undefined : oneOf("web", values.web, { werkzeug: true, gunicorn: true }),
        cost: values.cost === undefined ? undefined : speechCosts[oneOf("cost", values.cost, speechCosts)],
        law: values.law === undefined ? undefined : readLaw(values.law),
        fault: values.fault === undefined ? undefined : oneOf("fault", values.fault, triggers),
        timeScale: numberOf("time-scale", values["time-scale"]),
        bootMs: numberOf("boot-ms", values["boot-ms"]),
      }),
    },
    values as Readonly<Partial<Record<Own, string>>>,
  );
  process.stdout.write(`Stand-in for ${title} listens on ${twin.url}\n`);
  announceListening(twin.url);
  await untilStopped();
  await twin.close();
}
