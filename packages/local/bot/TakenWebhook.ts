import { join } from "node:path"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Layer from "effect/Layer"
import type { PlatformError } from "effect/PlatformError"
import * as Schema from "effect/Schema"
import { writeAtomically } from "../media/writeAtomically.ts"

/** What `setWebhook` needs to put a webhook back. */
export const Kept = Schema.Struct({
  url: Schema.String,
  secret_token: Schema.optionalKey(Schema.String),
  max_connections: Schema.optionalKey(Schema.Int),
  ip_address: Schema.optionalKey(Schema.String),
  /** Empty: the usual kinds. */
  allowed_updates: Schema.Array(Schema.String),
})
export type Kept = typeof Kept.Type

/** The webhook that was taken away, in a file: it is to be put back even by another process than took it. */
export class TakenWebhook extends Context.Service<
  TakenWebhook,
  {
    readonly kept: Effect.Effect<Kept | undefined, PlatformError | Schema.SchemaError>
    keep(webhook: Kept): Effect.Effect<void, PlatformError>
    readonly forget: Effect.Effect<void, PlatformError>
    /** Of the file. */
    readonly path: string
  }
>()("@concierge/local/bot/TakenWebhook") {}

const json = Schema.fromJsonString(Kept)
const [decode, encode] = [Schema.decodeUnknownEffect(json), Schema.encodeSync(json)]

export const layer = (directory: string): Layer.Layer<TakenWebhook, never, FileSystem.FileSystem> =>
  Layer.effect(
    TakenWebhook,
    Effect.gen(function* () {
      const fs = yield* FileSystem.FileSystem
      const path = join(directory, "taken-webhook.json")
      return TakenWebhook.of({
        path,
        kept: Effect.gen(function* () {
          if (!(yield* fs.exists(path))) return undefined
          return yield* decode(yield* fs.readFileString(path))
        }),
        keep: (webhook) =>
          Effect.provideService(
            writeAtomically(path, new TextEncoder().encode(encode(webhook))),
            FileSystem.FileSystem,
            fs,
          ),
        forget: fs.remove(path, { force: true }),
      })
    }),
  )
