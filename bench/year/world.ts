import { brand } from "@concierge/brands/concierge/brand.ts"
import { Brand } from "@concierge/core/brand/Brand.ts"
import * as NoMetrics from "@concierge/core/layers/NoMetrics.ts"
import { Speech } from "@concierge/core/services/Speech.ts"
import { Telegram } from "@concierge/core/services/Telegram.ts"
import { servicesLayer } from "@concierge/local/host/services.ts"
import * as files from "@concierge/local/media/files.ts"
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"

/** Of the webhook. */
export const secret = "year"

let sent = 0

/** Takes everything at once: what is measured is what is kept. */
const telegram = Layer.succeed(
  Telegram,
  Telegram.of({
    sendMessage: () => Effect.sync(() => ({ messageId: ++sent })),
    sendVideo: () => Effect.sync(() => ({ messageId: ++sent, file: { fileId: "video" } })),
    sendVoice: () => Effect.sync(() => ({ messageId: ++sent, file: { fileId: `voice-${sent}` } })),
    sendChatAction: () => Effect.void,
    answerCallback: () => Effect.void,
    username: Effect.succeed(brand.bot.username),
  }),
)

const speech = Layer.succeed(
  Speech,
  Speech.of({ voice: () => "silent", synthesize: () => Effect.succeed(new Uint8Array(64)) }),
)

/** The one machine's own stores, in files of this directory, and nothing outside of them. */
export const yearLayer = (directory: string) =>
  Layer.provideMerge(
    telegram,
    servicesLayer({
      botToken: Redacted.make("4242:year"),
      secret: Redacted.make(secret),
      telegramApi: "http://127.0.0.1:9",
      tables: `${directory}/concierge.sqlite`,
    }),
  ).pipe(
    Layer.provideMerge(
      Layer.mergeAll(
        Layer.succeed(Brand, brand),
        files.layer({ directory, origin: "http://127.0.0.1:9" }),
        speech,
        NodeHttpClient.layerUndici,
        NoMetrics.layer,
        NodeFileSystem.layer,
      ),
    ),
  )
