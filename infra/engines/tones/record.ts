import type { Tones } from "../../gen/duet/config/v1/tones_pb.ts";
import type { EngineRecord } from "../record.ts";
import { completeTones, type TonesPlan, tonesFields } from "./plan.ts";
import { tonesSettings } from "./settings.ts";

const program = (host: string, port: number, hertz: number) => [
  "node",
  "services/synthesize/engines/tones/main.ts",
  ...["--host", host],
  ...["--port", String(port)],
  ...["--hertz", String(hertz)],
];

/** Tones instead of a voice. */
export const tones: EngineRecord<"tones", "speech", Tones, TonesPlan, typeof tonesSettings> = {
  name: "tones",
  kind: "speech",
  title: "the tone server",
  settings: tonesSettings,

  fields: tonesFields,
  optionalParts: [],
  aliases: {},
  insteadOf: () => undefined,

  complete: completeTones,
  rules: [],
  judge: () => [],
  setupRules: [],

  cards: () => [],
  cardFields: { cards: "engine.tones" },
  ports: ({ listen }) => [{ path: "engine.tones.port", port: listen.port }],
  explain: () => [],

  renders: "the command line that starts the tone server",
  commands: ({ listen, hertz }) => [{ env: {}, args: program(listen.host, listen.port, hertz), secretArgs: [] }],
  servers: ({ image, listen, hertz }) => [
    {
      name: "tones",
      image,
      command: program("0.0.0.0", listen.port, hertz),
      args: [],
      env: {},
      secrets: [],
      secretArgs: [],
      port: listen.port,
      gpus: [],
      startSeconds: 30,
      stopSeconds: 10,
    },
  ],
  deployment: { addressed: "together", sharedMemory: false },
  storage: () => undefined,
  twin: undefined,
};
