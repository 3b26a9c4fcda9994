import type { Events } from "@concierge/core/services/Events.ts"
import { layer as suite } from "@effect/vitest"
import type * as Layer from "effect/Layer"
import { claimContract } from "./events/claim.ts"
import { finishContract } from "./events/finish.ts"
import { otherContract } from "./events/others.ts"
import type { Stored } from "./Stored.ts"

/** What makes a repeat harmless, however late it comes. */
export const eventsContract = <E>(name: string, layer: Layer.Layer<Events | Stored, E>) =>
  suite(layer)(`Events: ${name}`, (it) => {
    claimContract(it)
    finishContract(it)
    otherContract(it)
  })
