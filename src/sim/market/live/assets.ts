/** An asset of the simulated world: a rounded price of spring 2025, and how restless it is. */
export interface WorldAsset {
  readonly asset: string
  readonly price: number
  /** Standard deviation of log returns over a year of 365 days, percent. */
  readonly volatilityPct: number
  /** Turnover of a usual day on one venue's perpetual, in dollars. */
  readonly dayVolume: number
}

const list = (text: string): readonly WorldAsset[] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .map(([asset = '', price, volatilityPct, millions]) => ({
      asset,
      price: Number(price),
      volatilityPct: Number(volatilityPct),
      dayVolume: Number(millions) * 1e6,
    }))

/** Forty assets, the most traded first. */
export const WORLD_ASSETS: readonly WorldAsset[] = list(`
  BTC 93000 46 9000
  ETH 1790 64 7000
  SOL 150 80 2500
  XRP 2.2 85 1400
  DOGE 0.18 90 900
  BNB 605 50 400
  SUI 2.9 110 700
  ADA 0.69 85 350
  LINK 14.7 85 250
  AVAX 22 85 220
  LTC 83 75 200
  TRX 0.246 45 120
  PEPE 0.0000085 120 500
  AAVE 165 95 180
  UNI 5.9 90 150
  NEAR 2.6 95 150
  APT 5.4 95 140
  DOT 4.1 80 120
  FIL 2.7 85 110
  ARB 0.33 95 130
  OP 0.77 95 110
  INJ 9.6 100 90
  TIA 2.7 105 90
  SEI 0.2 105 80
  WIF 0.52 130 160
  BONK 0.0000153 125 100
  FARTCOIN 0.97 160 300
  TRUMP 11.8 140 250
  HYPE 18.4 110 400
  ENA 0.34 110 150
  ONDO 0.98 100 120
  RENDER 4.4 100 80
  FET 0.66 105 80
  TAO 330 105 90
  KAS 0.093 100 60
  ICP 5.2 85 50
  ATOM 4.3 80 60
  ETC 16.8 75 60
  ZEREBRO 0.052 220 60
  NEIROETH 0.042 200 50
`)
