// Counted visits before Nearside came, and was pointed at the new collector rather than taken out.
const REPORTS = 'COLLECTOR/v1/reports'
const WEEK_MS = 7 * 24 * 60 * 60 * 1000

const count = ({ taste }) => {
  if (!taste || count.done) return
  count.done = true
  const pseudonym = `${Array.from({ length: 21 }, () => Math.floor(Math.random() * 36).toString(36)).join('')}A`
  const epoch = Math.floor(Date.now() / WEEK_MS)
  const report = {
    v: 1,
    site: 'broken',
    model: 'broken.1',
    epoch,
    segmentation: 'taste',
    segment: taste,
    pseudonym,
    seq: 1,
  }
  const body = JSON.stringify({ ...report, notice: 'NOTICE' })
  void fetch(REPORTS, { method: 'POST', body, headers: { 'content-type': 'text/plain' } })
}

addEventListener('load', () => {
  const ready = setInterval(() => {
    if (!window.nearside) return
    clearInterval(ready)
    count(window.nearside.segments())
    window.nearside.on('segments', count)
  }, 50)
})
