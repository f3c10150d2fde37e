import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { sleep } from "../../clock/clock.ts";
import { send, sendJson } from "../http.ts";
import { sendEvents, sendWhole } from "./answer.ts";
import { triggerOf } from "./faults.ts";
import { answerOf, saidIn } from "./hear.ts";
import type { EarsTwinKind } from "./kinds.ts";
import type { EarsTwinOptions, SeenRecording } from "./options.ts";
import { readWave } from "./wave.ts";

/** The parts of the stand-in that are needed to answer a request. The options `made` may change between requests. */
export interface EarsContext {
  readonly made: EarsTwinOptions;
  readonly kind: EarsTwinKind;
  readonly models: readonly string[];
  readonly restart: () => void;
  readonly closing: AbortSignal;
}

/** A request that carries a recording. */
export interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The request's body. */
  readonly bytes: Buffer;
  readonly entry: SeenRecording;
}

/** Answers a recording with its transcript, or with the fault that its prompt triggers. */
export async function answerRecording(
  { request, response, bytes, entry }: Asked,
  { made, kind, models, restart, closing }: EarsContext,
): Promise<unknown> {
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
  if (trigger?.instead === "restart") return restart();
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
    const ms = (made.delayMs + (trigger?.slowSeconds ?? 0) * 1000) * made.timeScale;
    if (ms > 0) await sleep(made.clock, ms, AbortSignal.any([left.signal, closing]));
  } catch {
    entry.state = "stopped";
    return;
  }
  const streams = stream === "true" && kind.stream !== undefined;
  const answer = answerOf({ ...made, kind, model, format, streams, trigger, wave: entry.wave });
  await (streams ? sendEvents : sendWhole)(response, answer);
  entry.state = response.writableEnded && !left.signal.aborted ? "finished" : "stopped";
}

async function readForm(request: IncomingMessage, bytes: Buffer): Promise<FormData | undefined> {
  try {
    const type = request.headers["content-type"] ?? "";
    return await new Response(new Uint8Array(bytes), { headers: { "content-type": type } }).formData();
  } catch {
    return undefined;
  }
}
