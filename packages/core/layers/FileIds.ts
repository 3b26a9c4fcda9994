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
import type { KnownFile } from "../services/Telegram.ts"

/** As many as a container remembers; the one that nobody has asked for longest goes first. */
const capacity = 2_000

/** After this an id is asked for again: one that an operator had forgotten is used no longer. */
const knownFor = Duration.minutes(15)

/** Among the settings, and what is known in the container's memory. That an id is missing is not remembered. */
export const layer: Layer.Layer<FileIds, never, Settings | WorkerConfig> = Layer.effect(
  FileIds,
  Effect.gen(function* () {
    const settings = yield* Settings
    const { botToken } = yield* WorkerConfig
    const settingOf = (key: string): string => `file#${botIdOf(botToken)}#${key}`
    const stored = Effect.fnUntraced(function* (key: string) {
      return knownOf(Option.getOrUndefined(yield* settings.get(settingOf(key))))
    })
    const known = yield* Cache.makeWith(stored, {
      capacity,
      timeToLive: (exit) => (Exit.isSuccess(exit) && exit.value !== undefined ? knownFor : Duration.zero),
    })
    return FileIds.of({
      get: (key) => Cache.get(known, key),
      remember: Effect.fnUntraced(function* (key, file, expiresAt) {
        const before = Option.getOrUndefined(yield* Cache.getSuccess(known, key))
        if (before?.fileId === file.fileId && before.cover === file.cover) return
        yield* Cache.set(known, key, file)
        const value = file.cover === undefined ? file.fileId : { fileId: file.fileId, cover: file.cover }
        yield* settings.put({ key: settingOf(key), value, ...(expiresAt !== undefined && { expiresAt }) })
      }),
      forget: (key) => Effect.andThen(Cache.invalidate(known, key), settings.remove(settingOf(key))),
    })
  }),
)

/** An id alone, or with that of the cover. */
const knownOf = (value: unknown): KnownFile | undefined => {
  if (Predicate.isString(value)) return { fileId: value }
  if (!Predicate.hasProperty(value, "fileId") || !Predicate.isString(value.fileId)) return undefined
  return {
    fileId: value.fileId,
    ...(Predicate.hasProperty(value, "cover") && Predicate.isString(value.cover) && { cover: value.cover }),
  }
}
