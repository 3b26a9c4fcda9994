import type { Mutant } from "./Mutant.ts"

/** What the bench is asked: whether one of these tests, in this order, notices the fault. */
export interface Asked {
  /** Without one the tests must pass. */
  readonly mutant: Mutant | undefined
  readonly tests: ReadonlyArray<string>
}

/** The first test that noticed, and the milliseconds of each that ran. */
export interface Answered {
  readonly by: string | undefined
  readonly took: Readonly<Record<string, number>>
}
