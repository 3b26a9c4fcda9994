/** Only a terminal shows colours, and nobody who asked for none (https://no-color.org). */
export const isColoured = ({ isTTY }: { readonly isTTY?: boolean }): boolean =>
  isTTY === true && (process.env.NO_COLOR ?? "") === "" && process.env.TERM !== "dumb"

export const dim = (text: string): string => (isColoured(process.stdout) ? `\u001b[2m${text}\u001b[22m` : text)
export const bold = (text: string): string => (isColoured(process.stdout) ? `\u001b[1m${text}\u001b[22m` : text)
export const accent = (text: string): string => (isColoured(process.stdout) ? `\u001b[36m${text}\u001b[39m` : text)
