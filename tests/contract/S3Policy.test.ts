import * as S3Media from "@concierge/aws/s3/Media.ts"
import { Media } from "@concierge/core/services/Media.ts"
import { assert, layer } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { fauxqs } from "../../packages/local/aws/fauxqs.ts"
import { buckets, createBuckets } from "../../packages/local/aws/s3/buckets.ts"
import { awsEnvironment } from "../layers/awsEnvironment.ts"
import { fastForward } from "../layers/fastForward.ts"
import { cut, type Fault, hang, lost, noService, torn } from "../layers/faults.ts"
import { type Proxy, proxy } from "../layers/proxy.ts"

class Trouble extends Context.Service<Trouble, Proxy>()("@concierge/tests/Trouble") {}

const troubled = Layer.unwrap(
  Effect.gen(function* () {
    const endpoint = yield* fauxqs
    yield* createBuckets(endpoint)
    const trouble = yield* proxy(endpoint)
    yield* awsEnvironment({ S3: trouble.url })
    return Layer.merge(Layer.succeed(Trouble, trouble), S3Media.layer(buckets))
  }),
)

const error = (status: number, code: string): Fault => ({
  _tag: "Answer",
  status,
  contentType: "application/xml",
  body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>refused by the test</Message></Error>`,
})

const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index % 256)

/** Does it amid these faults: how it ended, after how many attempts and milliseconds of the test's clock. */
const amid = Effect.fnUntraced(function* (
  faults: ReadonlyArray<Fault>,
  act: (media: Media["Service"]) => Effect.Effect<unknown, { readonly reason: { readonly _tag: string } }>,
) {
  const trouble = yield* Trouble
  const media = yield* Media
  trouble.faults.push(...faults)
  const [asked, startedAt] = [trouble.requests.length, yield* Clock.currentTimeMillis]
  const ended = yield* fastForward(
    act(media).pipe(
      Effect.as("done"),
      Effect.catch(({ reason }) => Effect.succeed(reason._tag)),
    ),
  )
  trouble.faults.length = 0
  return { ended, attempts: trouble.requests.length - asked, millis: (yield* Clock.currentTimeMillis) - startedAt }
})

const get = (media: Media["Service"]) => media.get("media/there.mp4")
const put = (media: Media["Service"]) => media.put("media/there.mp4", bytes, "video/mp4")

layer(troubled)("Media: S3 amid trouble", (it) => {
  it.effect.each([
    ["a fault of S3", error(500, "InternalError")],
    ["a limit", error(503, "SlowDown")],
    ["a balancer with nobody behind it", noService],
    ["a cut connection", cut],
    ["a lost answer", lost],
    ["silence", hang],
  ] as const)("after %s it reads and writes at the second attempt", ([, fault]) =>
    Effect.gen(function* () {
      assert.deepInclude(yield* amid([fault], put), { ended: "done", attempts: 2 })
      assert.deepInclude(yield* amid([fault], get), { ended: "done", attempts: 2 })
      const media = yield* Media
      assert.deepStrictEqual(new Uint8Array(yield* media.get("media/there.mp4")), bytes)
    }),
  )

  it.effect("an object torn in the middle is read again, and never half", () =>
    Effect.gen(function* () {
      yield* amid([], put)
      assert.deepInclude(yield* amid([torn], get), { ended: "done", attempts: 2 })
      assert.deepInclude(yield* amid([torn, torn], get), { ended: "Unavailable", attempts: 2 })
    }),
  )

  it.effect("silence ends in eight seconds and a half", () =>
    Effect.gen(function* () {
      for (const act of [get, put]) {
        const { attempts, ended, millis } = yield* amid([hang, hang], act)
        assert.deepStrictEqual([ended, attempts], ["Unavailable", 2])
        assert.isTrue(millis >= 8_000 && millis < 8_500, `${millis} ms`)
      }
    }),
  )

  it.effect("what will not change is not tried again", () =>
    Effect.gen(function* () {
      assert.deepInclude(yield* amid([error(403, "AccessDenied")], get), { ended: "Unavailable", attempts: 1 })
      assert.deepInclude(yield* amid([error(404, "NoSuchKey")], get), { ended: "NotFound", attempts: 1 })
    }),
  )

  it.effect("a link is made without asking anybody", () =>
    Effect.gen(function* () {
      assert.deepInclude(yield* amid([hang], (media) => media.signedUrl("media/there.mp4")), {
        ended: "done",
        attempts: 0,
      })
    }),
  )
})
