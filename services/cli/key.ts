import { type Command, InvalidArgumentError } from "commander";
import { createApiKey, keyScopes, parseExpiry, tenantForm } from "../../infra/net/api-key.ts";
import { groupName } from "../../infra/settings/groups.ts";

/** The arguments of `duet key`. */
interface KeyArguments {
  readonly tenant: string;
  readonly scopes?: string;
  readonly profiles?: string;
  readonly priority?: number;
  readonly expires?: string;
  readonly note?: string;
}

/** Adds the command `duet key`. */
export function addKeyCommand(program: Command): void {
  program
    .command("key")
    .summary("make an API key")
    .description(
      "Makes an API key, and prints it and the line to add to the keys file. The key is stored nowhere and cannot be derived from that line: " +
        "give it to its user. edge.keys.file (DUET_EDGE_KEYS_FILE) names the file; docs/access.md describes it.",
    )
    .requiredOption("--tenant <name>", "the tenant that the key belongs to", readName)
    .option("--scopes <list>", "what it allows: converse, speak, sessions (default: all)", readScopes)
    .option(
      "--profiles <list>",
      "the profiles that it may use; requests that name none get the first (default: all)",
      readProfiles,
    )
    .option(
      "--priority <number>",
      "the priority of its calls, -9 to 9: higher goes first while engines are busy (default: the tenant's)",
      readPriority,
    )
    .option("--expires <time>", "when the key expires, in UTC: 2027-01-31 or 2027-01-31T12:00:00Z", readTime)
    .option("--note <text>", "a note to keep with the key in the file")
    .addHelpText(
      "after",
      `
The first line printed is the key, the second is to be added below "keys:" in the file.

Example:
  npm run --silent duet -- key --tenant acme --scopes converse,speak --expires 2027-01-31`,
    )
    .action((given: KeyArguments) => {
      const { key, id, sha256 } = createApiKey();
      const { tenant, scopes, profiles, priority, expires, note } = given;
      const fields = [
        ["id", id],
        ["sha256", JSON.stringify(sha256)],
        ["tenant", JSON.stringify(tenant)],
        ["scopes", scopes && `[${scopes}]`],
        ["profiles", profiles && `[${profiles}]`],
        ["priority", priority],
        ["expires", expires],
        ["note", note && JSON.stringify(note)],
      ].filter(([, value]) => value !== undefined);
      const line = fields.map(([name, value]) => `${name}: ${value}`).join(", ");
      process.stdout.write(`${key}\n  - { ${line} }\n`);
    });
}

function readName(text: string): string {
  if (tenantForm.test(text)) return text;
  throw new InvalidArgumentError("It must be 1 to 64 characters (A-Z a-z 0-9 . _ : -), the first a letter or digit.");
}

function readScopes(text: string): string {
  const words = text.split(",").map((word) => word.trim());
  if (words.every((word) => (keyScopes as readonly string[]).includes(word))) return words.join(", ");
  throw new InvalidArgumentError(`The scopes must be one or more of ${keyScopes.join(", ")}, separated by commas.`);
}

function readProfiles(text: string): string {
  const ids = text.split(",").map((id) => id.trim());
  if (ids.every((id) => groupName.test(id))) return ids.map((id) => JSON.stringify(id)).join(", ");
  throw new InvalidArgumentError("The profiles must be profile ids separated by commas.");
}

function readPriority(text: string): number {
  if (/^-?\d$/.test(text)) return Number(text);
  throw new InvalidArgumentError("The priority must be a whole number from -9 to 9.");
}

function readTime(text: string): string {
  if (parseExpiry(text) !== undefined) return text;
  throw new InvalidArgumentError("The expiry must be a time in UTC, such as 2027-01-31 or 2027-01-31T12:00:00Z.");
}
