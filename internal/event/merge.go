package event

import (
	"cmp"
	"slices"

	entente "github.com/entente-kg/entente"
)

// finish drops what is told twice and gives each claim its ID. The reasons of
// the claims come first.
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
		reasons = append(reasons, Reason{Claim: c.ID, Relation: c.Relation, Subject: c.Subject, Object: c.Object, Evidence: c.Evidence, Frame: k.frame.Place, Trigger: k.trigger, Confidence: c.Confidence})
	}
	return claims, append(reasons, r.refused...)
}

// merged returns the claims with those of one occasion joined: same relation
// and actors, and dates and statuses that fit.
func (r *reader) merged() []found {
	var kept []found
	like := map[[3]string][]int{} // relation and actors → indices of kept
next:
	for _, k := range r.out {
		key := kind(k.claim)
		for _, i := range like[key] {
			if sameOccasion(kept[i].claim, k.claim) {
				kept[i].claim = join(kept[i].claim, k.claim)
				continue next
			}
		}
		like[key] = append(like[key], len(kept))
		kept = append(kept, k)
	}
	return kept
}

// kind returns the relation and actors of a claim, those of a symmetric
// relation in order.
func kind(c entente.Claim) [3]string {
	a, b := string(c.Subject), string(c.Object)
	if c.Relation.IsSymmetric() && b < a {
		a, b = b, a
	}
	return [3]string{string(c.Relation), a, b}
}

// sameOccasion reports whether two claims of one relation and actors tell of
// one event. Speech is repeated: each sentence that tells of it is an occasion.
func sameOccasion(a, b entente.Claim) bool {
	if a.Evidence != b.Evidence && (a.Status != b.Status || spoken[a.Relation]) {
		return false
	}
	return a.Date.IsZero() || b.Date.IsZero() || a.Date.Overlaps(b.Date)
}

// join returns a with what only b tells.
func join(a, b entente.Claim) entente.Claim {
	if a.Date.IsZero() {
		a.Date = b.Date
	}
	if a.Place == "" {
		a.Place = b.Place
	}
	if a.Evidence != b.Evidence {
		return a // who says so and how much belong to the sentence
	}
	if a.Attribution == "" {
		a.Attribution = b.Attribution
	}
	if a.Amount == "" {
		a.Amount = b.Amount
	}
	return a
}

// spoken are the relations of speech, which may be repeated: each sentence that
// tells of them is an occasion of its own.
var spoken = map[entente.Relation]bool{entente.Accused: true, entente.Requested: true, entente.Rejected: true, entente.Threatened: true, entente.Supported: true}

// Repeats reports whether each sentence that tells of relation r is an occasion
// of its own: it is one of speech.
func Repeats(r entente.Relation) bool { return spoken[r] }
