import { type Failure, invalidRequest } from "../../errors.ts";

const forms: readonly (readonly [header: string, form: RegExp, description: string])[] = [
  ["connect-timeout-ms", /^\d{1,10}$/, "must be a whole number of milliseconds, of at most ten digits"],
  ["grpc-timeout", /^\d{1,8}[HMSmun]$/, "must be a number of at most eight digits and one of the units H M S m u n"],
];

/** If a call's headers contain a malformed deadline, removes it and returns the failure that reports it. */
export function takeWrongDeadline(headers: Headers): Failure | undefined {
  for (const [field, form, description] of forms) {
    const value = headers.get(field);
    if (value === null || form.test(value)) continue;
    headers.delete(field);
    return invalidRequest([{ field, reason: "INVALID_FORMAT", description }]);
  }
  return undefined;
}
