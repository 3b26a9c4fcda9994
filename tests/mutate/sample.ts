import { createHash } from "node:crypto"

/** So many of them as a seed picks: the same ones each time, whatever else is added or taken away. */
export const sample = <A>(all: ReadonlyArray<A>, name: (one: A) => string, count: number, seed: string) =>
  all
    .map((one) => ({
      one,
      at: createHash("sha256")
        .update(`${seed} ${name(one)}`)
        .digest("hex"),
    }))
    .toSorted((left, right) => (left.at < right.at ? -1 : 1))
    .slice(0, count)
    .map(({ one }) => one)
