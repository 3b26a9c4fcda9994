import * as SqsQueue from "@concierge/aws/sqs/UpdateQueue.ts"
import { UpdateQueue } from "@concierge/core/services/UpdateQueue.ts"
import { Iso } from "@concierge/core/Time.ts"
import { assert, layer } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { awsEnvironment } from "../layers/awsEnvironment.ts"
import { fastForward } from "../layers/fastForward.ts"
import { type Scripted, type Step, scripted } from "../layers/scripted.ts"

class Wire extends Context.Service<Wire, Scripted>()("@concierge/tests/Wire") {}

const queue = Layer.unwrap(
  Effect.gen(function* () {
    const wire = yield* scripted
    yield* awsEnvironment({ SQS: wire.url })
    return Layer.merge(
      Layer.succeed(Wire, wire),
      SqsQueue.layer({ url: `${wire.url}/1/UpdateQueue`, tapUrl: `${wire.url}/1/TapQueue` }),
    )
  }),
)

const update = {
  body: '{"update_id":7}',
  group: "42",
  attributes: {
    updateId: 7,
    kind: "message",
    receivedAt: Iso.make("2026-11-20T12:00:00.000Z"),
    correlationId: "a",
    attempt: 0,
  },
}

const taken: Step = {
  status: 200,
  headers: { "content-type": "application/x-amz-json-1.0" },
  // md5 of the body: the client checks it.
  body: JSON.stringify({ MessageId: "1", MD5OfMessageBody: "3a9fba58836fc3920221177476838fc9" }),
}
const refused = (status: number, name: string): Step => ({
  status,
  headers: { "content-type": "application/x-amz-json-1.0" },
  body: JSON.stringify({ __type: `com.amazonaws.sqs#${name}`, message: name }),
})

/** Sends while the service does these things; how it ended, after how many attempts and milliseconds. */
const sendAmid = Effect.fnUntraced(function* (...steps: ReadonlyArray<Step>) {
  const { requests, steps: coming } = yield* Wire
  const { send } = yield* UpdateQueue
  coming.push(...steps)
  const [asked, startedAt] = [requests.length, yield* Clock.currentTimeMillis]
  const ended = yield* fastForward(
    send(update, Duration.seconds(900)).pipe(
      Effect.as("sent"),
      Effect.catchTag("UpdateQueueError", ({ reason }) => Effect.succeed(reason._tag)),
    ),
  )
  return { ended, attempts: requests.length - asked, millis: (yield* Clock.currentTimeMillis) - startedAt }
})

layer(queue)("UpdateQueue: SQS on the wire", (it) => {
  it.effect("is one request, with group, delay and attributes as text", () =>
    Effect.gen(function* () {
      assert.deepInclude(yield* sendAmid(taken), { ended: "sent", attempts: 1 })
      const { requests } = yield* Wire
      const { MessageAttributes, ...request } = JSON.parse(requests.at(-1)?.body ?? "")
      assert.deepInclude(request, { MessageBody: '{"update_id":7}', MessageGroupId: "42", DelaySeconds: 900 })
      assert.deepStrictEqual(MessageAttributes.updateId, { DataType: "String", StringValue: "7" })
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
      assert.deepInclude(yield* sendAmid(step, step, taken), { ended: "sent", attempts: 3 })
    }),
  )

  it.effect("three silences are Unavailable within five seconds", () =>
    Effect.gen(function* () {
      const { attempts, ended, millis } = yield* sendAmid("hang", "hang", "hang")
      assert.deepStrictEqual([ended, attempts], ["Unavailable", 3])
      assert.isTrue(millis >= 4_200 && millis < 5_000, `${millis} ms`)
    }),
  )

  it.effect("what will not change is not tried again", () =>
    Effect.gen(function* () {
      const ends = yield* sendAmid(refused(403, "AccessDeniedException"))
      assert.deepInclude(ends, { ended: "Unavailable", attempts: 1 })
    }),
  )
})
