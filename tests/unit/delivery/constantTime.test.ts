import crypto from "node:crypto"
import { syncBuiltinESMExports } from "node:module"
import { WebhookConfig } from "@concierge/core/config.ts"
import { receiveUpdate } from "@concierge/core/delivery/receive.ts"
import { UpdateQueue } from "@concierge/core/services/UpdateQueue.ts"
import { iso } from "@concierge/core/Time.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { afterAll, beforeEach, vi } from "vitest"
import { metricsLayer } from "../../layers/metrics.ts"

// Node's own module, as whoever has imported it sees it.
const compared = vi.spyOn(crypto, "timingSafeEqual")
syncBuiltinESMExports()
afterAll(() => {
  compared.mockRestore()
  syncBuiltinESMExports()
})
beforeEach(() => void compared.mockClear())

const secret = "s3cret"
const world = Layer.mergeAll(
  Layer.succeed(WebhookConfig, { secret: Redacted.make(secret), originSecret: Redacted.make(secret) }),
  Layer.mock(UpdateQueue, { send: () => Effect.void }),
  metricsLayer,
)

/** While Telegram is told of another secret: with one that still counts, and with one that does no more. */
const replaced = (until: string) =>
  Layer.succeed(WebhookConfig, {
    secret: Redacted.make(secret),
    originSecret: undefined,
    formerSecret: { value: Redacted.make("f0rmer"), until: iso(until) },
  })

/** Comparisons that a request with these headers brings about, each with the lengths of its two sides in bytes. */
const comparisons = Effect.fnUntraced(function* (
  headers: Readonly<Record<string, string>>,
  expected: number,
  on: typeof world = world,
) {
  const body = Effect.succeed(new TextEncoder().encode('{"update_id":1}'))
  const header = (name: string) => headers[name]
  const { status } = yield* Effect.provide(receiveUpdate({ method: "POST", header, body, correlationId: "1" }), on)
  assert.strictEqual(status, expected)
  // A digest in hexadecimal has 64.
  return compared.mock.calls.map((sides) => sides.map(({ byteLength }) => byteLength))
})

describe("a secret is compared in constant time", () => {
  it.effect.each([
    ["empty", "", 401],
    ["shorter", "s3cre", 401],
    ["as long", "s3creT", 401],
    ["longer", secret.repeat(10_000), 401],
    ["the one", secret, 200],
  ] as const)("when what is given is %s: the same bytes are looked at, all of them", ([, given, status]) =>
    Effect.gen(function* () {
      const origin = { "x-origin-verify": given }
      const telegram = { "x-telegram-bot-api-secret-token": given }
      const both = [
        [64, 64],
        [64, 64],
      ]
      assert.deepStrictEqual(yield* comparisons({ ...telegram, "x-origin-verify": secret }, status), both)
      compared.mockClear()
      const refused = status === 200 ? 200 : 403
      const seen = yield* comparisons({ "x-telegram-bot-api-secret-token": secret, ...origin }, refused)
      assert.deepStrictEqual(seen, refused === 200 ? both : both.slice(1))
    }),
  )

  it.effect.each([
    ["neither", "s3creT", [401, 401]],
    ["the new one", secret, [200, 200]],
    ["the former one", "f0rmer", [200, 401]],
  ] as const)(
    "while there are two and what is given is %s: both are looked at, counting or not",
    ([, given, expected]) =>
      Effect.gen(function* () {
        for (const [index, until] of ["9999-12-31T00:00:00.000Z", "1970-01-01T00:00:00.000Z"].entries()) {
          const headers = { "x-telegram-bot-api-secret-token": given }
          const seen = yield* comparisons(headers, expected[index] ?? 0, Layer.merge(world, replaced(until)))
          assert.deepStrictEqual(seen, [
            [64, 64],
            [64, 64],
          ])
          compared.mockClear()
        }
      }),
  )
})
