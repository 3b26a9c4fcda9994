import type { Settings } from "@concierge/core/services/Settings.ts"
import { layer as suite } from "@effect/vitest"
import type * as Layer from "effect/Layer"
import type { Stored } from "./Stored.ts"
import { counterContract } from "./settings/counters.ts"
import { throttleContract } from "./settings/throttle.ts"
import { valueContract } from "./settings/values.ts"

/** Values, counters that count an event once, and a use of a key once in a window. */
export const settingsContract = <E>(name: string, layer: Layer.Layer<Settings | Stored, E>) =>
  suite(layer)(`Settings: ${name}`, (it) => {
    valueContract(it)
    counterContract(it)
    throttleContract(it)
  })
