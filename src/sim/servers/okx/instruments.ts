import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { digestDigits } from '../answers.ts'
import type { Answer, Ask } from '../door.ts'
import { ctValOf, familyOf, spots, swaps } from './names.ts'
import { pxText, sizeText } from './quantities.ts'
import { missing, oneOf, rowsOf, unknownInstrument, wrong } from './refusals.ts'

/** All instruments of a kind, or of them one, or a family. There is no paging. */
export function instruments({ query }: Ask, market: VenueMarket): Answer {
  const listed = ofType(query, market)
  if ('status' in listed) return listed
  const [instId, family] = [query.get('instId'), query.get('instFamily') ?? query.get('uly')]
  const found = listed.filter(
    (each) => (instId === null || each.name === instId) && (family === null || familyOf(each) === family),
  )
  if (instId !== null && found.length === 0) return unknownInstrument()
  return rowsOf(found.map((listing) => (listing.market === 'spot' ? spotRow(listing) : swapRow(listing))))
}

function ofType(query: URLSearchParams, market: VenueMarket): readonly Listing[] | Answer {
  switch (query.get('instType')) {
    case null:
      return missing('instType')
    case 'SPOT':
      return spots(market)
    case 'SWAP':
      return swaps(market)
    case 'MARGIN':
    case 'FUTURES':
      return []
    case 'OPTION':
      return query.has('uly') || query.has('instFamily') ? [] : oneOf('uly', 'instFamily')
    default:
      return wrong('instType')
  }
}

const MOST = '100000000.0000000000000000'

const spotRow = (listing: Listing): unknown => ({
  alias: '',
  auctionEndTime: '',
  baseCcy: listing.base,
  category: '1',
  ctMult: '',
  ctType: '',
  ctVal: '',
  ctValCcy: '',
  contTdSwTime: String(listing.listedAt),
  expTime: '',
  futureSettlement: false,
  groupId: '1',
  instFamily: '',
  instId: listing.name,
  instType: 'SPOT',
  lever: '10',
  listTime: String(listing.listedAt),
  lotSz: sizeText(listing, 1),
  maxIcebergSz: MOST,
  maxLmtAmt: '1000000',
  maxLmtSz: '9999999999',
  maxMktAmt: '1000000',
  maxMktSz: '',
  maxStopSz: '',
  maxTriggerSz: MOST,
  maxTwapSz: MOST,
  minSz: sizeText(listing, 1),
  optType: '',
  openType: 'call_auction',
  preMktSwTime: '',
  quoteCcy: listing.quote,
  tradeQuoteCcyList: [listing.quote],
  settleCcy: '',
  state: 'live',
  ruleType: 'normal',
  stk: '',
  tickSz: tickText(listing),
  uly: '',
  instIdCode: codeOf(listing),
  instCategory: '1',
  upcChg: [],
})

/** A swap names neither base nor quote: they stand in `uly`. */
const swapRow = (listing: Listing): unknown => ({
  alias: '',
  auctionEndTime: '',
  baseCcy: '',
  category: '1',
  contTdSwTime: '',
  ctMult: '1',
  ctType: listing.contract,
  ctVal: ctValOf(listing),
  ctValCcy: listing.contract === 'inverse' ? listing.quote : listing.base,
  expTime: '',
  futureSettlement: false,
  instFamily: familyOf(listing),
  instId: listing.name,
  instIdCode: codeOf(listing),
  instType: 'SWAP',
  lever: '100',
  listTime: String(listing.listedAt),
  lotSz: sizeText(listing, 1),
  maxIcebergSz: MOST,
  maxLmtAmt: '20000000',
  maxLmtSz: '100000000',
  maxMktAmt: '',
  maxMktSz: '30000',
  maxPlatOILmt: '',
  maxStopSz: '30000',
  maxTriggerSz: MOST,
  maxTwapSz: MOST,
  minSz: sizeText(listing, 1),
  openType: '',
  optType: '',
  posLmtAmt: '',
  posLmtPct: '',
  preMktSwTime: '',
  quoteCcy: '',
  ruleType: 'normal',
  settleCcy: listing.contract === 'inverse' ? listing.base : listing.quote,
  state: 'live',
  stk: '',
  tickSz: tickText(listing),
  tradeQuoteCcyList: [],
  uly: familyOf(listing),
})

const tickText = (listing: Listing): string => pxText(listing, listing.tick)

const codeOf = ({ name }: Listing): number => Number(digestDigits(name, 6))
