import type * as Effect from "effect/Effect"

/** What only somebody with access to the machine can do. */
export interface Insider {
  /** By name: what nobody else may come to know. */
  readonly secrets: Effect.Effect<Readonly<Record<string, string>>>
  /** Writes texts over what is stored of a person where something else belongs. */
  readonly spoil: (userId: string, text: string) => Effect.Effect<void>
  /** Puts a message on the queue as if it were of the webhook's. */
  readonly enqueue: (updateId: number, body: string) => Effect.Effect<void>
  /** Deletes a file from the store. */
  readonly lose: (key: string) => Effect.Effect<void>
}

/** What the webhook gives a message along. */
export const attributesOf = (updateId: number) => ({
  updateId,
  kind: "message",
  receivedAt: new Date().toISOString(),
  correlationId: "of-an-insider",
  attempt: 0,
})
