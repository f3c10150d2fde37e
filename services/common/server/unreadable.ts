import type { CompatServiceDefinition, ServerMiddleware } from "nice-grpc";
import { UnreadableRequestError } from "../errors/request-error.ts";

/** Marks the object that takes the place of a message that could not be parsed. */
const unreadable = Symbol("unreadable");

type Decode = (bytes: never, ...rest: never[]) => unknown;

/**
 * Gives a service definition parsers that never fail: otherwise grpc-js would answer an unparsable message with
 * INTERNAL, bypassing all middleware. `refuseUnreadable` rejects such messages instead.
 */
export function readable<D extends CompatServiceDefinition>(definition: D): D {
  // Wraps only methods: some generated definitions list them beside other members, such as the service's name.
  const wrap = (member: unknown): unknown => {
    if (typeof member !== "object" || member === null) return member;
    const { requestType, requestDeserialize } = member as Record<string, unknown>;
    if (typeof requestDeserialize === "function")
      return { ...member, requestDeserialize: guarded(requestDeserialize as Decode) };
    const { decode } = (requestType ?? {}) as { decode?: Decode };
    return decode === undefined
      ? member
      : { ...member, requestType: { ...(requestType as object), decode: guarded(decode) } };
  };
  const wrapAll = (members: object) =>
    Object.fromEntries(Object.entries(members).map(([name, member]) => [name, wrap(member)]));
  const { methods } = definition as { methods?: object };
  return (methods === undefined ? wrapAll(definition) : { ...definition, methods: wrapAll(methods) }) as D;
}

function guarded(decode: Decode): Decode {
  return (...given) => {
    try {
      return decode(...given);
    } catch {
      return { [unreadable]: true };
    }
  };
}

/** Rejects requests that could not be parsed; for definitions made by `readable`. */
export const refuseUnreadable: ServerMiddleware = async function* refuseUnreadable(call, context) {
  if (call.requestStream) return yield* call.next(checkAll(call.request) as typeof call.request, context);
  check(call.request);
  return yield* call.next(call.request, context);
};

async function* checkAll<T>(requests: AsyncIterable<T>): AsyncGenerator<T> {
  for await (const request of requests) {
    check(request);
    yield request;
  }
}

function check(request: unknown): void {
  if (typeof request === "object" && request !== null && unreadable in request) throw new UnreadableRequestError();
}
