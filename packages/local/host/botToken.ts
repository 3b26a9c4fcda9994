import * as Redacted from "effect/Redacted"

/** The stand-in's only bot. Its token opens nothing but the stand-in, and that listens on loopback alone. */
export const botToken = Redacted.make("4242:stand-in", { label: "botToken" })
