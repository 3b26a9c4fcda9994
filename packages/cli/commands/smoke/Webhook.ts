import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { BadInput } from "../../BadInput.ts"
import type { Missed } from "./Missed.ts"

/** How a request comes: as Telegram's do, with a secret that is none, or without the key by which the edge knows this tool. */
export type Guise = "as Telegram" | "with another secret" | "past the edge"

export interface Answered {
  readonly status: number
  readonly millis: number
}

/** The webhook that is deployed, or that listens on this machine. */
export class Webhook extends Context.Service<
  Webhook,
  {
    post(update: object, guise: Guise): Effect.Effect<Answered, Missed>
    /** Whether anything stands before it that lets only Telegram and this tool through. */
    readonly hasEdge: boolean
    /** What to do when it knows another secret than the one that is set. */
    readonly renew: string
    /** Whose private chat it is, in Telegram's words; undefined where all people are made up. */
    ownerOf(chat: number): Effect.Effect<string | undefined, BadInput>
  }
>()("@concierge/cli/commands/smoke/Webhook") {}
