import type { IncomingMessage, ServerResponse } from "node:http";
import { encode } from "@msgpack/msgpack";
import { pathOf, send, sendJson } from "../../http.ts";
import type { FishMode } from "../modes.ts";
import { sendFieldFaults } from "../wire/error-body.ts";
import { readRequestBody } from "../wire/request-body.ts";
import { type References, referenceIdPattern } from "./references.ts";

const badId =
  "Reference ID contains invalid characters or is too long. Only alphanumeric, hyphens, underscores, and spaces are allowed.";

/** Answers the routes below `/v1/references/`: in MessagePack unless JSON is requested. */
export async function answerReferences(
  request: IncomingMessage,
  bytes: Buffer,
  response: ServerResponse,
  references: References,
  mode: FishMode,
): Promise<void> {
  const path = pathOf(request);
  if (path === "/v1/references/list") {
    const ids = references.list();
    const value = { success: true, reference_ids: ids, message: `Found ${ids.length} reference voices` };
    sendValue(request, response, { status: 200, value });
    return;
  }
  const read = await readRequestBody(request, bytes, response, mode);
  if (read === undefined) return;
  const body = (read.value ?? {}) as Record<string, unknown>;
  const absent = required[path]?.filter((name) => body[name] === undefined) ?? [];
  if (absent.length > 0)
    sendFieldFaults(
      response,
      absent.map((name) => ({ type: "missing", loc: [name], msg: "Field required", input: body })),
    );
  else sendValue(request, response, change(path, body, references));
}

function change(path: string, body: Record<string, unknown>, references: References): Outcome {
  switch (path) {
    case "/v1/references/add":
      return add(String(body.id), String(body.text), references);
    case "/v1/references/delete":
      return remove(String(body.reference_id), references);
    default:
      return rename(String(body.old_reference_id), String(body.new_reference_id), references);
  }
}

const required: Readonly<Record<string, readonly string[]>> = {
  "/v1/references/add": ["id", "audio", "text"],
  "/v1/references/delete": ["reference_id"],
  "/v1/references/update": ["old_reference_id", "new_reference_id"],
};

interface Outcome {
  status: number;
  value: object;
}

function add(id: string, text: string, references: References): Outcome {
  const outcome = (status: number, message: string) => ({
    status,
    value: { success: status === 200, message, reference_id: id },
  });
  if (!referenceIdPattern.test(id)) return outcome(400, badId);
  if (text.trim() === "") return outcome(400, "Reference text cannot be empty");
  if (references.has(id)) return outcome(409, `Reference ID '${id}' already exists`);
  references.add(id);
  return outcome(200, `Reference voice '${id}' added successfully`);
}

function remove(id: string, references: References): Outcome {
  const outcome = (status: number, message: string) => ({
    status,
    value: { success: status === 200, message, reference_id: id },
  });
  if (!referenceIdPattern.test(id)) return outcome(400, badId);
  if (!references.has(id)) return outcome(404, `Reference ID '${id}' not found`);
  references.remove(id);
  return outcome(200, `Reference voice '${id}' deleted successfully`);
}

function rename(from: string, to: string, references: References): Outcome {
  const outcome = (status: number, message: string) => ({
    status,
    value: { success: status === 200, message, old_reference_id: from, new_reference_id: to },
  });
  if (!referenceIdPattern.test(from) || !referenceIdPattern.test(to)) return outcome(400, badId);
  if (!references.has(from)) return outcome(404, `Reference ID '${from}' not found`);
  if (references.has(to)) return outcome(409, `Reference ID '${to}' already exists`);
  references.remove(from);
  references.add(to);
  return outcome(200, `Reference voice renamed from '${from}' to '${to}' successfully`);
}

function sendValue(request: IncomingMessage, response: ServerResponse, { status, value }: Outcome): void {
  const asked = `${request.headers.accept ?? ""} ${new URL(request.url ?? "/", "http://twin").searchParams.get("format") ?? ""}`;
  if (/\bjson\b/.test(asked)) sendJson(response, status, value);
  else send(response, status, encode(value), { "content-type": "application/msgpack" });
}
