import { claim } from './claim.ts'
import type { Fact } from './note.ts'
import type { Reading } from './reading.ts'
import { sayYear, yearBefore } from './sections/priceSection.ts'
import { sayInstant, sayPrice, saySigned, sayVenue } from './wording.ts'

/** The line under the headline: price with its time, changes, distance from the high, volatility, source. */
export function factsOf(reading: Reading): readonly Fact[] {
  const { now, asset } = reading
  const price = now.figure('price', 'close')
  const [input] = now.frame.inputs
  const source = input === undefined ? '' : `${sayVenue(input.venue)} ${input.market} ${input.instrument}`
  const change = (days: number, label: string): Fact | undefined => {
    const figure = now.figure(label, `change(close, ${days}d)`)
    if (Number.isNaN(figure.value)) return undefined
    const text = `${asset} changed by ${saySigned(figure.value)} in ${days === 1 ? 'a day' : `${days} days`}.`
    return { label, short: saySigned(figure.value), claim: claim(`fact-change-${days}`, text, [figure], now.frame) }
  }
  const drawdown = now.figure('below the high', `drawdown(${yearBefore(reading)}).current`)
  return [
    {
      label: 'Price',
      short: sayPrice(price.value),
      claim: claim(
        'fact-price',
        `${asset} traded at ${sayPrice(price.value)} at ${sayInstant(price.at)}, on ${source}.`,
        [price],
        now.frame,
      ),
    },
    change(1, '1 day'),
    change(7, '7 days'),
    change(30, '30 days'),
    {
      label: 'From the high',
      short: saySigned(drawdown.value),
      claim: claim(
        'fact-drawdown',
        `${asset} is ${saySigned(drawdown.value)} from its high of ${sayYear(reading)}.`,
        [drawdown],
        now.frame,
      ),
    },
  ].filter((fact) => fact !== undefined)
}
