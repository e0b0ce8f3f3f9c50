import { claim, type Claim } from '../claim.ts'
import { lastHeld } from '../lastHeld.ts'
import type { MacroReading } from '../macroReading.ts'
import { FLOW_SESSIONS, fundFlow, moneyStock, STOCK_DAYS } from '../moneyFlows.ts'
import { readFrom } from '../readFrom.ts'
import type { Reading } from '../reading.ts'
import { sayCount, sayDay, saySigned, saySize, sayPercent } from '../wording.ts'
import { quotesOf } from './macroSection.ts'

/** What money came in: through funds, as stablecoins, and how much of all coins' worth is the asset's. */
export const moneyClaims = (reading: Reading, macro: MacroReading): readonly Claim[] =>
  [funds(reading, macro), stablecoins(macro), share(macro)].filter((each) => each !== undefined)

function funds({ asOf }: Reading, macro: MacroReading): Claim | undefined {
  const { asset } = macro.base.frame
  const flow = fundFlow(macro)
  if (flow === undefined) return undefined
  const { last, sum, day } = flow
  const text = `Spot funds listed in the US ${sayFlow(last.value)} of ${asset} on ${sayDay(day, asOf)}, and ${sayAlso(sum.value, last.value)} over the ${sayCount(FLOW_SESSIONS)} sessions up to it.`
  return claim('bitcoin-funds', text, [last, sum], quotesOf(macro, `ETF_FLOW_${asset}`))
}

const sayFlow = (usd: number): string =>
  usd === 0 ? 'bought as much as they sold' : `${usd > 0 ? 'bought' : 'sold'} a net ${saySize(Math.abs(usd))} dollars`

/** A second flow, without the words of the first where it went the same way. */
const sayAlso = (usd: number, before: number): string =>
  Math.sign(usd) === Math.sign(before) && usd !== 0 ? `${saySize(Math.abs(usd))} dollars` : sayFlow(usd)

function stablecoins(macro: MacroReading): Claim | undefined {
  const stock = moneyStock(macro, 'stablecoin_supply', 'stablecoins in circulation')
  if (stock === undefined) return undefined
  const text = `Stablecoins in circulation come to ${saySize(stock.now.value)} dollars, ${saySigned(stock.change.value)} in ${STOCK_DAYS} days.`
  return claim('bitcoin-stablecoins', text, [stock.now, stock.change], quotesOf(macro, 'STABLECOIN_SUPPLY'))
}

function share(macro: MacroReading): Claim | undefined {
  const { base } = macro
  const bar = lastHeld(base, 'dominance')
  if (bar === undefined) return undefined
  const [part, total] = [base.figure('dominance', 'dominance', bar), base.figure('all coins', 'dominance.total', bar)]
  const text = `${base.frame.asset} is ${sayPercent(part.value)} of what all coins are worth, ${saySize(total.value)} dollars.`
  const { inputs, conventions } = readFrom(base.frame, 'market_cap')
  return claim('bitcoin-dominance', text, [part, total], {
    inputs: [...inputs, ...quotesOf(macro, 'TOTAL_CAP').inputs],
    conventions,
  })
}
