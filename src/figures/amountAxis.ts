import { scaleLinear } from 'd3-scale'
import { formatCompact } from './format.ts'
import type { Layout } from './figure.ts'
import { element, px, textAt } from './svg.ts'
import { textWidth } from './textWidth.ts'

/** An axis of amounts from left to right, from 0 on, with ticks that do not overlap. */
export interface AmountAxis {
  readonly left: number
  readonly right: number
  readonly x: (amount: number) => number
  readonly ticks: readonly { readonly x: number; readonly from: number; readonly label: string }[]
}

/**
 * An axis from 0 to the largest amount, with as many ticks as have room.
 * @param largest - 0 for no amounts: an axis with its 0 alone
 * @example amountAxis(layoutFor(960), { left: 0, right: 100 }, 8e6).ticks.at(0)?.label // '0'
 */
export function amountAxis(
  layout: Layout,
  { left, right }: { readonly left: number; readonly right: number },
  largest: number,
): AmountAxis {
  const x = scaleLinear([0, largest > 0 ? largest : 1], [left, right])
  const place = (value: number): AmountAxis['ticks'][number] => {
    const label = formatCompact(value)
    const width = textWidth(label, layout.label)
    return { x: x(value), from: Math.max(left, Math.min(right - width, x(value) - width / 2)), label }
  }
  const isRoomy = (ticks: AmountAxis['ticks']): boolean =>
    ticks.every((tick, i) => i === 0 || tick.from >= endOf(layout, ticks[i - 1]) + 8)
  const sets = [5, 4, 3, 2, 1].map((count) => x.ticks(count).map(place))
  return { left, right, x, ticks: (largest > 0 ? sets.find(isRoomy) : undefined) ?? [place(0)] }
}

const endOf = ({ label: size }: Layout, tick: AmountAxis['ticks'][number] | undefined): number =>
  tick === undefined ? -Infinity : tick.from + textWidth(tick.label, size)

/** Upright grid lines from `top` to `bottom`, and the amounts under them. */
export function drawAmountAxis(
  layout: Layout,
  { left, right, ticks }: AmountAxis,
  top: number,
  bottom: number,
): string {
  const grid = ticks.map(({ x }) => `M${px(x)},${px(top)}V${px(bottom)}`).join('')
  const words = ticks.map(({ from, label }) => textAt(from, bottom + layout.label + 7, label, { class: 'f-m' }))
  return [
    element('path', { class: 'f-grid', d: grid }),
    element('path', { class: 'f-axis', d: `M${px(left)},${px(bottom)}H${px(right)}` }),
    ...words,
  ].join('')
}
