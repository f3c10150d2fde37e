import { collectByWhatIsHeld } from "../infra/process/collect.ts";
import { keepCompiled } from "../infra/process/compiled.ts";

collectByWhatIsHeld();
keepCompiled();
await import("./run.ts");
