import { styleText } from "node:util"

// Node goes by the terminal, NO_COLOR, FORCE_COLOR and TERM.
const stream = process.stdout

/** Whether what is printed may have colours. */
export const isColoured: boolean = stream.isTTY && stream.hasColors()

export const dim = (text: string): string => styleText("dim", text, { stream })
export const bold = (text: string): string => styleText("bold", text, { stream })
export const accent = (text: string): string => styleText("cyan", text, { stream })
