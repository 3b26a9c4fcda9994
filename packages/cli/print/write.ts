import * as Effect from "effect/Effect"

// Not through the logger: what a command prints is its result, and nothing else may come between.

export const out = (text: string): Effect.Effect<void> => Effect.sync(() => void process.stdout.write(`${text}\n`))

export const err = (text: string): Effect.Effect<void> => Effect.sync(() => void process.stderr.write(`${text}\n`))

export const json = (value: unknown): Effect.Effect<void> => out(JSON.stringify(value, null, 2))
