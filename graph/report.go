package graph

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	entente "github.com/entente-kg/entente"
)

// Reading returns the reading of a report as it was added. Errors: ErrNotFound.
func (g *Graph) Reading(ctx context.Context, id entente.ReportID) (entente.Reading, error) {
	v := g.view(ctx)
	defer v.close()
	r, ok, err := v.reading(id)
	if err == nil && !ok {
		err = fmt.Errorf("report %s: %w", id, ErrNotFound)
	}
	if err == nil {
		r.Report.Text, err = v.text(reportIRI(id))
	}
	if err != nil {
		return entente.Reading{}, err
	}
	return r, nil
}

// Report returns a report with its text. Errors: ErrNotFound.
func (g *Graph) Report(ctx context.Context, id entente.ReportID) (entente.Report, error) {
	v := g.view(ctx)
	defer v.close()
	r, ok, err := v.report(id)
	if err == nil && !ok {
		err = fmt.Errorf("report %s: %w", id, ErrNotFound)
	}
	if err == nil {
		r.Text, err = v.text(reportIRI(id))
	}
	if err != nil {
		return entente.Report{}, err
	}
	return r, nil
}

// report reads what is known of a report, without its text.
func (v *view) report(id entente.ReportID) (r entente.Report, ok bool, err error) {
	l := &leaf{}
	l.reading.Report.ID = id
	node := reportIRI(id)
	for link, err := range v.links(quad.Quad{Subject: node, Label: node}) {
		if err != nil {
			return r, false, err
		}
		predicate, err := v.value(link[1])
		if err != nil {
			return r, false, err
		}
		ok = ok || predicate == kgText
		switch predicate {
		case kgPublisher, kgPublished, kgPubDated, title, kgURL:
		default:
			continue // mentions are long
		}
		object, err := v.value(link[2])
		if err == nil {
			err = l.takeReport(predicate.(quad.IRI), object)
		}
		if err != nil {
			return r, false, fmt.Errorf("report %s: %w", id, err)
		}
	}
	return l.reading.Report, ok, nil
}

// Reports lists the reports without their texts, by day of publication, then ID.
func (g *Graph) Reports(ctx context.Context) iter.Seq2[entente.Report, error] {
	return func(yield func(entente.Report, error) bool) {
		v := g.view(ctx)
		defer v.close()
		reports, err := v.reports()
		if err != nil {
			yield(entente.Report{}, err)
			return
		}
		for _, r := range reports {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func (v *view) reports() ([]entente.Report, error) {
	ids, err := v.reportIDs()
	if err != nil {
		return nil, err
	}
	reports := make([]entente.Report, 0, len(ids))
	for _, id := range ids {
		r, _, err := v.report(id)
		if err != nil {
			return nil, err
		}
		reports = append(reports, r)
	}
	slices.SortStableFunc(reports, func(a, b entente.Report) int { return a.Published.Compare(b.Published) })
	return reports, nil
}

// reportIDs lists the IDs of all reports, sorted.
func (v *view) reportIDs() ([]entente.ReportID, error) {
	var ids []entente.ReportID
	for link, err := range v.links(quad.Quad{Predicate: kgText}) {
		if err != nil {
			return nil, err
		}
		node, err := v.value(link[0])
		if err != nil {
			return nil, err
		}
		ids = append(ids, entente.ReportID(afterPrefix(node, reportPrefix)))
	}
	slices.Sort(ids)
	return ids, nil
}

// ResolveReport returns the ID of the one report whose ID begins with prefix.
// Errors: ErrNotFound, *AmbiguousError.
func (g *Graph) ResolveReport(ctx context.Context, prefix string) (entente.ReportID, error) {
	v := g.view(ctx)
	defer v.close()
	return v.resolveReport(entente.ReportID(strings.TrimPrefix(prefix, reportPrefix)))
}

// resolveReport returns id where it is whole; a beginning is looked for among all
// reports.
func (v *view) resolveReport(id entente.ReportID) (entente.ReportID, error) {
	if _, ok, err := v.report(id); ok || err != nil {
		return id, err
	}
	whole, err := v.resolve("report", reportPrefix, string(id))
	return entente.ReportID(whole), err
}

// resolve returns the one ID that begins with start, of the IRIs with a prefix.
func (v *view) resolve(what, prefix, start string) (string, error) {
	var found []string
	if start != "" {
		var err error
		if found, err = v.beginning(prefix, start, maxShown+1, nil); err != nil {
			return "", err
		}
	}
	switch len(found) {
	case 0:
		return "", fmt.Errorf("%s %q: %w", what, start, ErrNotFound)
	case 1:
		return found[0], nil
	}
	return "", fmt.Errorf("%s: %w", what, &AmbiguousError{Name: start, IDs: found[:min(maxShown, len(found))]})
}

// maxShown is how many IDs an AmbiguousError has at most.
const maxShown = 8
