import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { note, ok, type Verdict, wrong } from "../../checks/Check.ts"
import { lineOf } from "../../checks/report.ts"
import { Found } from "../../Found.ts"
import { out } from "../../print/write.ts"
import { Missed } from "./Missed.ts"

export type Named = Verdict & { readonly name: string }

/** Tells of each effect as it is seen. The first that is missed ends what comes after it. */
export const makeLooks = (isTold: boolean) => {
  const seen: Array<Named> = []
  const tell = (name: string, verdict: Verdict): Effect.Effect<void> => {
    const named = { name, ...verdict }
    seen.push(named)
    return isTold ? out(lineOf(named)) : Effect.void
  }
  const look = <A extends { readonly says: string }, E, R>(
    name: string,
    effect: Effect.Effect<A, E | Missed, R>,
  ): Effect.Effect<A, E | Found, R> =>
    Effect.gen(function* () {
      const result = yield* Effect.result(effect)
      if (Result.isSuccess(result)) {
        yield* tell(name, ok(result.success.says))
        return result.success
      }
      const { failure } = result
      if (!(failure instanceof Missed)) return yield* Effect.fail(failure)
      yield* tell(name, wrong(failure.says, failure.mend))
      return yield* new Found()
    })
  const isWell = () => seen.every(({ is }) => is !== "wrong")
  return { seen, isWell, look, note: (name: string, says: string, mend: string) => tell(name, note(says, mend)) }
}

export type Looks = ReturnType<typeof makeLooks>
