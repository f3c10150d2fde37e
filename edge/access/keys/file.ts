import { parse } from "yaml";
import { z } from "zod";
import { keyScopes, parseExpiry, tenantForm } from "../../../infra/net/api-key.ts";
import type { Profiles } from "../../../infra/settings/profiles.ts";
import { profileRights } from "../identity.ts";
import { mostAudioSeconds } from "../limits/limits.ts";
import { allScopes } from "../scopes.ts";
import type { ApiKey, Keys } from "./keys.ts";

const count = z.number().int().min(1);
const limits = z.strictObject({
  requestsPerMinute: count.optional(),
  turnsAtOnce: count.optional(),
  audioSecondsPerDay: count.max(mostAudioSeconds).optional(),
});
const priority = z.number().int().min(-9).max(9);
const tenantName = z
  .string()
  .regex(tenantForm, "must be 1 to 64 characters out of A-Z a-z 0-9 . _ : -, beginning with a letter or digit");
const expiry = z.string().transform((text, context) => {
  const time = parseExpiry(text);
  if (time === undefined) context.addIssue("must be a time in UTC, such as 2027-01-31 or 2027-01-31T12:00:00Z");
  return time;
});
// The error for an invalid id. Its wording also fits an id without quotes that YAML reads as a number, such as `12e3`.
const idFault = "must be the id of a key, as `duet key` writes it";
const hashFault = "must be the SHA-256 of the key in hexadecimal, in quotes";
const key = z.strictObject({
  id: z.string(idFault).regex(/^[a-z0-9]{10}$/, idFault),
  sha256: z.string(hashFault).regex(/^[0-9a-f]{64}$/, hashFault),
  tenant: tenantName,
  scopes: z.array(z.enum(keyScopes)).min(1).optional(),
  priority: priority.optional(),
  expires: expiry.optional(),
  limits: limits.optional(),
  profile: z.string().min(1).optional(),
  profiles: z.array(z.string().min(1)).min(1).optional(),
  note: z.string().optional(),
});
const tenant = z.strictObject({ priority: priority.optional(), limits: limits.optional() });
const file = z.strictObject({
  keys: z.array(key).nullish(),
  tenants: z.record(tenantName, tenant).nullish(),
});

/** Parses a keys file, whose keys may use the `known` profiles. Throws an Error that lists everything wrong with it. */
export function readKeys(text: string, known: Profiles = new Map()): Keys {
  const read = file.safeParse(parse(text) ?? {});
  if (!read.success) throw new Error(read.error.issues.map(writeIssue).join("; "));
  const keys = new Map<string, ApiKey>();
  for (const { id, sha256, tenant, scopes, priority, expires, limits = {}, ...named } of read.data.keys ?? []) {
    if (keys.has(id)) throw new Error(`keys: ${id} is listed twice`);
    const profiles = profileRights(named.profile, named.profiles);
    for (const profile of [...(profiles.allowed ?? []), profiles.own ?? []].flat())
      if (!known.has(profile))
        throw new Error(`keys: ${id} names the profile ${profile}, which the config does not have`);
    if (profiles.own !== undefined && profiles.allowed?.has(profiles.own) === false)
      throw new Error(`keys: ${id} has "profile: ${profiles.own}", but its "profiles" does not list that profile`);
    keys.set(id, {
      sha256: Buffer.from(sha256, "hex"),
      tenant,
      scopes: scopes === undefined ? allScopes : new Set(scopes),
      profiles,
      priority,
      expiresAt: expires,
      limits,
    });
  }
  const tenants = Object.entries(read.data.tenants ?? {}).map(
    ([name, { priority = 0, limits = {} }]) => [name, { priority, limits }] as const,
  );
  return { keys, tenants: new Map(tenants) };
}

function writeIssue({ path, message }: { path: PropertyKey[]; message: string }): string {
  const field = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  return `${field.replace(/^\./, "") || "the file"}: ${message}`;
}
