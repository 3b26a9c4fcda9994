import * as Layer from "effect/Layer"
import * as Ended from "./Ended.ts"
import * as FileIds from "./FileIds.ts"
import * as Funnel from "./Funnel.ts"
import * as Greetings from "./Greetings.ts"
import * as GroupSlots from "./GroupSlots.ts"
import * as Links from "./Links.ts"
import * as Pace from "./Pace.ts"
import * as Tombstones from "./Tombstones.ts"

/** The services that stand on other services and nothing else: the same wherever the system runs. */
export const layer = Layer.mergeAll(
  FileIds.layer,
  Funnel.layer,
  Greetings.layer,
  GroupSlots.layer,
  Links.layer,
  Pace.layer,
  Tombstones.layer,
).pipe(Layer.provideMerge(Ended.layer))
