import { createServer, type Server, type ServerResponse } from "node:http";
import { formatAddress, listen } from "../../infra/net/address.ts";

/** How long the peers take for what, in milliseconds; a test changes it between turns. */
export interface Slowness {
  /** Before the words of a recording. */
  transcribeMs: number;
  /** Before the model's first token. */
  firstTokenMs: number;
  /** That it thinks then. */
  thinkingMs: number;
  /** Between the first word of its answer and the rest. */
  clauseMs: number;
  /** Before the voice's first sample. */
  engineMs: number;
  /** That it sends nothing but silence then. */
  silenceMs: number;
}

/** A model server, and a voice that also hears, which are slow at what they are told to be slow at. */
export interface SlowPeers {
  readonly modelUrl: string;
  readonly speechUrl: string;
  readonly slowness: Slowness;
  /** Holds back first tokens and first samples that are asked for from now on, until what it returns is called. */
  hold(): () => void;
  close(): void;
}

const sampleRateHertz = 24_000;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Starts them, as fast as they can be. */
export async function startSlowPeers(): Promise<SlowPeers> {
  const slowness: Slowness = {
    transcribeMs: 0,
    firstTokenMs: 0,
    thinkingMs: 0,
    clauseMs: 0,
    engineMs: 0,
    silenceMs: 0,
  };
  let held = Promise.resolve();
  const model = createServer(async (request, response) => {
    request.resume();
    if (request.url === "/v1/models") response.end('{"data":[{"id":"peer"}]}');
    else if (request.url === "/v1/chat/completions") await answer(response, slowness, held);
    else response.writeHead(request.url === "/health" ? 200 : 404).end();
  });
  const speech = createServer(async (request, response) => {
    const body = (await Array.fromAsync(request.setEncoding("utf8"))).join("");
    if (request.url === "/v1/audio/speech" && body.includes("input")) return speak(response, slowness, held);
    if (request.url === "/v1/audio/speech") return response.writeHead(422).end();
    if (request.url === "/v1/audio/transcriptions") {
      await pause(slowness.transcribeMs);
      return response.end('{"text":"Is it?"}');
    }
    if (request.url === "/v1/models") response.end('{"data":[{"id":"tts-1"}]}');
    else response.writeHead(404).end();
  });
  return {
    modelUrl: await open(model),
    speechUrl: await open(speech),
    slowness,
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return () => {
        held = Promise.resolve();
        resolve();
      };
    },
    close() {
      for (const server of [model, speech]) server.close().closeAllConnections();
    },
  };
}

async function open(server: Server): Promise<string> {
  const address = await listen(server, { host: "127.0.0.1", port: 0 }, "a peer's port");
  return `http://${formatAddress(address)}`;
}

async function answer(response: ServerResponse, { firstTokenMs, thinkingMs, clauseMs }: Slowness, held: Promise<void>) {
  await held;
  const send = (delta: object, finish_reason: string | null = null) =>
    response.write(`data: ${JSON.stringify({ choices: [{ delta, finish_reason }] })}\n\n`);
  response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders();
  await pause(firstTokenMs);
  if (thinkingMs > 0) send({ reasoning_content: "Well." });
  await pause(thinkingMs);
  send({ content: "The" });
  await pause(clauseMs);
  send({ content: " answer is that all of it is well. " });
  send({}, "stop");
  response.end("data: [DONE]\n\n");
}

async function speak(response: ServerResponse, { engineMs, silenceMs }: Slowness, held: Promise<void>) {
  await held;
  const seconds = (count: number, sample: (i: number) => number) =>
    Buffer.from(Int16Array.from({ length: count * sampleRateHertz }, (_, i) => sample(i)).buffer);
  await pause(engineMs);
  response.writeHead(200, { "content-type": "audio/pcm" });
  if (silenceMs > 0) response.write(seconds(1, () => 0));
  await pause(silenceMs);
  response.end(seconds(2, (i) => 8000 * Math.sin(i / 20)));
}
