import type { Place } from './topics.ts'

/** What a client asks of its socket, or the error that it gets. */
export type Control =
  | { readonly is: 'SUBSCRIBE' | 'UNSUBSCRIBE'; readonly streams: readonly string[]; readonly id: unknown }
  | { readonly is: 'LIST_SUBSCRIPTIONS' | 'GET_PROPERTY'; readonly id: unknown }
  | { readonly is: 'SET_PROPERTY'; readonly combined: boolean; readonly id: unknown }
  | { readonly is: 'error'; readonly reply: unknown }

/** Reads a message of a client as the venue does, with its words for what is wrong. */
export function readControl(text: string, place: Place): Control {
  const asked = parsed(text)
  if (asked === undefined) return error(3, 'Invalid JSON: expected value at line 1 column 1')
  const { method, params, id } = asked
  if (!isId(id, place)) return error(2, 'Invalid request: request ID must be an unsigned integer')
  switch (method) {
    case 'SUBSCRIBE':
    case 'UNSUBSCRIBE':
      return { is: method, streams: Array.isArray(params) ? params.map(String) : [], id }
    case 'LIST_SUBSCRIPTIONS':
      return { is: method, id }
    case 'SET_PROPERTY':
    case 'GET_PROPERTY':
      return property(method, { params: Array.isArray(params) ? params : [], id, place })
    case undefined:
      return error(2, `Invalid request: missing field \`method\` at line 1 column ${text.length}`)
    default:
      return error(
        2,
        `Invalid request: unknown variant ${String(method)}, expected one of \`SUBSCRIBE\`, \`UNSUBSCRIBE\`, \`LIST_SUBSCRIPTIONS\`, \`SET_PROPERTY\`, \`GET_PROPERTY\` at line 1 column 28`,
      )
  }
}

/** What the venue says when more streams are asked for than a connection may have. */
export const TOO_MANY = { code: 2, msg: 'Invalid request: too many parameters' }

interface Property {
  readonly params: readonly unknown[]
  readonly id: unknown
  readonly place: Place
}

function property(method: 'SET_PROPERTY' | 'GET_PROPERTY', { params: [name, value], id, place }: Property): Control {
  if (typeof name !== 'string') return error(2, 'Invalid request: property name must be a string')
  if (name !== 'combined') {
    return { is: 'error', reply: { code: 0, msg: 'Unknown property', ...(place === 'spot' ? { id } : {}) } }
  }
  if (method === 'GET_PROPERTY') return { is: method, id }
  if (typeof value !== 'boolean') return error(1, 'Invalid value type: expected Boolean')
  return { is: method, combined: value, id }
}

const error = (code: number, msg: string): Control => ({ is: 'error', reply: { code, msg } })

/** Spot takes text and nothing, too. */
function isId(id: unknown, place: Place): boolean {
  if (typeof id === 'number') return Number.isInteger(id) && (id >= 0 || place === 'spot')
  return place === 'spot' && (id === null || (typeof id === 'string' && /^[A-Za-z0-9]{0,36}$/.test(id)))
}

function parsed(text: string): Readonly<Record<'method' | 'params' | 'id', unknown>> | undefined {
  try {
    const json: unknown = JSON.parse(text)
    return typeof json === 'object' && json !== null
      ? { method: undefined, params: undefined, id: null, ...json }
      : undefined
  } catch {
    return undefined
  }
}
