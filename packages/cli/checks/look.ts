import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { givenArguments } from "../places/again.ts"
import { Aws, AwsRefused } from "./Aws.ts"
import type { Check, Verdict } from "./Check.ts"
import { ofRefusal } from "./refusal.ts"

/** One question to AWS, with its answer as it is expected. */
export const ask = <A>(shape: Schema.Codec<A, unknown>, ...args: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const { ask } = yield* Aws
    const answer = yield* ask(args)
    return yield* Effect.mapError(
      Schema.decodeUnknownEffect(shape)(answer),
      () =>
        new AwsRefused({ code: "", says: `aws ${args.slice(0, 2).join(" ")} answered something else than expected` }),
    )
  })

/** A check of AWS: a refusal is its verdict. */
export const awsCheck = (name: string, look: Effect.Effect<Verdict, AwsRefused, Aws>): Check<Aws> => ({
  name,
  look: Effect.catch(look, (refused) => Effect.sync(() => ofRefusal(refused, givenArguments()))),
})
