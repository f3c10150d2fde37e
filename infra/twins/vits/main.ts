import { runMain } from "../../process/lifecycle.ts";
import { given } from "../../process/options.ts";
import { runFlaskTwin } from "../flask/command.ts";
import { startVitsTwin, type VitsTwinOptions, vitsTwinSpeakers } from "./server.ts";

/** Each speaker given by `--voices` speaks these languages. */
const lang = ["zh", "en"];

runMain(() =>
  runFlaskTwin({
    title: "vits-simple-api",
    about:
      "A stand-in for vits-simple-api: the same HTTP, byte for byte, with espeak-ng's voice. Needs no model and no GPU.",
    usual: { port: 23_456, cost: "vits-v100", web: "gunicorn" },
    own: {
      voices: {
        value: "A,B",
        does: `speakers of its VITS model (${vitsTwinSpeakers.VITS.map(({ name }) => name).join(",")})`,
      },
      "api-key": { value: "KEY", does: "value that the X-API-KEY header must have (none)" },
    },
    start: (options, { voices, "api-key": apiKey }) =>
      startVitsTwin({
        ...options,
        ...given<VitsTwinOptions>({
          speakers: voices === undefined ? undefined : { VITS: voices.split(",").map((name) => ({ name, lang })) },
          apiKey,
        }),
      }),
  }),
);
