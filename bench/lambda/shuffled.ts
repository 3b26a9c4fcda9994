/** In another order each time: a neighbour's work on the machine then falls on all alike. */
export const shuffled = <A>(values: ReadonlyArray<A>): Array<A> =>
  values
    .map((value) => [Math.random(), value] as const)
    .toSorted(([one], [other]) => one - other)
    .map(([, value]) => value)
