/**
 * How Lambda's bootstrap starts Node: the sizes are for a function of 512 MB, a tenth of it for the young generation,
 * which has three semi-spaces' worth. V8's flags matter to a code cache: it is taken only under those it was made with.
 */
export const lambdaFlags = [
  "--expose-gc",
  "--max-http-header-size=81920",
  "--max-semi-space-size=25",
  "--max-old-space-size=460",
]
