/** Something that AWS or its provider would refuse. */
export interface Finding {
  readonly resource: string
  /** The property, by its path, or what was counted. */
  readonly where: string
  readonly says: string
}

/** One way of checking: what it found, and how much it looked at. */
export interface Verdict {
  readonly by: string
  readonly looked: string
  readonly findings: ReadonlyArray<Finding>
}
