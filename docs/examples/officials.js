// Who holds the offices of a state, and which reports say so?
//
// @param {name} state        The state
// @param {text} [publisher]  Only what this publisher says

claims({from: state, officials: true, relation: holds_office, publisher: publisher})
	.Save("<kg:subject>", "who").Save("<kg:object>", "office")
	.Labels().Save("<kg:publisher>", "publisher")
	.All()
