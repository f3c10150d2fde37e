import { createRegistry } from "@bufbuild/protobuf";
import { Code, ConnectError, type Interceptor } from "@connectrpc/connect";
import type { Log } from "../../infra/log/log.ts";
import { mapError, mapErrors, toConnectError, toFailure } from "../connect/errors.ts";
import { describeCause, Failure, invalidRequest } from "../errors.ts";
import { file_duet_assistant_v1_assistant } from "../gen/duet/assistant/v1/assistant_pb.ts";

const messages = createRegistry(file_duet_assistant_v1_assistant);

/** Says of a request that cannot be read what is wrong with it, in our own words and without quoting it. */
export const explainRequests: Interceptor = (next) => (request) =>
  next(request.stream ? { ...request, message: mapError(request.message, explainRequestError) } : request);

/** The border of every call: whatever it throws leaves it as a failure that its caller understands. */
export function errorBorder(log: Log): Interceptor {
  return mapErrors((error, signal) => {
    const isOurFault = !(error instanceof Failure || error instanceof ConnectError);
    // A caller that hangs up makes whatever was being written to it fail.
    if (isOurFault && !signal.aborted) log.error({ cause: describeCause(error) }, "the edge failed");
    return toConnectError(toFailure(error));
  });
}

/** Turns what reading a request threw into what its caller is told. */
export function explainRequestError(error: unknown): unknown {
  if (!(error instanceof ConnectError)) return error;
  if (error.code === Code.ResourceExhausted)
    return new Failure(
      "RESOURCE_EXHAUSTED",
      "REQUEST_TOO_LARGE",
      "the request is larger than 4 MiB: shorten the text or the history",
    );
  const said = error.rawMessage;
  const [, kind, name = "", why = ""] = /^cannot decode (message|field|enum) (\S+) from JSON: (.*)$/s.exec(said) ?? [];
  const key = /^key "(.*)" is unknown$/s.exec(why)?.[1];
  if (key !== undefined) return invalidRequest([{ field: key, description: unknownField(name) }]);
  if (kind === "field")
    // What follows is the value.
    return invalidRequest([{ field: shortName(name), description: why.replace(/[,:;] .*$|"/gs, "") }]);
  if (kind === "enum") return invalidRequest([{ field: lowerFirst(shortName(name)), description: unknownValue(name) }]);
  if (kind === "message") return unreadable("is not valid JSON of its message");
  if (/utf-?8/i.test(said)) return unreadable("is not valid UTF-8");
  if (said.startsWith("parse binary")) return unreadable("is not a valid message of its type");
  if (/incomplete envelope|promised \d+ bytes/.test(said))
    return unreadable("is cut short or not framed as its content type says");
  return error;
}

function unknownField(message: string): string {
  const fields = messages.getMessage(message)?.fields.map(({ name }) => name) ?? [];
  return `is no field of ${shortName(message)}, whose fields are ${fields.join(", ")}`;
}

function unknownValue(type: string): string {
  const values = messages.getEnum(type)?.values.map(({ name }) => name) ?? [];
  return `is none of ${values.join(", ")}`;
}

function shortName(typeName: string): string {
  return typeName.slice(typeName.lastIndexOf(".") + 1);
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function unreadable(what: string): Failure {
  return new Failure("INVALID_ARGUMENT", "UNREADABLE_REQUEST", `the request ${what}: check how it is encoded`);
}
