import type { QueuedUpdate } from "@concierge/core/services/UpdateQueue.ts"
import type * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { Dice } from "./chance.ts"
import type { Fault, Faults, Method } from "./Faults.ts"
import type { Attempt, History } from "./History.ts"
import type { Schedule } from "./Schedule.ts"
import type { Services } from "./Services.ts"
import type { Queued, Sqs } from "./Sqs.ts"
import type { TelegramModel } from "./TelegramModel.ts"

/** One run of the worker: Lambda's, with a batch of messages. */
export interface Invocation {
  readonly id: number
  readonly batch: ReadonlyArray<Queued>
  /** The attempt that holds each person's lock. */
  readonly attempts: Map<string, Attempt>
  /** Whom a fault befell; `undefined`: any of the batch. */
  readonly befallen: Set<string | undefined>
  isOver: boolean
  isKilled: boolean
  /** Ends it at once, in the middle of whatever it does. */
  readonly kill: () => void
}

/** A process that runs one invocation after another, until it dies. */
export interface Container {
  invocation: Invocation | undefined
  /** Milliseconds by which its clock is ahead, in a rush. */
  readonly skew: number
}

export interface World {
  readonly seed: number
  readonly schedule: Schedule
  readonly history: History
  readonly sqs: Sqs
  readonly telegram: TelegramModel
  readonly stores: Services["stores"]
  readonly scope: Scope.Scope
  readonly calls: Map<string, number>
  /** By update: the date of the message that was tapped, in seconds. */
  readonly tapped: Map<number, number>
  faults: Faults
  /** Milliseconds since 1970, by a clock that is right. */
  readonly now: () => number
  /** Puts a message on the queue, to be seen by the workers from then on. */
  readonly send: (update: QueuedUpdate, delay: number) => Effect.Effect<void>
  readonly fork: (effect: Effect.Effect<unknown>) => Effect.Effect<void>
  readonly whose: (updateId: number) => string
  readonly isTraced: boolean
}

/** A call, told from every other of the run; what is to befall it, and the chances of its times. */
export const meet = (world: World, invocation: Invocation, method: Method, who: string, whom: string | undefined) => {
  const name = `${method} ${who}`
  const nth = world.calls.get(name) ?? 0
  world.calls.set(name, nth + 1)
  world.history.calls += 1
  world.history.called.set(method, (world.history.called.get(method) ?? 0) + 1)
  const point = `${method} ${who} ${nth}` as const
  const fault = world.faults.at(point, method)
  if (fault !== undefined) {
    world.history.injected.set(point, fault)
    note(world, invocation, fault, whom)
    trace(world, () => `  ${fault} at ${point}`)
  } else trace(world, () => `  ${point}`)
  return { fault, dice: new Dice(world.seed, "times", point) }
}

const note = ({ history }: World, invocation: Invocation, fault: Fault, whom: string | undefined): void => {
  if (fault === "429 short" || fault === "429 long" || fault === "400") return
  invocation.befallen.add(whom)
  if (fault !== "slow") history.faultsOf.set(whom, (history.faultsOf.get(whom) ?? 0) + 1)
}

export const trace = (world: World, line: () => string): void => {
  if (!world.isTraced) return
  world.history.log.push(`${new Date(world.now()).toISOString().slice(5, 23)} ${line()}`)
}
