/** A place in a trace of X-Ray's, as headers, the environment of a function and SQS's messages say it. */
export interface TraceHeader {
  /** The trace. */
  readonly root: string
  /** The segment in it, of 16 hexadecimal digits. */
  readonly parent: string
  /** Whether X-Ray keeps it: Lambda decides, of each function the first request in a second and one in twenty of the others. */
  readonly isSampled: boolean
}

/** None where it is not given, or malformed. */
export const readTraceHeader = (text: string | undefined): TraceHeader | undefined => {
  const root = /(?:^|;)Root=(1-[\da-f]{8}-[\da-f]{24})(?:;|$)/.exec(text ?? "")?.[1]
  const parent = /(?:^|;)Parent=([\da-f]{16})(?:;|$)/.exec(text ?? "")?.[1]
  if (root === undefined || parent === undefined) return undefined
  return { root, parent, isSampled: /(?:^|;)Sampled=1(?:;|$)/.test(text ?? "") }
}

/** The same in W3C's Trace Context. */
export const traceparentOf = ({ isSampled, parent, root }: TraceHeader): string =>
  `00-${root.slice(2).replace("-", "")}-${parent}-${isSampled ? "01" : "00"}`

/** What X-Ray calls a trace whose id has 32 hexadecimal digits elsewhere. */
export const rootOfTrace = (traceId: string): string => `1-${traceId.slice(0, 8)}-${traceId.slice(8)}`
