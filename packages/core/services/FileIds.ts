import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { SettingsError } from "./Settings.ts"
import type { KnownFile } from "./Telegram.ts"

/** The id by which Telegram knows a file that this bot has sent: sent by it, a file is neither fetched nor uploaded. */
export class FileIds extends Context.Service<
  FileIds,
  {
    /** Asks the settings once for each object; what is known is known to the whole container. */
    get(key: string): Effect.Effect<KnownFile | undefined, SettingsError>
    /** `expiresAt` in epoch seconds. */
    remember(key: string, file: KnownFile, expiresAt?: number): Effect.Effect<void, SettingsError>
    forget(key: string): Effect.Effect<void, SettingsError>
  }
>()("@concierge/core/services/FileIds") {}
