import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Code, ConnectError } from "@connectrpc/connect";
import { BadRequestSchema, ErrorInfoSchema } from "../../edge/wellknown/gen/google/rpc/error_details_pb.ts";
import { createGrpcClient } from "../support/callers.ts";
import { type Program, startProgram } from "../support/processes.ts";
import { type Stack, startStack } from "../support/stack.ts";

/** Three assistants; `files` is the folder of their lexicons. */
export const profilesIn = (files: string) => ({
  shop: {
    displayName: "Shop",
    instructions: "You sell bicycles.",
    voice: "hans",
    language: "en",
    lexicon: join(files, "shop.yaml"),
    generation: { maxTokens: 40, temperature: 0.3 },
    limits: { maxTokens: 60, maxTemperature: 1 },
  },
  museum: { instructions: "You show a museum.", language: "zh-CN", lexicon: join(files, "museum.yaml") },
  plain: { limits: { maxTokens: 60 } },
});

/** Services that know the profiles, and what ends all of it. */
export interface ProfileHouse {
  readonly stack: Stack;
  readonly files: string;
  readonly profiles: string;
  /** An edge that is a process of its own, and a customer of it. */
  startEdge(env?: Record<string, string>): Promise<{ program: Program; client: Client; end(): Promise<void> }>;
  close(): Promise<void>;
}

export type Client = ReturnType<typeof createGrpcClient>["client"];

/** Starts twins and services for the profiles above. */
export async function startHouse(): Promise<ProfileHouse> {
  const files = mkdtempSync(join(tmpdir(), "duet-profiles-"));
  writeFileSync(join(files, "shop.yaml"), "all: { ACME: ack me, Derby: dar bee }\n");
  writeFileSync(join(files, "museum.yaml"), "all: { ACME: 艾克美 }\n");
  writeFileSync(join(files, "own.yaml"), "all: { ACME: a c m e, Zed: zett }\n");
  const profiles = JSON.stringify(profilesIn(files));
  const stack = await startStack({
    timeScale: 0.02,
    fish: { voices: ["emma", "hans"] },
    settings: { DUET_PROFILES: profiles, DUET_SYNTHESIZE_LEXICON: join(files, "own.yaml") },
  });
  return {
    stack,
    files,
    profiles,
    async startEdge(env = {}) {
      const program = await startProgram("edge/main.ts", {
        DUET_EDGE_LISTEN: "127.0.0.1:0",
        DUET_EDGE_GENERATE_URL: stack.generate.url,
        DUET_EDGE_SYNTHESIZE_URL: stack.synthesize.url,
        DUET_EDGE_INSTRUCTIONS: "Answer briefly.",
        DUET_PROFILES: profiles,
        DUET_DRAIN_TIMEOUT_MS: "0",
        ...env,
      });
      const { client, close } = createGrpcClient(program.url);
      const end = async () => {
        close();
        await program.stop();
      };
      return { program, client, end };
    },
    async close() {
      await stack.close();
      rmSync(files, { recursive: true });
    },
  };
}

/** What a refusal says: its code, and what is said of `profile` or else its reason. */
export function saidOf(error: unknown): string {
  const failed = ConnectError.from(error);
  const [field] = failed.findDetails(BadRequestSchema)[0]?.fieldViolations ?? [];
  const said =
    field === undefined ? failed.findDetails(ErrorInfoSchema)[0]?.reason : `${field.field} ${field.description}`;
  return `${Code[failed.code]}: ${said}`;
}
