/** RFC 4180. A cell that a spreadsheet would take for a formula is given an apostrophe: a code may be a stranger's. */
export const csv = (rows: ReadonlyArray<ReadonlyArray<string | number>>): string =>
  rows.map((row) => row.map(cell).join(",")).join("\r\n")

const cell = (value: string | number): string => {
  if (typeof value === "number") return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
