// Package gold reads reports with the claims that people made, and scores what a
// reader found against them.
//
// [Read] reads a folder, [Report.Score] counts for one report, [Sum] makes the
// figures over all. What counts as the same name is said by data/scoring.txt.
package gold

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	entente "github.com/entente-kg/entente"
)

// Report is one report of a gold folder with what people found in it.
type Report struct {
	Name     string // of the files, without extension: "d01"
	Raw      []byte // NN.json as it is: title, publisher, date, text
	Text     string // of NN.json
	Manner   string // "wire", "readout" …; "" when not said
	Claims   []Claim
	Entities []Entity
	Mentions []Mention // in order of the text; nil where gold has none
	Offices  []Office

	rules *rules
	known map[string]accepted // by folded name
}

// Claim is a claim of a gold file.
type Claim struct {
	Relation    entente.Relation `json:"relation"`
	Subject     string           `json:"subject"`
	Object      string           `json:"object"`
	Date        string           `json:"date"` // EDTF; "" for none
	Place       string           `json:"place"`
	Status      entente.Status   `json:"status"`
	Attribution string           `json:"attribution"`
	Evidence    string           `json:"evidence"`  // a piece of the text
	Essential   *bool            `json:"essential"` // nil is true
}

// IsEssential reports whether any careful reader would list the claim.
func (c Claim) IsEssential() bool { return c.Essential == nil || *c.Essential }

// Entity is an actor, place or agreement with the names it may have.
type Entity struct {
	Name    string       `json:"name"`
	Type    entente.Kind `json:"type"`
	Aliases []string     `json:"aliases"`
}

// Mention is a span that stands for one entity, or for each of a group.
type Mention struct {
	entente.Span
	Text     string   `json:"text"`
	Entities []string `json:"entities"` // names
}

// Office is an office that the report says a person holds.
type Office struct {
	Person string `json:"person"`
	Office string `json:"office"`
	State  string `json:"state"` // or organisation
}

// Read reads every NN.gold.json of a folder with its NN.json, in order of name.
func Read(dir string) ([]Report, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.gold.json"))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			return nil, fmt.Errorf("%s: no such folder; give one that holds NN.json and NN.gold.json", dir)
		}
		return nil, fmt.Errorf("%s: no NN.gold.json in it", dir)
	}
	rules, err := newRules()
	if err != nil {
		return nil, err
	}
	reports := make([]Report, len(files))
	for i, file := range files {
		if reports[i], err = read(strings.TrimSuffix(file, ".gold.json"), rules); err != nil {
			return nil, err
		}
	}
	return reports, nil
}

// read reads base.json and base.gold.json.
func read(base string, rules *rules) (Report, error) {
	raw, err := os.ReadFile(base + ".json")
	if err != nil {
		return Report{}, err
	}
	found, err := os.ReadFile(base + ".gold.json")
	if err != nil {
		return Report{}, err
	}
	return parse(base, raw, found, rules)
}

// parse makes a report of the contents of its two files.
func parse(base string, raw, gold []byte, rules *rules) (Report, error) {
	var source struct {
		Text string `json:"text"`
	}
	var found struct {
		Manner   string    `json:"manner"`
		Claims   []Claim   `json:"claims"`
		Entities []Entity  `json:"entities"`
		Mentions []Mention `json:"mentions"`
		Offices  []Office  `json:"offices"`
	}
	if err := json.Unmarshal(gold, &found); err != nil {
		return Report{}, fmt.Errorf("%s.gold.json: %w", base, err)
	}
	if err := json.Unmarshal(raw, &source); err != nil {
		return Report{}, fmt.Errorf("%s.json: %w", base, err)
	}
	for _, m := range found.Mentions {
		switch {
		case m.Text == "" || m.Of(source.Text) != m.Text:
			return Report{}, fmt.Errorf("%s.gold.json: mention %q is not at bytes %d to %d of the text", base, m.Text, m.Start, m.End)
		case len(m.Entities) == 0:
			return Report{}, fmt.Errorf("%s.gold.json: mention %q at byte %d has no entity", base, m.Text, m.Start)
		}
	}
	r := Report{Name: filepath.Base(base), Raw: raw, Text: source.Text, Manner: found.Manner,
		Claims: found.Claims, Entities: found.Entities, Mentions: found.Mentions, Offices: found.Offices,
		rules: rules, known: make(map[string]accepted, len(found.Entities))}
	for _, e := range r.Entities {
		r.known[foldName(e.Name)] = rules.accept(e)
	}
	return r, nil
}
