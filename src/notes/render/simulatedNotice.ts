/** What every form of a note says first where its prices were made by a model. */
export const SIMULATED_NOTICE =
  'SIMULATED market: these prices were made by a model for demonstration and describe no real trading.'
