import assert from "node:assert/strict";
import type { DescEnum } from "@bufbuild/protobuf";
import { describe, it } from "vitest";
import { FinishReasonSchema, RoleSchema, WarningReasonSchema } from "../gen/duet/assistant/v1/assistant_pb.ts";
import {
  RoleSchema as ModelRoleSchema,
  FinishReasonSchema as WrittenReasonSchema,
} from "../gen/duet/generate/v1/generate_pb.ts";
import { WarningReasonSchema as SpokenReasonSchema } from "../gen/duet/synthesize/v1/synthesize_pb.ts";
import { toFinishReason, toModelRole, toWarningReason } from "./translate.ts";

/** How values of one contract's enum become those of another's. */
interface Row {
  from: DescEnum;
  to: DescEnum;
  translate: (value: never) => number;
  /** Values of `to` that no value of `from` becomes, on purpose. */
  unused?: string[];
}

const rows: Row[] = [
  { from: WrittenReasonSchema, to: FinishReasonSchema, translate: toFinishReason },
  // Whether a turn can be resumed is the edge's own affair.
  {
    from: SpokenReasonSchema,
    to: WarningReasonSchema,
    translate: toWarningReason,
    unused: ["WARNING_REASON_NOT_RESUMABLE"],
  },
  // The edge alone gives instructions, and what a tool returns is no part of a conversation.
  { from: RoleSchema, to: ModelRoleSchema, translate: toModelRole, unused: ["ROLE_SYSTEM", "ROLE_TOOL"] },
];

for (const { from, to, translate, unused = [] } of rows)
  describe(`${from.typeName} becomes ${to.typeName}`, () => {
    const nameOf = (value: number) => to.values.find(({ number }) => number === value)?.name;

    it("each value the one of its name", () => {
      assert.ok(from.values.length > 1);
      for (const { number, name } of from.values) assert.equal(nameOf(translate(number as never)), name);
    });

    it("and none of the others is forgotten", () => {
      const reached = from.values.map(({ number }) => nameOf(translate(number as never)));
      assert.deepEqual(
        to.values.map(({ name }) => name).filter((name) => !reached.includes(name)),
        unused,
      );
    });

    it("one that only a newer program knows is UNSPECIFIED", () => {
      assert.equal(translate(1_000 as never), 0);
    });
  });
