import { fromSqsRecord } from "@concierge/aws/sqs/SqsRecord.ts"
import { brand } from "@concierge/brands/concierge/brand.ts"
import { Brand } from "@concierge/core/brand/Brand.ts"
import { TombstoneKeys, WorkerConfig } from "@concierge/core/config.ts"
import { processBatch } from "@concierge/core/delivery/batch.ts"
import * as Composed from "@concierge/core/layers/composed.ts"
import * as NoMetrics from "@concierge/core/layers/NoMetrics.ts"
import { newState } from "@concierge/core/onboarding/Flow.ts"
import { newUser } from "@concierge/core/onboarding/User.ts"
import { Events } from "@concierge/core/services/Events.ts"
import { Media } from "@concierge/core/services/Media.ts"
import { Sessions } from "@concierge/core/services/Sessions.ts"
import { Settings } from "@concierge/core/services/Settings.ts"
import { Speech } from "@concierge/core/services/Speech.ts"
import { type OutgoingMessage, Telegram } from "@concierge/core/services/Telegram.ts"
import { UpdateQueue } from "@concierge/core/services/UpdateQueue.ts"
import { Users } from "@concierge/core/services/Users.ts"
import { iso } from "@concierge/core/Time.ts"
import { envelopeOf } from "@concierge/core/updates/Envelope.ts"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"

const before = brand.flow.steps.slice(
  0,
  brand.flow.steps.findIndex(({ kind }) => kind === "voice"),
)
const at = iso("2026-01-01T00:00:00.000Z")

/** The message of the last send. */
let said = ""

const send = ({ html }: OutgoingMessage) =>
  Effect.sync(() => {
    said = html
    return { messageId: 1 }
  })

const yes = Effect.succeed(true)
const none = Effect.succeedNone

/** The steps before the one that speaks, received some time ago. */
const beforeTheVoice = {
  state: before.at(-1)?.state ?? newState,
  state_progress: Object.fromEntries(before.map(({ id, state }) => [id, { state, updateId: "0", at }])),
}

/** Everybody is about to be greeted, and everything outside takes what it is given at once. */
const outside = Layer.mergeAll(
  Layer.succeed(Users, {
    begin: ({ event, until, ...begin }) =>
      Effect.succeed({
        ...newUser({ ...begin, lock: { token: begin.token, event, until } }),
        ...beforeTheVoice,
      }),
    commit: () => yes,
    release: () => yes,
    remove: () => yes,
    get: () => none,
  }),
  Layer.succeed(Events, {
    claim: (claim) => Effect.succeed({ ...claim, processed: false, deliveries: 1 }),
    finish: () => Effect.void,
    get: () => none,
    finished: () => Effect.succeed(new Map()),
    ofUser: () => Effect.succeed([]),
    strip: () => Effect.void,
  }),
  Layer.succeed(Sessions, {
    save: () => Effect.void,
    ofUser: () => Effect.succeed([]),
    removeOfUser: () => Effect.void,
  }),
  Layer.succeed(Settings, {
    get: () => none,
    put: () => Effect.void,
    remove: () => Effect.void,
    swap: () => Effect.succeed(true),
    count: () => Effect.succeed({ about: {}, cells: new Map(), ids: new Map() }),
    throttle: () => Effect.undefined,
    release: () => Effect.void,
  }),
  Layer.succeed(Telegram, {
    sendMessage: send,
    sendVideo: send,
    sendVoice: send,
    sendChatAction: () => Effect.void,
    answerCallback: () => Effect.void,
    username: Effect.succeed("concierge_bot"),
  }),
  Layer.succeed(Media, {
    get: () => Effect.succeed(new Uint8Array()),
    put: () => Effect.void,
    signedUrl: () => Effect.succeed("https://media.test/"),
  }),
  Layer.succeed(Brand, brand),
  Layer.succeed(Speech, { voice: () => "Matthew", synthesize: () => Effect.succeed(new Uint8Array()) }),
  Layer.succeed(UpdateQueue, { send: () => Effect.void }),
  Layer.succeed(WorkerConfig, { botToken: Redacted.make("4242:bench"), telegramApi: "", retention: Duration.days(90) }),
  Layer.succeed(TombstoneKeys, { key: Redacted.make("of the tombstones") }),
  NoMetrics.layer,
  Logger.layer([]),
)

const runtime = ManagedRuntime.make(Composed.layer.pipe(Layer.provideMerge(outside)))

/** What the webhook puts on the queue; a body that it refuses as it is. */
export const queuedOf = (bytes: Uint8Array): string =>
  Result.match(envelopeOf(bytes), { onSuccess: ({ json }) => json, onFailure: () => new TextDecoder().decode(bytes) })

/** Works what is queued. Gives the HTML that it sends, "" for none, or undefined for a record that is handed back. */
export const work = (body: string): string | undefined => {
  said = ""
  const failed = runtime.runSync(
    Effect.gen(function* () {
      // Without a group, as a message that was redriven: it is looked for in the body, the longest way to it.
      const update = yield* fromSqsRecord({ body, attributes: {}, messageAttributes })
      return yield* processBatch([{ id: "m", update }])
    }),
  )
  return failed.length === 0 ? said : undefined
}

const messageAttributes = {
  updateId: { stringValue: "1" },
  kind: { stringValue: "message" },
  receivedAt: { stringValue: new Date().toISOString() },
  correlationId: { stringValue: "bench" },
  attempt: { stringValue: "0" },
}
