import { Unavailable } from "@concierge/core/services/reasons.ts"
import { Users, UsersError } from "@concierge/core/services/Users.ts"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { amid, dynamoWire, Wire } from "../layers/dynamoWire.ts"
import { cut, type Fault, hang, noService, slow, torn } from "../layers/faults.ts"
import { refusals, serverFault, throttles } from "./fixtures/dynamoFaults.ts"
import { beginOf, somebody } from "./suites/users/people.ts"

/** After 50, 150 and 450 ms, where the attempts themselves take no time. */
const atOnce = [0, 50, 200, 650]

const begin = Effect.suspend(() => Users.use((users) => users.begin(beginOf(somebody()))))

const trouble: ReadonlyArray<readonly [string, Fault]> = [
  ...Object.entries(throttles),
  ["a fault of the service's", serverFault],
  ["a balancer's page", noService],
  ["a cut connection", cut],
  ["half an answer", torn],
]

layer(dynamoWire)("DynamoDB in trouble", (it) => {
  it.effect("is one request where there is none", () =>
    Effect.gen(function* () {
      const { attempts, exit, total } = yield* amid([], begin)
      assert.isTrue(Exit.isSuccess(exit))
      assert.deepStrictEqual([attempts, total], [[0], 0])
    }),
  )

  it.effect.each(trouble)("after %s it tries again, three times, ever later", ([, fault]) =>
    Effect.gen(function* () {
      const once = yield* amid([fault], begin)
      assert.isTrue(Exit.isSuccess(once.exit))
      assert.deepStrictEqual([once.attempts, once.total], [[0, 50], 50])
      const thrice = yield* amid([fault, fault, fault], begin)
      assert.isTrue(Exit.isSuccess(thrice.exit))
      assert.deepStrictEqual([thrice.attempts, thrice.total], [atOnce, 650])
    }),
  )

  it.effect.each(trouble)("%s that does not end is Unavailable after four attempts", ([name, fault]) =>
    Effect.gen(function* () {
      const { attempts, exit, left, total } = yield* amid([fault, fault, fault, fault, fault], begin)
      assert.deepStrictEqual([attempts, total, left], [atOnce, 650, 1])
      const error = yield* Effect.flip(exit)
      assert.instanceOf(error, UsersError)
      assert.instanceOf(error.reason, Unavailable)
      assert.instanceOf(error.reason.cause, Error)
      if (name in throttles) assert.strictEqual(error.reason.cause.name, name)
    }),
  )

  it.effect("silence is given a second, four times", () =>
    Effect.gen(function* () {
      const { attempts, exit, total } = yield* amid([hang, hang, hang, hang], begin)
      assert.deepStrictEqual([attempts, total], [[0, 1_050, 2_200, 3_650], 4_650])
      assert.strictEqual((yield* Effect.flip(exit)).reason._tag, "Unavailable")
    }),
  )

  it.effect.each([
    [0, 4_520],
    [1, 4_780],
  ] as const)("with a jitter of %d it ends within 4.8 s", ([chance, expected]) =>
    Effect.gen(function* () {
      const { attempts, total } = yield* amid([hang, hang, hang, hang], begin, chance)
      assert.strictEqual(attempts.length, 4)
      assert.approximately(total, expected, 1e-6)
    }),
  )

  it.effect("a slow answer is waited for, up to a second", () =>
    Effect.gen(function* () {
      const inTime = yield* amid([slow(999)], begin)
      assert.isTrue(Exit.isSuccess(inTime.exit))
      assert.deepStrictEqual([inTime.attempts, inTime.total], [[0], 999])
      const late = yield* amid([slow(1_001), slow(300)], begin)
      assert.isTrue(Exit.isSuccess(late.exit))
      assert.deepStrictEqual([late.attempts, late.total], [[0, 1_050], 1_350])
    }),
  )

  it.effect("trouble of several kinds is borne by one policy", () =>
    Effect.gen(function* () {
      const { attempts, exit, total } = yield* amid([cut, hang, throttles.ThrottlingException, slow(500)], begin)
      assert.isTrue(Exit.isSuccess(exit))
      assert.deepStrictEqual([attempts, total], [[0, 50, 1_200, 1_650], 2_150])
    }),
  )

  it.effect.each(Object.entries(refusals))("%s will not change and is not tried again", ([name, fault]) =>
    Effect.gen(function* () {
      const { attempts, exit, total } = yield* amid([fault], begin)
      assert.deepStrictEqual([attempts, total], [[0], 0])
      const { reason } = yield* Effect.flip(exit)
      assert.instanceOf(reason, Unavailable)
      assert.propertyVal(reason.cause, "name", name)
    }),
  )

  it.effect("a condition that does not hold is an answer", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const user = yield* users.begin(beginOf(somebody()))
      const { attempts, exit } = yield* amid([cut], users.begin(beginOf(user.userId, { token: "other" })))
      // The third is a read: a record of a newer shape refuses in the same way as one that is locked.
      assert.deepStrictEqual(attempts, [0, 50, 50])
      assert.strictEqual((yield* Effect.flip(exit)).reason._tag, "Busy")
      const release = users.release({ userId: user.userId, token: "other", clean: true })
      assert.deepStrictEqual((yield* amid([], release)).attempts, [0])
    }),
  )

  it.effect("whoever gives up a call hangs up", () =>
    Effect.gen(function* () {
      const { held } = yield* Wire
      const { attempts, exit, total } = yield* amid([hang], Effect.timeoutOption(begin, 700))
      assert.deepStrictEqual([attempts, total, held.size], [[0], 700, 0])
      assert.isTrue(Exit.isSuccess(exit))
    }),
  )
})
