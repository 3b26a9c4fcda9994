import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

/** How much is done, of how much if that is known. */
export type Progress = (done: number, of?: number) => void

const firstAfterMs = 1_000
const betweenMs = 100
/** Where nobody watches, in a log: now and then a line. */
const linesBetweenMs = 10_000

/** On stderr, and only of what takes over a second: a bar on a terminal, a line every ten seconds elsewhere. */
export const progress = (what: string): Effect.Effect<Progress, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const isTerminal = process.stderr.isTTY === true
      let next = performance.now() + firstAfterMs
      let isDrawn = false
      let last: readonly [number, number?] = [0]
      const draw = () => {
        if (performance.now() < next) return
        next = performance.now() + (isTerminal ? betweenMs : linesBetweenMs)
        isDrawn = true
        process.stderr.write(isTerminal ? `\r\u001b[K${line(what, ...last)}` : `${line(what, ...last)}\n`)
      }
      const timer = setInterval(draw, betweenMs).unref()
      const tell: Progress = (done, of) => {
        last = of === undefined ? [done] : [done, of]
        draw()
      }
      const end = () => {
        clearInterval(timer)
        if (isDrawn && isTerminal) process.stderr.write("\r\u001b[K")
      }
      return { tell, end }
    }),
    ({ end }) => Effect.sync(end),
  ).pipe(Effect.map(({ tell }) => tell))

const line = (what: string, done: number, of?: number): string => {
  if (of === undefined) return done === 0 ? `${what} …` : `${what} … ${done}`
  const share = of === 0 ? 1 : Math.min(1, done / of)
  return `${"█".repeat(Math.round(share * 30)).padEnd(30, "░")} ${Math.round(share * 100)} %, ${what} ${done} of ${of}`
}
