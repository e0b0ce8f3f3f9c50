/** Attributes of an element; those that are `undefined` are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>

/**
 * A coordinate as SVG writes it, to a tenth of a pixel.
 * @example px(12.3456) // '12.3'
 */
export const px = (value: number): string => String(Math.round(value * 10) / 10 + 0)

/**
 * Text made safe for SVG content and attribute values. Characters that XML forbids are dropped.
 * @example escapeXml('S&P "500" < 5,000') // 'S&amp;P &quot;500&quot; &lt; 5,000'
 */
export function escapeXml(text: string): string {
  return text
    .replaceAll(FORBIDDEN, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/**
 * One element. Numbers are rounded to a tenth, words are escaped, children are markup and are not.
 * @example element('line', { x1: 0, x2: 10.04, class: 'f-grid' }) // '<line x1="0" x2="10" class="f-grid"/>'
 */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? px(value) : escapeXml(String(value))}"`)
  const inner = children.join('')
  return inner === '' ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${inner}</${name}>`
}

/** A line of text at a baseline point; `words` are escaped. */
export const textAt = (x: number, y: number, words: string, attributes: Attributes = {}): string =>
  element('text', { x, y, ...attributes }, escapeXml(words))

/** A level line from `x1` to `x2`. */
export const horizontal = (y: number, x1: number, x2: number, className: string): string =>
  element('path', { class: className, d: `M${px(x1)},${px(y)}H${px(x2)}` })

/** An upright line from `y1` to `y2`. */
export const vertical = (x: number, y1: number, y2: number, className: string): string =>
  element('path', { class: className, d: `M${px(x)},${px(y1)}V${px(y2)}` })

// oxlint-disable-next-line no-control-regex -- XML 1.0 has no way to write these characters
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
