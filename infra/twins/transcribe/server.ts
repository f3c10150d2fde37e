import type { IncomingMessage, ServerResponse } from "node:http";
import { systemClock } from "../../clock/clock.ts";
import { scriptQuestions } from "../../script/script.ts";
import { pathOf, readBody, send, sendJson, startTwinServer, type TwinServer, uvicornKeepAliveMs } from "../http.ts";
import { remember } from "../remember.ts";
import { createSerial } from "../serial.ts";
import { triggers } from "./faults.ts";
import { type EarsTwinKind, earsTwinKinds } from "./kinds.ts";
import type { EarsTwinOptions, SeenRecording } from "./options.ts";
import { answerRecording, type EarsContext } from "./recording.ts";
import { createEarsSockets } from "./socket.ts";

/** A running stand-in for a recognizer. */
export interface EarsTwin {
  readonly url: string;
  /** The latest 2000 requests with recordings, in order of arrival. */
  seen(): readonly SeenRecording[];
  /** Changes the transcripts and the fault of all requests from now on. */
  change(options: Partial<Pick<EarsTwinOptions, "says" | "fault" | "language">>): void;
  /** Closes the stand-in and all its connections. */
  close(): Promise<void>;
}

const defaults: EarsTwinOptions = {
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
};

/** Starts a stand-in for a server of `/v1/audio/transcriptions`, or of FunASR's WebSocket protocol. */
export async function startEarsTwin(options: Partial<EarsTwinOptions> = {}): Promise<EarsTwin> {
  const made: EarsTwinOptions = { ...defaults, ...options };
  const kind: EarsTwinKind = earsTwinKinds[made.kind];
  const models = made.models ?? kind.models;
  const seen: SeenRecording[] = [];
  const closing = new AbortController();
  const serial = createSerial();
  const restart = () => server.restart(made.restartMs);
  const context: EarsContext = { made, kind, models, restart, closing: closing.signal };

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
    if (isRecording) {
      const asked = { request, response, bytes, entry };
      const work = async () => void (await answerRecording(asked, context));
      return kind.serial ? serial(work) : work();
    }
    if (route === "GET /v1/models" && kind.lists)
      return sendJson(response, 200, {
        object: "list",
        data: models.map((id) => ({ id, object: "model", created: 1, owned_by: "twin" })),
      });
    if (route === "GET /health") return send(response, 200, "");
    sendJson(response, 404, { detail: "Not Found" });
  }

  const upgrade = kind.socket === undefined ? undefined : createEarsSockets(context, seen);
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
