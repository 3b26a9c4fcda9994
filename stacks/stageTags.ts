/** SST tags what its own provider makes; one of ours in another region has no tags but these, the same. */
export const stageTags = () => ({ tags: { "sst:app": $app.name, "sst:stage": $app.stage } })
