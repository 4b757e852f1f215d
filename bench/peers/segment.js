// As the README of @segment/analytics-next says; the integration's host is the documented way to a proxy of one's own.
import { AnalyticsBrowser } from '@segment/analytics-next'

const { host } = new URL(window.bench.sink)
const analytics = AnalyticsBrowser.load(
  { writeKey: 'bench', cdnURL: window.bench.sink },
  { integrations: { 'Segment.io': { apiHost: `${host}/v1`, protocol: 'http' } } },
)
analytics.page()

window.bench.fire = value => analytics.track('Product Added', { value, currency: 'EUR', quantity: 1 })
