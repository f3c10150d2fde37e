import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { languageOf } from "../../infra/text/language/language.ts";
import { canonicalTag } from "../../infra/text/language/tag.ts";
import type { Access } from "../access/access.ts";
import type { Call } from "../call.ts";
import { Failure } from "../errors.ts";
import { type ChatRequest, type ChatResponseSchema, Role } from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { Ports } from "../hosts/ports.ts";
import type { Watermark } from "../marking/watermark.ts";
import { generationOf, instructionsOf, noticeOf, speechOf } from "../profiles/apply.ts";
import type { ChooseProfile } from "../profiles/choose.ts";
import type { Sessions } from "../session/sessions.ts";
import type { EventOf, TurnEvent } from "../turn/events.ts";
import { startTurn, type TurnTools } from "../turn/turn.ts";
import type { Writer } from "../turn/writer.ts";
import { toSpokenFile } from "./file.ts";
import { outputOf, type StoredFormName, storedForms } from "./output.ts";
import type { Shelf } from "./shelf.ts";

/** What is needed to answer questions and store the speech of the answers. */
export interface ChatTools {
  readonly shelf: Shelf;
  /** The audio form of stored files if the request names none. */
  readonly form: StoredFormName;
  /** Adds a watermark to the stored speech. Default: no watermark. */
  readonly watermark: Watermark | undefined;
  readonly ports: Ports;
  readonly sessions: Sessions;
  readonly access: Access;
  readonly profiles: ChooseProfile;
  readonly turn: TurnTools;
  /** The instructions for the model, for requests without their own. */
  readonly instructions: string;
  /** The notice that a conversation's first answer begins with; may be empty. */
  readonly notice: string;
  /** Returns the current Unix time in milliseconds. */
  readonly unixNow: () => number;
}

/** An answer as it is stored: without the URL of its speech, which is made anew for each caller. */
export interface Answered {
  readonly response: MessageInitShape<typeof ChatResponseSchema>;
  /** The key under which the answer's speech is stored. */
  readonly key: string;
}

/** The job for which a question is answered. Retries of the job store the speech under the same key. */
export interface OfJob {
  readonly id: string;
  readonly at: number;
  /** Throws if another worker has taken over the job. */
  readonly expectOwned: () => Promise<void>;
}

/** Answers a question and stores its speech. If it throws a Failure, nothing is stored. */
export async function answerChat(call: Call, request: ChatRequest, tools: ChatTools, job?: OfJob): Promise<Answered> {
  const { shelf, unixNow } = tools;
  shelf.expectRoom();
  const output = outputOf(request.output, tools.form);
  let text = "";
  let started: EventOf<"started"> | undefined;
  let finished: EventOf<"finished"> | undefined;
  const warnings: EventOf<"warning">[] = [];
  const onEvent = (event: TurnEvent) => {
    if (event.case === "started") started = event.value;
    if (event.case === "textDelta") text += event.value.text ?? "";
    if (event.case === "warning") warnings.push(event.value);
    if (event.case === "finished") finished = event.value;
  };
  const turn = await beginTurn(call, request, tools);
  const at = job?.at ?? unixNow();
  const { clock } = tools.turn;
  const { watermark } = tools;
  const file = await toSpokenFile(turn, output, { clock, signal: call.signal, watermark }, onEvent);
  if (started?.turnId === undefined || finished === undefined)
    throw new Failure("UNAVAILABLE", "CUT", "the answer was cut off before its end: ask again");
  await job?.expectOwned();
  const { ending, encoding } = storedForms[output.name];
  const { bytes, durationMs } = file;
  const key = await shelf.put({ tenant: call.tenant, id: job?.id ?? started.turnId, at, ending, bytes });
  const { turnId, voice = "", model = "", marked } = started;
  const { finishReason, usage, timings } = finished;
  return {
    key,
    response: {
      turnId,
      userId: call.user ?? request.userId,
      text,
      audio: {
        durationMs,
        encoding,
        sampleRateHertz: output.rate,
        byteCount: bytes.length,
        ...(marked && { marked: { ...marked, watermark: watermark !== undefined } }),
      },
      voice,
      model,
      warnings,
      ...(finishReason !== undefined && { finishReason }),
      ...(usage && { usage }),
      ...(timings && job === undefined && { timings }),
    },
  };
}

/** Adds to an answer the URL of the answer's speech, for a caller who reached the edge at `origin`. */
export async function withUrl(
  { response, key }: Answered,
  shelf: Shelf,
  origin: string,
): Promise<Answered["response"]> {
  const { url, expiresAt } = await shelf.urlOf(key, origin);
  const audio = { ...response.audio, url, expireTime: timestampFromMs(expiresAt) };
  return { ...response, audio } as Answered["response"];
}

async function beginTurn(call: Call, request: ChatRequest, tools: ChatTools) {
  const { ports, sessions, access, profiles } = tools;
  const { text, sessionId, userId, voice, language } = request;
  const chosen = await profiles.of(call, request);
  const { id, profile } = chosen;
  const joined =
    sessionId === ""
      ? undefined
      : sessions.join(call, { session: sessionId, user: userId, profile: chosen, question: text, given: "" });
  const historyOf = () => joined?.prompt() ?? [...request.history, { role: Role.USER, content: text }];
  const generation = generationOf(profile, request.generation ?? {});
  const instructions = instructionsOf(profile, request.instructions, tools.instructions);
  const write: Writer = (call, turnId, openings) =>
    ports.askModel({ instructions, history: historyOf(), sessionId, options: generation })(call, turnId, openings);
  const plan = {
    rpc: "Converse",
    write,
    ...speechOf(chosen, { voice, language: canonicalTag(language) ?? "" }),
    questionLanguage: languageOf(text) ?? "",
    profile: id,
    notice: noticeOf(profile, tools.notice, historyOf),
    keep: joined?.keep,
  } as const;
  return access.meter(call, chosen, { maxTokens: generation.maxTokens }, startTurn(call, plan, tools.turn));
}
