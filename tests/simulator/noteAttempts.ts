import * as Effect from "effect/Effect"
import type { Services } from "./Services.ts"
import type { Container, World } from "./World.ts"

/** Has the history know which attempt of which invocation holds whose lock. */
export const noteAttempts = (world: World, container: Container): Services["stores"] => {
  const { stores } = world
  return {
    ...stores,
    users: {
      ...stores.users,
      begin: (input) =>
        Effect.suspend(() => {
          const { event, token, userId } = input
          const { invocation } = container
          const { attempts } = world.history
          if (invocation !== undefined && !attempts.has(token)) {
            const attempt = { token, event, userId, invocation: invocation.id, cutShort: invocation.isOver }
            attempts.set(token, attempt)
          }
          const attempt = attempts.get(token)
          return Effect.tap(
            stores.users.begin(input),
            Effect.sync(() => {
              if (attempt !== undefined && container.invocation?.id === attempt.invocation) {
                container.invocation.attempts.set(userId, attempt)
              }
            }),
          )
        }),
    },
  }
}
