/** Faults that change nothing that anybody could see, each with its reason: by file and what is replaced. */
export const sameAnyway: ReadonlyArray<{ readonly file: string; readonly at: RegExp; readonly why: string }> = []
