package main

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
)

// reference is the engine that the others are compared with.
const reference = "entente"

// titles say what the measures are.
var titles = map[string]string{
	"load":           "Load, quads a second",
	"bytes_per_quad": "Disk, bytes a quad",
	"open":           "Open to the first row, µs",
	"q1":             "q1, two hops, µs",
	"q2":             "q2, claims of a pair in time, µs",
	"q3":             "q3, claims of a state's officials within dates, µs",
	"q4":             "q4, count by relation, µs",
	"q5":             "q5, shortest path, µs",
	"q6":             "q6, all quads of a report, µs",
	"q7":             "q7, one durable report, µs",
	"q8":             "q8, everyone within three hops, µs",
	"q9":             "q9, path in order of time of at most four hops, µs",
	"rss":            "Peak memory, MiB",
}

// writeReport writes results.md.
func writeReport(file string, records []record) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# Results\n\nMade by `go run . -report`; what is measured and how, says [README.md](README.md). Measured on %s.\n\n", days(records))
	for _, line := range slices.Concat(machine(), versions()) {
		fmt.Fprintf(&b, "- %s\n", line)
	}
	b.WriteString("\nMedians; in brackets the 95th percentile and how many parameters were answered in time. The ratio is to `entente`, larger is worse for\nthe engine in the row: **bold** where that engine is better than `entente`.\n")
	summary(&b, records)
	for _, m := range measures {
		table(&b, records, m)
	}
	failures(&b, records)
	return os.WriteFile(file, b.Bytes(), 0o666)
}

func days(records []record) string {
	var list []string
	for _, r := range records {
		list = append(list, r.Day)
	}
	slices.Sort(list)
	return strings.Join(slices.Compact(list), ", ")
}

// summary lists for each measure who is better than entente. The store itself in
// its other dresses is none of them.
func summary(b *bytes.Buffer, records []record) {
	fmt.Fprintf(b, "\n## Where entente loses\n")
	for _, size := range sizes(records) {
		fmt.Fprintf(b, "\n%s quads:\n\n", thousands(float64(size)))
		for _, m := range measures {
			if better := betterThanOurs(records, size, m); len(better) > 0 {
				fmt.Fprintf(b, "- %s: %s\n", titles[m], strings.Join(better, ", "))
			} else {
				fmt.Fprintf(b, "- %s: to nobody\n", titles[m])
			}
		}
	}
}

// betterThanOurs names the engines that are better, with how many times.
func betterThanOurs(records []record, size int, measure string) (list []string) {
	for _, name := range names(records) {
		if strings.HasPrefix(name, reference) {
			continue
		}
		if x, ok := ratio(records, size, name, measure); ok && x < 1 {
			list = append(list, fmt.Sprintf("%s (%s times)", name, thousands(1/x)))
		}
	}
	return list
}

// ratio is how many times worse an engine is than entente.
func ratio(records []record, size int, name, measure string) (float64, bool) {
	ours, theirs := find(records, size, reference, measure), find(records, size, name, measure)
	if ours == nil || theirs == nil || ours.Failed != "" || theirs.Failed != "" || ours.Median == 0 || theirs.Median == 0 {
		return 0, false
	}
	if measure == "load" { // more is better
		return ours.Median / theirs.Median, true
	}
	return theirs.Median / ours.Median, true
}

// table writes a measure, an engine in each row, a size in each two columns.
func table(b *bytes.Buffer, records []record, measure string) {
	fmt.Fprintf(b, "\n## %s\n\n| engine |", titles[measure])
	for _, size := range sizes(records) {
		fmt.Fprintf(b, " %s | ratio |", thousands(float64(size)))
	}
	fmt.Fprintf(b, "\n| --- |%s\n", strings.Repeat(" ---: | ---: |", len(sizes(records))))
	for _, name := range names(records) {
		fmt.Fprintf(b, "| %s |", name)
		for _, size := range sizes(records) {
			r := find(records, size, name, measure)
			fmt.Fprintf(b, " %s%s | %s |", figure(r), spread(r), against(records, size, name, measure))
		}
		b.WriteString("\n")
	}
}

// spread is what a record has besides its median.
func spread(r *record) string {
	if r == nil || r.Failed != "" || r.N == 1 && r.Median == r.P95 {
		return ""
	}
	return fmt.Sprintf(" (%s; %d)", thousands(r.P95), r.N)
}

func against(records []record, size int, name, measure string) string {
	x, ok := ratio(records, size, name, measure)
	switch {
	case !ok:
		return ""
	case x < 1:
		return "**" + thousands(x) + "**"
	}
	return thousands(x)
}

// failures says why figures are missing.
func failures(b *bytes.Buffer, records []record) {
	fmt.Fprintf(b, "\n## What has no figure\n\n")
	for _, r := range records {
		if r.Failed != "" {
			fmt.Fprintf(b, "- %s, %s, %s quads: %s\n", r.Engine, r.Measure, thousands(float64(r.Quads)), r.Failed)
		}
	}
}
