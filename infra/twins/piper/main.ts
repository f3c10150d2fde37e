import { runMain } from "../../process/lifecycle.ts";
import { given, oneOf } from "../../process/options.ts";
import { runFlaskTwin } from "../flask/command.ts";
import { type PiperTwinOptions, piperTwinVoices, piperVersions, startPiperTwin } from "./server.ts";

runMain(() =>
  runFlaskTwin({
    title: "Piper",
    about: "A stand-in for Piper's HTTP server: the same HTTP, byte for byte, with espeak-ng's voice. Needs no model.",
    usual: { port: 5000, cost: "piper-cpu", web: "werkzeug" },
    own: {
      version: { value: "NAME", does: `the version it imitates: ${Object.keys(piperVersions).join(", ")} (1.8)` },
      voices: {
        value: "A,B",
        does: `voices in its folder, first the one that it is started with (${piperTwinVoices.join(",")})`,
      },
      speakers: { value: "A,B", does: "names of the speakers of its first voice (one speaker without a name)" },
      "api-key": { value: "KEY", does: "bearer token required by a proxy in front of it (none)" },
    },
    start: (options, { version, voices, speakers, "api-key": apiKey }) =>
      startPiperTwin({
        ...options,
        ...given<PiperTwinOptions>({
          version: version === undefined ? undefined : oneOf("version", version, piperVersions),
          voices: voices?.split(","),
          speakers: speakers?.split(","),
          apiKey,
        }),
      }),
  }),
);
