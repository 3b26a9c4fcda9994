import * as SqsDeadLetters from "@concierge/aws/sqs/DeadLetters.ts"
import { DeadLetters } from "@concierge/core/services/DeadLetters.ts"
import { assert, layer } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { awsEnvironment } from "../layers/awsEnvironment.ts"
import { fastForward } from "../layers/fastForward.ts"
import { type Scripted, type Step, scripted } from "../layers/scripted.ts"

class Wire extends Context.Service<Wire, Scripted>()("@concierge/tests/DeadLettersWire") {}

const letters = Layer.unwrap(
  Effect.gen(function* () {
    const wire = yield* scripted
    yield* awsEnvironment({ SQS: wire.url })
    return Layer.merge(Layer.succeed(Wire, wire), SqsDeadLetters.layer({ url: `${wire.url}/1/DeadLetters` }))
  }),
)

const answer = (status: number, body: object): Step => ({
  status,
  headers: { "content-type": "application/x-amz-json-1.0" },
  body: JSON.stringify(body),
})
const refused = (status: number, name: string): Step => answer(status, { __type: `com.amazonaws.sqs#${name}` })
const empty = answer(200, {})

const read = DeadLetters.use(({ letters }) => Stream.runCollect(letters))

/** Reads while the service does these things; how it ended, what was asked, and how many milliseconds it took. */
const readAmid = Effect.fnUntraced(function* (...steps: ReadonlyArray<Step>) {
  const { requests, steps: coming } = yield* Wire
  coming.push(...steps)
  const [asked, startedAt] = [requests.length, yield* Clock.currentTimeMillis]
  const ended = yield* fastForward(
    read.pipe(
      Effect.map(({ length }): number | string => length),
      Effect.catchTag("DeadLettersError", ({ reason }) => Effect.succeed(reason._tag)),
    ),
  )
  const bodies = requests.slice(asked).map(({ body }) => JSON.parse(body))
  return { ended, bodies, attempts: bodies.length, millis: (yield* Clock.currentTimeMillis) - startedAt }
})

layer(letters)("DeadLetters: SQS on the wire", (it) => {
  it.effect("asks for all attributes, ten at a time, hidden for five minutes, and has all servers asked", () =>
    Effect.gen(function* () {
      const [first] = (yield* readAmid(empty)).bodies
      assert.deepInclude(first, { MaxNumberOfMessages: 10, VisibilityTimeout: 300, WaitTimeSeconds: 1 })
      assert.deepInclude(first, { MessageSystemAttributeNames: ["All"], MessageAttributeNames: ["All"] })
    }),
  )

  it.effect("a letter that SQS gives twice is one letter, given back by the handle given last", () =>
    Effect.gen(function* () {
      const message = { MessageId: "1", Body: "hello", MD5OfBody: "5d41402abc4b2a76b9719d911017c592" }
      const given = (handle: string) => answer(200, { Messages: [{ ...message, ReceiptHandle: handle }] })
      const { requests, steps } = yield* Wire
      steps.push(given("first"), given("second"), empty)
      assert.lengthOf(yield* fastForward(read), 1)
      const { Entries } = JSON.parse(requests.at(-1)?.body ?? "")
      assert.deepStrictEqual(Entries, [{ Id: "0", ReceiptHandle: "second", VisibilityTimeout: 0 }])
    }),
  )

  it.effect.each([
    ["a fault of SQS", refused(500, "InternalFailure")],
    ["a limit", refused(400, "RequestThrottled")],
    ["a limit of KMS", refused(400, "KmsThrottled")],
    ["a cut connection", "cut"],
    ["silence", "hang"],
  ] as const)("after %s it tries again", ([, step]) =>
    Effect.gen(function* () {
      assert.deepInclude(yield* readAmid(step, step, empty), { ended: 0, attempts: 3 })
    }),
  )

  it.effect("three silences are Unavailable within sixteen seconds", () =>
    Effect.gen(function* () {
      const { attempts, ended, millis } = yield* readAmid("hang", "hang", "hang")
      assert.deepStrictEqual([ended, attempts], ["Unavailable", 3])
      assert.isTrue(millis >= 15_000 && millis < 16_000, `${millis} ms`)
    }),
  )

  it.effect("what will not change is not tried again", () =>
    Effect.gen(function* () {
      const ends = yield* readAmid(refused(403, "AccessDeniedException"))
      assert.deepInclude(ends, { ended: "Unavailable", attempts: 1 })
    }),
  )
})
