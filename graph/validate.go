package graph

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	entente "github.com/entente-kg/entente"
)

var kinds = []entente.Kind{entente.Person, entente.State, entente.Organisation, entente.Place, entente.Agreement, entente.Office}

// validate finds the first thing by which a reading contradicts itself. What
// passes is read back as it was added.
func validate(r entente.Reading) error {
	if err := validID(string(r.Report.ID)); err != nil {
		return err
	}
	if err := validDate(r.Report.Published, r.Report.Text); err != nil {
		return fmt.Errorf("day of publication: %w", err)
	}
	for _, s := range []string{r.Report.Text, r.Report.Title, r.Report.Publisher, r.Report.URL, r.Reader} {
		if !utf8.ValidString(s) {
			return errNotUTF8
		}
	}
	entities, err := validEntities(r.Entities)
	if err != nil {
		return err
	}
	for _, m := range r.Mentions {
		if !entities[m.Entity] {
			return fmt.Errorf("mention at byte %d: entity %q is not among those of the reading", m.Span.Start, m.Entity)
		}
		if !within(m.Span, r.Report.Text) {
			return fmt.Errorf("mention of %s: bytes %d to %d are not in the text", m.Entity, m.Span.Start, m.Span.End)
		}
	}
	for _, p := range r.Problems {
		if !utf8.ValidString(p.Text) {
			return errNotUTF8
		}
	}
	return validClaims(r, entities)
}

var errNotUTF8 = errors.New("not UTF-8")

func validID(id string) error {
	if id == "" || strings.ContainsAny(id, " \t\r\n") || !utf8.ValidString(id) {
		return fmt.Errorf("ID %q: want a word", id)
	}
	return nil
}

func within(s entente.Span, text string) bool {
	return 0 <= s.Start && s.Start <= s.End && s.End <= len(text)
}

func validDate(d entente.Date, text string) error {
	if !d.IsZero() {
		if _, err := entente.ParseDate(d.EDTF); err != nil {
			return err
		}
	}
	if !slices.Contains([]entente.Basis{"", entente.Stated, entente.Resolved}, d.Basis) {
		return fmt.Errorf("unknown basis %q", d.Basis)
	}
	if !within(d.From, text) {
		return fmt.Errorf("bytes %d to %d are not in the text", d.From.Start, d.From.End)
	}
	return nil
}

func validEntities(list []entente.Entity) (map[entente.EntityID]bool, error) {
	seen := make(map[entente.EntityID]bool)
	for _, e := range list {
		if err := validID(string(e.ID)); err != nil {
			return nil, fmt.Errorf("entity: %w", err)
		}
		switch {
		case seen[e.ID]:
			return nil, fmt.Errorf("entity %s: there twice", e.ID)
		case e.Name == "":
			return nil, fmt.Errorf("entity %s: no name", e.ID)
		case !slices.Contains(kinds, e.Kind):
			return nil, fmt.Errorf("entity %s: unknown kind %q", e.ID, e.Kind)
		}
		for _, s := range append([]string{e.Name, e.State, e.Wikidata}, e.Aliases...) {
			if !utf8.ValidString(s) {
				return nil, fmt.Errorf("entity %s: %w", e.ID, errNotUTF8)
			}
		}
		seen[e.ID] = true
	}
	return seen, nil
}

func validClaims(r entente.Reading, entities map[entente.EntityID]bool) error {
	seen := make(map[entente.ClaimID]bool)
	for _, c := range r.Claims {
		err := validID(string(c.ID))
		if err == nil && seen[c.ID] {
			err = errors.New("there twice")
		}
		if err == nil {
			err = validClaim(c, r.Report, entities)
		}
		if err != nil {
			return fmt.Errorf("claim %s: %w", c.ID, err)
		}
		seen[c.ID] = true
	}
	return nil
}

func validClaim(c entente.Claim, r entente.Report, entities map[entente.EntityID]bool) error {
	for _, id := range []entente.EntityID{c.Subject, c.Object, c.Place, c.Attribution} {
		if id != "" && !entities[id] {
			return fmt.Errorf("entity %q is not among those of the reading", id)
		}
	}
	switch {
	case c.Subject == "" || c.Object == "":
		return errors.New("no subject or no object")
	case c.Relation.About().Relation == "":
		return fmt.Errorf("unknown relation %q", c.Relation)
	case !slices.Contains(entente.Statuses, c.Status):
		return fmt.Errorf("unknown status %q", c.Status)
	case c.Report != r.ID:
		return fmt.Errorf("is of report %q", c.Report)
	case !within(c.Evidence, r.Text) || c.Evidence.Len() == 0:
		return fmt.Errorf("evidence: bytes %d to %d are not in the text", c.Evidence.Start, c.Evidence.End)
	case !(0 <= c.Confidence && c.Confidence <= 1):
		return fmt.Errorf("confidence %v: want 0 to 1", c.Confidence)
	case !utf8.ValidString(c.Amount):
		return fmt.Errorf("amount: %w", errNotUTF8)
	}
	if err := validDate(c.Date, r.Text); err != nil {
		return fmt.Errorf("date: %w", err)
	}
	return nil
}
