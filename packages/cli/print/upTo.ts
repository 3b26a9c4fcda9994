/** Of seconds that are the upper end of a bucket: "< 5 min". */
export const upTo = (seconds: number | undefined): string => {
  if (seconds === undefined) return "> 1 day"
  if (seconds < 60) return `< ${seconds} s`
  if (seconds < 3_600) return `< ${seconds / 60} min`
  return seconds < 86_400 ? `< ${seconds / 3_600} h` : "< 1 day"
}
