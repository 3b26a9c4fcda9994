import { WebhookConfig } from "@concierge/core/config.ts"
import { receiveUpdate } from "@concierge/core/delivery/receive.ts"
import { Unavailable } from "@concierge/core/services/reasons.ts"
import { UpdateQueue, UpdateQueueError } from "@concierge/core/services/UpdateQueue.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { states } from "../fixtures/concierge.ts"
import { drain, receive, tell } from "../layers/drive.ts"
import { outcomeOf, queued, userOf } from "../layers/seen.ts"
import { TelegramTest } from "../layers/telegram.ts"
import { inWorld, webhookSecret } from "../layers/testWorld.ts"
import { ofKind, says, somebody } from "../layers/updates.ts"

const down = new UpdateQueueError({ reason: new Unavailable({ cause: new Error("injected") }) })

/** Nobody whose secret is not right is read: that would end the test. */
const withSecret = (secret: string | undefined) =>
  receiveUpdate({
    method: "POST",
    header: (name) => (name === "x-telegram-bot-api-secret-token" ? secret : undefined),
    body: Effect.die(new Error("the body was read")),
    correlationId: "request",
  })

describe("at the webhook", () => {
  it.effect("the queue refuses: 503, asked again, and worked then (200 is said only of what is queued)", () =>
    Effect.gen(function* () {
      const start = yield* says(somebody(), "/start")
      const refused = yield* Effect.provideService(receive(start), UpdateQueue, { send: () => Effect.fail(down) })
      assert.strictEqual(refused.status, 503)
      assert.property(refused.headers, "retry-after")
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
      yield* tell(Effect.succeed(start))
      assert.strictEqual(yield* outcomeOf(start), "applied")
    }).pipe(inWorld),
  )

  it.effect("the queue accepted, the answer was lost: 503, delivered again, worked once (no update twice)", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const start = yield* says(ana, "/start")
      const queue = yield* UpdateQueue
      const lossy = { send: (...sent: Parameters<typeof queue.send>) => Effect.andThen(queue.send(...sent), down) }
      assert.strictEqual((yield* Effect.provideService(receive(start), UpdateQueue, lossy)).status, 503)
      assert.strictEqual((yield* receive(start)).status, 200)
      assert.deepStrictEqual(yield* queued, { waiting: 2, dead: 0 })
      yield* drain
      assert.lengthOf((yield* TelegramTest).sends(), 1)
      assert.deepInclude(yield* userOf(ana), { state: states.video, version: 1, ambiguous: 0 })
    }).pipe(inWorld),
  )

  it.effect.each([
    ["missing", undefined],
    ["empty", ""],
    ["wrong", webhookSecret.replace("s", "z")],
    ["wrong in its case", webhookSecret.toUpperCase()],
    ["shorter", webhookSecret.slice(0, 3)],
    ["longer", `${webhookSecret}${webhookSecret}`],
    ["said twice", `${webhookSecret}, ${webhookSecret}`],
    ["very long", "x".repeat(100_000)],
  ] as const)("the secret is %s: 401, nothing parsed, nothing queued", ([, secret]) =>
    Effect.gen(function* () {
      const { body, status } = yield* withSecret(secret)
      assert.strictEqual(status, 401)
      assert.strictEqual(body, JSON.stringify({ error: "Unauthorized" }))
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
    }).pipe(inWorld),
  )

  it.effect("our secret is not configured: 503 and never 200, so that Telegram comes again", () =>
    Effect.gen(function* () {
      const none = { secret: undefined, originSecret: undefined }
      const { headers, status } = yield* Effect.provideService(withSecret(""), WebhookConfig, none)
      assert.strictEqual(status, 503)
      assert.property(headers, "retry-after")
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
    }).pipe(inWorld),
  )

  it.effect("the edge's secret is missing: 403 before anything else is looked at", () =>
    Effect.gen(function* () {
      const edge = { secret: undefined, originSecret: Redacted.make("edge") }
      const { status } = yield* Effect.provideService(withSecret(webhookSecret), WebhookConfig, edge)
      assert.strictEqual(status, 403)
    }).pipe(inWorld),
  )

  it.effect("a body that does not parse, with the right secret: 400, and it holds up nobody", () =>
    Effect.gen(function* () {
      for (const text of ["", "{", "[]", "null", '"text"', '{"update_id":1.5}', '{"update_id":"1"}', "{}"]) {
        const { status } = yield* receive(new TextEncoder().encode(text))
        assert.strictEqual(status, 400, text)
      }
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
      assert.strictEqual((yield* receive(new Uint8Array([0xff, 0xfe, 0x7b]))).status, 400)
      const start = yield* says(somebody(), "/start")
      yield* tell(Effect.succeed(start))
      assert.strictEqual(yield* outcomeOf(start), "applied")
    }).pipe(inWorld),
  )

  it.effect("a kind nobody knows: 200, ignored, one outcome (it must not come again for ever)", () =>
    Effect.gen(function* () {
      const update = yield* ofKind("telepathy", { thought: "?" })
      assert.strictEqual((yield* receive(update)).status, 200)
      yield* drain
      assert.strictEqual(yield* outcomeOf(update), "ignored: unused kind")
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
    }).pipe(inWorld),
  )
})
