/** The measures of positioning in the order in which they are drawn. */
export const SHARE_IDS = ['long_short_accounts', 'top_positions', 'top_accounts', 'taker_ratio'] as const
export type ShareId = (typeof SHARE_IDS)[number]

/** Each measure as a figure names it, what stands on its long side, and the same in a sentence: `67 % of all accounts are long`. */
export const SHARES: Readonly<
  Record<ShareId, { readonly label: string; readonly definition: string; readonly whole: string }>
> = {
  long_short_accounts: {
    label: 'all accounts',
    definition: 'accounts that are net long, of all that hold a position',
    whole: 'all accounts',
  },
  top_positions: {
    label: 'top positions',
    definition: 'what top traders hold long, of all they hold',
    whole: 'what top traders hold',
  },
  top_accounts: {
    label: 'top accounts',
    definition: 'top traders who are net long, of all top traders with a position',
    whole: 'top traders',
  },
  taker_ratio: {
    label: 'taker volume',
    definition: 'volume that takers bought, of all taker volume; a flow, not a holding',
    whole: 'taker volume',
  },
}
