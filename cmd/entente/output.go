package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// formats lists what --format takes. The default is table on a terminal and
// jsonl elsewhere.
var formats = []string{"table", "json", "jsonl", "csv", "md"}

// documentFormats are the formats of an answer that is no list.
var documentFormats = []string{"table", "json", "jsonl"}

// usualFormat describes the default of --format.
const usualFormat = "table on a terminal, else jsonl"

// formatFlags are on every command that lists.
func formatFlags() []cli.Flag { return formatsOf(usualFormat, formats) }

// documentFlags are on every command whose answer is no list.
func documentFlags() []cli.Flag { return formatsOf(usualFormat, documentFormats) }

func formatsOf(usual string, formats []string) []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "format", Aliases: []string{"f"}, Usage: fmt.Sprintf("`FORMAT`: %s (default: %s)", strings.Join(formats, ", "), usual)},
		&cli.BoolFlag{Name: "json", Aliases: []string{"j"}, Usage: "short for --format json"},
	}
}

// format returns the format asked for.
func (s *session) format(c *cli.Context) (string, error) {
	f := c.String("format")
	switch {
	case c.Bool("json") && f != "" && f != "json":
		return "", wrongUsage(c, "--json and --format %s exclude each other", f)
	case c.Bool("json"):
		return "json", nil
	case f == "":
		return s.modeOf(formatsTaken(c.Command)), nil
	case !slices.Contains(formats, f):
		return "", wrongUsage(c, "unknown format %q%s; formats: %s", f, didYouMean(f, formats, ""), strings.Join(formats, ", "))
	}
	return f, nil
}

// modeOf returns the format where none is asked for, of those that are taken.
func (s *session) modeOf(taken []string) string {
	switch {
	case slices.Contains(taken, s.mode):
		return s.mode
	case s.mode != "" || s.ui.tty:
		return "table"
	}
	return "jsonl"
}

// A listing is one answer in the form of rows, for every format.
type listing struct {
	columns []column   // of table and md
	rows    [][]string // one a record
	fields  []string   // header of csv, "" for columns
	records []any      // what JSON shows, one a row
	values  [][]string // rows of csv, nil for rows
	nothing string     // what to say where there is no record
}

// column is a column of a table.
type column struct {
	name     string
	elastic  bool // is cut where the terminal is narrow
	optional bool // is left out of a table where no row fills it
}

// list prints a listing in the format asked for. Nothing found is said on
// standard error and is no failure.
func (s *session) list(c *cli.Context, l listing) error {
	format, err := s.format(c)
	if err != nil {
		return err
	}
	return s.listAs(format, l)
}

func (s *session) listAs(format string, l listing) error {
	if len(l.records) == 0 {
		s.ui.note("%s", l.nothing)
	}
	switch format {
	case "json":
		return writeJSON(s.ui.out, nonNil(l.records))
	case "jsonl":
		return writeJSONLines(s.ui.out, l.records)
	case "csv":
		return writeCSV(s.ui.out, l)
	case "md":
		return writeMarkdown(s.ui.out, l)
	}
	return s.writeTable(l)
}

func nonNil(records []any) []any {
	if records == nil {
		return []any{}
	}
	return records
}

func writeJSON(w io.Writer, v any) error {
	e := newEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

func writeJSONLines(w io.Writer, records []any) error {
	e := newEncoder(w)
	for _, r := range records {
		if err := e.Encode(r); err != nil {
			return err
		}
	}
	return nil
}

// newEncoder leaves <, > and & as they are: the text is not for HTML.
func newEncoder(w io.Writer) *json.Encoder {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e
}

// writeCSV writes the rows, with cells that a spreadsheet would run as a
// formula made harmless by an apostrophe.
func writeCSV(w io.Writer, l listing) error {
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	header, rows := l.fields, l.values
	if header == nil {
		header, rows = names(l.columns), l.rows
	}
	_ = out.Write(header)
	for _, row := range rows {
		_ = out.Write(safeRow(row))
	}
	out.Flush()
	_, err := w.Write(b.Bytes())
	return err
}

func safeRow(row []string) []string {
	safe := make([]string, len(row))
	for i, cell := range row {
		safe[i] = safeCell(cell)
	}
	return safe
}

// safeCell follows the rule of OWASP, "CSV Injection": =, +, -, @, tab and
// carriage return at the start of a cell.
func safeCell(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

func names(columns []column) []string {
	var out []string
	for _, c := range columns {
		out = append(out, c.name)
	}
	return out
}

// writeMarkdown writes a table as GitHub has it.
func writeMarkdown(w io.Writer, l listing) error {
	var b strings.Builder
	line := func(cells []string) {
		for _, cell := range cells {
			b.WriteString("| " + markdownCell(cell) + " ")
		}
		b.WriteString("|\n")
	}
	line(names(l.columns))
	b.WriteString(strings.Repeat("| --- ", len(l.columns)) + "|\n")
	for _, row := range l.rows {
		line(row)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

var markdownEscapes = strings.NewReplacer("\n", " ", "|", "\\|", "<", "&lt;", "*", "\\*", "_", "\\_", "`", "\\`", "[", "\\[")

func markdownCell(s string) string { return markdownEscapes.Replace(s) }

// oneLine makes one line of a text.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// count writes a number with its noun: "1 claim", "2 claims".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if base, ok := strings.CutSuffix(noun, "y"); ok && !strings.HasSuffix(base, "a") && !strings.HasSuffix(base, "e") && !strings.HasSuffix(base, "o") {
		noun = base + "ie"
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
