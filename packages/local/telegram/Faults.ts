import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { type Fault, type Injection, sendsMessage } from "./Fault.ts"

/** The faults that were asked for and have not happened yet. */
export class Faults extends Context.Service<
  Faults,
  {
    inject(injection: Injection): void
    take(method: string): Fault | undefined
    list(): ReadonlyArray<Injection>
    clear(): void
  }
>()("@concierge/local/telegram/Faults") {}

export const layer = Layer.effect(
  Faults,
  Effect.sync(() => {
    let waiting: ReadonlyArray<Injection> = []

    return Faults.of({
      inject: (injection) => {
        waiting = [...waiting, injection]
      },
      take: (method) => {
        const found = waiting.find((injection) => isOf(injection.method, method))
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

const isOf = (asked: string, method: string): boolean =>
  asked === "*" || (asked === "send*" ? sendsMessage(method) : asked.toLowerCase() === method.toLowerCase())
