/**
 * A side that is not Duet, as a process: an HTTP/2 server that answers each POST with one turn. Its arguments: the
 * side's name, the model server's address, and those of the workers, with commas between.
 */
import { createServer, type ServerHttp2Stream } from "node:http2";
import { json } from "node:stream/consumers";
import { formatAddress, listen } from "../../../infra/net/address.ts";
import { announceListening, runMain, untilStopped } from "../../../infra/process/lifecycle.ts";
import { createModel } from "./model.ts";
import { createTurnstile, served, type Turnstile } from "./served.ts";
import type { Out, Side, Tools } from "./side.ts";
import { askFish, createVoices } from "./voices.ts";
import { frame, kinds, type SideRequest } from "./wire.ts";

/** The most bytes of a message of sound: as many as Duet's. */
const soundBytes = 32 * 1024;

runMain(async () => {
  const [name, vllmUrl, fishUrls] = process.argv.slice(2) as [keyof typeof served, string, string];
  const { side, atOnce } = served[name];
  const fish = askFish();
  const tools = { model: createModel(vllmUrl), voices: createVoices(fishUrls.split(","), fish.ask) };
  const take = createTurnstile(atOnce);
  const server = createServer({ settings: { initialWindowSize: 1 << 20 } });
  server.on("stream", (stream: ServerHttp2Stream) => {
    stream.on("error", () => {});
    void answer(side, stream, tools, take);
  });
  const address = await listen(server, { host: "127.0.0.1", port: 0 }, "the bench");
  announceListening(`http://${formatAddress(address)}`);
  await untilStopped();
  server.close();
  await Promise.all([tools.model.close(), fish.close()]);
});

/** Answers one turn; its last message says how it ended. */
async function answer(side: Side, stream: ServerHttp2Stream, tools: Tools, take: Turnstile): Promise<void> {
  const over = new AbortController();
  stream.once("close", () => over.abort());
  stream.respond({ ":status": 200 });
  const send = (kind: number, payload: Uint8Array) => {
    if (stream.destroyed) return;
    stream.cork();
    for (const part of frame(kind, payload)) stream.write(part);
    stream.uncork();
  };
  const out: Out = {
    text: (piece) => send(kinds.text, typeof piece === "string" ? Buffer.from(piece) : piece),
    segment: (words) => send(kinds.segment, Buffer.from(words)),
    sound(pcm) {
      for (let at = 0; at < pcm.length; at += soundBytes) send(kinds.sound, pcm.subarray(at, at + soundBytes));
    },
  };
  let failure = "";
  try {
    const request = (await json(stream)) as SideRequest;
    await take(() => side(request, out, tools, over.signal));
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
  } finally {
    over.abort();
  }
  send(kinds.end, Buffer.from(failure));
  stream.end();
}
