import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { respond } from "../../packages/local/aws/polly/respond.ts"
import { type PollyResponse, serve } from "../../packages/local/aws/polly/server.ts"
import * as espeak from "../../packages/local/speech/espeak.ts"
import { awsEnvironment } from "./awsEnvironment.ts"
import { brandLayer } from "./brand.ts"

/** Polly of the test's own. */
export class Polly extends Context.Service<
  Polly,
  {
    /** The next requests are answered so, one each, instead of as Polly would. */
    readonly next: Array<Effect.Effect<PollyResponse>>
    /** The bodies of all requests so far. */
    readonly requests: Array<string>
  }
>()("@concierge/tests/Polly") {}

/** Answers with real audio; the SDK's environment leads to it. */
export const layer = Layer.effect(
  Polly,
  Effect.gen(function* () {
    const next: Array<Effect.Effect<PollyResponse>> = []
    const requests: Array<string> = []
    const endpoint = yield* serve((request) =>
      Effect.suspend(() => {
        requests.push(request.body)
        return next.shift() ?? respond(request)
      }),
    )
    yield* awsEnvironment({ POLLY: endpoint })
    return Polly.of({ next, requests })
  }),
).pipe(Layer.provide(espeak.layer), Layer.provide(brandLayer))
