import { it } from 'vitest'
import { collectFrom } from '../support/collecting.ts'
import { simulated } from '../support/simulated.ts'
import { temporary } from '../support/temporaryStore.ts'

const { open } = temporary()
it('smoke', async () => {
  const venues = await simulated({ assets: 3, rate: 4, minutesBefore: 5, pastHours: 6 })
  const asked = new Map<string, number>()
  const first = new Map<string, string>()
  let phase = 'start'
  for (const [venue, server] of venues.servers)
    server.onAsk((ask) => {
      const text = `${venue} ${ask.path} ${JSON.stringify(ask.body) ?? ''}`.replace(/\d{6,}/g, 'N')
      const k = `${phase} ${text}`
      asked.set(k, (asked.get(k) ?? 0) + 1)
      first.set(k, ask.query.toString())
    })
  const store = await open()
  const run = await collectFrom(venues, store)
  await new Promise((r) => setTimeout(r, 15000))
  phase = 'late'
  await new Promise((r) => setTimeout(r, 6000))
  console.log([...asked].map(([k, n]) => `${n} ${k} ${first.get(k)}`).join('\n'))
  console.log(run.lines.join('\n'))
  console.log(
    run.collecting
      .faults()
      .map((f) => JSON.stringify(f))
      .join('\n'),
  )
  await run.stop()
})
