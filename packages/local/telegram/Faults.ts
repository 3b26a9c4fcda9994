import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

/** How a call goes wrong. */
export type Fault =
  /** Nothing is done; this error is answered. */
  | {
      readonly _tag: "Refuse"
      readonly status: number
      readonly description: string
      /** Seconds. */
      readonly retryAfter?: number
    }
  /** Nothing is done and no answer comes. */
  | { readonly _tag: "Hang" }
  /** It is done as asked, but the connection is cut instead of the answer. */
  | { readonly _tag: "CutAfter" }
  /** It is done as asked, and answered only after so many milliseconds. */
  | { readonly _tag: "Slow"; readonly millis: number }
  /** It is done as asked, and never answered. */
  | { readonly _tag: "Lose" }
  /** Nothing is done and the connection is cut. */
  | { readonly _tag: "CutBefore" }

export interface Injection {
  /** As in the URL; `*` is every method. */
  readonly method: string
  readonly fault: Fault
  readonly times: number
}

export const tooManyRequests = (retryAfter: number): Fault => ({
  _tag: "Refuse",
  status: 429,
  description: `Too Many Requests: retry after ${retryAfter}`,
  retryAfter,
})

export const internalError: Fault = { _tag: "Refuse", status: 500, description: "Internal Server Error" }

/** The faults that tests have asked for and that have not happened yet. */
export class Faults extends Context.Service<
  Faults,
  {
    inject(injection: Injection): void
    take(method: string): Fault | undefined
    list(): ReadonlyArray<Injection>
    clear(): void
  }
>()("@concierge/local/telegram/Faults") {
  static readonly layer = Layer.effect(
    Faults,
    Effect.sync(() => {
      let waiting: ReadonlyArray<Injection> = []

      return Faults.of({
        inject: (injection) => {
          waiting = [...waiting, injection]
        },
        take: (method) => {
          const found = waiting.find((injection) => injection.method === "*" || isSame(injection.method, method))
          if (found === undefined) return undefined
          waiting = waiting.flatMap((injection) => {
            if (injection !== found) return [injection]
            return injection.times > 1 ? [{ ...injection, times: injection.times - 1 }] : []
          })
          return found.fault
        },
        list: () => waiting,
        clear: () => {
          waiting = []
        },
      })
    }),
  )
}

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()
