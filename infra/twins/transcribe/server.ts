import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { sleep, systemClock } from "../../clock/clock.ts";
import { scriptQuestions } from "../../script/script.ts";
import { pathOf, readBody, send, sendJson, startTwinServer, type TwinServer, uvicornKeepAliveMs } from "../http.ts";
import { remember } from "../remember.ts";
import { createSerial } from "../serial.ts";
import { sendEvents, sendWhole } from "./answer.ts";
import { triggerOf, triggers } from "./faults.ts";
import { answerOf, saidIn } from "./hear.ts";
import { type EarsTwinKind, earsTwinKinds } from "./kinds.ts";
import type { EarsTwinOptions, SeenRecording } from "./options.ts";
import { createEarsSockets } from "./socket.ts";
import { readWave } from "./wave.ts";

/** A running stand-in of a recognizer. */
export interface EarsTwin {
  readonly url: string;
  /** Recordings in order of arrival; the newest 2000. */
  seen(): readonly SeenRecording[];
  /** From now on, this is said, and this fault is everybody's. */
  change(options: Partial<Pick<EarsTwinOptions, "says" | "fault" | "language">>): void;
  /** Ends it and every connection. */
  close(): Promise<void>;
}

/** Starts a stand-in of a server of `/v1/audio/transcriptions`, or of FunASR's WebSocket. */
export async function startEarsTwin(options: Partial<EarsTwinOptions> = {}): Promise<EarsTwin> {
  const made: EarsTwinOptions = {
    host: "127.0.0.1",
    port: 0,
    kind: "vllm-whisper",
    apiKey: undefined,
    models: undefined,
    says: scriptQuestions.map(({ question }) => question),
    language: undefined,
    delayMs: 90,
    faults: true,
    fault: undefined,
    restartMs: 1500,
    timeScale: 1,
    clock: systemClock,
    ...options,
  };
  const { clock, timeScale } = made;
  const kind: EarsTwinKind = earsTwinKinds[made.kind];
  const models = made.models ?? kind.models;
  const seen: SeenRecording[] = [];
  const closing = new AbortController();
  const serial = createSerial();

  const hear = async (request: IncomingMessage, response: ServerResponse, bytes: Buffer, entry: SeenRecording) => {
    const form = await readForm(request, bytes);
    const file = form?.get("file");
    const fields = Object.fromEntries(
      [...(form ?? [])].filter((one): one is [string, string] => typeof one[1] === "string"),
    );
    entry.fields = fields;
    const refuse = (status: number, message: string, headers = {}) => {
      entry.state = "refused";
      sendJson(response, status, kind.error(status, message), headers);
    };
    if (!(file instanceof File)) return refuse(kind.path === "/inference" ? 400 : 422, "Field required: file");
    const sound = Buffer.from(await file.arrayBuffer());
    entry.file = { name: file.name, type: file.type, bytes: sound.length };
    entry.wave = readWave(sound);
    const { model = models[0] ?? "", prompt = "", response_format: format = "json", stream } = fields;
    const trigger = triggerOf(prompt, made.faults, made.fault);
    if (models.length > 0 && !models.includes(model)) return refuse(404, `The model \`${model}\` does not exist.`);
    if (!kind.formats.includes(format) || format === trigger?.refusesFormat)
      return refuse(400, `response_format ${format} is not supported`);
    if (trigger?.refuses !== undefined) {
      const { status, message, headers, quotes } = trigger.refuses;
      const quoted = quotes === undefined ? "" : quotes === "prompt" ? prompt : saidIn(entry.wave, made.says);
      return refuse(status, message + quoted, headers);
    }
    if (trigger?.answer !== undefined) {
      entry.state = "finished";
      return send(response, 200, trigger.answer.body, { "content-type": trigger.answer.type });
    }
    if (trigger?.instead === "reset") return response.socket?.resetAndDestroy();
    if (trigger?.instead === "restart") return server.restart(made.restartMs);
    if (trigger?.instead === "hang") {
      await once(response, "close");
      entry.state = "stopped";
      return;
    }
    entry.state = "running";
    const left = new AbortController();
    response.once("close", () => {
      if (!response.writableFinished) left.abort();
    });
    try {
      const ms = (made.delayMs + (trigger?.slowSeconds ?? 0) * 1000) * timeScale;
      if (ms > 0) await sleep(clock, ms, AbortSignal.any([left.signal, closing.signal]));
    } catch {
      entry.state = "stopped";
      return;
    }
    const streams = stream === "true" && kind.stream !== undefined;
    const answer = answerOf({ ...made, kind, model, format, streams, trigger, wave: entry.wave });
    await (streams ? sendEvents : sendWhole)(response, answer);
    entry.state = response.writableEnded && !left.signal.aborted ? "finished" : "stopped";
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const route = `${request.method} ${pathOf(request)}`;
    if (route === "GET /_twin/requests") return sendJson(response, 200, seen);
    if (route === "GET /_twin/faults")
      return sendJson(
        response,
        200,
        Object.fromEntries(Object.entries(triggers).map(([name, { does }]) => [name, does])),
      );
    const isAllowed = made.apiKey === undefined || request.headers.authorization === `Bearer ${made.apiKey}`;
    const isRecording = route === `POST ${kind.path}`;
    const entry: SeenRecording = {
      headers: request.headers,
      fields: {},
      file: undefined,
      wave: undefined,
      state: "reading",
    };
    if (isRecording) remember(seen, entry);
    let bytes: Buffer;
    try {
      bytes = await readBody(request);
    } catch {
      entry.state = "stopped";
      return;
    }
    if (!isAllowed) {
      entry.state = "refused";
      return sendJson(response, 401, kind.error(401, "Unauthorized"));
    }
    if (isRecording)
      return kind.serial
        ? serial(async () => void (await hear(request, response, bytes, entry)))
        : void (await hear(request, response, bytes, entry));
    if (route === "GET /v1/models" && kind.lists)
      return sendJson(response, 200, {
        object: "list",
        data: models.map((id) => ({ id, object: "model", created: 1, owned_by: "twin" })),
      });
    if (route === "GET /health") return send(response, 200, "");
    sendJson(response, 404, { detail: "Not Found" });
  }

  const tools = { kind, seen, closing: closing.signal, restart: () => server.restart(made.restartMs) };
  const upgrade = kind.socket === undefined ? undefined : createEarsSockets(made, tools);
  const server: TwinServer = await startTwinServer(made, uvicornKeepAliveMs, handle, upgrade);
  return {
    url: server.url,
    seen: () => seen,
    change: (changed) => void Object.assign(made, changed),
    async close() {
      closing.abort();
      await server.close();
    },
  };
}

async function readForm(request: IncomingMessage, bytes: Buffer): Promise<FormData | undefined> {
  try {
    const type = request.headers["content-type"] ?? "";
    return await new Response(new Uint8Array(bytes), { headers: { "content-type": type } }).formData();
  } catch {
    return undefined;
  }
}
