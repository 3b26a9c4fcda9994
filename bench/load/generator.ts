import { tell } from "../local/parent.ts"
import { type Phase, type Salvo, shoot } from "./shoot.ts"

/** A process of its own, since its work is not the host's; the same for all phases, so that a burst meets a warm one. */
const { phases, port, secret }: Load = JSON.parse(process.argv[2] ?? "")

export interface Load {
  readonly port: number
  readonly secret: string
  readonly phases: ReadonlyArray<Phase>
}

const salvos: Array<Salvo> = []
for (const phase of phases) salvos.push(await shoot({ port, secret }, phase))
tell(salvos)
