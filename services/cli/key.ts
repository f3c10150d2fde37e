import { type Command, InvalidArgumentError } from "commander";
import { createApiKey, keyScopes, parseExpiry, tenantForm } from "../../infra/net/api-key.ts";
import { groupName } from "../../infra/settings/groups.ts";

/** The command's arguments. */
interface KeyArguments {
  readonly tenant: string;
  readonly scopes?: string;
  readonly profiles?: string;
  readonly priority?: number;
  readonly expires?: string;
  readonly note?: string;
}

/** Adds `duet key`. */
export function addKeyCommand(program: Command): void {
  program
    .command("key")
    .summary("make an API key")
    .description(
      "Makes an API key, and prints it and the line that the keys file needs of it. The key is kept nowhere, and cannot be told from the line: " +
        "give it to whom it is for. edge.keys.file (DUET_EDGE_KEYS_FILE) names the file; docs/access.md says what else stands in it.",
    )
    .requiredOption("--tenant <name>", "whose key it is", readName)
    .option("--scopes <list>", "what it allows, of converse, speak and sessions; else all", readScopes)
    .option("--profiles <list>", "the profiles that it may use, the first by default; else all", readProfiles)
    .option("--priority <number>", "-9 to 9: what goes first where engines are short; else its tenant's", readPriority)
    .option("--expires <time>", "from when on it is refused, in UTC: 2027-01-31 or 2027-01-31T12:00:00Z", readTime)
    .option("--note <text>", "whatever you want to find there")
    .addHelpText(
      "after",
      `
Prints the key on its first line, and on its second what goes below "keys:" in the file.

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
  throw new InvalidArgumentError("It must be 1 to 64 of A-Z a-z 0-9 . _ : -, beginning with a letter or digit.");
}

function readScopes(text: string): string {
  const words = text.split(",").map((word) => word.trim());
  if (words.every((word) => (keyScopes as readonly string[]).includes(word))) return words.join(", ");
  throw new InvalidArgumentError(`They are ${keyScopes.join(", ")}, with commas between them.`);
}

function readProfiles(text: string): string {
  const ids = text.split(",").map((id) => id.trim());
  if (ids.every((id) => groupName.test(id))) return ids.map((id) => JSON.stringify(id)).join(", ");
  throw new InvalidArgumentError("They are ids of profiles, with commas between them.");
}

function readPriority(text: string): number {
  if (/^-?\d$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be a whole number from -9 to 9.");
}

function readTime(text: string): string {
  if (parseExpiry(text) !== undefined) return text;
  throw new InvalidArgumentError("It must be a time in UTC, such as 2027-01-31 or 2027-01-31T12:00:00Z.");
}
