import type { Answer } from "./send.ts";

/** What is no answer to give to anybody, whatever they sent: a fault that nobody has classified. */
const unclassified = new Set(["internal", "unknown", "INTERNAL", "UNKNOWN", ""]);
const ownFaults = new Set(["0", "1", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "14", "16"]);

interface ErrorJson {
  readonly code?: string;
  readonly details?: readonly { readonly type: string; readonly debug?: { readonly reason?: string } }[];
}

/** What is wrong with an answer of the edge, in words; undefined if nothing is. */
export function judgeEdge(answer: Answer, method = "POST"): string | undefined {
  const { status, headers, trailers, body } = answer;
  if (answer.cut) return "cut without an answer";
  if (status < 200 || (status >= 500 && ![501, 503, 504, 505].includes(status))) return `status ${status}`;
  const type = String(headers["content-type"] ?? "");
  if (type.startsWith("application/grpc")) {
    const inBody = type.includes("text") ? fromBase64(body.toString("latin1")) : body.toString("latin1");
    const code = headers["grpc-status"] ?? trailers["grpc-status"] ?? /grpc-status: ?(\d+)/i.exec(inBody)?.[1];
    return ownFaults.has(String(code)) ? undefined : `grpc-status ${code}`;
  }
  if (type.startsWith("application/json") && status >= 400 && method !== "HEAD")
    return judgeError(parse(body.toString()) as ErrorJson);
  if (type.startsWith("application/x-ndjson") || type.startsWith("application/connect+")) {
    const last = type.includes("ndjson") ? body.toString().trim().split("\n").at(-1) : lastFrame(body);
    const { error } = parse(last ?? "") as { error?: ErrorJson };
    return error === undefined ? undefined : judgeError(error);
  }
  return undefined;
}

/** The data of a stream's last frame. */
function lastFrame(body: Buffer): string {
  let at = 0;
  for (;;) {
    const end = at + 5 + body.readUInt32BE(at + 1);
    if (end >= body.length) return body.subarray(at + 5, end).toString();
    at = end;
  }
}

/** Base64 in parts, each with its own padding. */
function fromBase64(text: string): string {
  return (text.match(/[^=]+=*/g) ?? []).map((part) => Buffer.from(part, "base64").toString("latin1")).join("");
}

function judgeError(error: ErrorJson | undefined): string | undefined {
  if (error === undefined) return "an error that is no JSON";
  const reason = error.details?.find(({ type }) => type === "google.rpc.ErrorInfo")?.debug?.reason ?? "";
  const isClassified = !unclassified.has(error.code ?? "") && !unclassified.has(reason);
  return isClassified ? undefined : `code ${error.code}, reason ${reason}: ${JSON.stringify(error).slice(0, 300)}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What is wrong with an answer of a service over gRPC. */
export function judgeGrpc({ status, headers, trailers, cut }: Answer): string | undefined {
  // What is no gRPC at all is refused by HTTP's own means.
  if (cut || status >= 400) return undefined;
  const code = headers["grpc-status"] ?? trailers["grpc-status"];
  const message = headers["grpc-message"] ?? trailers["grpc-message"];
  // As every library of gRPC has it.
  if (String(message).startsWith("Invalid%20grpc-timeout")) return undefined;
  return ownFaults.has(String(code)) ? undefined : `grpc-status ${code}: ${message}`;
}

/** What is wrong with the answer to bytes that are hardly HTTP. */
export function judgeRaw(answer: Buffer): string | undefined {
  const text = answer.toString("latin1");
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 400);
  return status >= 200 && status < 500 ? undefined : text.slice(0, 200);
}
