// Whom does a person or a state deal with, and how often? Each event counts once,
// however many reports tell it.
//
// @param {name} who                               The person or the state
// @param {relation[]} [by=met,hosted,spoke_with]  What counts
// @param {date} [since]                           From when on
// @param {date} [until]                           Until when

var partners = {}
claims({either: who, relation: by, since: since, until: until, events: true})
	.Save("<kg:subject>", "subject").Save("<kg:object>", "object")
	.ForEach(function (c) {
		var partner = c.subject == entity(who).ToValue() ? c.object : c.subject
		partners[partner] = (partners[partner] || 0) + 1
	})
Object.keys(partners)
	.sort(function (a, b) { return partners[b] - partners[a] })
	.map(function (p) { return {partner: p, events: partners[p]} })
