import { runBundle } from "../infra/process/bundled.ts";
import { collectByWhatIsHeld } from "../infra/process/collect.ts";
import { keepCompiled } from "../infra/process/compiled.ts";

collectByWhatIsHeld();
keepCompiled();
if (!runBundle("edge")) await import("./run.ts");
