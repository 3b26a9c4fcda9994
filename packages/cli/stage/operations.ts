import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import { BadInput } from "../BadInput.ts"

/** What the stack tells the operator's tool of a stage (stacks/operations.ts). */
export interface Operations {
  /** Where Telegram delivers: through the edge, where there is one. */
  readonly webhookUrl: string
  /** Lets a request through the edge from any address; empty where there is none. */
  readonly operatorKey: string
  /** Whether new versions take the traffic only when they are released. */
  readonly isReleased: boolean
}

const header = "x-concierge-operator"

export const operationsIn = ({
  Operations: found,
}: Readonly<Record<string, unknown>>): Effect.Effect<Operations, BadInput> =>
  Predicate.hasProperty(found, "webhookUrl") && Predicate.hasProperty(found, "operatorKey")
    ? Effect.succeed({
        webhookUrl: String(found.webhookUrl),
        operatorKey: String(found.operatorKey),
        isReleased: Predicate.hasProperty(found, "isReleased") && found.isReleased === true,
      })
    : Effect.fail(
        new BadInput({ advice: "the stage was deployed by a version that tells this tool nothing: deploy it again" }),
      )

/** The headers of a request that comes as from Telegram. */
export const asTelegram = (
  secret: string,
  { operatorKey }: Pick<Operations, "operatorKey">,
): Record<string, string> => ({
  "content-type": "application/json",
  "x-telegram-bot-api-secret-token": secret,
  ...(operatorKey !== "" && { [header]: operatorKey }),
})
