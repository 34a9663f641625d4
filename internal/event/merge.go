package event

import (
	"cmp"
	"slices"

	entente "github.com/entente-kg/entente"
)

// finish drops what is told twice and gives each claim its ID.
func (r *reader) finish() ([]entente.Claim, []Reason) {
	kept := r.merged()
	slices.SortStableFunc(kept, func(a, b found) int {
		return cmp.Or(cmp.Compare(a.claim.Evidence.Start, b.claim.Evidence.Start), cmp.Compare(a.trigger.Start, b.trigger.Start))
	})
	var claims []entente.Claim
	var reasons []Reason
	seen := map[entente.ClaimID]int{}
	for _, k := range kept {
		c := k.claim
		c.ID = entente.NewClaimID(c.Report, c.Relation, c.Subject, c.Object, c.Evidence.Start, 0)
		if n := seen[c.ID]; n > 0 {
			seen[c.ID]++
			c.ID = entente.NewClaimID(c.Report, c.Relation, c.Subject, c.Object, c.Evidence.Start, n)
		} else {
			seen[c.ID] = 1
		}
		claims = append(claims, c)
		reasons = append(reasons, Reason{Claim: c.ID, Frame: k.frame.Place, Trigger: k.trigger})
	}
	return claims, reasons
}

// merged returns the claims with those of one occasion joined: same relation
// and actors, and dates and statuses that fit.
func (r *reader) merged() []found {
	var kept []found
next:
	for _, k := range r.out {
		for i := range kept {
			if sameOccasion(kept[i].claim, k.claim) {
				kept[i].claim = join(kept[i].claim, k.claim)
				continue next
			}
		}
		kept = append(kept, k)
	}
	return kept
}

// sameOccasion reports whether two claims of one report tell of one event.
func sameOccasion(a, b entente.Claim) bool {
	if a.Relation != b.Relation || (a.Status == entente.Denied) != (b.Status == entente.Denied) {
		return false
	}
	same := a.Subject == b.Subject && a.Object == b.Object
	if a.Relation.IsSymmetric() {
		same = same || a.Subject == b.Object && a.Object == b.Subject
	}
	return same && (a.Date.IsZero() || b.Date.IsZero() || a.Date.Overlaps(b.Date))
}

// join returns a with what only b tells.
func join(a, b entente.Claim) entente.Claim {
	if a.Date.IsZero() {
		a.Date = b.Date
	}
	if a.Place == "" {
		a.Place = b.Place
	}
	if a.Attribution == "" {
		a.Attribution = b.Attribution
	}
	if a.Amount == "" {
		a.Amount = b.Amount
	}
	return a
}
