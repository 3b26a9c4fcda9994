import crypto from "node:crypto"
import { syncBuiltinESMExports } from "node:module"
import { WebhookConfig } from "@concierge/core/config.ts"
import { receiveUpdate } from "@concierge/core/delivery/receive.ts"
import { UpdateQueue } from "@concierge/core/services/UpdateQueue.ts"
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

/** Comparisons that a request with these headers brings about, each with the lengths of its two sides in bytes. */
const comparisons = Effect.fnUntraced(function* (headers: Readonly<Record<string, string>>, expected: number) {
  const body = Effect.succeed(new TextEncoder().encode('{"update_id":1}'))
  const header = (name: string) => headers[name]
  const { status } = yield* Effect.provide(receiveUpdate({ method: "POST", header, body, correlationId: "1" }), world)
  assert.strictEqual(status, expected)
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
        [32, 32],
        [32, 32],
      ]
      assert.deepStrictEqual(yield* comparisons({ ...telegram, "x-origin-verify": secret }, status), both)
      compared.mockClear()
      const refused = status === 200 ? 200 : 403
      const seen = yield* comparisons({ "x-telegram-bot-api-secret-token": secret, ...origin }, refused)
      assert.deepStrictEqual(seen, refused === 200 ? both : both.slice(1))
    }),
  )
})
