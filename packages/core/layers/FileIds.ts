import * as Cache from "effect/Cache"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import { botIdOf, WorkerConfig } from "../config.ts"
import { FileIds } from "../services/FileIds.ts"
import { Settings } from "../services/Settings.ts"

/** As many as a container remembers; the one that nobody has asked for longest goes first. */
const capacity = 2_000

/** Among the settings, and what is known in the container's memory. That an id is missing is not remembered. */
export const layer: Layer.Layer<FileIds, never, Settings | WorkerConfig> = Layer.effect(
  FileIds,
  Effect.gen(function* () {
    const settings = yield* Settings
    const { botToken } = yield* WorkerConfig
    const settingOf = (key: string): string => `file#${botIdOf(botToken)}#${key}`
    const stored = Effect.fnUntraced(function* (key: string) {
      const value = Option.getOrUndefined(yield* settings.get(settingOf(key)))
      return Predicate.isString(value) ? value : undefined
    })
    const known = yield* Cache.makeWith(stored, {
      capacity,
      timeToLive: (exit) => (Exit.isSuccess(exit) && exit.value !== undefined ? Duration.infinity : Duration.zero),
    })
    return FileIds.of({
      get: (key) => Cache.get(known, key),
      remember: Effect.fnUntraced(function* (key, fileId, expiresAt) {
        const before = yield* Cache.getSuccess(known, key)
        if (Option.isSome(before) && before.value === fileId) return
        yield* Cache.set(known, key, fileId)
        yield* settings.put({ key: settingOf(key), value: fileId, ...(expiresAt !== undefined && { expiresAt }) })
      }),
      forget: (key) => Effect.andThen(Cache.invalidate(known, key), settings.remove(settingOf(key))),
    })
  }),
)
