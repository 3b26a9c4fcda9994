import { createServer } from "node:http"
import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb"
import { itemOf } from "@concierge/aws/dynamo/attributes.ts"
import * as Polly from "@concierge/aws/polly/Speech.ts"
import * as S3 from "@concierge/aws/s3/Media.ts"
import { call } from "@concierge/aws/sdk/call.ts"
import * as GreetingsLayer from "@concierge/core/layers/Greetings.ts"
import * as NoMetrics from "@concierge/core/layers/NoMetrics.ts"
import { Greetings } from "@concierge/core/services/Greetings.ts"
import { Media } from "@concierge/core/services/Media.ts"
import { Settings } from "@concierge/core/services/Settings.ts"
import { Speech } from "@concierge/core/services/Speech.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import { refusal } from "../../../packages/local/aws/polly/respond.ts"
import { sdkEnvironment, withEnvironment } from "../../../packages/local/aws/sdk.ts"
import { assertClean, logged, secrets, written } from "../../fixtures/logged.ts"
import { brandLayer } from "../../layers/brand.ts"
import { listen } from "../../layers/listen.ts"
import * as PollyServer from "../../layers/polly.ts"

const token = secrets["AWS's session token"]

/** The clients that the functions have, of a service that gives every request this answer. */
const answering = (status: number, body: string) =>
  Effect.gen(function* () {
    const endpoint = yield* listen(createServer((_, response) => response.writeHead(status).end(body)))
    yield* withEnvironment({
      ...sdkEnvironment({ S3: endpoint, DYNAMODB: endpoint }),
      AWS_SECRET_ACCESS_KEY: secrets["AWS's secret key"],
      AWS_SESSION_TOKEN: token,
    })
  })

const buckets = { mediaBucket: "media-bucket", greetingsBucket: "greetings-bucket" }

const canonical = `GET\n/\n\nhost:s3.test\nx-amz-security-token:${token}\n\nhost;x-amz-security-token`

const put = call(
  async (abortSignal) => {
    const Item = itemOf({ userId: "telegram_1", firstName: [secrets.name] })
    return new DynamoDBClient({ maxAttempts: 1 }).send(new PutItemCommand({ TableName: "users", Item }), {
      abortSignal,
    })
  },
  { timeout: Duration.seconds(5), retry: Schedule.recurs(0) },
)

describe("what the functions' logger makes of", () => {
  const refusals: ReadonlyArray<readonly [code: string, more: string]> = [
    ["ExpiredToken", `<Message>The provided token has expired.</Message><Token-0>${token}</Token-0>`],
    ["SignatureDoesNotMatch", `<Message>Does not match.</Message><CanonicalRequest>${canonical}</CanonicalRequest>`],
    ["AccessDenied", `<Message>Not '${secrets.name}'</Message>`],
  ]
  it.live.each(refusals)("a bucket that answers with %s", ([code, more]) =>
    Effect.gen(function* () {
      yield* answering(400, `<?xml version="1.0"?><Error><Code>${code}</Code>${more}</Error>`)
      const get = Media.use((media) => media.get("media/welcome.mp4"))
      assertClean(yield* logged(Effect.provide(get, S3.layer(buckets))), code)
    }),
  )

  const errors: ReadonlyArray<readonly [name: string, message: string]> = [
    ["ValidationException", `1 validation error: Value '${secrets.name}' at 'item' is too large`],
    ["InvalidSignatureException", `The Canonical String for this request should have been\n'${canonical}'\n`],
  ]
  it.live.each(errors)("a table that answers with %s", ([name, message]) =>
    Effect.gen(function* () {
      yield* answering(400, JSON.stringify({ __type: `com.amazonaws.dynamodb#${name}`, message }))
      assertClean(yield* logged(put), name)
    }),
  )

  it.live("a voice that refuses a greeting", () =>
    Effect.gen(function* () {
      const message = `1 validation error: Value 'Hello, ${secrets.name} O'Neil!' at 'text' failed to satisfy constraint`
      const { next } = yield* PollyServer.Polly
      next.push(Effect.succeed(refusal("ValidationException", message)))
      const speak = Speech.use((speech) => speech.synthesize("en", secrets.name))
      assertClean(yield* logged(Effect.provide(speak, Layer.provide(Polly.layer, brandLayer))), "ValidationException")
    }).pipe(Effect.provide(PollyServer.layer)),
  )

  it.live("a greeting that can be neither read nor kept: not even a hash of it, from which a name can be guessed", () =>
    Effect.gen(function* () {
      yield* answering(403, "<Error><Code>AccessDenied</Code></Error>")
      const speech = Layer.mock(Speech, { voice: () => "Matthew", synthesize: () => Effect.succeed(new Uint8Array(1)) })
      const services = Layer.mergeAll(
        S3.layer(buckets),
        NoMetrics.layer,
        Layer.mock(Settings, { get: () => Effect.succeedNone }),
        speech,
      )
      const layer = GreetingsLayer.layer.pipe(Layer.provide(services))
      const greet = Greetings.use((greetings) => {
        const { audio, key } = greetings.greeting("en", `Hello, ${secrets.name}!`)
        return Effect.as(audio, key)
      })
      let hash = ""
      const output = yield* written(
        Effect.map(Effect.provide(greet, layer), (key) => {
          hash = key.split("/").at(-1)?.slice(0, 64) ?? ""
        }),
      )
      assertClean(output, "greeting not cached")
      assertClean(output, "tts/en/Matthew/…")
      assert.lengthOf(hash, 64)
      assert.notInclude(output, hash)
    }),
  )
})
