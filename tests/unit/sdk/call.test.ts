import { call, type Policy } from "@concierge/aws/sdk/call.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Schedule from "effect/Schedule"

const policy: Policy = { timeout: Duration.millis(20), retry: Schedule.recurs(2) }
const refused = (status: number) => Object.assign(new Error("no"), { $metadata: { httpStatusCode: status } })

/** A service that answers each attempt with the next of these, and never beyond them. */
const service = (...answers: ReadonlyArray<() => Promise<string>>) => {
  const signals: Array<AbortSignal> = []
  const send = (signal: AbortSignal) => {
    const answer = answers[signals.length]
    signals.push(signal)
    return answer?.() ?? new Promise<string>(() => {})
  }
  return { send, signals }
}

const fails = (error: Error) => async (): Promise<string> => Promise.reject(error)

describe("a call of the SDK's", () => {
  it.live("that is answered is made once, and not broken off afterwards", () =>
    Effect.gen(function* () {
      const { send, signals } = service(async () => "here")
      assert.strictEqual(yield* call(send, policy), "here")
      yield* Effect.sleep("40 millis")
      assert.deepStrictEqual(
        signals.map(({ aborted }) => aborted),
        [false],
      )
    }),
  )

  it.live("without an answer is broken off and made again, as often as the policy says", () =>
    Effect.gen(function* () {
      const { send, signals } = service()
      const { cause } = yield* Effect.flip(call(send, policy))
      assert.include(String(cause), "no answer within 20ms")
      assert.deepStrictEqual(
        signals.map(({ aborted }) => aborted),
        [true, true, true],
      )
    }),
  )

  it.live.each([
    ["a fault of the service's own", refused(500), {}, 3],
    ["a refusal", refused(400), {}, 1],
    ["a limit", refused(429), {}, 3],
    ["a limit that whoever calls waits out", refused(429), { givesUpThrottled: true }, 1],
  ] as const)("%s", ([, error, more, attempts]) =>
    Effect.gen(function* () {
      const { send, signals } = service(fails(error), fails(error), fails(error), fails(error))
      yield* Effect.flip(call(send, { ...policy, ...more }))
      assert.lengthOf(signals, attempts)
    }),
  )

  it.live("that throws at once has failed", () =>
    Effect.gen(function* () {
      const send = (): Promise<string> => {
        throw refused(400)
      }
      yield* Effect.flip(call(send, policy))
    }),
  )

  it.live("that nobody waits for any more is broken off", () =>
    Effect.gen(function* () {
      const { send, signals } = service()
      yield* Fiber.interrupt(yield* Effect.forkChild(call(send, policy), { startImmediately: true }))
      assert.deepStrictEqual(
        signals.map(({ aborted }) => aborted),
        [true],
      )
    }),
  )
})
