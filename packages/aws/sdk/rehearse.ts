import * as Effect from "effect/Effect"
import { report } from "./call.ts"
import type { EarlyAgent } from "./EarlyAgent.ts"

/** What a request of the SDK's has when it is about to be sent. */
interface Request {
  readonly protocol: string
  readonly hostname: string
  readonly port?: number
}

/**
 * Makes a first request ready to the last byte, signature included, and opens the connections instead of sending it: in
 * INIT there is the CPU for it, and the first invocation then only sends. Whatever fails here fails again there, where it
 * is answered for.
 */
export const rehearse = (
  agent: EarlyAgent,
  connections: number,
  prepare: (sendTo: (request: unknown) => Promise<never>) => Promise<unknown>,
): Effect.Effect<void> =>
  Effect.tryPromise({
    try: () => prepare((request) => open(agent, connections, request as Request)),
    catch: (cause) => cause,
  }).pipe(
    Effect.timeout("1 second"),
    Effect.catch((cause) =>
      cause instanceof Rehearsed
        ? Effect.void
        : Effect.logDebug("no connection was opened early", { cause: report(cause) }),
    ),
    Effect.asVoid,
  )

class Rehearsed extends Error {}

const open = async (agent: EarlyAgent, connections: number, { hostname, port, protocol }: Request): Promise<never> => {
  if (protocol === "https:") await agent.open({ host: hostname, port: port ?? 443 }, connections)
  throw new Rehearsed()
}
