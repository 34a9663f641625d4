// What passed between two actors before a day? "maybe" stands where a date is not
// given to the day.
//
// @param {name} a    One of the two
// @param {name} b    The other
// @param {date} day  The day

between(a, b, {until: day, events: true})
	.Save("<kg:subject>", "subject").Save("<kg:relation>", "relation").Save("<kg:object>", "object").Save("<kg:date>", "date")
	.ForEach(function (c) {
		var sure = before(c.date, day)
		if (sure != "no")
			g.Emit({subject: c.subject, relation: c.relation, object: c.object, date: c.date, before: sure, claim: c.id})
	})
