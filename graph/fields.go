package graph

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"

	entente "github.com/entente-kg/entente"
)

// fieldNames are the keys of NewQuery that the printed form of a Query calls
// otherwise.
var fieldNames = map[string]string{"from": keySubject, "to": keyObject, "minConfidence": keyConfidence}

// NewQuery makes a Query of fields by the keys of its printed form (see
// [Query.String]), with names in the place of IDs, found as Find does, and lists
// where one would do: {"either": "Lavrov", "relation": ["met", "visited"]}. The
// subject may be called "from", the object "to" and the least confidence
// "minConfidence"; "between" wants a list of two; of a report the beginning of its
// ID will do. Errors: *UnknownNameError, *AmbiguousError, ErrNotFound for a
// report, and what names the wrong key.
func (g *Graph) NewQuery(ctx context.Context, fields map[string]any) (Query, error) {
	v := g.view(ctx)
	defer v.close()
	return v.query(fields)
}

// query is NewQuery.
func (v *view) query(fields map[string]any) (Query, error) {
	var q Query
	seen := make(map[string]string)
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		key := name
		if other, ok := fieldNames[name]; ok {
			key = other
		}
		if before, twice := seen[key]; twice {
			return Query{}, fmt.Errorf("%s and %s are one; give one of them", before, name)
		}
		seen[key] = name
		if fields[name] == nil {
			continue // the variable that it was to come from is not set
		}
		if err := v.setField(&q, key, name, fields[name]); err != nil {
			return Query{}, err
		}
	}
	return q, nil
}

// setField sets what a key stands for. Errors call it by its name.
func (v *view) setField(q *Query, key, name string, value any) (err error) {
	switch key {
	case keySubject:
		q.Subject, err = v.ids(value)
	case keyObject:
		q.Object, err = v.ids(value)
	case keyEither:
		q.Either, err = v.ids(value)
	case keyPlace:
		q.Place, err = v.ids(value)
	case keyBetween:
		sides, _ := value.([]any)
		if len(sides) != 2 {
			return errors.New("between wants [A, B]")
		}
		for i, side := range sides {
			if q.Between[i], err = v.ids(side); err != nil {
				return err
			}
		}
	case keyReport:
		q.Report, err = v.reportID(value)
	default:
		err = setPlain(q, key, value)
	}
	if err != nil && !isAboutName(err) {
		err = fmt.Errorf("%s: %w", name, err)
	}
	return err
}

// isAboutName reports whether an error says which name was wrong.
func isAboutName(err error) bool {
	var unknown *UnknownNameError
	var ambiguous *AmbiguousError
	return errors.As(err, &unknown) || errors.As(err, &ambiguous)
}

// nobody is the ID of no entity. It stands for an empty list, since a Query whose
// lists are empty wants every claim.
const nobody entente.EntityID = ""

// ids returns the entities that a name or a list of names means; each name must
// mean one.
func (v *view) ids(arg any) ([]entente.EntityID, error) {
	names, err := texts(arg, 0)
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return []entente.EntityID{nobody}, nil
	}
	var ids []entente.EntityID
	for _, name := range names {
		found, err := v.find(name)
		if err != nil {
			return nil, err
		}
		if len(found) > 1 {
			return nil, &AmbiguousError{Name: name, Candidates: found}
		}
		ids = append(ids, found[0].ID)
	}
	return ids, nil
}

// reportID returns the one report that a text names: its ID, its beginning, or its
// node.
func (v *view) reportID(arg any) (entente.ReportID, error) {
	names, err := texts(arg, 0)
	if err != nil {
		return "", err
	}
	if len(names) != 1 {
		return "", errors.New("wants one report")
	}
	id, _ := strings.CutPrefix(strings.Trim(names[0], "<>"), reportPrefix)
	return v.resolveReport(entente.ReportID(id))
}

// texts returns one text or a list of them, nodes by their IRIs and relations by
// their names.
func texts(arg any, depth int) ([]string, error) {
	if depth > maxNested {
		return nil, errNested
	}
	switch v := arg.(type) {
	case string:
		if name, ok := strings.CutPrefix(v, "<"+relPrefix); ok {
			return []string{strings.TrimSuffix(name, ">")}, nil
		}
		return []string{v}, nil
	case quad.IRI:
		return []string{strings.TrimPrefix(string(v), relPrefix)}, nil
	case Node:
		return []string{strings.TrimPrefix(v.IRI, relPrefix)}, nil
	case []any:
		var list []string
		for _, item := range v {
			more, err := texts(item, depth+1)
			if err != nil {
				return nil, err
			}
			list = append(list, more...)
		}
		return list, nil
	case int64, float64, bool:
		return nil, fmt.Errorf("%v is not a text", v)
	}
	return nil, notAValue(arg)
}

// setPlain sets a field as the parser of queries does.
func setPlain(q *Query, key string, value any) error {
	var words []string
	switch v := value.(type) {
	case int64, float64:
		words = []string{fmt.Sprint(v)}
	default:
		list, err := texts(value, 0)
		if err != nil {
			return err
		}
		for _, w := range list {
			words = append(words, strconv.Quote(w))
		}
	}
	p := &queryParser{text: strings.Join(words, ","), query: *q}
	if err := p.field(key); err != nil {
		return err
	}
	if p.at < len(p.text) {
		return errors.New("wants one value, not a list")
	}
	*q = p.query
	return nil
}
