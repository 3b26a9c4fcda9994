import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import { botIdOf, WorkerConfig } from "../config.ts"
import { Settings, type SettingsError } from "./Settings.ts"

/** As many as a container remembers; the oldest goes first. A greeting's id is needed once in a while, a video's always. */
const remembered = 2_000

/** The id by which Telegram knows a file that this bot has sent: sent by it, a file is neither fetched nor uploaded. */
export class FileIds extends Context.Service<
  FileIds,
  {
    /** Asks the settings once for each object; what is known is known to the whole container. */
    get(key: string): Effect.Effect<string | undefined, SettingsError>
    /** `expiresAt` in epoch seconds. */
    remember(key: string, fileId: string, expiresAt?: number): Effect.Effect<void, SettingsError>
    forget(key: string): Effect.Effect<void, SettingsError>
  }
>()("@concierge/core/services/FileIds") {
  static readonly layerNoDeps = Layer.effect(
    FileIds,
    Effect.gen(function* () {
      const settings = yield* Settings
      const { botToken } = yield* WorkerConfig
      const known = new Map<string, string>()
      const settingOf = (key: string): string => `file#${botIdOf(botToken)}#${key}`
      const keep = (key: string, fileId: string): void => {
        const oldest = known.size < remembered ? undefined : known.keys().next().value
        if (oldest !== undefined) known.delete(oldest)
        known.set(key, fileId)
      }
      return FileIds.of({
        get: Effect.fnUntraced(function* (key: string) {
          const cached = known.get(key)
          if (cached !== undefined) return cached
          const stored = Option.getOrUndefined(yield* settings.get(settingOf(key)))
          if (!Predicate.isString(stored)) return undefined
          keep(key, stored)
          return stored
        }),
        remember: Effect.fnUntraced(function* (key: string, fileId: string, expiresAt?: number) {
          if (known.get(key) === fileId) return
          keep(key, fileId)
          yield* settings.put({ key: settingOf(key), value: fileId, ...(expiresAt !== undefined && { expiresAt }) })
        }),
        forget: (key) =>
          Effect.suspend(() => {
            known.delete(key)
            return settings.remove(settingOf(key))
          }),
      })
    }),
  )
}
