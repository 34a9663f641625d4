package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/entente-kg/entente/bench/bolt/peer"
)

// record is a line with what it was measured on.
type record struct {
	Day   string `json:"day"`
	Quads int    `json:"quads"`
	peer.Line
}

func newRecord(quads int, l peer.Line) record {
	return record{Day: time.Now().UTC().Format(time.DateOnly), Quads: quads, Line: l}
}

// appendRecords adds records to a file, a line each.
func appendRecords(file string, records []record) error {
	f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	if err != nil {
		return err
	}
	out := json.NewEncoder(f)
	for _, r := range records {
		if err := out.Encode(r); err != nil {
			return errors.Join(err, f.Close())
		}
	}
	return f.Close()
}

// readRecords reads such files. Of one measure of an engine at one size the last
// counts.
func readRecords(files []string) ([]record, error) {
	var records []record
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			return nil, err
		}
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			var r record
			if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
				return nil, errors.Join(fmt.Errorf("%s: %w", file, err), f.Close())
			}
			records = slices.DeleteFunc(records, func(o record) bool {
				return o.Engine == r.Engine && o.Measure == r.Measure && o.Quads == r.Quads
			})
			records = append(records, r)
		}
		if err := errors.Join(lines.Err(), f.Close()); err != nil {
			return nil, err
		}
	}
	return records, nil
}

// compare holds the answers of all engines against each other. What differs from
// the answers that most engines give has no figure any more.
func compare(records []record) (differences []string) {
	for i := range records {
		r := &records[i]
		agree, others, at := 0, 0, -1
		for _, o := range records {
			if o.Measure != r.Measure || o.Quads != r.Quads || o.Engine == r.Engine || o.Result == "" || r.Result == "" {
				continue
			}
			others++
			if k := firstDifference(o.Result, r.Result); k < 0 {
				agree++
			} else if at < 0 {
				at = k
			}
		}
		if 2*agree < others {
			r.Failed = fmt.Sprintf("wrong: parameter %d is answered otherwise than by %d of %d engines", at, others-agree, others)
		}
		if agree < others {
			differences = append(differences, fmt.Sprintf("%s of %s: parameter %d is answered otherwise than by %d of %d engines",
				r.Measure, r.Engine, at, others-agree, others))
		}
	}
	return differences
}

// firstDifference is the first parameter that two results both answer, and not
// in the same way; -1 where there is none.
func firstDifference(a, b string) int {
	const size = 8
	for i := 0; i+size <= min(len(a), len(b)); i += size {
		if a[i:i+size] != b[i:i+size] {
			return i / size
		}
	}
	return -1
}

// measures are all, in the order in which they are shown.
var measures = []string{"load", "bytes_per_quad", "open", "q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8", "q9", "rss"}

// printTable writes the medians, an engine in each row.
func printTable(to io.Writer, records []record) error {
	w := tabwriter.NewWriter(to, 0, 0, 2, ' ', tabwriter.AlignRight)
	for _, size := range sizes(records) {
		fmt.Fprintf(w, "%s quads\t", thousands(float64(size)))
		for _, m := range measures {
			fmt.Fprintf(w, "%s\t", m)
		}
		fmt.Fprintln(w)
		for _, name := range names(records) {
			fmt.Fprintf(w, "%s\t", name)
			for _, m := range measures {
				fmt.Fprintf(w, "%s\t", figure(find(records, size, name, m)))
			}
			fmt.Fprintln(w)
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, r := range records {
		if r.Failed != "" {
			fmt.Fprintf(to, "× %s, %s: %s\n", r.Engine, r.Measure, r.Failed)
		}
	}
	return nil
}

func sizes(records []record) []int {
	var list []int
	for _, r := range records {
		list = append(list, r.Quads)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// names lists the engines of records in our order.
func names(records []record) []string {
	var list []string
	for _, r := range records {
		if !slices.Contains(list, r.Engine) {
			list = append(list, r.Engine)
		}
	}
	slices.SortStableFunc(list, func(a, b string) int { return rankOf(a) - rankOf(b) })
	return list
}

// find returns a record, nil where there is none.
func find(records []record, size int, name, measure string) *record {
	i := slices.IndexFunc(records, func(r record) bool { return r.Quads == size && r.Engine == name && r.Measure == measure })
	if i < 0 {
		return nil
	}
	return &records[i]
}

// figure writes the median of a record.
func figure(r *record) string {
	switch {
	case r == nil:
		return "–"
	case r.Failed != "":
		return "×"
	}
	return thousands(r.Median)
}

// thousands writes a number with three digits that count, and commas.
func thousands(x float64) string {
	switch {
	case x < 10:
		return fmt.Sprintf("%.2f", x)
	case x < 100:
		return fmt.Sprintf("%.1f", x)
	}
	s := fmt.Sprintf("%.0f", x)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
