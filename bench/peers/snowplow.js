// As the README of @snowplow/browser-tracker says, without any plugin.
import { newTracker, trackPageView, trackStructEvent } from '@snowplow/browser-tracker'

newTracker('bench', window.bench.sink, { appId: 'fernhollow' })
trackPageView()

window.bench.fire = value =>
  trackStructEvent({ category: 'shop', action: 'add_to_cart', label: 'EUR', property: '1', value })
