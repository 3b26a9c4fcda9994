import * as Schema from "effect/Schema"

/** Something that is done to an input of so many bytes. */
export interface Subject {
  readonly bytes: number
  readonly run: () => unknown
}

/** What is measured with one kind of input. */
export interface Row {
  readonly what: string
  readonly input: string
  /** In bytes, 16 times apart; the large one is all that can come. */
  readonly sizes: { readonly small: number; readonly large: number }
  readonly at: (size: number) => Subject
}

const Timed = Schema.Struct({ bytes: Schema.Finite, millis: Schema.Finite })
export type Timed = typeof Timed.Type

export const Measured = Schema.Struct({
  what: Schema.String,
  input: Schema.String,
  small: Timed,
  large: Timed,
  /** How many times as long a byte of the large one takes. */
  growth: Schema.Finite,
})
export type Measured = typeof Measured.Type

/**
 * Over 16 times the size, linear is 1 and quadratic 16; halfway between, as factors go, is 4. Caches too small for the
 * large one make it 2, on a busy machine 2.5 (docs/performance.md).
 */
export const budget = 4

/** Milliseconds a byte, 5 for all that can come. Faster, it is the machine's memory that is measured, and harms nobody. */
const negligible = 20e-6

/** Milliseconds below which a clock says little. */
const resolution = 0.1

/** No round is begun after so many milliseconds, nor after so many rounds. */
const patience = 30
const rounds = 10

/** So many times as long, and as many, where the first look leaves a doubt. */
const closer = 30

/** Milliseconds of the processor: on a busy machine a long run is always interrupted, and a short one sometimes not. */
const processorTime = (): number => {
  const { system, user } = process.cpuUsage()
  return (system + user) / 1000
}

/** Measured once more, for longer, when it is nearly too much: others on the machine may have come in between. */
export const measured = (row: Row, now = processorTime): Measured => {
  const first = once(row, 1, now)
  if (first.growth <= budget / 2) return first
  const second = once(row, closer, now)
  return second.growth < first.growth ? second : first
}

/** In turns, so that what the machine does meanwhile falls on both. */
const once = ({ at, input, sizes, what }: Row, times: number, now: () => number): Measured => {
  const [small, large] = [timerOf(at(sizes.small), now), timerOf(at(sizes.large), now)]
  // What is much too slow gets one round only: with the small one cold in it, growth would look less.
  for (let time = 0; time < 4; time++) small.run()
  const end = now() + times * patience
  let round = 0
  do {
    small.run()
    large.run()
  } while (++round < times * rounds && now() < end)
  const [one, other] = [small.least(), large.least()]
  return { what, input, small: one, large: other, growth: perByte(other) / perByte(one) }
}

const perByte = ({ bytes, millis }: Timed): number => Math.max(millis / bytes, negligible)

/** The least of several times: others can only add to it. */
const timerOf = ({ bytes, run }: Subject, now: () => number) => {
  let [millis, times] = [Number.POSITIVE_INFINITY, 1]
  const time = (): number => {
    const began = now()
    for (let done = 0; done < times; done++) run()
    const took = now() - began
    millis = Math.min(millis, took / times)
    return took
  }
  return {
    run: () => {
      while (time() < resolution) times *= 2
    },
    least: (): Timed => ({ bytes, millis }),
  }
}
