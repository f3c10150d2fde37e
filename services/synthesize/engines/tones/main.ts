import { announceListening, runMain, untilStopped } from "../../../../infra/process/lifecycle.ts";
import { numberOf, readOptions } from "../../../../infra/process/options.ts";
import { startToneServer } from "./server.ts";

const options = {
  host: { value: "HOST", does: "where it listens (127.0.0.1)" },
  port: { value: "PORT", does: "0 lets the system choose (8190)" },
  hertz: { value: "HZ", does: "how high the tone is (440)" },
};

runMain(async () => {
  const values = readOptions("A server that makes tones instead of speech.", options, "");
  const address = { host: values.host ?? "127.0.0.1", port: numberOf("port", values.port) ?? 8190 };
  const server = await startToneServer(address, numberOf("hertz", values.hertz) ?? 440);
  process.stdout.write(`tones at ${server.url}\n`);
  announceListening(server.url);
  await untilStopped();
  await server.close();
});
