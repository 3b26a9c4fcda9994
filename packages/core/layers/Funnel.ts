import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { countedAge, countedLimit, counterShards } from "../delivery/times.ts"
import { Events } from "../services/Events.ts"
import { Funnel, type Reach } from "../services/Funnel.ts"
import { Settings } from "../services/Settings.ts"
import { minus } from "../Time.ts"

/** A counter a day and state, which knows the ids it has counted until none of them can come again uncounted. */
export const layer: Layer.Layer<Funnel, never, Settings | Events> = Layer.effect(
  Funnel,
  Effect.gen(function* () {
    const settings = yield* Settings
    const events = yield* Events
    return Funnel.of({
      count: Effect.fnUntraced(function* ({ at, event, state, telegramId }: Reach) {
        const key = `funnel#${at.slice(0, 10)}#${telegramId % counterShards}`
        const counted = yield* settings.count({ key, name: state, event, at })
        if (counted.size <= countedLimit) return
        const old = minus(at, countedAge)
        const candidates = [...counted].filter(([, countedAt]) => countedAt < old).map(([event]) => event)
        if (candidates.length === 0) return
        const finished = yield* events.finished(candidates.slice(0, 100))
        const forgettable = [...finished].filter(([, finishedAt]) => finishedAt < old).map(([event]) => event)
        if (forgettable.length > 0) yield* settings.forgetCounted(key, forgettable)
      }),
    })
  }),
)
