import { budget, type Measured, type Timed } from "./growth.ts"

/** For each thing that is measured, the input that it minds most. */
export const worstOf = (all: ReadonlyArray<Measured>): ReadonlyArray<Measured> =>
  [...Map.groupBy(all, ({ what }) => what).values()].flatMap((same) => same.toSorted(byGrowth).slice(0, 1))

const byGrowth = (one: Measured, other: Measured): number =>
  other.growth - one.growth || other.large.millis - one.large.millis

export const lineOf = ({ growth, input, large, small, what }: Measured): string =>
  [
    what.padEnd(30),
    input.padEnd(40),
    textOf(small).padStart(18),
    textOf(large).padStart(18),
    growth.toFixed(2).padStart(7),
  ].join("")

/** What is wrong, for whoever has to find out; undefined when nothing is. */
export const troubleOf = ({ growth, input, large, small, what }: Measured): string | undefined =>
  growth > budget
    ? `${what} of ${input} takes more than linear time: ${growth.toFixed(1)} times as long a byte (ms for bytes: ${textOf(small)}, ${textOf(large)})`
    : undefined

const textOf = ({ bytes, millis }: Timed): string => `${bytes.toLocaleString("en")}: ${Number(millis.toPrecision(3))}`
