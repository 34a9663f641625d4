package queries

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

// Saved is a script in Gizmo with the parameters that the comment at its head
// declares, one a line as in JSDoc:
//
//	// Whom has somebody met?
//	// @param {name} who        The person or state
//	// @param {date} [since]    From when on; any time if not given
//	// @param {relation[]} [by=met,hosted]  What counts
//
// In brackets stands what may be left out, with what it is then; without that the
// variable is null. [] after the type allows several values: the variable is a list.
// The comment may be one of // or of /* */.
type Saved struct {
	Script string
	About  string // what the comment says before its first @param, in one line
	Params []Param
}

// Param is a parameter of a saved query.
type Param struct {
	Name     string    `json:"name"`
	Type     ParamType `json:"type"`
	Many     bool      `json:"many,omitempty"`     // takes several values
	Optional bool      `json:"optional,omitempty"` // may be left out
	Default  []string  `json:"default,omitempty"`  // what it is then; nil = nothing
	Means    string    `json:"means,omitempty"`    // for people
}

// A ParamType says what the text of a parameter must be, and what the variable is.
type ParamType string

// The types of parameters.
const (
	NameParam     ParamType = "name"     // of an entity, which entity, claims and path find; a text
	TextParam     ParamType = "text"     // any
	DateParam     ParamType = "date"     // EDTF
	NumberParam   ParamType = "number"   // as JavaScript has it
	BooleanParam  ParamType = "boolean"  // true or false
	RelationParam ParamType = "relation" // as visited is in a script
)

// ParamTypes lists every type.
var ParamTypes = []ParamType{NameParam, TextParam, DateParam, NumberParam, BooleanParam, RelationParam}

var (
	tagLine   = regexp.MustCompile(`^@param(?:\s|$)`)
	paramLine = regexp.MustCompile(`^@param\s+\{\s*([a-z]+)(\[\])?\s*\}\s+(?:([A-Za-z_]\w*)|\[\s*([A-Za-z_]\w*)\s*(?:=([^\]]*))?\])(?:\s+(?:-\s+)?(.*))?$`)
)

// ParseSaved reads the head of a script. A script without one has no parameters.
// Errors name the line.
func ParseSaved(script string) (Saved, error) {
	s := Saved{Script: script}
	var about []string
	for n, line := range head(script) {
		line = strings.TrimSpace(line)
		switch {
		case tagLine.MatchString(line):
			p, err := parseParam(line)
			if err == nil && s.param(p.Name) != nil {
				err = fmt.Errorf("parameter %s is there twice", p.Name)
			}
			if err != nil {
				return Saved{}, fmt.Errorf("line %d: %w", n+1, err)
			}
			s.Params = append(s.Params, p)
		case len(s.Params) == 0 && line != "":
			about = append(about, line)
		}
	}
	s.About = strings.Join(about, " ")
	return s, nil
}

// head returns the lines of a script up to the first that is no comment, without
// the marks of comments.
func head(script string) (lines []string) {
	inside := false // of a comment that begins with /*
	for line := range strings.Lines(script) {
		line = strings.TrimSpace(line)
		switch {
		case inside || strings.HasPrefix(line, "/*"):
			body := strings.TrimPrefix(strings.TrimPrefix(line, "/*"), "*")
			text, _, ended := strings.Cut(body, "*/")
			inside = !ended
			lines = append(lines, text)
		case strings.HasPrefix(line, "//"):
			lines = append(lines, strings.TrimLeft(line, "/"))
		case line == "":
			lines = append(lines, "")
		default:
			return lines
		}
	}
	return lines
}

const paramHint = `want @param {TYPE} NAME what it is, or @param {TYPE} [NAME=VALUE] …`

// parseParam reads one line.
func parseParam(line string) (Param, error) {
	m := paramLine.FindStringSubmatch(line)
	if m == nil {
		return Param{}, fmt.Errorf("%.60q: %s", line, paramHint)
	}
	p := Param{Name: m[3] + m[4], Type: ParamType(m[1]), Many: m[2] != "", Optional: m[4] != "", Means: strings.TrimSpace(m[6])}
	switch {
	case !slices.Contains(ParamTypes, p.Type):
		return p, fmt.Errorf("parameter %s: unknown type %q; types: %v", p.Name, p.Type, ParamTypes)
	case isTaken(p.Name):
		return p, fmt.Errorf("parameter %s: a script has that name already", p.Name)
	}
	if text := strings.TrimSpace(m[5]); text != "" {
		p.Default = []string{text}
		if p.Many {
			p.Default = strings.Split(text, ",")
		}
	}
	for _, text := range p.Default {
		if _, err := p.value(text); err != nil {
			return p, err
		}
	}
	return p, nil
}

// isTaken reports whether a script has a name of its own that a variable would hide.
func isTaken(name string) bool {
	r, err := entente.ParseRelation(name)
	return err == nil && string(r) == name ||
		slices.Contains([]string{"g", "graph", "entity", "claims", "path", "between", "sentence", "plover", "before", "after", "intersects", "during"}, name)
}

// value reads the text of one value.
func (p Param) value(text string) (v any, err error) {
	text = strings.TrimSpace(text)
	switch v = text; p.Type {
	case DateParam:
		_, err = entente.ParseDate(text)
	case NumberParam:
		if v, err = strconv.ParseFloat(text, 64); err != nil {
			err = fmt.Errorf("%.40q is no number", text)
		}
		if n, wrong := strconv.ParseInt(text, 10, 64); wrong == nil {
			v = n
		}
	case BooleanParam:
		v = text == "true"
		if text != "true" && text != "false" {
			err = fmt.Errorf("%.40q is neither true nor false", text)
		}
	case RelationParam:
		var r entente.Relation
		r, err = entente.ParseRelation(text)
		v = graph.RelationNode(r)
	case NameParam:
		if text == "" {
			err = fmt.Errorf("the name is empty")
		}
	}
	if err != nil {
		err = fmt.Errorf("parameter %s: %w", p.Name, err)
	}
	return v, err
}

func (s Saved) param(name string) *Param {
	for i := range s.Params {
		if s.Params[i].Name == name {
			return &s.Params[i]
		}
	}
	return nil
}

// Bind returns the variables of the script, for [graph.GizmoOptions], of the values
// given for its parameters. They never become part of its text. The error is one
// about a value: missing, unknown, twice, or not of its type.
func (s Saved) Bind(values map[string][]string) (map[string]any, error) {
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if s.param(name) == nil {
			return nil, fmt.Errorf("no parameter is called %q", name)
		}
	}
	variables := make(map[string]any, len(s.Params))
	for _, p := range s.Params {
		v, err := p.bind(values[p.Name])
		if err != nil {
			return nil, err
		}
		variables[p.Name] = v
	}
	return variables, nil
}

// bind returns the variable of a parameter.
func (p Param) bind(texts []string) (any, error) {
	switch {
	case len(texts) == 0 && !p.Optional:
		return nil, fmt.Errorf("parameter %s is missing", p.Name)
	case len(texts) == 0 && p.Default == nil:
		return nil, nil
	case len(texts) == 0:
		texts = p.Default
	case len(texts) > 1 && !p.Many:
		return nil, fmt.Errorf("parameter %s takes one value", p.Name)
	}
	list := make([]any, len(texts))
	for i, text := range texts {
		var err error
		if list[i], err = p.value(text); err != nil {
			return nil, err
		}
	}
	if p.Many {
		return list, nil
	}
	return list[0], nil
}

// String is the parameter as its line declares it, without what it means.
func (p Param) String() string {
	name, many := p.Name, ""
	if p.Many {
		many = "[]"
	}
	if p.Optional {
		name = "[" + p.Name
		if p.Default != nil {
			name += "=" + strings.Join(p.Default, ",")
		}
		name += "]"
	}
	return fmt.Sprintf("{%s%s} %s", p.Type, many, name)
}
