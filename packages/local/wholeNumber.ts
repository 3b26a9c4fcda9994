/** A number as it stands in a path; undefined: it is no whole one. */
export const wholeNumber = (text = ""): number | undefined =>
  /^-?\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined
