/** One small fault: what stands at a place of a file, and what is put there. */
export interface Mutant {
  readonly file: string
  readonly line: number
  readonly start: number
  readonly end: number
  readonly from: string
  readonly to: string
}

/** How a mutant is named in reports, and among those that change nothing. */
export const nameOf = ({ file, from, line, to }: Mutant): string =>
  `${file}:${line}: ${from.trim()} → ${to.trim() || "nothing"}`
